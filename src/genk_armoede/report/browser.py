# SPDX-License-Identifier: EUPL-1.2
"""A browser that is installed on this machine, to print pages with.

Takes a page in `reports/`; gives a PDF beside it, tagged and with bookmarks; called by `cli`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from ..errors import DataError

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
QUIET = ("--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync")
SECONDS = 120


def find() -> str:
    """Path of a browser of the Chromium family; empty when there is none."""
    return next(filter(None, map(shutil.which, NAMES)), "")


def print_page(page: Path) -> Path:
    """A PDF beside a page. Raises `DataError` without a browser, and when it prints nothing."""
    browser = find()
    if not browser:
        raise DataError("no browser to print with", expected=" or ".join(NAMES), do="install Chromium or Chrome")
    target = page.with_suffix(".pdf")
    target.unlink(missing_ok=True)
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0  # a sandbox is not to be had for root
    with tempfile.TemporaryDirectory() as profile:
        command = [browser, *QUIET, *(["--no-sandbox"] if is_root else []), f"--user-data-dir={profile}"]
        command += ["--no-pdf-header-footer", "--generate-pdf-document-outline", f"--print-to-pdf={target}"]
        try:
            done = subprocess.run([*command, page.resolve().as_uri()], capture_output=True, timeout=SECONDS)
            problem = done.stderr.decode(errors="replace").strip().rpartition("\n")[2] or "no reason given"
            failed = done.returncode or not target.is_file()
        except subprocess.TimeoutExpired:
            failed, problem = True, f"not done after {SECONDS} seconds"
    if failed:
        raise DataError(f"the browser cannot print it ({problem})", file=str(page), do="open it and print it")
    return target
