# SPDX-License-Identifier: EUPL-1.2
import subprocess
import sys

import pytest
from workbooks import ROOT

sys.path.insert(0, str(ROOT / "benchmarks"))
from measure import Measure, run

# A process that starts another, which holds 64 MB and works for a while.
GRANDCHILD = "held = b'1' * (64 << 20)\nimport time\nwhile time.process_time() < 0.3: pass"
COMMAND = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {GRANDCHILD!r}], check=True)"


def test_a_run_counts_the_time_and_memory_of_what_the_command_starts():
    ran = run([sys.executable, "-c", COMMAND])
    assert ran.wall >= 0.3
    assert ran.cpu >= 0.3
    assert ran.peak_mb > 64


@pytest.mark.skipif(sys.platform != "linux", reason="processes that lose their parent are found on Linux")
def test_a_run_counts_what_the_command_leaves_to_itself():
    left = COMMAND.replace("subprocess.run(", "subprocess.Popen(").replace(", check=True", "")
    ran = run([sys.executable, "-c", left])
    assert ran.cpu >= 0.3
    assert ran.peak_mb > 64


def test_a_command_that_fails_is_no_measurement():
    with pytest.raises(subprocess.CalledProcessError) as failed:
        run([sys.executable, "-c", "import sys; sys.exit('broken')"])
    assert "broken" in failed.value.stderr


@pytest.mark.parametrize(("ours", "met"), [(2.0, True), (2.5, False)])
def test_a_target_is_the_largest_ratio(ours, met):
    assert Measure("invented", ours, 4.0, "s", 0.5).met is met


def test_processes_of_others_are_not_waited_for():
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        run([sys.executable, "-c", "pass"])
        assert other.poll() is None
        other.communicate(b"\n")
