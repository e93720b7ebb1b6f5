# SPDX-License-Identifier: EUPL-1.2
"""From the spreadsheets Genk receives about poverty to tidy tables, charts and a Dutch report."""

__version__ = "0.1.0"
