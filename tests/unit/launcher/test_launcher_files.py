"""Private files: who may read them, and that no reader sees half of one."""

from __future__ import annotations

import json
import os
import stat
import threading
from pathlib import Path

import pytest

from include.errors import LaunchError
from include.launcher.files import read_json, write_private, write_private_json
from include.launcher.secrets import load_secrets


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_secrets_are_made_once(tmp_path: Path) -> None:
    """The second call reads what the first one made; nobody else may."""
    file = tmp_path / "secrets.json"
    first, second = load_secrets(file), load_secrets(file)
    assert first == second
    assert mode(file) == 0o600
    assert len({*vars(first).values()}) == len(vars(first))


def test_opened_secrets_are_closed_again(tmp_path: Path) -> None:
    """A file that somebody made readable is made private when it is read."""
    file = tmp_path / "secrets.json"
    load_secrets(file)
    file.chmod(0o644)
    load_secrets(file)
    assert mode(file) == 0o600


def test_secrets_do_not_show_in_messages(tmp_path: Path) -> None:
    """Printing the object prints no password."""
    secrets = load_secrets(tmp_path / "secrets.json")
    assert secrets.postgres_password not in repr(secrets)


@pytest.mark.parametrize("text", ["", "{", '{"jwt_secret": "x"}', '["x"]'])
def test_spoilt_secrets_are_not_replaced(tmp_path: Path, text: str) -> None:
    """New passwords would lock us out of the database, so it is an error that says what to do."""
    file = tmp_path / "secrets.json"
    file.write_text(text)
    with pytest.raises(LaunchError, match="restore it, or start anew with `make clean`"):
        load_secrets(file)
    assert file.read_text() == text


def test_private_file_replaces_a_readable_one(tmp_path: Path) -> None:
    """The mode of an older file does not live on, and no half-written file stays."""
    file = tmp_path / "addresses.json"
    file.write_text("old")
    file.chmod(0o666)
    previous = os.umask(0)
    try:
        write_private(file, "new")
    finally:
        os.umask(previous)
    assert (file.read_text(), mode(file), list(tmp_path.iterdir())) == ("new", 0o600, [file])


def test_reader_never_sees_half_a_file(tmp_path: Path) -> None:
    """While one file is written again and again, every read parses."""
    file = tmp_path / "addresses.json"
    write_private_json(file, {"n": 0})
    stop = threading.Event()

    def write() -> None:
        for n in range(100_000):
            if stop.is_set():
                return
            write_private_json(file, {"n": n, "padding": "x" * 20_000})

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert all("n" in json.loads(file.read_text()) for _ in range(300))
    finally:
        stop.set()
        writer.join()


def test_absent_and_spoilt_json(tmp_path: Path) -> None:
    """Both give the value for absence."""
    spoilt = tmp_path / "spoilt.json"
    spoilt.write_text("{")
    assert read_json(spoilt, []) == []
    assert read_json(tmp_path / "absent.json", None) is None
