# SPDX-License-Identifier: EUPL-1.2
"""Bytes to sheets: xlsx, ods, xls and text, within limits. Nothing is interpreted here."""
