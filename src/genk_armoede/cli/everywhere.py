# SPDX-License-Identifier: EUPL-1.2
"""What goes with every command: the repository it works in, what it prints, and when it prints JSON.

Called by the modules of commands beside it.
"""

from __future__ import annotations

import json
import os
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import DataError
from ..tables import repository

if TYPE_CHECKING:
    from ..report.progress import Watch

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="From the spreadsheets Genk receives about poverty to tidy tables, charts and a Dutch report.",
    epilog="Handleiding in het Nederlands, voor wie Excel kent: docs/handleiding.md",
)
_quiet = False
_json = False


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


def is_quiet() -> bool:
    """True when nothing but warnings and errors is told."""
    return _quiet


def tell(text: str) -> None:
    """A line on standard error, unless it was asked to be quiet."""
    if not _quiet:
        typer.echo(text, err=True)


def watched(explain: bool = False) -> AbstractContextManager[Watch]:
    """Who follows a build: nobody when it was asked to be quiet."""
    from ..report import progress

    return nullcontext(progress.Watch()) if _quiet else progress.watch(explain)


def answer_in_json(asked: bool) -> bool:
    """What an option for JSON calls: from here on errors are JSON too."""
    global _json
    _json = asked
    return asked


Json = Annotated[bool, typer.Option("--json", callback=answer_in_json, help="The answer as JSON on standard output.")]


def print_json(value: object) -> None:
    """An answer as JSON on standard output."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=1))


def tell_error(error: DataError) -> None:
    """What is wrong: its message on standard error, or its parts as JSON on standard output."""
    if _json:
        print_json({"error": _parts(error)})
    else:
        typer.echo(f"error: {error}", err=True)


def _parts(error: DataError) -> dict[str, object]:
    names = ("problem", "file", "sheet", "cell", "found", "expected", "do", "answers")
    found = {name: getattr(error, name) for name in names}
    found["found"] = None if error.found is None else str(error.found)
    return {name: value for name, value in found.items() if value not in ("", None, ())}
