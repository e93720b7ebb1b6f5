# SPDX-License-Identifier: EUPL-1.2
"""`check` and `register`: a file that came in, held against what is known and taken into the register."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import DataError
from ..tables import repository
from .everywhere import Json, app, print_json, tell

if TYPE_CHECKING:
    from ..tables.checking import Checked


Answers = Annotated[
    list[str] | None, typer.Option(help="What settles a question about the file, as for tidy; may be repeated.")
]
TableOfZip = Annotated[str, typer.Option(help="Of a zip with several tables the one that is meant.")]


def _datasets() -> list[str]:
    """Names to complete with; none outside a repository."""
    try:
        return sorted(path.stem for path in (repository.root() / repository.PROCESSED).glob("*.csv"))
    except DataError:
        return []


@app.command()
def check(
    file: Annotated[Path, typer.Argument(help="A spreadsheet that came in.")],
    against: Annotated[Path | None, typer.Option(help="An earlier file of the same kind.")] = None,
    dataset: Annotated[
        str, typer.Option(autocompletion=_datasets, help="Dataset it is for; by default that of the register.")
    ] = "",
    show: Annotated[bool, typer.Option("--show", help="All of it, not one screen.")] = False,
    answer: Answers = None,
    sheet: TableOfZip = "",
    as_json: Json = False,
) -> None:
    """What is new, equal, revised, gone or implausible in a file, before it is registered.

    Exit 0 when nothing is the matter, 1 when something is wrong, 3 when something is to be looked at.

    Examples: `genk-armoede check export.xlsx --against last_year.xlsx` ·
    `genk-armoede check export.xlsx --dataset schooltoelagen`
    """
    from ..report import checked as report
    from ..tables import checking, registering
    from ..tables import register as registered

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
        print_json(report.as_json(found))
    else:
        typer.echo("\n".join(report.lines(found, show)))
    raise typer.Exit(found.gravity)


def _known(dataset: str) -> None:
    from ..tables import datasets

    if dataset and dataset not in datasets.DATASETS:
        known = ", ".join(datasets.DATASETS)
        problem = f"{dataset!r} is none of {known}; for a new one, see 'A dataset' in CONTRIBUTING.md"
        raise typer.BadParameter(problem, param_hint="--dataset")


@app.command()
def register(
    file: Annotated[Path, typer.Argument(help="A new or changed file in data/raw/.")],
    dataset: Annotated[str, typer.Option(autocompletion=_datasets, help="Dataset it belongs to (new files).")] = "",
    publisher: Annotated[str, typer.Option(help="Who published it (new files).")] = "",
    title: Annotated[str, typer.Option(help="Title at the publisher's (new files).")] = "",
    url: Annotated[str, typer.Option(help="Address where it was found (new files).")] = "",
    licence: Annotated[str, typer.Option(help="Terms of reuse (new files).")] = "",
    answer: Answers = None,
    sheet: TableOfZip = "",
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
    from ..tables import checking, history, register, registering

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
    tell(done)


def _by_hand() -> tuple[str, str]:
    """What was typed by hand, or where the file came from, as who registers it says."""
    typed = typer.prompt("Wat is met de hand overgenomen, en waaruit? (niets: Enter)", "", show_default=False, err=True)
    return typed, "" if typed else typer.prompt("Waar komt het bestand vandaan, zoals het is?", err=True)


def _looked_at(checked: Checked, reason: str) -> str:
    """Why what is noticed is right, from who registers the file. Ends the command where it is wrong or unexplained."""
    from ..report import checked as report
    from ..tables.comparing import Gravity

    tell("\n".join(report.lines(checked)))
    if checked.gravity == Gravity.TOLD:
        return ""
    if checked.gravity == Gravity.LOOK and not reason and sys.stdin.isatty():
        reason = typer.prompt("Waarom klopt dit?", err=True)
    if checked.gravity == Gravity.WRONG or not reason:
        raise typer.Exit(checked.gravity)
    return reason
