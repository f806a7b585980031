"""A PostgreSQL cluster of our own in a folder: made, started, stopped, and its roles and databases ensured.

PostgreSQL refuses to run as root; there it runs as the owner of its data, at first `postgres` or `nobody`.
"""

from __future__ import annotations

import os
import pwd
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, LiteralString
from urllib.parse import quote

import psutil
import psycopg
from psycopg import sql

from include.errors import LaunchError
from include.launcher.binaries import Binaries, find_binaries, readable_copy, running_as_root
from include.launcher.files import write_private
from include.launcher.ports import LOOPBACK, free_port

SUPERUSER = "postgres"
UNPRIVILEGED = ("postgres", "nobody")
SETTINGS = {
    "unix_socket_directories": "",
    "shared_buffers": "256MB",
    "max_connections": "100",
    "max_wal_size": "2GB",
    "jit": "off",  # compiling the plan of minute_features takes seconds, running it less than a tenth of one
    "TimeZone": "UTC",
    "log_timezone": "UTC",
}
START_SECONDS = 60
STOP_SECONDS = 30


@dataclass(frozen=True)
class Account:
    """The operating system's user that the server runs as."""

    name: str
    uid: int
    gid: int
    home: str


class EmbeddedPostgres:
    """One cluster below `folder`, which this class makes; it listens on the loopback address only.

    Parameters
    ----------
    folder
        Holds the data and, where needed, a copy of the programs. As root it must lie where others may enter.
    binaries
        The programs; None takes what initialised the cluster, or the preferred ones for a new cluster.
    password
        Of the superuser `postgres`; taken at the first start.
    port
        None: chosen at the start.
    settings
        Further server settings, over those of this module.
    """

    def __init__(
        self,
        folder: Path,
        binaries: Binaries | None = None,
        *,
        password: str,
        port: int | None = None,
        settings: Mapping[str, str] | None = None,
    ) -> None:
        self.folder = folder.resolve()
        self.data = self.folder / "data"
        self.password = password
        self.port = port or free_port(None)
        self.settings = {**SETTINGS, **(settings or {})}
        self.account = server_account(self.data)
        self.binaries = self._choose(binaries)
        self.log = self.folder / "server.log"
        self._process: subprocess.Popen[bytes] | None = None

    def _choose(self, given: Binaries | None) -> Binaries:
        made_by = initialised_by(self.data)
        if given and made_by and given.major != made_by:
            raise LaunchError(
                f"The database in {self.data} was made by PostgreSQL {made_by} and cannot be started by the "
                f"{given.major} in {given.folder}; use the programs of version {made_by}."
            )
        return given or find_binaries(made_by)

    def initialise(self) -> None:
        """Makes the cluster where there is none; an interrupted attempt leaves none."""
        self._make_folder()
        if initialised_by(self.data) is not None:
            return
        unfinished = self.folder / "data.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        self._run_initdb(unfinished)
        unfinished.rename(self.data)

    def _make_folder(self) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.account:
            os.chown(self.folder, self.account.uid, self.account.gid)
            self.binaries = readable_copy(self.binaries, self.folder / "programs")

    def _run_initdb(self, data: Path) -> None:
        password_file = self.folder / "password.new"
        write_private(password_file, self.password)
        try:
            if self.account:
                os.chown(password_file, self.account.uid, self.account.gid)
            self._run_as_account(self._initdb_command(data, password_file))
        finally:
            password_file.unlink()

    def _initdb_command(self, data: Path, password_file: Path) -> list[str]:
        careless = ["--no-sync"] if self.settings.get("fsync") == "off" else []
        return [
            self.binaries.program("initdb"),
            f"--pgdata={data}",
            f"--username={SUPERUSER}",
            f"--pwfile={password_file}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--no-locale",
            "--data-checksums",
            *careless,
        ]

    def _run_as_account(self, command: list[str]) -> None:
        result = subprocess.run(command, **self.process_options(), capture_output=True, text=True, check=False)
        if result.returncode:
            said = (result.stderr.strip() or result.stdout.strip()).splitlines()[-1:]
            raise LaunchError(f"The local database in {self.folder} could not be made: {' '.join(said)}")

    def process_options(self) -> dict[str, Any]:
        """Arguments of `subprocess` under which the server's programs run."""
        options: dict[str, Any] = {"env": self.environment(), "cwd": self.folder}
        if self.account:
            options |= {"user": self.account.uid, "group": self.account.gid, "extra_groups": []}
        return options

    def environment(self) -> dict[str, str]:
        home = self.account.home if self.account else str(self.folder)
        return {"PATH": os.defpath, "HOME": home, "LC_ALL": "C", "TZ": "UTC"}

    def command_line(self) -> list[str]:
        """The server in the foreground."""
        settings = [part for name, value in self.settings.items() for part in ("-c", f"{name}={value}")]
        address = ["-h", LOOPBACK, "-p", str(self.port)]
        return [self.binaries.program("postgres"), "-D", str(self.data), *address, *settings]

    def start(self) -> None:
        """Makes the cluster where needed, starts the server as a child of this process, waits until it answers."""
        self.initialise()
        self.clear_stale_lock()
        self.port = free_port(self.port)
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self.command_line(),
                **self.process_options(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.wait_until_ready()

    def wait_until_ready(self, seconds: float = START_SECONDS) -> None:
        """Returns when a connection succeeds; raises LaunchError when none does in time."""
        until = time.monotonic() + seconds
        while not self.answers():
            ended = self._process is not None and self._process.poll() is not None
            if ended or time.monotonic() > until:
                raise LaunchError(
                    f"The local database in {self.folder} {'ended' if ended else 'did not answer'} on port "
                    f"{self.port}: {last_line(self.log)}; {self.log} tells more."
                )
            time.sleep(0.1)

    def answers(self) -> bool:
        """Whether our cluster, and no other server, accepts a connection on the port."""
        try:
            with self.connect() as connection:
                row = connection.execute("SHOW data_directory").fetchone()
        except psycopg.OperationalError:
            return False
        return row is not None and row[0] == str(self.data)

    def stop(self) -> None:
        """Ends the server that `start` started; connections are cut, nothing committed is lost."""
        if self._process is None:
            return
        self._process.send_signal(signal.SIGINT)
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def postmaster(self) -> psutil.Process | None:
        """The server process that holds this cluster, whoever started it."""
        return postmaster_of(self.data)

    def clear_stale_lock(self) -> None:
        """Removes a `postmaster.pid` that a killed server left and whose number another process may bear now."""
        if self.postmaster() is None:
            (self.data / "postmaster.pid").unlink(missing_ok=True)

    def dsn(self, database: str = SUPERUSER, user: str = SUPERUSER, password: str | None = None) -> str:
        """A libpq URI; the password defaults to the superuser's."""
        secret = quote(password or self.password, safe="")
        return f"postgresql://{quote(user, safe='')}:{secret}@{LOOPBACK}:{self.port}/{quote(database, safe='')}"

    def connect(self, database: str = SUPERUSER) -> psycopg.Connection[Any]:
        """A superuser's connection in autocommit."""
        return psycopg.connect(self.dsn(database), autocommit=True, connect_timeout=5)

    def ensure_role(self, name: str, password: str, attributes: LiteralString = "") -> None:
        """A login role of that name, password and attributes (such as CREATEROLE), made or changed."""
        with self.connect() as connection:
            # Only the verifier goes to the server, so no password can reach its log.
            verifier = connection.pgconn.encrypt_password(password.encode(), name.encode(), b"scram-sha-256").decode()
            exists = connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [name]).rowcount
            statement = "ALTER ROLE {} LOGIN {} PASSWORD {}" if exists else "CREATE ROLE {} LOGIN {} PASSWORD {}"
            connection.execute(
                sql.SQL(statement).format(sql.Identifier(name), sql.SQL(attributes), sql.Literal(verifier))
            )

    def ensure_membership(self, member: str, role: str) -> None:
        """`member` may act as `role` and grant it further."""
        statement = sql.SQL("GRANT {} TO {} WITH ADMIN OPTION")
        with self.connect() as connection:
            connection.execute(statement.format(sql.Identifier(role), sql.Identifier(member)))

    def create_database(self, name: str, owner: str) -> bool:
        """A database of that owner that nobody else may enter unless granted; False where it was there."""
        with self.connect() as connection:
            if connection.execute("SELECT FROM pg_database WHERE datname = %s", [name]).rowcount:
                return False
            database = sql.Identifier(name)
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(database, sql.Identifier(owner)))
            connection.execute(sql.SQL("REVOKE CONNECT, TEMPORARY ON DATABASE {} FROM PUBLIC").format(database))
            return True

    def grant_connect(self, database: str, role: str, *, may_stage: bool) -> None:
        """The role may enter, and make temporary tables there only where it `may_stage` rows in them."""
        names = (sql.Identifier(database), sql.Identifier(role))
        staging = "GRANT TEMPORARY ON DATABASE {} TO {}" if may_stage else "REVOKE TEMPORARY ON DATABASE {} FROM {}"
        with self.connect() as connection:
            connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(*names))
            connection.execute(sql.SQL(staging).format(*names))

    def set_search_path(self, database: str, schema: str) -> None:
        """Names of that schema need no prefix in this database."""
        statement = sql.SQL("ALTER DATABASE {} SET search_path = {}, public")
        with self.connect() as connection:
            connection.execute(statement.format(sql.Identifier(database), sql.Identifier(schema)))

    def limit_statements(self, role: str, longest: timedelta) -> None:
        """Statements of that login are cancelled after so long; it holds from its next login on."""
        statement = sql.SQL("ALTER ROLE {} SET statement_timeout = {}")
        with self.connect() as connection:
            connection.execute(
                statement.format(sql.Identifier(role), sql.Literal(longest // timedelta(milliseconds=1)))
            )

    def drop_database(self, name: str) -> None:
        with self.connect() as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def postmaster_of(data: Path) -> psutil.Process | None:
    """The server process that holds the cluster in `data`; None for a lock file that a killed server left."""
    with suppress(OSError, ValueError, IndexError, psutil.Error):
        pid = int((data / "postmaster.pid").read_text(encoding="utf-8").splitlines()[0])
        process = psutil.Process(pid)
        if str(data) in process.cmdline():
            return process
    return None


def initialised_by(data: Path) -> int | None:
    """The major version that made the cluster in `data`; None where there is none."""
    try:
        return int(re.split(r"\D", (data / "PG_VERSION").read_text(encoding="ascii"), maxsplit=1)[0])
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        message = f"The local database in {data} is not readable ({error}); run as the user who made it."
        raise LaunchError(message) from error


def server_account(data: Path) -> Account | None:
    """Whom root runs the server as: the owner of the data, else the first unprivileged user; None: ourselves."""
    if not running_as_root():
        return None
    if data.exists() and (owner := data.stat().st_uid):
        return _account(pwd.getpwuid(owner))
    for name in UNPRIVILEGED:
        with suppress(KeyError):
            return _account(pwd.getpwnam(name))
    raise LaunchError(
        "PostgreSQL refuses to run as root and neither user postgres nor nobody exists; run as a normal user, "
        "or `useradd --system postgres`."
    )


def _account(entry: pwd.struct_passwd) -> Account:
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid, entry.pw_dir)


def last_line(log: Path) -> str:
    """The last line of a log, for a message; empty where there is none."""
    try:
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    return next((line.strip() for line in reversed(lines) if line.strip()), "")
