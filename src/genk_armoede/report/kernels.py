# SPDX-License-Identifier: EUPL-1.2
"""Kernels that start warm: a process loads the libraries once and is copied for each notebook.

Takes a notebook and the folder it works in; gives it with its outputs, and the files it read there; called by
`build` and `runs`. Where processes cannot be copied safely (not on Linux) kernels start cold, with the same outputs.
"""

from __future__ import annotations

import atexit
import json
import logging
import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TYPE_CHECKING

from .. import _PUBLIC
from .outputs import joined

if TYPE_CHECKING:
    from nbformat import NotebookNode

SECONDS = 300  # longest that one cell may take
MORE = "GENK_ARMOEDE_SECONDS"  # says otherwise
LARGEST, MOST = 50_000_000, 10_000  # characters and number of the outputs of one cell
BACKEND = "module://matplotlib_inline.backend_inline"  # what a kernel sets before anything is imported
WATCHED = "GENK_ARMOEDE_WATCHED"  # file to which a kernel writes which files it opens
LIBRARIES = (
    "ipykernel.kernelapp", "ipykernel.ipkernel", "matplotlib.pyplot", "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_svg", "pandas", "PIL.PngImagePlugin",
    "scipy.optimize", "genk_armoede.cli", *(f"genk_armoede.{module}" for module in _PUBLIC),
)  # fmt: skip
_stopped = threading.Event()
_copies = multiprocessing.get_context("forkserver") if sys.platform == "linux" else None


class Stopped(Exception):
    """A notebook that does not run to its end; the message says why."""


def warm_up() -> None:
    """Start loading the libraries, while something else is done; also after `stop`, when a next build goes on."""
    _stopped.clear()
    if _copies:
        from multiprocessing import forkserver

        _copies.set_forkserver_preload([*LIBRARIES])
        before = dict(os.environ)
        os.environ.setdefault("MPLBACKEND", BACKEND)
        forkserver.ensure_running()
        os.environ.clear()
        os.environ.update(before)


def run(notebook: Path, folder: Path, root: Mapping[str, str], *, warm: bool = True) -> tuple[dict, list[str]]:
    """A notebook with the outputs of a fresh kernel, and the files below `folder` that it opened.

    `root`: environment variables of the kernel. Raises `Stopped` when a cell fails or takes too long, and when the
    kernel does not start or dies.
    """
    from .quick_nbformat import nbformat  # first: the others load it too

    import zmq  # isort: skip
    from jupyter_client.manager import AsyncKernelManager  # isort: skip
    from nbclient import NotebookClient  # isort: skip
    from nbclient.exceptions import CellExecutionComplete, CellExecutionError, CellTimeoutError  # isort: skip

    given: Counter[int] = Counter()  # characters of what each cell gave
    pieces: Counter[int] = Counter()

    class Bounded(NotebookClient):
        """Ends a notebook of which a cell gives more than anybody reads."""

        def process_message(self, msg: dict, cell: NotebookNode, cell_index: int) -> NotebookNode | None:
            given[cell_index] += len(json.dumps(msg["content"], default=str))
            pieces[cell_index] += 1
            if given[cell_index] > LARGEST or pieces[cell_index] > MOST:
                manager.provisioner.process.kill()
                raise CellExecutionComplete  # nothing more of this cell is waited for
            return super().process_message(msg, cell, cell_index)

    def too_much() -> str:
        """Which cell gave more than that, in words; empty when none did."""
        most = f"{LARGEST // 1_000_000} MB or {MOST} pieces"
        large = [index for index in given if given[index] > LARGEST or pieces[index] > MOST]
        return f"cell {large[0] + 1} gives more output than {most}, which no page can hold" if large else ""

    def place() -> int:
        """The number of the cell that ran last, words counted too."""
        places = [number for number, cell in enumerate(book.cells, start=1) if cell.cell_type == "code"]
        return places[max(client.code_cells_executed, 1) - 1]

    book = nbformat.read(notebook, as_version=4)
    watched = folder / ".opened"
    manager = AsyncKernelManager(kernel_name="python3")
    manager.kernel_spec.argv = [sys.executable, "-m", __name__, "-f", "{connection_file}"]
    if warm and _copies:
        manager.provisioner = _provisioner(manager)
    seconds = _seconds()
    client = Bounded(
        book, km=manager, timeout=seconds, iopub_timeout=seconds, raise_on_iopub_timeout=True,
        record_timing=False, shutdown_kernel="immediate",
        resources={"metadata": {"path": folder}},
        extra_arguments=["--log-level=ERROR"],  # else every kernel warns that it talks over TCP
    )  # fmt: skip
    sockets = tempfile.TemporaryDirectory(prefix="genk-")  # not below `folder`: a socket's path may be 100 long
    if sys.platform == "linux":  # a port is chosen before it is used, so that another kernel may take it first
        manager.transport, manager.ip = "ipc", f"{sockets.name}/kernel"
    manager.context.setsockopt(zmq.RCVHWM, 0)  # else what comes faster than it is read is left out
    try:
        client.execute(cleanup_kc=True, env={**os.environ, **root, WATCHED: str(watched)})
        if too_much():  # all of it came before the kernel could be ended
            raise Stopped(too_much())
    except CellExecutionError as error:
        raise Stopped(f"cell {place()}: {error.ename}: {error.evalue}") from error
    except CellTimeoutError as error:
        logging.getLogger("asyncio").setLevel(logging.CRITICAL)  # nbclient leaves a task behind, which tells of itself
        raise Stopped(
            f"cell {place()} runs for more than {seconds} seconds; to allow more, set {MORE}, for example "
            f"{MORE}={2 * seconds} genk-armoede build"
        ) from error
    except RuntimeError as error:  # of nbclient: it did not start, or died
        raise Stopped(too_much() or str(error).strip().splitlines()[-1]) from error
    finally:
        if sys.platform != "win32" and manager.provisioner and manager.provisioner.pid:
            _end_group(manager.provisioner.pid)
        atexit.unregister(client._cleanup_kernel)  # nbclient forgets to where a build is stopped
        manager.context.destroy(linger=0)  # it is still open where the kernel did not start
        sockets.cleanup()
    for cell in book.cells:
        if cell.cell_type == "code":
            cell.outputs = joined(cell.outputs)
    opened = {json.loads(line) for line in watched.read_text(encoding="utf-8").splitlines()}
    return book, sorted(name for name in opened if name != watched.name)


def _seconds() -> int:
    """How long a cell may take. Raises `Stopped` for what is no number of seconds."""
    told = os.environ.get(MORE, str(SECONDS))
    if not told.isascii() or not told.isdigit() or int(told) == 0:
        raise Stopped(f"{MORE} is no number of seconds: {told!r}")
    return int(told)


def main(arguments: list[str]) -> None:
    """Be a kernel, and note which files below the working folder are opened for reading."""
    import zmq
    from ipykernel.kernelapp import IPKernelApp

    class Whole(IPKernelApp):
        """Sends all that a cell gives, also when it comes faster than it is read."""

        def init_iopub(self, context: zmq.Context) -> None:
            context.setsockopt(zmq.SNDHWM, 0)
            super().init_iopub(context)

    watched, here = os.environ.pop(WATCHED), os.path.realpath(os.getcwd()) + os.sep
    notes = open(watched, "a", encoding="utf-8", buffering=1)  # noqa: SIM115 (as long as the kernel lives)

    def note(event: str, details: tuple) -> None:
        if event == "open" and isinstance(details[0], str | bytes | os.PathLike) and not _writes(*details[1:3]):
            path = os.path.realpath(os.fsdecode(details[0]))
            if path.startswith(here):
                notes.write(json.dumps(Path(path.removeprefix(here)).as_posix()) + "\n")

    sys.addaudithook(note)
    # Says nothing on the terminal, and ends when its parent does.
    Whole.launch_instance(argv=[*arguments, f"--IPKernelApp.parent_handle={os.getppid()}"])


def _writes(mode: str | None, flags: int) -> bool:
    return bool(set(mode or "") & set("wax")) or bool(flags & (os.O_WRONLY | os.O_CREAT))


def _copy(arguments: list[str], folder: str, environment: dict[str, str]) -> None:
    """In the copied process: be a kernel, until the build ends."""
    threading.Thread(target=_end_with_build, daemon=True).start()
    os.setsid()
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    import pandas as pd

    pd.set_option("display.max_columns", 20)  # as in a notebook, which pandas did not see where it was loaded
    main(arguments)


def _end_with_build() -> None:
    multiprocessing.parent_process().join()
    _end_group(os.getpid())
    os._exit(1)  # it had no group of its own yet


def _provisioner(manager: object) -> object:
    from jupyter_client.provisioning import LocalProvisioner

    class Copied(LocalProvisioner):
        """Starts a kernel as a copy of the process that has the libraries loaded."""

        async def launch_kernel(self, cmd: list[str], **options: object) -> dict:
            if _stopped.is_set():
                raise RuntimeError("the build was stopped")
            process = _copies.Process(target=_copy, args=(cmd[cmd.index("-f") :], options["cwd"], options["env"]))
            process.start()
            self.process, self.pid = _Running(process), process.pid
            return self.connection_info

    return Copied(kernel_id="copied", kernel_spec=manager.kernel_spec, parent=manager)


class _Running:
    """A process of multiprocessing as one of subprocess, as far as jupyter_client asks."""

    stdin = stdout = stderr = None

    def __init__(self, process: BaseProcess) -> None:
        self.process, self.pid = process, process.pid

    def poll(self) -> int | None:
        return self.process.exitcode

    def wait(self, timeout: float | None = None) -> int | None:
        self.process.join(timeout)
        if self.process.exitcode is None:
            raise subprocess.TimeoutExpired("kernel", timeout or 0)
        return self.process.exitcode

    def send_signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def terminate(self) -> None:
        self.kill()

    def kill(self) -> None:
        _end_group(self.pid)
        self.process.kill()  # it may have no group of its own yet


def stop() -> None:
    """End every kernel that runs, and start no other: the build ends."""
    _stopped.set()
    for process in multiprocessing.active_children():
        _end_group(process.pid)
        process.kill()


def _end_group(kernel: int) -> None:
    """End a kernel and every process that its notebook started, also when the kernel itself is gone."""
    with suppress(ProcessLookupError):
        os.killpg(kernel, signal.SIGKILL)


if __name__ == "__main__":
    main(sys.argv[1:])
