# SPDX-License-Identifier: EUPL-1.2
"""What a notebook does that no page can hold, or that would command a terminal: told by its cell, as text."""

import hostile
import pytest
from conftest import ROOT, write_notebook
from nbformat import v4

from genk_armoede.errors import DataError
from genk_armoede.report import kernels
from genk_armoede.tables import register


def stopped(folder, *cells):
    path = folder / "01_verzonnen.ipynb"
    write_notebook(path, "# Verzonnen", *cells)
    with pytest.raises(kernels.Stopped) as caught:
        kernels.run(path, folder, {}, warm=False)
    return str(caught.value)


def test_a_cell_that_does_not_end_is_told_with_how_to_allow_more(tmp_path, monkeypatch):
    monkeypatch.setenv(kernels.MORE, "1")
    told = stopped(tmp_path, "1", "# Tekst", "import time; time.sleep(600)")
    assert told.startswith("cell 4 runs for more than 1 seconds") and f"{kernels.MORE}=2 genk-armoede build" in told


@pytest.mark.parametrize("seconds", ["", "0", "-1", "veel", "1.5", "٣"])
def test_what_is_no_number_of_seconds_is_told(tmp_path, monkeypatch, seconds):
    monkeypatch.setenv(kernels.MORE, seconds)
    assert "is no number of seconds" in stopped(tmp_path, "1")


@pytest.mark.parametrize(
    "code", ["while True: print('x' * 10_000)", "while True: display(1)", "for i in range(300): display(i)"]
)
def test_a_cell_that_gives_without_end_is_told(tmp_path, monkeypatch, code):
    monkeypatch.setattr(kernels, "LARGEST", 1_000_000)
    monkeypatch.setattr(kernels, "MOST", 200)
    assert stopped(tmp_path, "1", code).startswith("cell 3 gives more output than 1 MB or 200 pieces")


def test_nothing_that_a_cell_gives_is_left_out(tmp_path):
    path = tmp_path / "01_verzonnen.ipynb"
    write_notebook(path, "# Verzonnen", "for i in range(9000): display(i)")
    book, _ = kernels.run(path, tmp_path, {}, warm=False)
    assert [output["data"]["text/plain"] for output in book.cells[1].outputs] == [str(i) for i in range(9000)]


def test_escapes_of_a_terminal_are_text_in_an_error():
    told = str(
        DataError("\x1b[2J\x1b]0;verzonnen\x07 één\r\u202e", file="a\x9b.ipynb", found="\x1b", do="lees\nverder")
    )
    assert told.isprintable() or {*told} - {"\n"} == {c for c in told if c.isprintable()}
    assert "\\x1b[2J" in told and "één" in told and "lees\nverder" in told


def test_names_of_notebooks_are_written_as_addresses(monkeypatch):
    monkeypatch.setenv("GENK_ARMOEDE_ROOT", str(ROOT))
    names = ("01 een & twee", "02_100%", "03?#")
    link = "# Titel\n\n[verder](01%20een%20%26%20twee.ipynb)"
    books = {name: v4.new_notebook(cells=[v4.new_markdown_cell(link)]) for name in names}
    made = hostile.pages_of(books, {}, register.load_register(ROOT), [])
    for address in ("01%20een%20%26%20twee.html", "02_100%25.html", "03%3F%23.html"):
        assert f'href="{address}"' in made["index.html"]
    assert 'href="01%20een%20%26%20twee.html"' in made["02_100%.html"]
    assert all(f'href="{name}.html"' not in page for name in names for page in made.values())
