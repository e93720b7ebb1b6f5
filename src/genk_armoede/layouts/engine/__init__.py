# SPDX-License-Identifier: EUPL-1.2
"""One engine for all layouts: what they declare of a sheet becomes figures, and these the lines of a tidy table."""
