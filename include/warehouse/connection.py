"""Connections to the warehouse: one transaction a unit of work, under the least role, errors said in a sentence.

Role, search path and time zone are set inside the transaction, so that nothing depends on a session that a pooler
may share.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, LiteralString

import psycopg
from psycopg import errors as pg
from psycopg import pq, sql
from psycopg.conninfo import make_conninfo
from psycopg.rows import namedtuple_row

from include.errors import NotReady, WarehouseError, WarehouseRefused, WarehouseUnreachable
from include.warehouse import tls

Connection = psycopg.Connection[Any]

MINIMUM_SERVER = 150000
REACHABLE = "check WAREHOUSE_DSN (in Airflow, the connection warehouse) or, for the embedded one, run `make up`"


@dataclass(frozen=True)
class Warehouse:
    """Where the minutes and signals lie: a libpq URI (kept out of every text) and a schema.

    `direct_dsn` leads past a pooler, for what needs a session of its own; None: `dsn` does.
    """

    dsn: str = field(repr=False)
    schema: str = "market"
    direct_dsn: str | None = field(default=None, repr=False)
    _idle: deque[Connection] | None = field(default=None, repr=False, compare=False)

    @contextmanager
    def kept_open(self) -> Iterator[Warehouse]:
        """The same warehouse, whose connections are used again by later transactions until the context ends.

        For a run of one process, its threads included; none may be carried into a fork.
        """
        kept = replace(self, _idle=deque())
        try:
            yield kept
        finally:
            for connection in kept._idle or ():
                connection.close()

    @property
    def place(self) -> str:
        """host:port/database, without login or password."""
        parts = tls.read_dsn(self.dsn)
        return f"{parts.get('host') or 'local socket'}:{parts.get('port') or 5432}/{parts.get('dbname') or parts.get('user')}"

    @contextmanager
    def transaction(
        self, role: str | None = None, *, one_snapshot: bool = False, snapshot: str | None = None
    ) -> Iterator[Connection]:
        """A connection inside one transaction, committed at the end and rolled back on an exception.

        Parameters
        ----------
        role
            "writer" or "reader": the session acts as market_<role> where the login may; None: as the login.
        one_snapshot
            All statements see the database as of the first (REPEATABLE READ).
        snapshot
            Name of the snapshot that another, open transaction exported: all statements see what it sees.

        Raises
        ------
        WarehouseUnreachable, WarehouseRefused, NotReady, WarehouseError
            The driver's error in one sentence.
        """
        with self._said_plainly(), self._connection() as connection:
            repeatable = one_snapshot or snapshot is not None
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ if repeatable else None
            with connection.transaction():
                if snapshot:
                    connection.execute(sql.SQL("SET TRANSACTION SNAPSHOT {}").format(sql.Literal(snapshot)))
                connection.execute(
                    "SELECT set_config('search_path', %s, TRUE) AS a, set_config('TimeZone', 'UTC', TRUE) AS b, set_config('jit', 'off', TRUE) AS c",
                    [f"{self.schema}, public"],
                )
                if role:
                    _act_as(connection, f"market_{role}")
                yield connection

    @contextmanager
    def autocommit(self) -> Iterator[Connection]:
        """A connection with a session of its own, as the login; each statement is committed by itself.

        For what no transaction may hold (VACUUM, CREATE INDEX CONCURRENTLY, the refresh of a continuous aggregate) and for
        what is set for a session. It takes the direct DSN where one is set: behind a pooler in transaction mode each
        statement may run in another session, and what is set would stay for others.

        Raises
        ------
        WarehouseRefused
            The DSN leads to a pooler that gives no session.
        WarehouseUnreachable, NotReady, WarehouseError
            As transaction.
        """
        direct = replace(self, dsn=self.direct_dsn or self.dsn, _idle=None)
        with direct._said_plainly(), closing(direct._connect_session()) as connection:
            yield connection

    def dsn_for(self, role: str, statement_timeout: timedelta | None = None) -> str:
        """The URI with which `SELECT * FROM signals` works: it sets search path and time zone, and acts as market_<role> where the login may.

        Without jit, as transaction: compiling the plan of a day of features takes seconds, running it a tenth of one.
        The time-out of a statement stands in the URI, since what a role has by ALTER ROLE counts where it logs in itself,
        and not where another login acts as it. All that is the session's, so it leads past a pooler, as autocommit does.
        """
        with self.autocommit() as connection:
            acts = connection.execute(MAY_ACT_AS, [f"market_{role}"]).fetchone() is not None
        options = self._session_options
        if acts:
            options += f" -crole=market_{role}"
        if statement_timeout:
            options += f" -cstatement_timeout={milliseconds(statement_timeout)}"
        return tls.with_parameters(tls.verified(self.direct_dsn or self.dsn), {"options": options})

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        """A new connection, or one that is kept; closed after it, unless it is kept and nothing went wrong."""
        try:
            connection = self._idle.pop() if self._idle is not None else self._connect()
        except IndexError:
            connection = self._connect()
        try:
            yield connection
        except BaseException:
            connection.close()
            raise
        if self._idle is None:
            connection.close()
        else:
            self._idle.append(connection)

    @property
    def _session_options(self) -> str:
        return f"-csearch_path={self.schema},public -cTimeZone=UTC -cjit=off"

    def _connect_session(self) -> Connection:
        """A connection in autocommit whose session is known to keep what is set in it."""
        given = tls.read_dsn(self.dsn).get("options")
        connection = self._connect(autocommit=True, options=f"{given or ''} {self._session_options}".strip())
        found = connection.execute("SELECT current_setting('search_path')").fetchone()
        if found != (f"{self.schema},public",):
            connection.close()
            raise WarehouseRefused(self._no_session)
        return connection

    @property
    def _no_session(self) -> str:
        return (
            f"The warehouse at {self.place} is behind a pooler that gives no session of its own; set WAREHOUSE_DIRECT_DSN (in "
            "Airflow, the extra secret_direct_dsn of the connection warehouse) to the server's own address."
        )

    def _connect(self, **parameters: Any) -> Connection:
        try:
            return psycopg.connect(
                tls.verified(self.dsn),
                connect_timeout=10,
                application_name="cortex-signals",
                row_factory=namedtuple_row,
                prepare_threshold=None,
                **parameters,
            )
        except psycopg.OperationalError as error:
            if "unsupported startup parameter" in str(error):  # what pgbouncer says of options
                raise WarehouseRefused(self._no_session) from error
            raise WarehouseUnreachable(
                f"The warehouse at {self.place} cannot be reached ({_first_line(error)}); {tls.advice(error) or REACHABLE}."
            ) from error

    @contextmanager
    def _said_plainly(self) -> Iterator[None]:
        try:
            yield
        except (pg.UndefinedTable, pg.UndefinedFunction, pg.UndefinedColumn, pg.InvalidSchemaName) as error:
            raise NotReady(
                f"The warehouse at {self.place} lacks a part of the schema {self.schema} ({_first_line(error)}); "
                "run `cortex-signals migrate` (in Airflow, migrate_warehouse)."
            ) from error
        except pg.InsufficientPrivilege as error:
            raise WarehouseRefused(
                f"The login at {self.place} may not do this ({_first_line(error)}); grant it, or set WAREHOUSE_DSN "
                "to a login that owns the schema."
            ) from error
        except pg.QueryCanceled as error:
            raise WarehouseError(
                f"The warehouse at {self.place} took too long ({_first_line(error)}); ask for less, or raise statement_timeout."
            ) from error
        except pg.LockNotAvailable as error:
            raise WarehouseUnreachable(
                f"Another session at {self.place} uses what is to be changed, and was waited for in vain; nothing was changed, "
                "it is safe to run this again."
            ) from error
        except psycopg.OperationalError as error:
            raise WarehouseUnreachable(
                f"The connection to the warehouse at {self.place} was lost ({_first_line(error)}); it is safe to run this again."
            ) from error
        except psycopg.Error as error:
            raise WarehouseError(f"The warehouse at {self.place} refused a statement: {_first_line(error)}.") from error


def limit_time(connection: Connection, longest: timedelta) -> None:
    """Give up each further statement of the transaction after that time."""
    connection.execute("SELECT set_config('statement_timeout', %s, TRUE)", [str(milliseconds(longest))])


def limit_waiting(connection: Connection, longest: timedelta) -> None:
    """Wait at most that long for each further lock of the transaction, then raise WarehouseUnreachable."""
    connection.execute("SELECT set_config('lock_timeout', %s, TRUE)", [str(milliseconds(longest))])


def milliseconds(duration: timedelta) -> int:
    """Whole milliseconds, the unit of PostgreSQL's time-outs."""
    return duration // timedelta(milliseconds=1)


MAY_ACT_AS: LiteralString = "SELECT set_config('role', rolname, TRUE) FROM pg_roles WHERE rolname = %s AND pg_has_role(session_user, oid, 'MEMBER')"


def _act_as(connection: Connection, role: str) -> None:
    """Until the transaction ends."""
    connection.execute(MAY_ACT_AS, [role])


def _first_line(error: psycopg.Error) -> str:
    text = error.diag.message_primary or str(error)
    return text.strip().splitlines()[0] if text.strip() else type(error).__name__


def libpq_dsn(
    host: str | None,
    port: int | None,
    database: str | None,
    login: str | None,
    password: str | None,
    options: Mapping[str, object],
) -> str:
    """A libpq connection string of its parts; what is None is left to libpq's defaults.

    Of `options` those count that libpq knows; a part that stands beside them goes before one of them.
    """
    known = {option.keyword.decode() for option in pq.Conninfo.get_defaults()}
    parts = {"host": host, "port": port, "dbname": database, "user": login, "password": password}
    given = {name: str(value) for name, value in options.items() if name in known and value not in {None, ""}}
    return make_conninfo("", **(given | {name: value for name, value in parts.items() if value is not None}))
