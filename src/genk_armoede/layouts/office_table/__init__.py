# SPDX-License-Identifier: EUPL-1.2
"""What is found out of a table of a statistical office: its outline, and which headers stand over what."""
