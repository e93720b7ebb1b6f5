# SPDX-License-Identifier: EUPL-1.2
"""What other libraries read in a workbook, and what this package reads there, in one form."""

import datetime
import re
import warnings

import openpyxl
from openpyxl.styles.colors import COLOR_INDEX
from openpyxl.utils import get_column_letter
from python_calamine import CalamineWorkbook

from genk_armoede.spreadsheets.workbook import open_workbook


def compared(ours):
    """Values without errors, for which calamine gives nothing, and days as moments."""
    kept = {place: value for place, value in ours.items() if not re.fullmatch(r"#[A-Z/0!?]+", str(value))}
    days = {place: value for place, value in kept.items() if type(value) is datetime.date}
    return kept | {place: datetime.datetime.combine(day, datetime.time()) for place, day in days.items()}


def calamine(path):
    """Sheet → place → value, what merged ranges cover left out as Excel leaves it out."""
    book = CalamineWorkbook.from_path(path)
    found = {}
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        rows = sheet.to_python(skip_empty_area=False)
        cells = {(r, c): value for r, row in enumerate(rows, 1) for c, value in enumerate(row, 1)}
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
            for place in ((r, c) for r in range(top + 1, bottom + 2) for c in range(left + 1, right + 2)):
                if place != (top + 1, left + 1):
                    cells.pop(place, None)
        found[name] = compared({place: value for place, value in cells.items() if str(value).strip()})
    return found


def ours(path):
    return {
        sheet.name: compared({place: cell.value for place, cell in sheet.cells.items()})
        for sheet in open_workbook(path).sheets
    }


def by_openpyxl(path):
    """Sheet → its state, merged ranges, and all that is known of each cell."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Swing's workbooks have no default style
        book = openpyxl.load_workbook(path, data_only=True)
    found = {}
    for sheet in book:
        hidden = {row for row, known in sheet.row_dimensions.items() if known.hidden}
        spans = [range(known.min, known.max + 1) for known in sheet.column_dimensions.values() if known.hidden]
        cells = {}
        filled = (cell for row in sheet.iter_rows() for cell in row if cell.value is not None)
        for cell in (cell for cell in filled if str(cell.value).strip()):
            color = cell.font.color
            rgb = color.rgb if color and color.type == "rgb" else ""
            if color and color.type == "indexed" and color.indexed < 64:
                rgb = COLOR_INDEX[color.indexed]
            shut = cell.row in hidden or any(cell.column in span for span in spans)
            about = (cell.number_format, rgb[-6:].upper().replace("000000", ""), shut, int(cell.alignment.indent))
            value = cell.value.replace("_x000D_", "\r") if isinstance(cell.value, str) else cell.value
            cells[cell.coordinate] = (type(value), value, *about)
        found[sheet.title] = sheet.sheet_state, {str(area) for area in sheet.merged_cells.ranges}, cells
    return found


def all_of_ours(path):
    found = {}
    for sheet in open_workbook(path).sheets:
        cells = {
            c.address: (type(c.value), c.value, c.number_format, c.color, c.hidden, c.indent)
            for c in sheet.cells.values()
        }
        merged = {f"{get_column_letter(a[1])}{a[0]}:{get_column_letter(a[3])}{a[2]}" for a in sheet.merged}
        found[sheet.name] = sheet.state, merged, cells
    return found
