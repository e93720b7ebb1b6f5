# SPDX-License-Identifier: EUPL-1.2
"""What a person sees of a build: a bar on a terminal, plain lines elsewhere.

Takes the steps of `build` as they come; gives lines on standard error; called by `cli`.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import typer

GUESS = 2.0  # seconds for a step that was never done


class Watch:
    """Who follows a build: here nobody does."""

    def plan(self, seconds: Mapping[str, float]) -> None:
        """Steps that are to come, with how long each took the last time."""

    def step(self, name: str, why: str) -> None:
        """A step begins; without a reason it is skipped."""

    def done(self, name: str) -> None:
        """A step is done."""

    def tell(self, text: str) -> None:
        """Something to know."""


class Lines(Watch):
    """A line for each step that is done; with `explain` also for those that are skipped."""

    def __init__(self, explain: bool) -> None:
        self.explain, self.skipped = explain, 0

    def step(self, name: str, why: str) -> None:
        self.skipped += not why
        if why or self.explain:
            self.tell(f"… {name}: {why or 'unchanged'}" if self.explain else f"… {name}")

    def tell(self, text: str) -> None:
        typer.echo(text, err=True)

    def end(self) -> None:
        if self.skipped:
            self.tell(f"steps not done again, as nothing they depend on has changed: {self.skipped}")


class Bar(Lines):
    """How far the build is, which step it is at, and how long the rest will take by what it took before."""

    def plan(self, seconds: Mapping[str, float]) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, ProgressColumn, TextColumn
        from rich.text import Text

        class Left(ProgressColumn):
            """Moves between steps too."""

            def render(column, task: object) -> Text:
                return Text(f"{self.left():.0f} s left")

        self.rest = {name: known or GUESS for name, known in seconds.items()}
        self.began: dict[str, float] = {}
        self.bar = Progress(
            TextColumn("{task.percentage:.0f}%"), BarColumn(), Left(), TextColumn("{task.description}"),
            console=Console(stderr=True), transient=True,
        )  # fmt: skip
        self.task = self.bar.add_task("", total=sum(self.rest.values()))
        self.bar.start()

    def left(self) -> float:
        """Seconds that the rest will take."""
        now = time.monotonic()
        return sum(max(one - now + self.began.get(name, now), 0) for name, one in self.rest.items())

    def step(self, name: str, why: str) -> None:
        super().step(name, why) if self.explain else None
        self.began[name] = time.monotonic()
        self.bar.update(self.task, description=", ".join(self.began))

    def done(self, name: str) -> None:
        self.began.pop(name)
        self.bar.update(self.task, advance=self.rest.pop(name), description=", ".join(self.began))

    def tell(self, text: str) -> None:
        self.bar.console.print(text, highlight=False, markup=False) if hasattr(self, "bar") else super().tell(text)

    def end(self) -> None:
        if hasattr(self, "bar"):
            self.bar.stop()


@contextmanager
def watch(explain: bool = False) -> Iterator[Lines]:
    """Whoever is to be told, until the build ends, well or not."""
    moves = sys.stderr.isatty() and os.environ.get("TERM") not in ("dumb", "unknown")
    told = Bar(explain) if moves else Lines(explain)
    try:
        yield told
    finally:
        told.end()
