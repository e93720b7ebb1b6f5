# SPDX-License-Identifier: EUPL-1.2
"""The command line: build · pdf · clean · audit · tidy · check · register · trace.

Exit codes: 0 fine, 1 the data are wrong, 2 wrong use, 3 something is to be looked at, 130 stopped with Ctrl-C.
Results go to standard output, all else to standard error.
"""

from __future__ import annotations

import json
import os
import sys
from collections import defaultdict
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from . import interruption
from .errors import DataError
from .tables import repository

if TYPE_CHECKING:
    from .tables.checking import Checked

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="From the spreadsheets Genk receives about poverty to tidy tables, charts and a Dutch report.",
)


def main() -> None:
    """A `DataError` becomes its message and exit code 1, Ctrl-C a line and exit code 130."""
    try:
        with interruption.raised():
            app()
    except DataError as error:
        _tell(f"error: {error}")
        raise SystemExit(1) from None
    except interruption.Interrupted:
        _tell(interruption.WORDS)
        raise SystemExit(interruption.CODE) from None


def _tell(text: str) -> None:
    typer.echo(text, err=True)


@app.callback()
def _at(
    root: Annotated[
        Path | None, typer.Option(help="The repository, where you do not stand in it.", exists=True, file_okay=False)
    ] = None,
) -> None:
    if root is not None:
        os.environ[repository.ROOT] = str(root.resolve())


@app.command()
def build(
    force: Annotated[bool, typer.Option("--force", help="Do every step, also what has not changed.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Say why each step is done or skipped.")] = False,
) -> None:
    """Raw files → tables → figures → notebooks → report.

    Only what depends on a change is done again. Nothing that is there is replaced unless all of it succeeds.

    Examples: `genk-armoede build` · `genk-armoede build --explain`
    """
    from .report import build, progress

    root = repository.root()
    _warn_unregistered(root)
    with progress.watch(explain) as watch:
        pages = build.build(root, watch, force=force)
    _tell(f"{len(pages)} pages are ready. Open the report: {(root / pages[0]).resolve()}")


@app.command()
def pdf() -> None:
    """Print the whole report to one PDF, with a browser that is installed.

    Example: `genk-armoede pdf`
    """
    from .report import browser, build, pages

    page = repository.root() / build.REPORTS / pages.WHOLE
    if not page.is_file():
        raise DataError("there are no pages yet", file=str(build.REPORTS), do="run: genk-armoede build")
    (made,) = browser.print_pages([page])
    _tell(f"written {made.relative_to(repository.root())}")


@app.command()
def clean() -> None:
    """Raw files → tidy tables in data/processed/ alone.

    Example: `genk-armoede clean`
    """
    from .protection import protect
    from .report import build, transaction
    from .tables import changes, datapackage, datasets

    root = repository.root()
    _warn_unregistered(root)
    with transaction.alone(root, _tell):
        cleaned = datasets.clean(root)
        protect.write_log(root, cleaned.hidden)
        made = datapackage.files(root, cleaned)
        build.attack(root, made, {})
        news = changes.new_parts(root, made)
        changed = transaction.write_files(root, made, folders=[repository.PROCESSED])
    _tell("\n".join([*news, *(f"written {path}" for path in changed)]) or "nothing has changed")


@app.command()
def audit() -> None:
    """Attack what is published: can a small count be found?

    Read off, worked out, or found in an earlier version.

    Then builds once more from the public files alone, and compares, which takes as long as a build.

    Example: `genk-armoede audit`
    """
    from .report import progress, rebuild, shown

    root = repository.root()
    leaks = shown.leaks(root)
    if not leaks:
        with progress.watch() as watch:
            leaks = rebuild.differences(root, rebuild.rebuilt(root, watch))
    if leaks:
        raise DataError(
            "small counts can be found:\n  " + "\n  ".join(leaks),
            do="build again; if it stays, publish nothing and show this to the data protection officer",
        )
    _tell("no small count can be read off, worked out or found in an earlier version")
    _tell(f"not seen: {'; '.join(shown.not_seen(root)) or 'nothing of what this program looks at'}")


@app.command()
def tidy(
    file: Annotated[Path, typer.Argument(help="A spreadsheet (.xlsx, .xlsm, .xls, .ods, .csv, .tsv), or a folder.")],
    layout: Annotated[str, typer.Option(help="Layout to read it with; by default the one that fits.")] = "",
    sheet: Annotated[str, typer.Option(help="Only this sheet.")] = "",
    explain: Annotated[
        bool, typer.Option("--explain", help="Say how each sheet was read and what was left out.")
    ] = False,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="CSV or .parquet to write, or a folder; else standard output.")
    ] = None,
    partition: Annotated[bool, typer.Option(help="Write a folder of Parquet by period and level of area.")] = False,
    dask: Annotated[str, typer.Option(help="Scheduler to do a folder over, such as tcp://host:8786.")] = "",
) -> None:
    """Any spreadsheet, or a folder of them, to tidy rows.

    Examples: `genk-armoede tidy export.xlsx` · `genk-armoede tidy export.xlsx --explain -o tidy.csv` ·
    `genk-armoede tidy received/ -o tidy/`
    """
    from . import layouts
    from .layouts import tidying

    if layout and layout not in layouts.LAYOUTS:
        raise typer.BadParameter(f"{layout!r} is none of {', '.join(layouts.LAYOUTS)}", param_hint="--layout")
    if output is None and (file.is_dir() or partition):
        raise typer.BadParameter("name a folder to write to", param_hint="--output")
    if dask and not file.is_dir():
        raise typer.BadParameter("only a folder can be done by a cluster", param_hint="--dask")
    if file.is_dir() and (partition or explain):
        raise typer.BadParameter("only for one spreadsheet", param_hint="--partition" if partition else "--explain")
    if file.is_dir():
        _tidy_folder(file, output, layout, sheet, dask)
        return
    tidied = tidying.tidy(file, layout, sheet, explain)
    for line in tidied.told:
        _tell(line)
    if output is not None:
        tidying.write(tidied.pieces, output, partition)
        return
    for piece in tidied.pieces:
        sys.stdout.buffer.write(piece.encode())
    sys.stdout.buffer.flush()


def _tidy_folder(source: Path, target: Path, layout: str, sheet: str, address: str) -> None:
    """A line for each file, or a bar for who watches; at the end those that cannot be read, and exit 1 for them."""
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, TimeRemainingColumn

    from .layouts import tidying

    columns = (*Progress.get_default_columns()[:2], MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("tidy", total=None)

        def progress(done: int, total: int, what: str) -> None:
            if bar.disable:
                _tell(f"{done} of {total}: {what}")
            bar.update(task, completed=done, total=total)

        bad = tidying.tidy_folder(source, target, layout, sheet, address, progress)
    if bad:
        reasons = "".join(f"\n  {name}: {why.replace(chr(10), chr(10) + '  ')}" for name, why in bad.items())
        raise DataError(f"{len(bad)} spreadsheets are left out:{reasons}", file=str(source))


@app.command()
def check(
    file: Annotated[Path, typer.Argument(help="A spreadsheet that came in.")],
    against: Annotated[Path | None, typer.Option(help="An earlier file of the same kind.")] = None,
    dataset: Annotated[str, typer.Option(help="Dataset it is for; by default that of the register.")] = "",
    show: Annotated[bool, typer.Option("--show", help="All of it, not one screen.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For a program.")] = False,
) -> None:
    """What is new, equal, revised, gone or implausible in a file, before it is registered.

    Exit 0 when nothing is the matter, 1 when something is wrong, 3 when something is to be looked at.

    Examples: `genk-armoede check export.xlsx --against last_year.xlsx` ·
    `genk-armoede check export.xlsx --dataset schooltoelagen`
    """
    from .report import checked as report
    from .tables import checking
    from .tables import register as registered

    if against and dataset:
        raise typer.BadParameter("either a file or a dataset", param_hint="--against")
    _known(dataset)
    if against:
        found = checking.against_file(file, against)
    else:
        root = repository.root()
        known = registered.entry(root, file.name)
        if not dataset and known is None:
            raise typer.BadParameter("name what to hold it against: --against FILE or --dataset NAME")
        found = checking.against_dataset(root, file, dataset or known.dataset)
    if as_json:
        typer.echo(json.dumps(report.as_json(found), ensure_ascii=False, indent=1))
    else:
        typer.echo("\n".join(report.lines(found, show)))
    raise typer.Exit(found.gravity)


def _known(dataset: str) -> None:
    from .tables import datasets

    if dataset and dataset not in datasets.DATASETS:
        raise typer.BadParameter(f"{dataset!r} is none of {', '.join(datasets.DATASETS)}", param_hint="--dataset")


@app.command()
def register(
    file: Annotated[Path, typer.Argument(help="A new or changed file in data/raw/.")],
    dataset: Annotated[str, typer.Option(help="Dataset it belongs to (new files).")] = "",
    publisher: Annotated[str, typer.Option(help="Who published it (new files).")] = "",
    title: Annotated[str, typer.Option(help="Title at the publisher's (new files).")] = "",
    url: Annotated[str, typer.Option(help="Address where it was found (new files).")] = "",
    licence: Annotated[str, typer.Option(help="Terms of reuse (new files).")] = "",
    accept: Annotated[str, typer.Option(help="Why what `check` points at is right; kept in the register.")] = "",
    only: Annotated[list[str] | None, typer.Option(help="Indicators that are wanted; others are set aside.")] = None,
    ignore: Annotated[list[str] | None, typer.Option(help="Indicators that are set aside.")] = None,
) -> None:
    """Take a new or changed raw file into the register, once it is checked.

    Examples: `genk-armoede register data/raw/schooltoelagen.xlsx` ·
    `genk-armoede register data/raw/schooltoelagen.xlsx --accept "herziening van de uitgever, mail van 3 mei"`
    """
    from .tables import checking, register

    _known(dataset)
    if only and ignore:
        raise typer.BadParameter("either those that are wanted or those that are not", param_hint="--only")
    root = repository.root()
    register.folder_of(root, file)
    known = register.entry(root, file.name)
    belongs = dataset or (known.dataset if known else "")
    ignored: list[str] = []
    if belongs and (only or ignore):
        ignored = checking.labels_set_aside(file, belongs, only or [], ignore or [])
    if belongs and not (known and known.sha256 == register.checksum(file)):
        accept = _looked_at(checking.against_dataset(root, file, belongs, ignored), accept)
    description = {"publisher": publisher, "title": title, "url": url, "licence": licence}
    try:
        done = register.register(root, file, dataset, accepted=accept, ignored=ignored, **description)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    _tell(done)


def _looked_at(checked: Checked, reason: str) -> str:
    """Why what is noticed is right, from who registers the file. Ends the command where it is wrong or unexplained."""
    from .report import checked as report
    from .tables.comparing import Gravity

    _tell("\n".join(report.lines(checked)))
    if checked.gravity == Gravity.TOLD:
        return ""
    if checked.gravity == Gravity.LOOK and not reason and sys.stdin.isatty():
        reason = typer.prompt("Waarom klopt dit?", err=True)
    if checked.gravity == Gravity.WRONG or not reason:
        raise typer.Exit(checked.gravity)
    return reason


@app.command()
def trace(
    what: Annotated[str, typer.Argument(help="A published value as it is printed, or an indicator.")],
    area: Annotated[str, typer.Option(help="Only this area.")] = "",
    period: Annotated[str, typer.Option(help="Only this period.")] = "",
) -> None:
    """Follow a figure back to its file, cell and publisher.

    Examples: `genk-armoede trace 58,2` · `genk-armoede trace aandeel_leerlingen_met_schooltoelage --area Genk`
    """
    from .report import shown as notebooks
    from .tables import store

    root = repository.root()
    value, shown = _value(what), notebooks.figures_of(notebooks.committed(root))
    rows = [
        (table, row)
        for table, row in store.read_rows(root)
        if row["indicator"] == what or (value is not None and row["value"] and Decimal(row["value"]) == value)
        if area in ("", row["area"]) and period in ("", row["period"])
    ]
    for table, row in rows:
        _print_row(table, row, shown)
    computed: dict[tuple, list[str]] = defaultdict(list)
    for name, one in [] if area or period else shown:
        if one["formula"] and value == _computed(one):
            computed[one["text"], one["formula"], tuple(one["cells"])].append(name)
    for key, names in computed.items():
        _print_computed(*key, names)
    if not rows and not computed:
        raise DataError(
            f"{what} is no published value, computed figure or indicator here",
            expected="a number such as 58,2 or an indicator from data/processed/codeboek.md",
        )


def _value(text: str) -> Decimal | None:
    from .spreadsheets.numerals import parse_number

    for read in (parse_number, Decimal):
        with suppress(ValueError, InvalidOperation):
            if (value := read(text)).is_finite():
                return value
    return None


def _computed(shown: dict) -> Decimal | None:
    """A computed figure as it is printed: what a reader looks for."""
    return _value("".join(c for c in shown["text"].split("\u00a0")[0] if c in "0123456789.,−"))


def _print_row(table: str, row: dict[str, str], shown: list[tuple[str, dict]]) -> None:
    from .observations.observation import STATUS
    from .tables import store

    cited = store.citation(row["source"], row["sheet"], row["cell"])
    place = "|".join((row["source"], row["sheet"], row["cell"]))
    value = row["value"].replace(".", ",") or "no value"
    flags = ", ".join(f"{flag} ({STATUS[flag]})" for flag in row["status"])
    what = [f"{value} {row['unit']}", row["indicator"], row["area"], row["period"], row["breakdown"]]
    _print(
        " · ".join(filter(None, what)),
        status=flags,
        table=f"data/processed/{table}.csv",
        file=f"data/raw/{row['source']}",
        sheet=row["sheet"],
        cell=row["cell"],
        **_source(cited),
        notebooks=", ".join(sorted({name for name, one in shown if place in one["cells"]})) or "none",
    )


def _print_computed(text: str, formula: str, cells: tuple[str, ...], notebooks: list[str]) -> None:
    from .report.notes import places

    for place in places(list(cells)):
        _print(
            f"{text} · computed: {formula}",
            file=f"data/raw/{place['file']}",
            sheet=place["sheet"],
            cells=place["addresses"],
            **_source(place),
            notebooks=", ".join(sorted(set(notebooks))),
        )


def _source(cited: dict[str, str]) -> dict[str, str]:
    fields = {"publisher": "publisher", "title": "title", "address": "path", "licence": "licence"}
    fields |= {"obtained": "obtained", "place": "evidence", "certainty": "confidence", "remark": "note"}
    return {name: cited.get(key, "") for name, key in fields.items()}


def _print(head: str, **fields: str) -> None:
    typer.echo(head)
    for name, text in fields.items():
        if text:
            typer.echo(f"  {name:<10} {text}")


def _warn_unregistered(root: Path) -> None:
    from .tables import register

    for name in register.unregistered(root):
        path = repository.RAW / name
        _tell(f"warning: {path} is not registered and is left out; take it in with: genk-armoede register {path}")
