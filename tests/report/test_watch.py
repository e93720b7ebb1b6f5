# SPDX-License-Identifier: EUPL-1.2
"""`watch`: what is saved is built, an open page hears of it, and nobody but this machine is served."""

import http.client
import json
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from conftest import environment, files, small_copy, write_notebook
from watchfiles import Change

from genk_armoede import interruption
from genk_armoede.errors import DataError
from genk_armoede.report import build, pages, progress, serving, watching

POLICY = "default-src 'none'; img-src data:; style-src 'sha256-x='; script-src 'sha256-y='; base-uri 'none'"
PAGE = f'<html><meta http-equiv="Content-Security-Policy" content="{POLICY}"><body>verzonnen</body></html>'
MINUTE = 60  # seconds: only to end what hangs


@pytest.fixture
def report(tmp_path) -> serving.Report:
    """Pages beside a secret, a folder and a link that leads out."""
    folder = tmp_path / "reports"
    (folder / "map").mkdir(parents=True)
    (folder / "index.html").write_text(PAGE, encoding="utf-8")
    (folder / "map/diep.html").write_text("geheim", encoding="utf-8")
    (folder / ".verborgen.html").write_text("geheim", encoding="utf-8")
    (tmp_path / "geheim.html").write_text("geheim", encoding="utf-8")
    (folder / "link.html").symlink_to(tmp_path / "geheim.html")
    (folder / "rapport.pdf").write_bytes(b"%PDF verzonnen")
    return serving.Report(folder)


@pytest.fixture
def port(report) -> Iterator[int]:
    with serving.server(report, 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        assert server.server_address[0] == "127.0.0.1"
        yield server.server_address[1]
        server.shutdown()


def ask(port: int, path: str, host: str = "", method: str = "GET") -> http.client.HTTPResponse:
    """An answer, to a request that is sent as it is."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=MINUTE)
    line.putrequest(method, path, skip_host=True)
    line.putheader("Host", host or f"127.0.0.1:{port}")
    line.endheaders()
    return line.getresponse()


def heard(answer: http.client.HTTPResponse) -> dict[str, str]:
    """The next thing that a page is told."""
    while line := answer.readline():
        if line.startswith(b"data: "):
            return json.loads(line.removeprefix(b"data: "))
    raise AssertionError("nothing more is told")


# --- who is served, and what ---


@pytest.mark.parametrize(
    "host", ["example.org", "127.0.0.1.example.org:{}", "127.0.0.1", "localhost", "127.0.0.1:1", " "]
)
@pytest.mark.parametrize("path", ["/", serving.NEWS])
def test_a_request_that_names_another_host_is_refused(port, host, path):
    answer = ask(port, path, host.format(port))
    assert answer.status == 403 and b"verzonnen" not in answer.read()


@pytest.mark.parametrize(
    "path",
    [
        "/../geheim.html", "/%2e%2e/geheim.html", "/..%2fgeheim.html", "//geheim.html", "/map/diep.html",
        "/map%2fdiep.html", "/map", "/.verborgen.html", "/link.html", "/index.html/", "/./index.html",
        "{folder}/index.html", "/nergens.html",
    ],
)  # fmt: skip
def test_only_pages_of_the_report_itself_are_sent(report, port, path):
    answer = ask(port, path.format(folder=report.folder))
    said = answer.read().decode()
    assert answer.status == 404 and "geheim" not in said and "verzonnen" not in said
    assert "EventSource" in said  # it comes by itself once it is there


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_nothing_can_be_sent_to_it(port, method):
    assert ask(port, "/index.html", method=method).status == 501


def test_a_page_gets_what_makes_it_reload_and_the_file_stays_as_it_is(report, port):
    before = files(report.folder)
    for host in (f"127.0.0.1:{port}", f"localhost:{port}"):
        sent = ask(port, "/", host).read().decode()
        script = re.search(r"<script>\n(.*?)\n</script>", sent, re.DOTALL)[1]
        allowed = f"script-src {pages.policy_hash(script)} 'sha256-y='"
        assert POLICY.replace("script-src 'sha256-y='", allowed).replace(";", "; connect-src 'self';", 1) in sent
        assert "verzonnen" in sent and report.state.version in script
    assert ask(port, "/rapport.pdf").read() == b"%PDF verzonnen"
    assert ask(port, "/index.html?opnieuw").status == 200
    assert files(report.folder) == before


def test_an_open_page_hears_what_is_new_and_what_went_wrong(report, port):
    news = ask(port, serving.NEWS)
    first = heard(news)
    assert first == {"version": report.state.version, "problem": ""}
    report.failed("cel B8: 'volgt later'")
    assert heard(news) == first | {"problem": "cel B8: 'volgt later'"}
    report.renewed()
    last = heard(news)
    assert last["problem"] == "" and last["version"] != first["version"]
    assert heard(ask(port, serving.NEWS)) == last


def test_a_port_that_somebody_has_is_told(report, port):
    with pytest.raises(DataError, match=f"port {port} cannot be had") as error:
        serving.server(report, port)
    assert "--port" in error.value.do


# --- what is built ---


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/r/notebooks/09_onderwijs.ipynb", True), ("/r/data/raw/bronnen.yml", True),
        ("/r/data/raw/vertrouwelijk/leefloon.xlsx", True), ("/.home/r/notebooks/09_onderwijs.ipynb", True),
        ("/r/notebooks/.ipynb_checkpoints/09_onderwijs.ipynb", False), ("/r/data/raw/~$corona.xlsx", False),
        ("/r/data/raw/.bronnen.yml.new", False),
    ],
)  # fmt: skip
def test_what_programs_write_beside_a_file_is_no_save(path, expected):
    assert watching.is_input(Change.modified, path) is expected


def test_a_build_that_fails_leaves_the_version_and_the_next_one_goes_on(tmp_path, report, monkeypatch):
    told, failed, numbers = [], [], count()

    def half_the_time(*_: object, **given: object) -> None:
        assert given == {"into_notebooks": False}
        if next(numbers) % 2:
            raise DataError("verzonnen fout", file="x.xlsx", cell="B8")

    monkeypatch.setattr(build, "build", half_the_time)
    seen = []
    moments = (seen.append(report.state) for _ in range(4))
    watching.follow(tmp_path, report, moments, progress.watch, told.append, failed.append)
    seen.append(report.state)
    versions, problems = [one.version for one in seen], [one.problem for one in seen]
    assert failed == ["x.xlsx, cell B8: verzonnen fout"] * 2 and len(told) == 2
    assert problems == ["", "", failed[0], "", failed[0]]
    assert versions[1] == versions[2] and versions[3] == versions[4] and len({*versions}) == 3


def save(path: Path, *cells: str) -> None:
    """As an editor does: whole, in one moment."""
    beside = path.with_name(".beside")
    write_notebook(beside, *cells)
    beside.replace(path)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="signals are told otherwise on Windows")
def test_a_sentence_that_is_saved_is_on_the_page_and_ctrl_c_ends_it(tmp_path):
    root = small_copy(tmp_path, "corona.xlsx")
    notebook = root / "notebooks/01_verzonnen.ipynb"
    cells = ["# Verzonnen\n\nEen vraag die hier gesteld wordt.", "import genk_armoede as ga\nga.say('Eerst.')"]
    write_notebook(notebook, *cells)
    command = [sys.executable, "-m", "genk_armoede", "watch", "--port", "0"]
    with subprocess.Popen(command, cwd=root, env=environment(), stderr=subprocess.PIPE, text=True) as running:
        port = int(re.search(r"http://127\.0\.0\.1:(\d+)/", running.stderr.readline())[1])
        while watching.DONE not in running.stderr.readline():
            pass
        news = ask(port, serving.NEWS)
        version = heard(news)["version"]
        for words in ("Daarna.", "Nogmaals."):
            save(notebook, cells[0], cells[1].replace("Eerst.", words))
            while words not in ask(port, "/01_verzonnen.html").read().decode():
                told = heard(news)
            assert told["version"] != version and told["problem"] == ""
            version = told["version"]
            assert words in (root / "reports/01_verzonnen.html").read_text(encoding="utf-8")
            assert '"outputs": []' in notebook.read_text(encoding="utf-8")  # somebody has it open
        save(notebook, cells[0], "1 / 0")
        while "ZeroDivisionError" not in heard(news)["problem"]:
            pass
        save(notebook, *cells)
        while heard(news)["problem"]:
            pass
        (root / "data/raw/corona.xlsx").write_bytes(b"verzonnen")
        while "genk-armoede register data/raw/corona.xlsx" not in heard(news)["problem"]:
            pass
        running.send_signal(signal.SIGINT)
        last = running.stderr.read().splitlines()[-1]
        assert running.wait(MINUTE) == interruption.CODE and last == interruption.WORDS
