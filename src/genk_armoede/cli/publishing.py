# SPDX-License-Identifier: EUPL-1.2
"""`build`, `watch`, `pdf`, `clean`, `audit` and `trace`: what is made of the registered files, and back to them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..errors import DataError
from ..tables import repository
from .everywhere import Json, app, print_json, tell, watched


@app.command()
def build(
    force: Annotated[bool, typer.Option("--force", help="Do every step, also what has not changed.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Say why each step is done or skipped.")] = False,
) -> None:
    """Raw files → tables → figures → notebooks → report.

    Only what depends on a change is done again. Nothing that is there is replaced unless all of it succeeds.

    Examples: `genk-armoede build` · `genk-armoede build --explain`
    """
    from ..report import build

    root = repository.root()
    _warn_unregistered(root)
    with watched(explain) as watch:
        pages = build.build(root, watch, force=force)
    tell(f"{len(pages)} pages are ready. Open the report: {(root / pages[0]).resolve()}")


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
    from ..report import watching

    root = repository.root()
    _warn_unregistered(root)
    watching.watch(root, port, watched, tell, lambda problem: typer.echo(f"error: {problem}", err=True))


@app.command()
def pdf() -> None:
    """Print the whole report to one PDF, with a browser that is installed.

    Example: `genk-armoede pdf`
    """
    from ..report import browser, build, pages

    page = repository.root() / build.REPORTS / pages.WHOLE
    if not page.is_file():
        raise DataError("there are no pages yet", file=str(build.REPORTS), do="run: genk-armoede build")
    made = browser.print_page(page)
    tell(f"written {made.relative_to(repository.root())}")


@app.command()
def clean() -> None:
    """Raw files → tidy tables in data/processed/ alone.

    Example: `genk-armoede clean`
    """
    from ..report import build

    root = repository.root()
    _warn_unregistered(root)
    changed = build.clean(root, tell)
    tell("\n".join(f"written {path}" for path in changed) or "nothing has changed")


@app.command()
def audit(as_json: Json = False) -> None:
    """Attack what is published: can a small count be found?

    Read off, worked out, or found in an earlier version.

    Then builds once more from the public files alone, and compares, which takes as long as a build.

    Example: `genk-armoede audit`
    """
    from ..report import leaks, rebuild

    root = repository.root()
    found = leaks.found(root)
    if not found:
        with watched() as watch:
            found = rebuild.differences(root, rebuild.rebuilt(root, watch))
    if as_json:
        print_json({"leaks": found})
    if found and as_json:
        raise typer.Exit(1)
    if found:
        raise DataError(
            "small counts can be found:\n  " + "\n  ".join(found),
            do="build again; if it stays, publish nothing and show this to the data protection officer",
        )
    tell("no small count can be read off, worked out or found in an earlier version")
    tell(f"could not be looked at: {'; '.join(leaks.not_seen(root)) or 'nothing'}")


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
    from ..report import trace as tracing

    answers = tracing.answers(repository.root(), what, area, period)
    few = answers[: most or None]
    if as_json:
        print_json({"found": len(answers), "answers": few})
        return
    for one in few:
        _print(**one)
    if len(few) < len(answers):
        tell(f"… and {len(answers) - len(few)} more: name an area or period, or give --most 0")


def _print(figure: str, **fields: str) -> None:
    typer.echo(figure)
    for name, text in fields.items():
        if text:
            typer.echo(f"  {name:<10} {text}")


def _warn_unregistered(root: Path) -> None:
    from ..tables import register

    for name in register.unregistered(root):
        path = repository.RAW / name
        typer.echo(
            f"warning: {path} is not registered and is left out; take it in with: genk-armoede register {path}",
            err=True,
        )
