# SPDX-License-Identifier: EUPL-1.2
"""The command line: build · watch · pdf · clean · audit · tidy · check · register · trace.

Exit codes: 0 fine, 1 the data are wrong, 2 wrong use, 3 something is to be looked at, 130 stopped with Ctrl-C.
Results go to standard output, all else to standard error.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
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
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="From the spreadsheets Genk receives about poverty to tidy tables, charts and a Dutch report.",
    epilog="Handleiding in het Nederlands, voor wie Excel kent: docs/handleiding.md",
)
# Known here as well, so that --help need not load them.
LAYOUTS = (
    "cube, sdmx, eurostat, statline, swing, swing_upload, statbel_open, stadsmonitor, figure_list, powerbi, table, "
    "statistical"
)
_EVERYWHERE = ("-q", "--quiet", "--root", "--version")
_quiet = False
_json = False


def _layouts() -> list[str]:
    return LAYOUTS.split(", ")


def _datasets() -> list[str]:
    """Names to complete with; none outside a repository."""
    try:
        return sorted(path.stem for path in (repository.root() / repository.PROCESSED).glob("*.csv"))
    except DataError:
        return []


Json = Annotated[bool, typer.Option("--json", help="The answer as JSON on standard output.")]


def main() -> None:
    """A `DataError` becomes its message and exit code 1, Ctrl-C a line and exit code 130."""
    try:
        with interruption.raised():
            app(_arranged(sys.argv[1:]))
    except DataError as error:
        if _json:
            _print_json({"error": _parts(error)})
        else:
            typer.echo(f"error: {error}", err=True)
        raise SystemExit(1) from None
    except interruption.Interrupted:
        _tell(interruption.WORDS)
        raise SystemExit(interruption.CODE) from None


def _arranged(words: list[str]) -> list[str]:
    """The words of a command with those that go with every command first; `tidy --explain` alone is `=sheets`."""
    first, rest = [], []
    given = iter(words)
    for word in given:
        if word == "--":
            return [*first, *rest, word, *given]
        if word in _EVERYWHERE or word.startswith("--root="):
            first += [word, *([next(given, "")] if word == "--root" else [])]
        else:
            rest.append("--explain=sheets" if word == "--explain" and rest[:1] == ["tidy"] else word)
    return first + rest


def _version(asked: bool) -> None:
    if asked:
        from importlib import metadata

        typer.echo(f"genk-armoede {metadata.version('genk-armoede')}")
        raise typer.Exit()


@app.callback()
def everywhere(
    root: Annotated[Path | None, typer.Option(help="Repository to work in; by default the one you stand in.")] = None,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Tell nothing but warnings and errors.")] = False,
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_version, help="Tell the version and stop.")
    ] = False,
) -> None:
    """What goes with every command."""
    global _quiet, _json
    _quiet, _json = quiet, False
    if root is not None and not repository.is_repository(root):
        raise DataError("this is not a folder of genk-armoede", file=str(root), expected=f"{repository.REGISTER} in it")
    if root is not None:
        os.environ[repository.ROOT] = str(root.resolve())


def _tell(text: str) -> None:
    if not _quiet:
        typer.echo(text, err=True)


def _print_json(value: object) -> None:
    import json

    typer.echo(json.dumps(value, ensure_ascii=False, indent=1))


def _parts(error: DataError) -> dict[str, object]:
    names = ("problem", "file", "sheet", "cell", "found", "expected", "do", "answers")
    found = {name: getattr(error, name) for name in names}
    found["found"] = None if error.found is None else str(error.found)
    return {name: value for name, value in found.items() if value not in ("", None, ())}


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
def watch(
    port: Annotated[
        int, typer.Option(help="Where a browser on this machine finds the report.", min=0, max=65535)
    ] = 8765,
) -> None:
    """Build again on every save of a notebook, a raw file or the register; an open page of the report reloads.

    What is wrong is told here and on the page. Stop with Ctrl-C.

    Example: `genk-armoede watch`
    """
    from .report import watching

    root = repository.root()
    _warn_unregistered(root)
    watching.watch(root, port, _tell, lambda problem: typer.echo(f"error: {problem}", err=True))


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
    from .report import build

    root = repository.root()
    _warn_unregistered(root)
    changed = build.clean(root, _tell)
    _tell("\n".join(f"written {path}" for path in changed) or "nothing has changed")


@app.command()
def audit(as_json: Json = False) -> None:
    """Attack what is published: can a small count be found?

    Read off, worked out, or found in an earlier version.

    Then builds once more from the public files alone, and compares, which takes as long as a build.

    Example: `genk-armoede audit`
    """
    from .report import leaks, progress, rebuild

    _answer_in_json(as_json)
    root = repository.root()
    found = leaks.found(root)
    if not found:
        with progress.watch() as watch:
            found = rebuild.differences(root, rebuild.rebuilt(root, watch))
    if as_json:
        _print_json({"leaks": found})
    if found and as_json:
        raise typer.Exit(1)
    if found:
        raise DataError(
            "small counts can be found:\n  " + "\n  ".join(found),
            do="build again; if it stays, publish nothing and show this to the data protection officer",
        )
    _tell("no small count can be read off, worked out or found in an earlier version")
    _tell(f"not seen: {'; '.join(leaks.not_seen(root)) or 'nothing of what this program looks at'}")


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
    as_json: Annotated[bool, typer.Option("--json", help="With --explain: as JSON, in place of the table.")] = False,
) -> None:
    """Any spreadsheet, or a folder of them, to tidy rows.

    What can be read two ways is refused, with the answers to choose from.

    Examples: `genk-armoede tidy export.xlsx` · `genk-armoede tidy export.xlsx --explain -o tidy.csv` ·
    `genk-armoede tidy export.xlsx --answer 'column Week=breakdown'` · `genk-armoede tidy export.xlsx --show` ·
    `genk-armoede tidy received/ -o tidy/`
    """
    from . import layouts
    from .layouts import tidying, writing

    _answer_in_json(as_json)
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
            _print_json(tidying.explained(tidied))
        else:
            _tell("\n".join(tidying.told(tidied, explain)))
        if partition:
            writing.write(tidied.pieces, output, partition)
        elif output is not None or not as_json:
            writing.put(tidied.pieces, output)


def _answer_in_json(as_json: bool) -> None:
    """From here on errors are JSON too."""
    global _json
    _json = as_json


def _show(file: Path, output: Path | None, layout: str, sheet: str, answers: Sequence[str], limit: float) -> None:
    """The picture of a workbook, also of one that is refused: then it has the question, and the exit code is 1."""
    from .layouts import tidying
    from .report import sheet_page

    target = output or file.with_name(f"{file.name}.html")
    if target.suffix.lower() not in (".html", ".htm"):
        raise DataError("a picture is a page", file=str(target), expected="a name that ends in .html")
    with tidying.limited(file.name, limit):
        page, error = sheet_page.draw(file, layout, sheet, answers)
        repository.write_beside(target, page.encode())
    _tell(f"written {target}")
    if error:
        raise error


def _tidy_folder(source: Path, target: Path, layout: str, sheet: str, address: str, limit: float) -> None:
    """A line for each file, or a bar for who watches; at the end those that cannot be read, and exit 1 for them."""
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, TimeRemainingColumn

    from .layouts import folders

    columns = (*Progress.get_default_columns()[:2], MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    plain = not sys.stderr.isatty() or console.is_dumb_terminal or _quiet
    with Progress(*columns, console=console, disable=plain) as bar:
        task = bar.add_task("tidy", total=None)

        def progress(done: int, total: int, what: str) -> None:
            if bar.disable:
                _tell(f"{done} of {total}: {what}")
            bar.update(task, completed=done, total=total)

        bad = folders.tidy_folder(source, target, layout, sheet, address, limit, progress)
    if bad:
        reasons = "".join(f"\n  {name}: {why.replace(chr(10), chr(10) + '  ')}" for name, why in bad.items())
        raise DataError(f"{len(bad)} spreadsheets are left out:{reasons}", file=str(source))


@app.command()
def check(
    file: Annotated[Path, typer.Argument(help="A spreadsheet that came in.")],
    against: Annotated[Path | None, typer.Option(help="An earlier file of the same kind.")] = None,
    dataset: Annotated[
        str, typer.Option(autocompletion=_datasets, help="Dataset it is for; by default that of the register.")
    ] = "",
    show: Annotated[bool, typer.Option("--show", help="All of it, not one screen.")] = False,
    answer: Annotated[
        list[str] | None, typer.Option(help="What settles a question about the file, as for tidy.")
    ] = None,
    sheet: Annotated[str, typer.Option(help="Of a zip with several tables the one that is meant.")] = "",
    as_json: Json = False,
) -> None:
    """What is new, equal, revised, gone or implausible in a file, before it is registered.

    Exit 0 when nothing is the matter, 1 when something is wrong, 3 when something is to be looked at.

    Examples: `genk-armoede check export.xlsx --against last_year.xlsx` ·
    `genk-armoede check export.xlsx --dataset schooltoelagen`
    """
    from .report import checked as report
    from .tables import checking, registering
    from .tables import register as registered

    if against and dataset:
        raise typer.BadParameter("either a file or a dataset", param_hint="--against")
    _known(dataset)
    if against:
        found = checking.against_file(file, against, answer or (), sheet)
    else:
        root = repository.root()
        known = registered.entry(root, file.name)
        if not dataset and known is None:
            raise typer.BadParameter("name what to hold it against: --against FILE or --dataset NAME")
        dataset = dataset or known.dataset
        answers = registering.answers_for(root, file.name, dataset, answer or ())
        found = checking.against_dataset(root, file, dataset, answers=answers, table=sheet)
    if as_json:
        _print_json(report.as_json(found))
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
    dataset: Annotated[str, typer.Option(autocompletion=_datasets, help="Dataset it belongs to (new files).")] = "",
    publisher: Annotated[str, typer.Option(help="Who published it (new files).")] = "",
    title: Annotated[str, typer.Option(help="Title at the publisher's (new files).")] = "",
    url: Annotated[str, typer.Option(help="Address where it was found (new files).")] = "",
    licence: Annotated[str, typer.Option(help="Terms of reuse (new files).")] = "",
    answer: Annotated[
        list[str] | None, typer.Option(help="What settles a question about the file, as for tidy; may be repeated.")
    ] = None,
    sheet: Annotated[str, typer.Option(help="Of a zip with several tables the one that is meant.")] = "",
    who: Annotated[str, typer.Option(help="Who answers; by default the name that git knows.")] = "",
    transcribed: Annotated[str, typer.Option(help="What in it was typed by hand, and from where.")] = "",
    origin: Annotated[
        str, typer.Option("--from", metavar="ADDRESS", help="Where the file came from, when nothing was typed by hand.")
    ] = "",
    accept: Annotated[str, typer.Option(help="Why what `check` points at is right; kept in the register.")] = "",
    only: Annotated[list[str] | None, typer.Option(help="Indicators that are wanted; others are set aside.")] = None,
    ignore: Annotated[list[str] | None, typer.Option(help="Indicators that are set aside.")] = None,
) -> None:
    """Take a new or changed raw file into the register, once it is checked.

    Answers are kept there, with who gave them and when, and go with next year's file of the same shape.

    Examples: `genk-armoede register data/raw/schooltoelagen.xlsx` ·
    `genk-armoede register data/raw/schooltoelagen.xlsx --accept "herziening van de uitgever, mail van 3 mei"` ·
    `genk-armoede register data/raw/export.csv --from https://example.org/export.csv --dataset …` ·
    `genk-armoede register data/raw/export.csv --answer 'column Week=breakdown'`
    """
    from .tables import checking, history, register, registering

    _known(dataset)
    if only and ignore:
        raise typer.BadParameter("either those that are wanted or those that are not", param_hint="--only")
    root = repository.root()
    who = who or (history.user(root) if answer else "")
    if answer and not who:
        raise typer.BadParameter("git knows no name: say who answers", param_hint="--who")
    register.folder_of(root, file)
    known = register.entry(root, file.name)
    belongs = dataset or (known.dataset if known else "")
    answers = registering.answers_for(root, file.name, belongs, answer or ())
    ignored: list[str] = []
    if belongs and (only or ignore):
        ignored = checking.labels_set_aside(file, belongs, only or [], ignore or [], answers, sheet)
    if belongs and not (known and known.sha256 == register.checksum(file)):
        accept = _looked_at(checking.against_dataset(root, file, belongs, ignored, answers, sheet), accept)
    if not (transcribed or origin) and sys.stdin.isatty() and registering.must_say(root, file):
        transcribed, origin = _by_hand()
    described = {"publisher": publisher, "title": title, "url": url, "licence": licence}
    try:
        done = registering.register(
            root, file, dataset, answer or (), who, accept, ignored, transcribed, origin, sheet, **described
        )
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    _tell(done)


def _by_hand() -> tuple[str, str]:
    """What was typed by hand, or where the file came from, as who registers it says."""
    typed = typer.prompt("Wat is met de hand overgenomen, en waaruit? (niets: Enter)", "", show_default=False, err=True)
    return typed, "" if typed else typer.prompt("Waar komt het bestand vandaan, zoals het is?", err=True)


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
    what: Annotated[str, typer.Argument(help="A figure as it is printed, such as '868.230 euro', or an indicator.")],
    area: Annotated[str, typer.Option(help="Only this area, in capitals or not.")] = "",
    period: Annotated[str, typer.Option(help="Only this period.")] = "",
    most: Annotated[int, typer.Option("--most", help="How many answers are shown, Genk first; 0 for all.", min=0)] = 20,
    as_json: Json = False,
) -> None:
    """Follow a figure back to its file, cell and publisher.

    Examples: `genk-armoede trace 58,2` · `genk-armoede trace '868.230 euro'` ·
    `genk-armoede trace aandeel_leerlingen_met_schooltoelage --area Genk`
    """
    from .report import trace as tracing

    _answer_in_json(as_json)
    answers = tracing.answers(repository.root(), what, area, period)
    few = answers[: most or None]
    if as_json:
        _print_json({"found": len(answers), "answers": few})
        return
    for one in few:
        _print(**one)
    if len(few) < len(answers):
        _tell(f"… and {len(answers) - len(few)} more: name an area or period, or give --most 0")


def _print(figure: str, **fields: str) -> None:
    typer.echo(figure)
    for name, text in fields.items():
        if text:
            typer.echo(f"  {name:<10} {text}")


def _warn_unregistered(root: Path) -> None:
    from .tables import register

    for name in register.unregistered(root):
        path = repository.RAW / name
        typer.echo(
            f"warning: {path} is not registered and is left out; take it in with: genk-armoede register {path}",
            err=True,
        )
