# SPDX-License-Identifier: EUPL-1.2
"""What a benchmark measures: a command's time, processor time and memory, and two of those held against each other.

Takes a command; gives a `Run`; called by the benchmarks beside it. A process that is started counts the memory of
the one that starts it as its own until it has its program, so what measures imports nothing large.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


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
    cpu: float  # seconds on the processor, with the processes that the command started and waited for
    peak_mb: float  # of its largest process


def run(command: Sequence[object], cwd: Path | None = None, env: Mapping[str, str] | None = None) -> Run:
    """Run a command to its end, its output thrown away. Raises `CalledProcessError`, with its errors, when it fails."""
    begun = time.perf_counter()
    with subprocess.Popen(
        [str(word) for word in command], cwd=cwd, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        errors = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - begun
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, list(map(str, command)), stderr=errors)
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
