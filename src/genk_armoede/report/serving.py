# SPDX-License-Identifier: EUPL-1.2
"""The report on an address of this machine alone, with pages that reload when there is a newer one.

Takes the folder of the pages; gives a server that only reads there: what makes a page reload is added to what is sent,
not to the file. Called by `watching`.
"""

from __future__ import annotations

import json
import mimetypes
import secrets
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from ..errors import DataError
from .pages import TEMPLATES, TITLE, policy_hash, slim

ADDRESS = "127.0.0.1"
NEWS = "/nieuws"  # where a page hears what is new, as server-sent events
FRONT = "index.html"
SCRIPT = (TEMPLATES / "watch.js").read_text(encoding="utf-8")
ABSENT = f"""<!doctype html>
<html lang="nl-BE">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src">
<title>{TITLE}</title>
</head>
<body>
<p>Deze pagina is er niet, of nog niet.</p>
</body>
</html>
"""


class State(NamedTuple):
    """What an open page is told: which version of the report there is, and what went wrong after it."""

    version: str
    problem: str


class Report:
    """The pages of a folder, which version they are, and who waits for the next one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._changed = threading.Condition()
        self.state = State(secrets.token_hex(4), "")  # a server that starts again has other pages

    def renewed(self) -> None:
        """The pages are made again: whoever looks at one gets the new one."""
        self._become(State(secrets.token_hex(4), ""))

    def failed(self, problem: str) -> None:
        """The pages are those of before, and this is why."""
        self._become(self.state._replace(problem=problem))

    def _become(self, state: State) -> None:
        with self._changed:
            self.state = state
            self._changed.notify_all()

    def after(self, seen: State) -> State:
        """Waits for a state that is not the one that was seen."""
        with self._changed:
            self._changed.wait_for(lambda: self.state != seen)
            return self.state

    def file(self, path: str) -> Path | None:
        """The file of a page by the path in its address; nothing for what does not lie in the folder itself."""
        name = unquote(urlsplit(path).path).removeprefix("/") or FRONT
        known = [one for one in self.folder.glob("*") if one.is_file() and not one.is_symlink()]
        return next((one for one in known if one.name == name and not name.startswith(".")), None)

    def page(self, path: str) -> bytes | None:
        """A page with what makes it reload, and its own policy allowing that; nothing when there is no such page."""
        version, file = self.state.version, self.file(path)  # an old page never gets the name of a newer version
        return None if file is None else _reloading(file.read_text(encoding="utf-8"), version)

    def absent(self) -> bytes:
        """In place of a page that is not there, or not yet."""
        return _reloading(ABSENT, self.state.version)


def _reloading(page: str, version: str) -> bytes:
    script = slim(SCRIPT).replace("VERSION", json.dumps(version)).replace("NEWS", json.dumps(NEWS))
    allowed = page.replace("default-src 'none';", "default-src 'none'; connect-src 'self';", 1)
    allowed = allowed.replace("script-src", f"script-src {policy_hash(script)}", 1)
    before, body, after = allowed.rpartition("</body>")
    return f"{before}<script>\n{script}\n</script>\n{body}{after}".encode()


def server(report: Report, port: int) -> ThreadingHTTPServer:
    """A server of the pages for browsers on this machine; port 0 is any that is free.

    Raises `DataError` for a port that somebody else has.
    """

    class Answer(_Answer):
        pages = report

    try:
        return _Server((ADDRESS, port), Answer)
    except OSError as error:
        raise DataError(
            f"port {port} cannot be had ({error.strerror or error})", do="name another one with --port"
        ) from error


class _Server(ThreadingHTTPServer):
    def handle_error(self, *request: object) -> None:
        if not isinstance(sys.exception(), ConnectionError):  # who closes a page in the middle says nothing
            super().handle_error(*request)


class _Answer(BaseHTTPRequestHandler):
    """The answer to one request. Only what names this machine is answered: other sites may not read along."""

    pages: Report

    def do_GET(self) -> None:
        if not self._is_for_this_machine():
            self.send_error(403)
        elif urlsplit(self.path).path == NEWS:
            self._tell_news()
        else:
            self._send_page()

    def _is_for_this_machine(self) -> bool:
        port = self.server.server_address[1]
        return self.headers.get_all("Host", []) in ([f"{ADDRESS}:{port}"], [f"localhost:{port}"])

    def _send_page(self) -> None:
        file = self.pages.file(self.path)
        if file is None or file.suffix == ".html":
            content = self.pages.absent() if file is None else self.pages.page(self.path)
            self._begin(200 if file else 404, "text/html; charset=utf-8", len(content))
        else:
            content = file.read_bytes()
            self._begin(200, mimetypes.guess_type(file.name)[0] or "application/octet-stream", len(content))
        self.wfile.write(content)

    def _tell_news(self) -> None:
        self._begin(200, "text/event-stream")
        state = None
        while True:
            state = self.pages.state if state is None else self.pages.after(state)
            try:
                self.wfile.write(f"data: {json.dumps(state._asdict())}\n\n".encode())
            except OSError:
                return  # the page is closed

    def _begin(self, code: int, kind: str, length: int | None = None) -> None:
        self.send_response(code)
        self.send_header("Content-Type", kind)
        if length is not None:
            self.send_header("Content-Length", str(length))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Says nothing: the terminal tells of builds."""
