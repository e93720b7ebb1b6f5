# SPDX-License-Identifier: EUPL-1.2
"""Builds that are killed, interrupted, out of room or damaged, at moments by chance: counts what they leave behind.

Run with `make torture` (minutes; not in CI). After each a build must give what an undisturbed one gives.
"""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests/report"))
sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from conftest import environment, files, fill, genk, small_copy, write_notebook
from test_damage import DAMAGES, NOTEBOOK, ODD

TIMES = int(os.environ.get("TIMES", "20"))  # of each kind
COMMAND = [sys.executable, "-m", "genk_armoede", "build"]


def main() -> int:
    """Prints a line a kind; 1 when anything was lost."""
    rng, lost = random.Random(1), 0
    with tempfile.TemporaryDirectory() as name:
        before, after, seconds = prepared(Path(name))
        kinds: dict[str, list[Callable[[Path], str]]] = {
            "killed": [lambda root: signalled(root, signal.SIGKILL, rng.uniform(0, seconds)) for _ in range(TIMES)],
            "interrupted": [lambda root: signalled(root, signal.SIGINT, rng.uniform(0, seconds)) for _ in range(TIMES)],
            "out of room": [lambda root: cramped(root, rng.randint(1_000, 300_000)) for _ in range(TIMES)],
            "damaged": [
                lambda root, do=do, step=step: damaged(root / f".build/steps/{step}.zip", do)
                for do in DAMAGES.values()
                for step in ("tables", NOTEBOOK, "audit", "pages")
            ],
            "odd": [lambda root, do=do: damaged(root / ".build", do) for do in ODD.values()],
        }
        for kind, all_of_kind in kinds.items():
            found = Counter(tried(before, after, Path(name) / "copy", disturb) for disturb in all_of_kind)
            lost += sum(count for what, count in found.items() if what != "whole")
            print(f"{kind}: {', '.join(f'{count} {what}' for what, count in sorted(found.items()))}", flush=True)
    return int(lost > 0)


def prepared(folder: Path) -> tuple[Path, dict[str, bytes], float]:
    """A built repository of which a figure was changed, what a build of it makes, and how long that takes."""
    before = small_copy(folder / "before", "corona.xlsx")
    write_notebook(before / f"notebooks/{NOTEBOOK}.ipynb", "# Verzonnen", "import time; time.sleep(0.5)", "print(1)")
    assert genk("build", cwd=before).code == 0
    fill(before, "corona.xlsx", "Domeinen", {"B13": 868231})  # invented
    done = shutil.copytree(before, folder / "after")
    start = time.monotonic()
    assert genk("build", cwd=done).code == 0
    return before, files(done), time.monotonic() - start


def tried(before: Path, after: dict[str, bytes], copy: Path, disturb: Callable[[Path], str]) -> str:
    """What a disturbed build leaves, in words: `whole` when nothing is lost and the next build is right."""
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(before, copy)
    old = files(copy)
    wrong = disturb(copy)
    torn = [name for name, data in files(copy).items() if data not in (old.get(name), after.get(name))]
    if wrong or torn:
        return wrong or "torn"
    again = genk("build", cwd=copy)
    if again.code or "Traceback" in again.err:
        return "never built again"
    return "whole" if files(copy) == after else "built otherwise"


def signalled(root: Path, number: int, moment: float) -> str:
    build = subprocess.Popen(
        COMMAND, cwd=root, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    time.sleep(moment)
    build.send_signal(number)
    told = build.communicate()[1]
    if number == signal.SIGINT and build.returncode not in (0, 130) and begun(told):
        return f"with exit {build.returncode}: {(told.splitlines() or [''])[-1]}"
    return "with a traceback" if "Traceback" in told and begun(told) else ""


def begun(told: str) -> bool:
    """False while Python itself starts, which answers Ctrl-C as it likes: its words name no file of the program."""
    return "stopped" in told or any("genk_armoede" in line for line in told.splitlines() if "File" in line)


def cramped(root: Path, room: int) -> str:
    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    done = subprocess.run(COMMAND, cwd=root, env=environment(), capture_output=True, text=True, preexec_fn=limit)
    return "with a traceback" if "Traceback" in done.stderr else ""


def damaged(path: Path, do: Callable[[Path], object]) -> str:
    do(path)
    return ""


if __name__ == "__main__":
    sys.exit(main())
