# SPDX-License-Identifier: EUPL-1.2
"""Workbooks of the Gemeente- en Stadsmonitor: a sheet an indicator code, with
`Gemeente | NIS-code | Indicator | Jaar` and one or several columns with shares."""

from __future__ import annotations

from ..spreadsheet import Sheet
from ..values import MARKS, read_period, unit_of_words
from .shape import Declined, Reading, header_row, label_parts, label_text

NAME = "stadsmonitor"
KEYS = ("gemeente", "nis-code", "indicator", "jaar")
ONLY = {"aandeel", "percentage", "waarde", "%", "aandeel (%)"}  # headers that say nothing of what is shared


def read(sheet: Sheet) -> Reading:
    """One observation a share; several columns of shares are told apart in the breakdown by their header."""
    reading = Reading(sheet, NAME)
    top, headers = header_row(reading, *KEYS)
    shares = [cell for name, cell in headers.items() if name not in KEYS]
    if not shares:
        raise Declined("no column with shares beside Gemeente, NIS-code, Indicator and Jaar")
    for number in range(top + 1, sheet.height + 1):
        row = {name: sheet[number, headers[name].column] for name in KEYS}
        cells = sheet.row(number)
        if not cells:
            continue
        if len(cells) == 1 and isinstance(cells[0].value, str):
            reading.tell(cells)
            continue
        for name in KEYS:
            if not row[name].text:
                raise sheet.error(f"no {name}", row[name], do="fill it in, or take the row out")
        code = row["nis-code"].text.zfill(5)
        if not code.isdigit() or len(code) != 5:
            raise sheet.error("this is no NIS code", row["nis-code"], expected="five digits, such as 71016")
        if not read_period(row["jaar"]):
            raise sheet.error("this is no year", row["jaar"], expected="2023")
        reading.labels(row.values())
        for header in shares:
            label, unit, _ = label_parts(sheet, header)
            plain = label.lower() in ONLY
            reading.observe(
                sheet[number, header.column],
                indicator=label_text(sheet, row["indicator"]),
                unit=unit or unit_of_words(label) or "%",
                area=label_text(sheet, row["gemeente"]),
                code=code,
                period=read_period(row["jaar"]),
                breakdown={} if plain else {"antwoord": label},
                marks=MARKS,
            )
    if any(row.area_code.endswith("000") for row in reading.rows):
        reading.assumed.append("codes that end in 000 are sums over areas: not to be added to municipalities")
    return reading
