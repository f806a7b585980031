"""Debian's pgbouncer in transaction mode before a test's server."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from include.launcher.ports import LOOPBACK, free_port
from include.launcher.postgres import Account, server_account

PROGRAM = shutil.which("pgbouncer", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
START_SECONDS = 30


@contextmanager
def pooled(dsn: str, *, sessions: int = 2, **settings: str) -> Iterator[str]:
    """The DSN of the same database and login through a pooler of that many sessions of the server."""
    if PROGRAM is None:
        pytest.skip("pgbouncer is not installed here")
    parts = {name: str(value) for name, value in conninfo_to_dict(dsn).items()}
    folder, account = Path(tempfile.mkdtemp(prefix="cortex-signals-pooler-")), server_account(Path("/nowhere"))
    port = free_port(None)
    try:
        file = _write_files(folder, parts, port, {"default_pool_size": str(sessions), **settings}, account)
        process = _start(file, account)
        try:
            login = f"{quote(parts['user'], safe='')}:{quote(parts['password'], safe='')}"
            address = f"postgresql://{login}@{LOOPBACK}:{port}/{parts['dbname']}"
            _wait_until_it_answers(address, process, folder / "pooler.log")
            yield address
        finally:
            process.terminate()
            process.wait(10)
    finally:
        shutil.rmtree(folder)


def _write_files(
    folder: Path, parts: dict[str, str], port: int, settings: dict[str, str], account: Account | None
) -> Path:
    """pgbouncer.ini and the list of logins, for the account alone."""
    logins = folder / "userlist.txt"
    quoted = (parts[name].replace('"', '""') for name in ("user", "password"))
    logins.write_text(" ".join(f'"{one}"' for one in quoted) + "\n", encoding="utf-8")
    chosen = {
        "listen_addr": LOOPBACK,
        "listen_port": str(port),
        "unix_socket_dir": "",
        "auth_type": "scram-sha-256",
        "auth_file": str(logins),
        "pool_mode": "transaction",
        "logfile": str(folder / "pooler.log"),
        **settings,
    }
    lines = ["[databases]", f"* = host={parts['host']} port={parts['port']}", "[pgbouncer]"]
    file = folder / "pgbouncer.ini"
    file.write_text("\n".join([*lines, *(f"{k} = {v}" for k, v in chosen.items())]) + "\n", encoding="utf-8")
    for path in (folder, logins, file):
        if account:
            shutil.chown(path, account.uid, account.gid)
    return file


def _start(file: Path, account: Account | None) -> subprocess.Popen[bytes]:
    """It refuses to run as root."""
    assert PROGRAM
    run_as = {"user": account.uid, "group": account.gid, "extra_groups": []} if account else {}
    return subprocess.Popen(  # type: ignore[call-overload, no-any-return]
        [PROGRAM, "-q", str(file)], cwd=file.parent, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **run_as
    )


def _wait_until_it_answers(dsn: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            psycopg.connect(dsn, connect_timeout=5).close()
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > until:
                raise AssertionError(f"pgbouncer did not answer: {log.read_text(encoding='utf-8')}") from None
            time.sleep(0.1)
        else:
            return
