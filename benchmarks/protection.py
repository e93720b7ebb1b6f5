# SPDX-License-Identifier: EUPL-1.2
"""What hiding small counts costs: processor time by size of the table, and how many cells more than the fewest.

Run with `make bench-protection`. All figures are invented.
"""

from __future__ import annotations

import itertools
import random
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from invented import CITY, city, policy, table

from genk_armoede.protection.attack import recovered
from genk_armoede.protection.protect import protect

SIZES = {(30, 10, 6): 3.0, (100, 10, 10): 30.0, (300, 10, 10): 180.0}  # wijken, years, groups → seconds at most
TABLES, MORE = 30, 0.10  # small tables, and the part of the fewest that may be hidden beside them


def timed(wijken: int, years: int, groups: int) -> float:
    """Seconds of processor time to protect and attack a table of that many wijken, years and groups."""
    inside, rng = city(wijken, 2), random.Random(1)
    kinds = "abcdefghijklmnop"[:groups]
    made = [table(rng, inside, "cw", {"l": kinds}, [(), ("l",)], 5) for _ in range(years)]
    rows = [replace(one, period=str(2012 + year)) for year, own in enumerate(made) for one in own]
    start = time.process_time()
    done = protect({"verzonnen": rows}, inside, policy())
    assert not [*recovered(done.tables, inside, policy(), (), done.sums)]
    return time.process_time() - start


def beside(seed: int) -> tuple[int, int]:
    """Of a small table: how many cells are hidden beside the small ones, and the fewest that will do."""
    rng = random.Random(seed)
    wijken, kinds = rng.choice((3, 4)), rng.choice(("ab", "abc"))
    rows = table(rng, city(wijken), "cw", {"l": kinds}, [(), ("l",)], 6)
    shown = protect({"verzonnen": rows}, city(wijken), policy()).tables["verzonnen"]
    small = [one for one in rows if 0 < one.value < 5]
    hidden = sum(one.value is None for one in shown)
    return hidden - len(small), fewest(rows, wijken, kinds)


def fewest(rows: list, wijken: int, kinds: str) -> int:
    """The fewest cells to hide beside the small ones, found by trying: one whole program over all of them."""
    groups = list(itertools.product([f"w{i}" for i in range(wijken)], kinds))
    lines = np.array(
        [[one.area_code in (CITY, a) and one.breakdown in ("", f"l={kind}") for a, kind in groups] for one in rows],
        dtype=float,
    )
    values = np.array([float(one.value) for one in rows])
    small = [i for i, value in enumerate(values) if 0 < value < 5]
    if not small:
        return 0
    n, m, cells = len(rows), len(small), len(groups)
    large, width = 1000.0, n + 2 * m * cells  # hidden or not, then for each small count a lower and an upper world
    cost = np.r_[[0.0 if i in small else 1.0 for i in range(n)], np.zeros(width - n)]
    matrix, low, high = [], [], []

    def add(line: np.ndarray, least: float, most: float) -> None:
        matrix.append(line)
        low.append(least)
        high.append(most)

    for s, target in enumerate(small):
        worlds = [slice(n + (2 * s + w) * cells, n + (2 * s + w + 1) * cells) for w in (0, 1)]
        for world in worlds:
            for i in range(n):  # a shown cell is what it is; a hidden one is at least 1 and may move
                for sign in (1, -1):
                    line = np.zeros(width)
                    line[world], line[i] = sign * lines[i], -large
                    add(line, -np.inf, sign * values[i])
                line = np.zeros(width)
                line[world] = lines[i]
                add(line, 1.0 if values[i] >= 1 else 0.0, np.inf)
        line = np.zeros(width)
        line[worlds[1]] = lines[target]
        add(line, 5.0, np.inf)
        line = line.copy()
        line[worlds[0]] = -lines[target]
        add(line, 4.0, np.inf)
    floor = np.r_[[1.0 if i in small else 0.0 for i in range(n)], np.zeros(width - n)]
    zero = [i for i in range(n) if values[i] == 0]  # a zero is shown
    top = np.r_[[0.0 if i in zero else 1.0 for i in range(n)], np.full(width - n, large)]
    done = milp(
        cost,
        constraints=LinearConstraint(np.array(matrix), low, high),
        bounds=Bounds(floor, top),
        integrality=np.r_[np.ones(n), np.zeros(width - n)],
        options={"time_limit": 60},
    )
    assert done.status == 0, done.message
    return round(done.fun)


def main(arguments: list[str]) -> int:
    """Prints what was measured; 1 when a target is missed."""
    missed = 0
    for size, most in SIZES.items():
        if "--small" in arguments and size != (30, 10, 6):
            continue
        seconds = timed(*size)
        missed += seconds > most
        print(f"{' × '.join(map(str, size))}: {seconds:.1f} s of processor time, at most {most:.0f}", flush=True)
    pairs = [beside(seed) for seed in range(TABLES)]
    ours, best = (sum(column) for column in zip(*pairs, strict=True))
    missed += ours > best * (1 + MORE)
    print(f"{TABLES} small tables: {ours} cells hidden beside the small ones, {best} at the fewest")
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
