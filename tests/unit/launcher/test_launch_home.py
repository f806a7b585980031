"""Where things lie: the socket within the length that the system allows, the database where its user may enter."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from include.errors import LaunchError
from include.launcher import home as home_module
from include.launcher.home import Home
from include.launcher.supervision import Program, render


@pytest.fixture(autouse=True)
def system_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(home_module, "SYSTEM_DATA", tmp_path / "var")
    return tmp_path / "var"


def as_root(monkeypatch: pytest.MonkeyPatch, enterable: bool) -> None:
    monkeypatch.setattr(home_module, "running_as_root", lambda: True)
    monkeypatch.setattr(home_module, "everyone_may_enter", lambda folder: enterable)


def test_short_path_holds_its_socket() -> None:
    assert Home(Path("/srv/x")).socket == Path("/srv/x/supervisor.sock")


def test_long_path_has_its_socket_elsewhere(tmp_path: Path) -> None:
    """In a private folder, the same one each time."""
    home = Home(tmp_path / ("long" * 30))
    home.folder.mkdir()
    socket = home.socket
    try:
        assert len(str(socket)) < 100
        assert socket.parent.stat().st_mode & 0o777 == 0o700
        assert home.socket == socket
    finally:
        socket.parent.rmdir()


def test_database_of_a_normal_user_lies_in_the_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(home_module, "running_as_root", lambda: False)
    assert Home(tmp_path).database == tmp_path / "postgres"


def test_database_of_root_where_others_may_enter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    as_root(monkeypatch, enterable=True)
    assert Home(tmp_path).database == tmp_path / "postgres"


def test_database_of_root_where_others_may_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system_data: Path
) -> None:
    """Outside, one for each home."""
    as_root(monkeypatch, enterable=False)
    places = {Home(tmp_path / name).database for name in ("a", "b")}
    assert {place.parent for place in places} == {system_data}
    assert len(places) == 2


def test_database_stays_where_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A later change of a folder's mode does not make the data disappear."""
    as_root(monkeypatch, enterable=False)
    outside = Home(tmp_path).database
    outside.mkdir(parents=True)
    as_root(monkeypatch, enterable=True)
    assert Home(tmp_path).database == outside
    (tmp_path / "postgres" / "data").mkdir(parents=True)
    as_root(monkeypatch, enterable=False)
    assert Home(tmp_path).database == tmp_path / "postgres"


def test_home_of_another_user_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = Home(tmp_path)
    home.secrets.touch()
    owner = os.geteuid()
    monkeypatch.setattr(home_module.os, "geteuid", lambda: owner + 1)
    with pytest.raises(LaunchError, match=r"belongs to the user .*CORTEX_SIGNALS_HOME"):
        home.prepare()


def test_second_command_is_kept_out(tmp_path: Path) -> None:
    """The sentence names the process; afterwards the lock is free."""
    home = Home(tmp_path)
    with home.locked(), pytest.raises(LaunchError, match=rf"process {os.getpid()}"), home.locked():
        pass
    with home.locked():
        pass


def test_configuration_escapes_what_supervisor_would_expand() -> None:
    """A percent sign in a path or a value stays one."""
    program = Program("it", ["/a b/run", "100%"], Path("/50%"), environment={"A": "1%"}, user="nobody")
    text = render(Home(Path("/srv/x%y")), [program])
    assert "command='/a b/run' 100%%" in text
    assert "directory=/50%%" in text
    assert 'environment=A="1%%"' in text
    assert "user=nobody" in text
    assert "file=/srv/x%%y/supervisor.sock" in text


def test_a_program_that_keeps_ending_is_tried_for_half_a_day() -> None:
    """As PostgreSQL does on a full disk: once there is space it is back within minutes, and nobody has to start it."""
    text = render(Home(Path("/srv/x")), [Program("it", ["/run"], Path("/"))])
    [retries] = [int(line.partition("=")[2]) for line in text.splitlines() if line.startswith("startretries=")]
    longest_pause, all_pauses = retries, sum(range(1, retries + 1))
    assert longest_pause <= 5 * 60
    assert all_pauses >= 12 * 60 * 60
