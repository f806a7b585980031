"""Only the process that was recorded is ended, not a later one of the same number."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from include.launcher import processes


@pytest.fixture
def sleeper() -> Iterator[psutil.Process]:
    """A process that does nothing for a minute."""
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    yield psutil.Process(child.pid)
    child.kill()
    child.wait()


def test_recorded_process_is_found_again(tmp_path: Path, sleeper: psutil.Process) -> None:
    file = tmp_path / "processes.json"
    processes.record(file, sleeper)
    assert processes.recorded(file) == [sleeper]


def test_recycled_number_is_left_alone(tmp_path: Path, sleeper: psutil.Process) -> None:
    """A live process with the recorded number and another start time is not ours."""
    file = tmp_path / "processes.json"
    file.write_text(json.dumps([{"pid": sleeper.pid, "create_time": sleeper.create_time() - 1}]))
    assert processes.recorded(file) == []


def test_ended_process_is_not_found(tmp_path: Path, sleeper: psutil.Process) -> None:
    """Not even while it waits for its parent to take notice (a zombie)."""
    file = tmp_path / "processes.json"
    processes.record(file, sleeper)
    sleeper.kill()
    psutil.wait_procs([sleeper], timeout=0.5)
    assert processes.recorded(file) == []


def test_this_process_never_ends_itself(sleeper: psutil.Process) -> None:
    """A family that contains us is ended without us."""
    family = processes.with_descendants([psutil.Process()])
    assert sleeper in family
    assert psutil.Process() not in family


def test_process_that_ignores_the_polite_signal_is_killed() -> None:
    """SIGTERM first, SIGKILL after the time for politeness."""
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", deaf], stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        assert processes.end([psutil.Process(child.pid)], seconds=0.3) == []


def test_tagged_process_is_found_without_a_record(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a supervisord started bears its address, and so do its children."""
    monkeypatch.setenv(processes.TAG, "unix:///nowhere/test.sock")
    program = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'print(flush=True); input()'])"
    with subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        found = processes.tagged("unix:///nowhere/test.sock")
        assert {child.pid, *(c.pid for c in psutil.Process(child.pid).children())} == {p.pid for p in found}
        child.communicate(b"\n")
