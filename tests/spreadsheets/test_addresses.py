# SPDX-License-Identifier: EUPL-1.2
"""Letters, ranges and formats are read as openpyxl reads them."""

import subprocess
import sys

import pytest
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.utils.cell import range_boundaries

from genk_armoede.spreadsheets import addresses, number_formats

SHOWN = ["yyyy-mm-dd", '0 "dagen"', "[h]:mm", "[Red]0", "[$€-813] #,##0", r"0\d", "_d0", "jjjj;@", "0;yyyy", "[SS].00"]


@pytest.mark.parametrize("column", [*range(1, 60), 256, 676, 677, 702, 703, 728, 729, 16_384, 18_278])
def test_columns(column):
    assert addresses.column_letters(column) == get_column_letter(column)
    assert addresses.column_number(get_column_letter(column).lower()) == column


@pytest.mark.parametrize("wrong", ["", "A1", "ABCD", "é", "-"])
def test_what_is_no_column(wrong):
    for read in (addresses.column_number, column_index_from_string):
        with pytest.raises(ValueError):
            read(wrong)


@pytest.mark.parametrize("text", ["B3:D30", "$B$3:$AD$30", "c7"])
def test_ranges(text):
    assert addresses.range_boundaries(text) == range_boundaries(text)


@pytest.mark.parametrize("shown", [*BUILTIN_FORMATS.values(), *SHOWN])
def test_kinds_of_numbers(shown):
    kind = "time" if is_timedelta_format(shown) else "date" if is_date_format(shown) else ""
    assert number_formats.number_kind(shown) == kind


def test_formats_that_have_a_number():
    assert number_formats.BUILTIN_FORMATS == BUILTIN_FORMATS


def test_a_workbook_is_read_without_numpy():
    code = "import sys; from genk_armoede import layouts; print('numpy' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "False\n"
