# SPDX-License-Identifier: EUPL-1.2
"""What a tidy row is: columns, units, flags, periods, areas; and what one cell says."""
