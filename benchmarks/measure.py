# SPDX-License-Identifier: EUPL-1.2
"""What a benchmark measures: a command's time, processor time and memory, and two of those held against each other.

Takes a command; gives a `Run`; called by the benchmarks beside it. A process that is started counts the memory of
the one that starts it as its own until it has its program, so what measures imports nothing large.
"""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

RUNS = 3
PR_SET_CHILD_SUBREAPER = 36


@dataclass(frozen=True)
class Measure:
    """One line of the table: what we need, what the other way needs (or allows), and how much of it we may."""

    what: str
    ours: float
    theirs: float
    unit: str  # s, MB, …
    target: float  # the largest ratio of ours to theirs

    @property
    def ratio(self) -> float:
        return self.ours / self.theirs

    @property
    def met(self) -> bool:
        return self.ratio <= self.target


@dataclass(frozen=True)
class Run:
    wall: float  # seconds
    cpu: float  # seconds on the processor, of every process that came of the command
    peak_mb: float  # of its largest process


def run(command: Sequence[object], cwd: Path | None = None, env: Mapping[str, str] | None = None) -> Run:
    """Run a command to its end, its output thrown away. Raises `CalledProcessError`, with its errors, when it fails.

    What it starts and leaves to itself, such as a server of forks with its kernels, is waited for and counted too: on
    Linux this process becomes the parent of what loses its own.
    """
    others = _children()
    _adopt(True)
    env = {name: value for name, value in (env or os.environ).items() if name != "PYTHONDONTWRITEBYTECODE"}
    begun = time.perf_counter()
    with subprocess.Popen(
        [str(word) for word in command], cwd=cwd, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        errors = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - begun
    usages = [usage, *_left_behind(others)]
    _adopt(False)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, list(map(str, command)), stderr=errors)
    cpu = sum(one.ru_utime + one.ru_stime for one in usages)
    return Run(wall, cpu, max(one.ru_maxrss for one in usages) / 1024)


def _adopt(orphans: bool) -> None:
    """On Linux this process becomes the parent of what loses its own, or is so no longer."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, int(orphans))


def _children() -> set[int]:
    """The processes that this one started or adopted; none are known elsewhere than on Linux."""
    lists = Path("/proc/self/task").glob("*/children")
    return {int(number) for one in lists for number in one.read_text().split()}


def _left_behind(others: set[int]) -> list:
    """What processes used that the command left to end by themselves; `others` are no concern of it."""
    usages = []
    while left := _children() - others:
        usages.append(os.wait4(left.pop(), 0)[2])
    return usages


def medians(*commands: Callable[[], Run]) -> list[Run]:
    """Of each command the run with the middle processor time, all run in turns."""
    turns = [[command() for command in commands] for _ in range(RUNS)]
    return [sorted(runs, key=lambda one: one.cpu)[RUNS // 2] for runs in zip(*turns, strict=True)]
