# SPDX-License-Identifier: EUPL-1.2
"""How soon each page shows its first view on a phone with a processor four times slower than this one.

    python benchmarks/first_view.py [NAME …]

Takes the pages in `reports/`; prints kB, and in milliseconds (median of five) when the first words and the largest part
of the first screen stood there, and how much moved after that (layout shift). Exit code 1 when one takes over a second.
"""

from __future__ import annotations

import statistics
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from genk_armoede.report import browser

REPORTS = Path(__file__).resolve().parents[1] / "reports"
PHONE = {"width": 390, "height": 844}
SLOWER, TURNS, MOST = 4, 5, 1000
WATCH = """() => {
  window.seen = { largest: 0, shift: 0 };
  new PerformanceObserver((list) => { for (const one of list.getEntries()) window.seen.largest = one.startTime; })
    .observe({ type: "largest-contentful-paint", buffered: true });
  new PerformanceObserver((list) => { for (const one of list.getEntries()) window.seen.shift += one.value; })
    .observe({ type: "layout-shift", buffered: true });
}"""
ASK = """() => ({
  first: performance.getEntriesByName("first-contentful-paint")[0].startTime, ...window.seen,
})"""


def main(names: list[str]) -> None:
    paths = [REPORTS / f"{name}.html" for name in names] or sorted(REPORTS.glob("*.html"))
    slow = []
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=browser.find(), args=["--no-sandbox"])
        print(f"{'page':34}{'kB':>6}{'first':>8}{'largest':>9}{'shift':>8}")
        for path in paths:
            turns = [view(chromium.new_page(viewport=PHONE), path) for _ in range(TURNS)]
            first, largest, shift = (
                statistics.median(turn[key] for turn in turns) for key in ("first", "largest", "shift")
            )
            print(f"{path.stem:34}{path.stat().st_size // 1000:6}{first:8.0f}{largest:9.0f}{shift:8.3f}")
            slow += [path.stem] if largest > MOST else []
        chromium.close()
    sys.exit(f"over {MOST} ms: {', '.join(slow)}" if slow else 0)


def view(page: Page, path: Path) -> dict[str, float]:
    """When one page showed its first view."""
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.add_init_script(f"({WATCH})()")
    page.goto(path.as_uri(), wait_until="load")
    page.wait_for_timeout(300)
    seen = page.evaluate(ASK)
    page.close()
    return seen


if __name__ == "__main__":
    main(sys.argv[1:])
