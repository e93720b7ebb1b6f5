# SPDX-License-Identifier: EUPL-1.2
"""Draws the pictures of the guide: workbooks as Excel shows them, and what commands really say.

`python docs/pictures.py [FOLDER]` writes them to a folder, by default `docs/beelden`. Commands run in a copy of the
repository. Next year's figures are invented, and the pictures say so.
"""

import shutil
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Callable
from html import escape
from pathlib import Path

import openpyxl

ROOT = Path(__file__).resolve().parents[1]
NEXT = Path("data/raw/schooltoelagen_2022.xlsx")
INVENTED = {"B3": "2022", "B7": 4001, "C7": 0.611, "B8": 3002, "C8": 0.605, "A11": "Bron: verzonnen."}
WIDE = 96  # letters on a line of a terminal
LETTER, LINE = 8, 19  # pixels
STYLE = "font-family: 'DejaVu Sans Mono', Consolas, Menlo, monospace; font-size: 13px"


def picture(title: str, width: int, height: int, parts: list[str]) -> str:
    """An SVG that says what it shows."""
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    return "\n".join([f'{head} role="img" style="{STYLE}">', f"<title>{escape(title)}</title>", *parts, "</svg>\n"])


def text(x: int, y: int, words: str, look: str) -> str:
    return f'<text x="{x}" y="{y}" xml:space="preserve" {look}>{escape(words)}</text>'


def terminal(title: str, command: str, said: str) -> str:
    """A command with what it said, as in a terminal."""
    lines = [f"$ {command}"]
    for line in said.rstrip().splitlines():
        lines += textwrap.wrap(line, WIDE, subsequent_indent="    ", drop_whitespace=False, break_on_hyphens=False) or [
            ""
        ]
    width, height = LETTER * WIDE + 32, LINE * len(lines) + 24
    parts = [f'<rect width="{width}" height="{height}" rx="6" fill="#1b1f24"/>']
    for number, line in enumerate(lines, 1):
        parts.append(text(16, 8 + LINE * number, line, 'fill="#ffd479"' if number == 1 else 'fill="#f2f2f2"'))
    return picture(title, width, height, parts)


def grid(title: str, path: Path, sheet: str, columns: dict[str, int], rows: int, marked: set[str]) -> str:
    """A sheet as Excel shows it; cells that are to be filled in stand out by a thick border."""
    page = openpyxl.load_workbook(path)[sheet]
    edges, x = {}, 36
    for letter, wide in columns.items():
        edges[letter] = (x, wide)
        x += wide
    width, height = x + 2, 24 * (rows + 1) + 2
    parts = [f'<rect width="{width}" height="{height}" fill="#ffffff"/>']
    heads = [(left, 0, wide, letter) for letter, (left, wide) in edges.items()]
    heads += [(0, 24 * row, 36, str(row)) for row in range(1, rows + 1)]
    for left, top, wide, words in heads:
        parts.append(f'<rect x="{left}" y="{top}" width="{wide}" height="24" fill="#e8e8e8" stroke="#b5b5b5"/>')
        parts.append(text(left + wide // 2, top + 17, words, 'text-anchor="middle" fill="#333333"'))
    places = {f"{letter}{row}": (*edge, 24 * row) for row in range(1, rows + 1) for letter, edge in edges.items()}
    for address in sorted(places, key=lambda one: one in marked):  # thick borders over thin ones
        left, wide, top = places[address]
        border = 'stroke="#12436d" stroke-width="2.5"' if address in marked else 'stroke="#d9d9d9"'
        parts.append(f'<rect x="{left}" y="{top}" width="{wide}" height="24" fill="none" {border}/>')
    for address, (left, _, top) in places.items():  # words run on into empty cells, as in Excel
        if words := shown(page[address]):
            parts.append(text(left + 6, top + 17, words, 'fill="#111111"'))
    return picture(title, width, height, parts)


def shown(cell: openpyxl.cell.Cell) -> str:
    """A value as Excel writes it in Dutch."""
    if cell.value is None:
        return ""
    if isinstance(cell.value, float) and "%" in cell.number_format:
        return f"{cell.value:.1%}".replace(".", ",")
    return str(cell.value)


def says(root: Path, *arguments: str) -> str:
    """What a command says, in a copy of the repository."""
    command = [sys.executable, "-m", "genk_armoede", *arguments]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, encoding="utf-8")
    return done.stdout + done.stderr


def fill(path: Path, cells: dict[str, object]) -> None:
    book = openpyxl.load_workbook(path)
    for address, value in cells.items():
        book["Genk"][address] = value
    book.save(path)


def workbook(root: Path) -> str:
    columns = {"A": 220, "B": 230, "C": 230}
    title = "Blad Genk van schooltoelagen_2022.xlsx, met verzonnen cijfers"
    return grid(title, root / NEXT, "Genk", columns, 11, {"B3", "B7", "C7", "B8", "C8", "A11"})


def checked(root: Path) -> str:
    fill(root / NEXT, {"C7": 0.091})
    command = f"check {NEXT} --dataset schooltoelagen"
    said = says(root, *command.split())
    fill(root / NEXT, {"C7": INVENTED["C7"]})
    return terminal("Wat check zegt van 9,1 % na 58,2 %", f"genk-armoede {command}", said)


def refused(root: Path) -> str:
    fill(root / NEXT, {"B8": "volgt later"})
    said = says(root, "tidy", str(NEXT))
    fill(root / NEXT, {"B8": INVENTED["B8"]})
    return terminal("Een bestand dat geweigerd wordt", f"genk-armoede tidy {NEXT}", said)


PICTURES: dict[str, Callable[[Path], str]] = {"werkmap": workbook, "check": checked, "geweigerd": refused}


def draw(target: Path) -> None:
    """Write every picture to a folder."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        shutil.copytree(ROOT / "data", root / "data", ignore=shutil.ignore_patterns("vertrouwelijk"))
        shutil.copy(ROOT / "disclosure.yml", root)
        shutil.copy(root / "data/raw/schooltoelagen.xlsx", root / NEXT)
        book = openpyxl.load_workbook(root / NEXT)
        for sheet in book.sheetnames[1:]:
            del book[sheet]
        book.save(root / NEXT)
        fill(root / NEXT, INVENTED)
        target.mkdir(parents=True, exist_ok=True)
        for name, make in PICTURES.items():
            (target / f"{name}.svg").write_text(make(root), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    draw(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("beelden"))
