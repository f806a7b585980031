"""The way to a PostgreSQL of another machine: encrypted, its certificate checked, unless the DSN says otherwise."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from certificates import Authority, Issued
from hypothesis import given
from hypothesis import strategies as st
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from include.errors import WarehouseUnreachable
from include.launcher.databases import connection_parts
from include.launcher.postgres import EmbeddedPostgres
from include.warehouse import tls
from include.warehouse.connection import Warehouse
from include.warehouse.tls import verified
from tests.integration.conftest import FAST, PASSWORD, installed_versions

VERSION = 15  # Debian's; the wheel's has no TLS
REMOTE = ("db.example", "10.0.0.7", "2001:db8::7", "postgres")
LOCAL = ("localhost", "127.0.0.1", "127.8.8.8", "::1", "/run/postgresql", "@abstract")


@dataclass(frozen=True)
class TlsServer:
    """A server whose certificate is for 127.0.0.1, issued by `authority`."""

    postgres: EmbeddedPostgres
    authority: Authority
    another: Authority

    def warehouse(self, host: str = "127.0.0.1", **parameters: str) -> Warehouse:
        dsn = self.postgres.dsn().replace("127.0.0.1", host)
        return Warehouse(tls.with_parameters(dsn, parameters) if parameters else dsn)


@pytest.fixture(scope="module")
def server() -> Iterator[TlsServer]:
    binaries = installed_versions().get(VERSION)
    if binaries is None:
        pytest.skip(f"PostgreSQL {VERSION}, which has TLS, is not installed here")
    folder = Path(tempfile.mkdtemp(prefix="cortex-signals-tls-"))
    folder.chmod(0o755)
    authority, another = Authority(folder, "ours"), Authority(folder, "another")
    postgres = EmbeddedPostgres(folder / "postgres", binaries, password=PASSWORD, settings=FAST)
    show(postgres, authority.issue("127.0.0.1"))
    try:
        postgres.start()
        yield TlsServer(postgres, authority, another)
    finally:
        postgres.stop()
        shutil.rmtree(folder)


def show(postgres: EmbeddedPostgres, issued: Issued) -> None:
    """Have the server show that certificate."""
    if postgres.account:
        os.chown(issued.key, postgres.account.uid, postgres.account.gid)
    Path(issued.key).chmod(0o600)
    postgres.settings |= {"ssl": "on", "ssl_cert_file": issued.certificate, "ssl_key_file": issued.key}


@pytest.fixture(autouse=True)
def _no_libpq_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Neither variables nor files of whoever runs the tests."""
    for name in [name for name in os.environ if name.startswith("PG")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))


def enters(warehouse: Warehouse) -> bool:
    with warehouse.transaction() as connection:
        return bool(connection.execute("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()").fetchone()[0])  # type: ignore[index]


def refused(warehouse: Warehouse) -> str:
    with pytest.raises(WarehouseUnreachable) as raised, warehouse.transaction():
        pass
    assert PASSWORD not in str(raised.value)
    return str(raised.value)


# -- with a server


def test_a_certificate_of_a_known_authority_is_let_in(server: TlsServer) -> None:
    """By sslrootcert, and the connection is encrypted."""
    assert enters(server.warehouse(sslmode="verify-full", sslrootcert=server.authority.ca_file))


def test_the_systems_authorities_are_found(server: TlsServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """sslrootcert=system means the file of this machine, as for every other program; psycopg's own OpenSSL has none."""
    monkeypatch.setenv("SSL_CERT_FILE", server.authority.ca_file)
    assert enters(server.warehouse(sslrootcert="system"))
    monkeypatch.setenv("SSL_CERT_FILE", server.another.ca_file)
    assert "sslrootcert=FILE" in refused(server.warehouse(sslrootcert="system"))


def test_a_certificate_of_an_unknown_authority_is_refused(server: TlsServer) -> None:
    """The sentence says which file to give."""
    said = refused(server.warehouse(sslmode="verify-full", sslrootcert=server.another.ca_file))
    assert "certificate verify failed" in said
    assert "add sslrootcert=FILE" in said


def test_no_file_of_authorities_is_said(server: TlsServer) -> None:
    """What libpq says of ~/.postgresql/root.crt, with the same remedy."""
    assert "add sslrootcert=FILE" in refused(server.warehouse(sslmode="verify-full"))


def test_a_certificate_for_another_name_is_refused(server: TlsServer) -> None:
    """A known authority's, and not this host's."""
    said = refused(server.warehouse("localhost", sslmode="verify-full", sslrootcert=server.authority.ca_file))
    assert "must name a host that the server's certificate is for" in said


def test_a_server_without_tls_is_refused(postgres: EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a server of another machine is, whose DSN says nothing; with sslmode=disable it is let in, knowingly."""
    monkeypatch.setattr(tls, "is_loopback", lambda host: False)
    said = refused(Warehouse(postgres.dsn()))
    assert "does not support SSL" in said
    assert "turn ssl on at the server, or, knowingly, in a network that is yours alone, sslmode=disable" in said
    plain = Warehouse(tls.with_parameters(postgres.dsn(), {"sslmode": "disable"}))
    assert not enters(plain)


def test_a_server_of_another_machine_is_checked_by_default(server: TlsServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a word in the DSN; what `dsn` prints checks as well, and enters the same way."""
    monkeypatch.setattr(tls, "is_loopback", lambda host: False)
    monkeypatch.setenv("SSL_CERT_FILE", server.another.ca_file)
    assert "certificate verify failed" in refused(server.warehouse())
    monkeypatch.setenv("SSL_CERT_FILE", server.authority.ca_file)
    assert enters(server.warehouse())
    printed = server.warehouse().dsn_for("reader")
    assert {"sslmode": "verify-full", "sslrootcert": server.authority.ca_file}.items() <= conninfo_to_dict(
        printed
    ).items()
    with psycopg.connect(printed) as connection:
        assert connection.pgconn.ssl_in_use


def test_how_a_connection_is_protected_is_known(server: TlsServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Which doctor says: on this machine, checked, encrypted alone, or plain."""

    def protection(**parameters: str) -> str | None:
        with server.warehouse(**parameters).transaction() as connection:
            return tls.protection(connection)

    assert protection() is None
    monkeypatch.setattr(tls, "is_loopback", lambda host: False)
    assert protection(sslmode="verify-full", sslrootcert=server.authority.ca_file) == "checked"
    assert protection(sslmode="require") == "encrypted"
    assert protection(sslmode="disable") == "plain"


# -- which DSN is to be checked


def checks(dsn: str) -> bool:
    return conninfo_to_dict(verified(dsn)).get("sslmode") == "verify-full"


@given(st.lists(st.sampled_from(REMOTE + LOCAL), min_size=1, max_size=4))
def test_one_host_of_another_machine_is_enough(hosts: list[str]) -> None:
    """Whichever of several it is; a DSN of this machine alone stays as it is, to the letter."""
    dsn = make_conninfo("dbname=d user=u password='p w'", host=",".join(hosts))
    assert checks(dsn) is any(host in REMOTE for host in hosts)
    if set(hosts) <= set(LOCAL):
        assert verified(dsn) == dsn


@given(st.sampled_from(REMOTE), st.sampled_from(["disable", "allow", "prefer", "require", "verify-ca", "verify-full"]))
def test_what_the_dsn_says_is_done(host: str, mode: str) -> None:
    """An sslmode of any kind is somebody's decision."""
    dsn = f"postgresql://u:p@[{host}]/d?sslmode={mode}" if ":" in host else f"postgresql://u:p@{host}/d?sslmode={mode}"
    assert verified(dsn) == dsn


@pytest.mark.parametrize(
    ("dsn", "is_checked"),
    [
        ("postgresql://u:p@db.example/d", True),
        ("postgresql://u:p@db.example:5432/d?connect_timeout=3", True),
        ("postgresql://u:p@[2001:db8::7]/d", True),
        ("postgresql://u:p@127.0.0.1:1,db.example:2/d", True),
        ("postgresql://u:p@127.0.0.1:1,[::1]:2/d", False),
        ("postgresql://u:p@/d", False),
        ("postgresql:///d?host=/run/postgresql", False),
        ("postgresql://u@db.example/d?hostaddr=127.0.0.1", False),
        ("postgresql://u@localhost/d?hostaddr=10.0.0.7", True),
        ("host=db.example dbname=d", True),
        ("service=warehouse", False),
    ],
)
def test_each_form_of_a_dsn_is_understood(dsn: str, is_checked: bool) -> None:
    """URIs stay URIs, and all else of them stays."""
    made = verified(dsn)
    assert checks(dsn) is is_checked
    assert made.startswith(dsn) or not dsn.startswith("postgresql:")
    assert conninfo_to_dict(dsn).items() <= conninfo_to_dict(made).items()


def test_libpqs_environment_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """PGHOST may name another machine, PGSSLMODE how to go there, PGSSLROOTCERT whom to trust."""
    monkeypatch.setenv("PGHOST", "db.example")
    assert checks("dbname=d")
    monkeypatch.setenv("PGSSLROOTCERT", "/ours.pem")
    assert "sslrootcert" not in conninfo_to_dict(verified("dbname=d"))
    monkeypatch.setenv("PGSSLMODE", "require")
    assert verified("dbname=d") == "dbname=d"


def test_a_file_of_ones_own_goes_before_the_systems(tmp_path: Path) -> None:
    """~/.postgresql/root.crt, where libpq looks of itself, and sslrootcert."""
    remote = "postgresql://u@db.example/d"
    assert Path(str(conninfo_to_dict(verified(remote))["sslrootcert"])).exists()
    assert conninfo_to_dict(verified(f"{remote}?sslrootcert=/ours.pem"))["sslrootcert"] == "/ours.pem"
    (tmp_path / ".postgresql").mkdir()
    (tmp_path / ".postgresql" / "root.crt").touch()
    assert "sslrootcert" not in conninfo_to_dict(verified(remote))


@pytest.mark.parametrize(
    "dsn",
    [
        "postgresql://u:p%40%2F@db.example:5433/d",
        "postgresql://u:p@db.example/d?sslmode=disable",
        "postgresql://u:p@db.example/d?sslmode=verify-full&sslrootcert=/ours.pem&channel_binding=require",
        "postgresql://u:p@one.example:5432,two.example:5433/d?target_session_attrs=read-write",
        "postgresql://u:p@127.0.0.1:5432/d?require_auth=scram-sha-256&gssencmode=disable",
    ],
)
def test_airflows_connection_goes_the_same_way(dsn: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing of the DSN is lost on the way through a connection of type Postgres, and the default is the same."""
    monkeypatch.setenv("AIRFLOW_HOME", str(tmp_path))
    from airflow.sdk import Connection

    from include.orchestration.connections import warehouse_dsn

    def read(parts: dict[str, Any]) -> str:
        return warehouse_dsn(Connection.from_json(json.dumps(parts), conn_id="warehouse"))

    through = read(connection_parts(dsn))
    assert conninfo_to_dict(through) == conninfo_to_dict(dsn)
    assert conninfo_to_dict(verified(through)) == conninfo_to_dict(verified(dsn))
