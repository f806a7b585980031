"""The cluster of our own: made, started and stopped as root and as a normal user, by each version."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import psutil
import psycopg
import pytest

from include.errors import LaunchError
from include.launcher import binaries
from include.launcher.binaries import Binaries, wheel_folder
from include.launcher.postgres import SUPERUSER, EmbeddedPostgres
from tests.integration.conftest import FAST, OWNER, PG_VERSIONS, running_server


@pytest.mark.parametrize("postgres", PG_VERSIONS, indirect=True)
def test_new_database_is_empty_and_its_owner_no_superuser(new_database: str) -> None:
    """A test's login owns its database, may create roles, and is refused what only a superuser may."""
    with psycopg.connect(new_database, autocommit=True) as connection:
        role = "SELECT rolname, rolsuper, rolcreaterole FROM pg_roles WHERE rolname = current_user"
        assert connection.execute(role).fetchone() == (OWNER, False, True)
        assert connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone() == (0,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("CREATE ROLE another SUPERUSER")


@pytest.mark.parametrize("postgres", PG_VERSIONS, indirect=True)
def test_cluster_settings(postgres: EmbeddedPostgres) -> None:
    """UTF-8 text, UTC time, checksums, scram passwords, the loopback address only."""
    expected = {
        "server_encoding": "UTF8",
        "TimeZone": "UTC",
        "data_checksums": "on",
        "password_encryption": "scram-sha-256",
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": "",
    }
    with postgres.connect() as connection:
        assert {n: connection.execute("SELECT current_setting(%s)", [n]).fetchone()[0] for n in expected} == expected
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(postgres.dsn(password="wrong"))


def test_server_never_runs_as_root(postgres: EmbeddedPostgres) -> None:
    """As root the server runs as another user, else as ourselves."""
    server = postgres.postmaster()
    assert server is not None
    assert server.uids().real == (postgres.account.uid if postgres.account else os.geteuid()) != 0


def test_role_is_changed_not_made_twice(postgres: EmbeddedPostgres) -> None:
    """A second call with another password changes the password."""
    for password in ("first", "second"):
        postgres.ensure_role("changing", password)
    with psycopg.connect(postgres.dsn(user="changing", password="second")) as connection:
        assert connection.execute("SELECT current_user").fetchone() == ("changing",)


def test_strangers_may_not_enter_a_database(postgres: EmbeddedPostgres, new_database: str) -> None:
    """A role that was not granted CONNECT is refused."""
    postgres.ensure_role("stranger", "secret")
    name = psycopg.conninfo.conninfo_to_dict(new_database)["dbname"]
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        psycopg.connect(postgres.dsn(name, "stranger", "secret"))


def test_killed_server_starts_again_with_its_data() -> None:
    """After SIGKILL the stale lock file is no hindrance and committed rows are there."""
    with running_server(18) as server:
        with server.connect() as connection:
            connection.execute("CREATE TABLE kept AS SELECT 1 AS x")
        leader = server.postmaster()
        children = leader.children(recursive=True)
        leader.kill()
        psutil.wait_procs([leader, *children], timeout=20)
        server.stop()
        (server.data / "postmaster.pid").write_text("1\nnot ours\n")  # a recycled number: init's
        server.start()
        with server.connect() as connection:
            assert connection.execute("SELECT x FROM kept").fetchone() == (1,)


def test_taken_port_is_avoided() -> None:
    """A server whose port is taken by another listens on a new one."""
    with running_server(18) as first:
        second = EmbeddedPostgres(
            first.folder.parent / "second", first.binaries, password="x", port=first.port, settings=FAST
        )
        try:
            second.start()
            assert second.port != first.port
            assert second.answers()
        finally:
            second.stop()


def test_programs_of_another_version_are_refused(postgres: EmbeddedPostgres) -> None:
    """The sentence names the version that made the cluster and the one given."""
    with pytest.raises(LaunchError, match=r"made by PostgreSQL 18 and cannot be started by the 17 in /opt/pg17"):
        EmbeddedPostgres(postgres.folder, Binaries(Path("/opt/pg17"), 17), password="x")


def test_interrupted_initdb_leaves_no_cluster(tmp_path: Path) -> None:
    """What a killed initdb left is thrown away, not taken for a cluster."""
    with running_server(18) as running:
        server = EmbeddedPostgres(running.folder.parent / "second", running.binaries, password="x", settings=FAST)
        (server.folder / "data.new").mkdir(parents=True)
        (server.folder / "data.new" / "PG_VERSION").write_text("18\n")
        try:
            server.start()
            assert not (server.folder / "data.new").exists()
        finally:
            server.stop()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as another user")
def test_programs_below_a_private_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Root's environment may lie where the server's user cannot enter: the programs are copied."""
    wheel = wheel_folder()
    assert wheel is not None
    package, private = wheel.parent.parent, tmp_path / "private"
    for folder in (package, package.with_name(f"{package.name}.libs")):
        shutil.copytree(folder, private / folder.name, symlinks=True)
    private.chmod(0o700)
    hidden = private / package.name / "pginstall" / "bin"
    monkeypatch.setattr(binaries, "wheel_folder", lambda: hidden)
    place = Path(tempfile.mkdtemp(prefix="cortex-signals-test-"))
    place.chmod(0o755)
    server = EmbeddedPostgres(place / "postgres", binaries.read_binaries(hidden), password="x", settings=FAST)
    try:
        server.start()
        assert server.binaries.folder.is_relative_to(server.folder)
        psql = [server.binaries.program("psql"), server.dsn(), "-Atc", "SELECT 1"]
        assert subprocess.run(psql, capture_output=True, text=True, check=True).stdout == "1\n"
    finally:
        server.stop()
        shutil.rmtree(place)


def test_server_stops_fast_with_open_connections() -> None:
    """An open connection does not hold the server up, and nothing of it is left."""
    with running_server(18) as server:
        connection = psycopg.connect(server.dsn(SUPERUSER))
        leader = server.postmaster()
        server.stop()
        assert not leader.is_running()
        connection.close()


def test_passwords_are_in_no_process_list(postgres: EmbeddedPostgres) -> None:
    """Neither the server's command line nor its environment holds a password."""
    listing = subprocess.run(["ps", "axeww", "-o", "args"], capture_output=True, text=True, check=True).stdout
    assert postgres.password not in listing
