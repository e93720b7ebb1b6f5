# SPDX-License-Identifier: EUPL-1.2
"""`tidy`: any spreadsheet, or a folder of them, registered or not."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from ..errors import DataError
from ..tables import repository
from .everywhere import answer_in_json, app, is_quiet, print_json, tell

# Known here as well, so that --help need not load them.
LAYOUTS = (
    "cube, sdmx, eurostat, statline, swing, swing_upload, statbel_open, stadsmonitor, figure_list, powerbi, table, "
    "statistical"
)


def _layouts() -> list[str]:
    return LAYOUTS.split(", ")


@app.command()
def tidy(
    file: Annotated[Path, typer.Argument(help="A spreadsheet (.xlsx, .xlsm, .xls, .ods, .csv, .tsv), or a folder.")],
    layout: Annotated[
        str,
        typer.Option(autocompletion=_layouts, help=f"Layout to read it with: {LAYOUTS}. By default the one that fits."),
    ] = "",
    sheet: Annotated[str, typer.Option(help="Only this sheet.")] = "",
    answer: Annotated[
        list[str] | None, typer.Option(help="What settles a question, such as 'period=column Jaar'; may be repeated.")
    ] = None,
    explain: Annotated[
        str,
        typer.Option(metavar="[=all]", help="Say what each sheet holds, and how it was read; =all: by each layout."),
    ] = "",
    show: Annotated[bool, typer.Option("--show", help="Write a Dutch page with each cell and its row.")] = False,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="A .csv, .parquet or .xlsx (with --show .html) to write, or a folder."),
    ] = None,
    partition: Annotated[bool, typer.Option(help="Write a folder of Parquet by period and level of area.")] = False,
    dask: Annotated[str, typer.Option(help="Scheduler to do a folder over, such as tcp://host:8786.")] = "",
    limit: Annotated[float, typer.Option(help="Seconds of processor time for one file.", min=0.01)] = 900,
    as_json: Annotated[
        bool, typer.Option("--json", callback=answer_in_json, help="With --explain: as JSON, in place of the table.")
    ] = False,
) -> None:
    """Any spreadsheet, or a folder of them, to tidy rows.

    What can be read two ways is refused, with the answers to choose from.

    Examples: `genk-armoede tidy export.xlsx` · `genk-armoede tidy export.xlsx --explain -o tidy.csv` ·
    `genk-armoede tidy export.xlsx --answer 'column Week=breakdown'` · `genk-armoede tidy export.xlsx --show` ·
    `genk-armoede tidy received/ -o tidy/`
    """
    from .. import layouts
    from ..layouts import tidying, writing

    if layout and layout not in layouts.LAYOUTS:
        raise typer.BadParameter(f"{layout!r} is none of {', '.join(layouts.LAYOUTS)}", param_hint="--layout")
    if explain not in ("", "sheets", "all"):
        raise typer.BadParameter(f"{explain!r} is not all", param_hint="--explain")
    if as_json and not explain:
        raise typer.BadParameter("only with --explain", param_hint="--json")
    if dask and not file.is_dir():
        raise typer.BadParameter("only a folder can be done by a cluster", param_hint="--dask")
    if file.is_dir():
        given = {"--partition": partition, "--explain": explain, "--show": show, "--answer": answer}
        wrong = next((name for name, value in given.items() if value), "")
        if wrong:
            raise typer.BadParameter("only for one spreadsheet", param_hint=wrong)
    if output is None and (file.is_dir() or partition):
        raise typer.BadParameter("name a folder to write to", param_hint="--output")
    if file.is_dir():
        _tidy_folder(file, output, layout, sheet, dask, limit)
        return
    if show:
        _show(file, output, layout, sheet, answer or (), limit)
        return
    with tidying.limited(file.name, limit):
        tidied = tidying.tidy(file, layout, sheet, answer or (), explain)
        if as_json:
            print_json(tidying.explained(tidied))
        else:
            tell("\n".join(tidying.told(tidied, explain)))
        if partition:
            writing.write(tidied.pieces, output, partition)
        elif output is not None or not as_json:
            writing.put(tidied.pieces, output)
        if output:
            tell(tidied.written(output))


def _show(file: Path, output: Path | None, layout: str, sheet: str, answers: Sequence[str], limit: float) -> None:
    """The picture of a workbook, also of one that is refused: then it has the question, and the exit code is 1."""
    from ..layouts import tidying
    from ..report import sheet_page

    target = output or file.with_name(f"{file.name}.html")
    if target.suffix.lower() not in (".html", ".htm"):
        raise DataError("a picture is a page", file=str(target), expected="a name that ends in .html")
    with tidying.limited(file.name, limit):
        page, error = sheet_page.draw(file, layout, sheet, answers)
        repository.write_beside(target, page.encode())
    tell(f"written {target}")
    if error:
        raise error


def _tidy_folder(source: Path, target: Path, layout: str, sheet: str, address: str, limit: float) -> None:
    """A line for each file, or a bar for who watches; at the end those that cannot be read, and exit 1 for them."""
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, TimeRemainingColumn

    from ..layouts import folders

    columns = (*Progress.get_default_columns()[:2], MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    plain = not sys.stderr.isatty() or console.is_dumb_terminal or is_quiet()
    with Progress(*columns, console=console, disable=plain) as bar:
        task = bar.add_task("tidy", total=None)

        def progress(done: int, total: int, what: str) -> None:
            if bar.disable:
                tell(f"{done} of {total}: {what}")
            bar.update(task, completed=done, total=total)

        bad = folders.tidy_folder(source, target, layout, sheet, address, limit, progress)
    if bad:
        reasons = "".join(f"\n  {name}: {why.replace(chr(10), chr(10) + '  ')}" for name, why in bad.items())
        raise DataError(f"{len(bad)} spreadsheets are left out:{reasons}", file=str(source))
