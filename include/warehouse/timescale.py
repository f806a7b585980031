"""TimescaleDB where the server has it: minutes in chunks, old ones by columns, and candles that are stored.

Everything that the project does with it stands here and in ``include/sql/timescale``. Tables and views keep their names,
columns and values, so that nothing else knows whether it is there.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, LiteralString

from include.errors import NotReady, WarehouseError
from include.settings import Timescale
from include.warehouse.connection import Connection, Warehouse, limit_waiting
from include.warehouse.statements import sql_files

LEAST = (2, 20)  # the columnstore by its name, and candles whose buckets begin at an offset
CANDLES = ("candles_5m", "candles_1h")
PATIENCE = timedelta(seconds=30)  # for who reads or writes the minutes, before they are moved or dropped
MIGRATE = "run `cortex-signals migrate`"


@dataclass(frozen=True)
class Extension:
    """What a server has of TimescaleDB.

    Attributes
    ----------
    version, schema, license
        Of the extension in this database; None: it is not created here.
    available
        Version that the server could create.
    is_preloaded
        Whether its library is in shared_preload_libraries; None: the login may not see that.
    may_create
        Whether the login has the rights to create it.
    """

    version: str | None
    schema: str | None
    license: str | None
    available: str | None
    is_preloaded: bool | None
    may_create: bool
    login: str
    database: str

    @property
    def obstacle(self) -> tuple[str, str] | None:
        """Why it is not used, and what would change that; None: it is used, or may be created."""
        found = self.version or self.available
        if found is None:
            return "not there; not needed", ""
        if _numbers(found) < LEAST:
            least = ".".join(map(str, LEAST))
            return (
                f"{found} is there and older than {least}: not used",
                f"update it to {least} or newer, then {MIGRATE}",
            )
        if self.version is None:
            return self._cannot_create()
        if self.license != "timescale":
            return (
                f"{found} is there under the license {self.license}, which has no columnstore: not used",
                f"install the community edition, set timescaledb.license = 'timescale', then {MIGRATE}",
            )
        return None

    def _cannot_create(self) -> tuple[str, str] | None:
        there = f"{self.available} is on the server and not created in the database {self.database}"
        create = f"an administrator may run CREATE EXTENSION timescaledb; then {MIGRATE}"
        if self.is_preloaded is None:
            return f"{there}; the login {self.login} may not see whether its library is preloaded", create
        if not self.is_preloaded:
            return (
                f"{there}; its library is not preloaded, and creating it would end the session",
                f"add timescaledb to shared_preload_libraries, restart the server, then {MIGRATE}",
            )
        return None if self.may_create else (f"{there}; the login {self.login} may not create it", create)


def set_up(warehouse: Warehouse, settings: Timescale) -> list[str]:
    """Bring what the server has of TimescaleDB to the settings' state; what was made or changed, by name.

    Run it when the schema is up to date: where this fails the minutes stay as they were, and everything works.

    Raises
    ------
    WarehouseError
        TimescaleDB refused it, or somebody held the minutes for too long; nothing is half done, and it is safe to run
        this again.
    """
    with _said_of_timescale(warehouse), warehouse.transaction() as connection:
        connection.execute("SELECT pg_advisory_xact_lock(hashtextextended('timescale ' || current_schema(), 0))")
        connection.execute("SET LOCAL statement_timeout = 0")
        limit_waiting(connection, PATIENCE)
        done = _minutes(connection, settings) if settings.use == "auto" and _is_ready(connection) else []
        done += _candles(connection, settings)
        if done:
            connection.execute(_file("always/grants"))
    if settings.stored_candles and done:
        with _said_of_timescale(warehouse):
            refresh_candles(warehouse)
    return done


def look(connection: Connection) -> Extension:
    """What the server has, asked so that nothing can fail or end the session."""
    row = connection.execute(_text("extension")).fetchone()
    assert row is not None
    return Extension(**row._asdict())


def allow_repairs(connection: Connection) -> None:
    """Let the transaction change as many old minutes as it has to; a server without TimescaleDB takes it for a placeholder."""
    connection.execute("SET LOCAL timescaledb.max_tuples_decompressed_per_dml_transaction = 0")


def refresh_candles(warehouse: Warehouse) -> list[str]:
    """Fill what minutes that came, went or changed made untrue of the stored candles, up to an hour before the newest minute.

    TimescaleDB has noted the changes: where there are none it costs next to nothing. Returns the names of what was filled.
    """
    with warehouse.transaction() as connection:
        schema = look(connection).schema
        names = [name for name in _names("buckets") if schema and _is_there(connection, name)]
        newest = connection.execute(_text("newest_minute")).fetchone() if names else None
    if schema is None or newest is None:
        return []
    with warehouse.autocommit() as connection:
        _see(connection, schema, for_session=True)
        for name in names:
            connection.execute(_text("refresh_candles"), {"candles": name, "newest": newest.ts})
    return names


def drop_chunks(warehouse: Warehouse, cutoff: datetime, patience: timedelta) -> int:
    """Drop the chunks whose minutes are all before `cutoff`: no row is touched, however many; how many minutes they held.

    Who reads them is waited for as long as `patience`; readers that come meanwhile wait behind.

    Minutes before it in the chunk that it falls into stay, for a DELETE. Where they are a plain table: 0, and nothing is done.
    """
    with warehouse.transaction() as connection:
        if not _is_hypertable(connection):
            return 0
        limit_waiting(connection, patience)
        old = connection.execute(_text("old_chunks"), {"cutoff": cutoff}).fetchone()
        if old is None or old.range_end is None:
            return 0
        connection.execute(_text("drop_chunks"), {"range_end": old.range_end})
    return int(old.minutes)


def report(warehouse: Warehouse, settings: Timescale) -> Iterator[tuple[bool | None, str, str]]:
    """For `doctor`: whether it is well (None: for information), what was found, and what to do."""
    with warehouse.transaction() as connection:
        extension = look(connection)
        if extension.obstacle:
            yield None, *extension.obstacle
        elif settings.use == "off":
            yield None, f"{extension.version or extension.available} is there; timescale.use is off", ""
        elif extension.version is None:
            yield None, f"{extension.available} is on the server and may be created", MIGRATE
        else:
            _see(connection, str(extension.schema))
            yield _said_of_minutes(connection, settings, extension.version)
            yield from _said_of_jobs(connection)


def _said_of_minutes(connection: Connection, settings: Timescale, version: str) -> tuple[bool | None, str, str]:
    state = _state(connection)
    if state.is_hypertable:
        size = connection.execute(_text("columnstore_size")).fetchone()
        shrunk = f" ({size.before / 1e6:,.0f} MB as rows, {size.after / 1e6:,.0f} MB so)" if size and size.after else ""
        after = f"{state.compress_after.days} days" if state.compress_after else "never: its policy is gone"
        return (
            state.compress_after is not None,
            f"{version}: minute_metrics has {state.chunks} chunks, {state.compressed_chunks} of them by columns{shrunk}; "
            f"a chunk goes there after {after}",
            MIGRATE,
        )
    plain = f"{version} is there, and minute_metrics a plain table of {state.plain_bytes / 1e9:.1f} GB"
    if state.plain_bytes > settings.move_bytes:
        return (
            None,
            f"{plain}, more than timescale.move_gigabytes",
            "raise it for when loads and reads may wait for minutes and as much disk is free again; then " + MIGRATE,
        )
    return None, plain, MIGRATE


def _said_of_jobs(connection: Connection) -> Iterator[tuple[bool, str, str]]:
    for job in connection.execute(_text("failing_jobs")):
        yield (
            False,
            f"its job {job.job_id} ({job.job}) failed, {job.total_failures} times so far, last begun at {job.last_run_started_at}",
            "timescaledb_information.job_errors says why",
        )


def _is_ready(connection: Connection) -> bool:
    """Whether it may be used, created where it is not there yet; its functions are seen afterwards."""
    extension = look(connection)
    if extension.obstacle:
        return False
    if extension.version is None:
        connection.execute("CREATE EXTENSION IF NOT EXISTS timescaledb SCHEMA public")
        extension = look(connection)
    _see(connection, str(extension.schema))
    return extension.obstacle is None


def _minutes(connection: Connection, settings: Timescale) -> list[str]:
    state, done = _state(connection), []
    values = {"chunk_days": settings.chunk.days, "compress_after_days": settings.compress_after.days}
    if not state.is_hypertable:
        if state.plain_bytes > settings.move_bytes:
            return []
        connection.execute(_text("make_hypertable"), values)
        done.append("hypertable")
    elif state.chunk_interval != settings.chunk:
        connection.execute(_text("set_chunk_interval"), values)
        done.append("chunk interval")
    if not state.has_columnstore:
        connection.execute(_text("make_columnstore"))
        done.append("columnstore")
    if state.compress_after != settings.compress_after:
        connection.execute(_text("remove_columnstore_policy"))
        connection.execute(_text("add_columnstore_policy"), values)
        done.append("columnstore policy")
    return done


def _candles(connection: Connection, settings: Timescale) -> list[str]:
    """The stored candles over continuous aggregates or over plain views, or none of them; those that changed."""
    is_wanted, by_timescale = settings.stored_candles, settings.use == "auto" and _is_hypertable(connection)
    changed = []
    for name, stored, buckets in zip(CANDLES, _names("stored"), _names("buckets"), strict=True):
        is_stored, has_buckets = _is_there(connection, stored), _is_there(connection, buckets)
        if is_stored == is_wanted and has_buckets == (is_wanted and by_timescale):
            continue
        changed.append(stored)
        if not is_wanted:
            connection.execute(_text(f"{name}_drop"))
        elif by_timescale:
            connection.execute(_text(f"{name}_buckets"))
            connection.execute(_text("add_candles_policy"), {"candles": buckets})
        if is_wanted:
            connection.execute(_text(f"{name}_{'stored' if by_timescale else 'plain'}"))
            connection.execute(_text(f"{name}_comments"))
        if has_buckets and not (is_wanted and by_timescale):
            connection.execute(_text(f"{name}_drop_buckets"))
    return changed


def _names(kind: str) -> list[str]:
    return [f"{name}_{kind}" for name in CANDLES]


def _is_there(connection: Connection, name: str) -> bool:
    return bool(connection.execute("SELECT to_regclass(%s) IS NOT NULL", [name]).fetchone()[0])  # type: ignore[index]


def _is_hypertable(connection: Connection) -> bool:
    """Whether the minutes are one; TimescaleDB's functions are seen afterwards where it is there."""
    schema = look(connection).schema
    if schema is None:
        return False
    _see(connection, schema)
    return bool(_state(connection).is_hypertable)


def _state(connection: Connection) -> Any:
    return connection.execute(_text("minutes_state")).fetchone()


def _see(connection: Connection, schema: str, *, for_session: bool = False) -> None:
    """Put the extension's schema at the end of the search path."""
    connection.execute(
        "SELECT set_config('search_path', concat_ws(', ', current_setting('search_path'), quote_ident(%s)), %s)",
        [schema, not for_session],
    )


@contextmanager
def _said_of_timescale(warehouse: Warehouse) -> Iterator[None]:
    try:
        yield
    except (NotReady, WarehouseError) as error:
        said = str(error.__cause__ or error).splitlines()[0]
        raise WarehouseError(
            f"The schema at {warehouse.place} is up to date, and TimescaleDB was not set up ({said}); everything works without: "
            'set timescale.use = "off" in the settings, or mend it and run `cortex-signals migrate`.'
        ) from error


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.partition("-")[0].split(".")[:2])


def _text(name: str) -> LiteralString:
    return _file(f"timescale/{name}")


def _file(path: str) -> LiteralString:
    folder, name = path.split("/")
    return dict(sql_files(folder))[f"{name}.sql"]
