"""Processes under a real supervisord: restarted when they crash, ended however they were left, no other touched."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from include.errors import LaunchError
from include.launcher import processes, run_program
from include.launcher.files import write_private_json
from include.launcher.home import Home
from include.launcher.plan import database_program
from include.launcher.postgres import EmbeddedPostgres
from include.launcher.stack import stop_everything
from include.launcher.supervision import Program, Supervisor, render

SLEEP = "import time; time.sleep(120)"
# Its child leaves the process group and the session, as Airflow's tasks do.
WITH_CHILD = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {SLEEP!r}], start_new_session=True)"


def wait_for(what: Callable[[], object], seconds: float = 15) -> None:
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.05)


@pytest.fixture
def home() -> Iterator[Home]:
    """A home where, as root, the database's user may enter; whatever runs there is ended."""
    folder = Path(tempfile.mkdtemp(prefix="cortex-signals-test-"))
    folder.chmod(0o755)
    home = Home(folder.resolve())
    home.prepare()
    yield home
    stop_everything(home)
    shutil.rmtree(folder)


@pytest.fixture
def stranger() -> Iterator[psutil.Process]:
    """A process that looks like ours and is not."""
    child = subprocess.Popen([sys.executable, "-c", SLEEP], start_new_session=True)
    yield psutil.Process(child.pid)
    child.kill()
    child.wait()


def python(home: Home, name: str, code: str) -> Program:
    return Program(name, [sys.executable, "-c", code], home.folder)


def started(home: Home, *programs: Program) -> Supervisor:
    supervisor = Supervisor(home)
    supervisor.start(render(home, programs))
    for program in programs:
        supervisor.start_program(program.name)
        wait_for(lambda name=program.name: supervisor.state(name) == "RUNNING")
    return supervisor


def family(supervisor: Supervisor) -> list[psutil.Process]:
    leader = supervisor.leader()
    assert leader is not None
    return [leader, *leader.children(recursive=True)]


def test_stopping_ends_all_and_no_other(home: Home, stranger: psutil.Process) -> None:
    """supervisord, its programs and their children are gone; a stranger with the same command line lives."""
    supervisor = started(home, python(home, "one", SLEEP), python(home, "two", WITH_CHILD))
    wait_for(lambda: len(family(supervisor)) == 4)
    ours = family(supervisor)
    assert stop_everything(home) == 4
    assert not any(processes.is_alive(process) for process in ours)
    assert processes.is_alive(stranger)
    assert supervisor.states() == {}


def test_stopping_what_does_not_run(home: Home) -> None:
    """Nothing to end is no error."""
    assert stop_everything(home) == 0


def test_leftovers_of_a_killed_supervisord_are_ended(home: Home, stranger: psutil.Process) -> None:
    """Also a child that was started after the last record and left its session."""
    supervisor = started(home, python(home, "it", WITH_CHILD))
    wait_for(lambda: len(family(supervisor)) == 3)
    leader, *children = family(supervisor)
    leader.kill()
    psutil.wait_procs([leader], timeout=10)
    assert all(processes.is_alive(child) for child in children)
    assert stop_everything(home) == 2
    assert not any(processes.is_alive(child) for child in children)
    assert processes.is_alive(stranger)


def test_recycled_number_in_the_record_is_left_alone(home: Home, stranger: psutil.Process) -> None:
    """A record that names a stranger's number with another start time ends nobody."""
    processes.record(home.processes, stranger)
    text = home.processes.read_text()
    home.processes.write_text(text.replace(str(stranger.create_time()), str(stranger.create_time() - 60)))
    assert stop_everything(home) == 0
    assert processes.is_alive(stranger)


def test_crashed_program_is_restarted(home: Home) -> None:
    supervisor = started(home, python(home, "it", SLEEP))
    first = family(supervisor)[1]
    first.kill()
    wait_for(lambda: supervisor.state("it") == "RUNNING" and family(supervisor)[1:] not in ([], [first]))
    assert not processes.is_alive(first)


def test_what_a_killed_program_left_is_ended_before_it_starts_again(home: Home, stranger: psutil.Process) -> None:
    """Its children, which would hold its connections open, and theirs; nothing of another program, nobody else's."""
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {WITH_CHILD!r}])"
    write_private_json(home.program_environments, {"it": {}})
    command = [sys.executable, run_program.__file__, str(home.program_environments), "it", sys.executable, "-c", child]
    supervisor = started(home, Program("it", command, home.folder), python(home, "other", SLEEP))
    wait_for(lambda: len(family(supervisor)) == 5)
    killed = next(process for process in family(supervisor)[1:] if process.children())
    left = killed.children(recursive=True)
    other = [process for process in family(supervisor)[1:] if process not in (killed, *left)]
    killed.kill()
    wait_for(lambda: supervisor.state("it") == "RUNNING" and not any(processes.is_alive(process) for process in left))
    assert all(processes.is_alive(process) for process in [*other, stranger])


def test_new_supervisord_after_a_killed_one(home: Home) -> None:
    """The stale socket and number file are no hindrance."""
    supervisor = started(home, python(home, "it", SLEEP))
    leader = supervisor.leader()
    assert leader is not None
    leader.kill()
    psutil.wait_procs([leader], timeout=10)
    assert supervisor.leader() is None
    stop_everything(home)
    started(home, python(home, "it", SLEEP))


def test_broken_configuration_is_told(home: Home) -> None:
    """What supervisord says against it is in the sentence."""
    with pytest.raises(LaunchError, match=r"supervisord did not start: Error: .*nosuchfolder"):
        Supervisor(home).start(render(home, [Program("it", ["true"], Path("/"))]).replace("/logs", "/nosuchfolder"))


def test_database_survives_a_killed_supervisord(home: Home) -> None:
    """The leftover server is shut down in order, not crashed, and the next start finds what was committed."""
    postgres = EmbeddedPostgres(home.database, password="x")
    postgres.log = home.logs / "postgres.log"
    postgres.initialise()
    supervisor = started(home, database_program(postgres))
    wait_for(postgres.answers)
    with postgres.connect() as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS x")
    leader = supervisor.leader()
    assert leader is not None
    leader.send_signal(signal.SIGKILL)
    psutil.wait_procs([leader], timeout=10)
    assert postgres.answers()

    assert stop_everything(home) > 0
    assert postgres.postmaster() is None
    started(home, database_program(postgres))
    wait_for(postgres.answers)
    with psycopg.connect(postgres.dsn()) as connection:
        assert connection.execute("SELECT x FROM kept").fetchone() == (1,)
    assert "not properly shut down" not in postgres.log.read_text()
