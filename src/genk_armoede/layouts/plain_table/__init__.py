# SPDX-License-Identifier: EUPL-1.2
"""What the plain table finds out of a sheet: its parts, and what each row and column says."""
