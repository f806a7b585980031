"""What upkeep changes in the warehouse: artifacts given up, expired rows dropped in steps, tables vacuumed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, LiteralString

from psycopg import sql
from psycopg.errors import Diagnostic

from include.settings import Cell
from include.warehouse import timescale
from include.warehouse.connection import Connection, Warehouse, limit_waiting
from include.warehouse.promotions import lock_cell
from include.warehouse.statements import statement

ROWS_A_STEP = 20_000
MINUTES_A_STEP = timedelta(days=7)  # of one symbol: 10,080 rows
SIGNALS_A_STEP = timedelta(hours=6)  # of all symbols: 2,160 rows each
PATIENCE = timedelta(seconds=10)  # for who writes; the live minute has 60
# Which guard against changes stands on the tables of a step; the transaction that drops lifts it for itself.
GUARDED = {
    "checks": ("pipeline_checks",),
    "signals": ("settled_outcomes", "signals", "signal_commits", "signal_inputs"),
}


def collect_artifacts(
    warehouse: Warehouse, kept: timedelta, symbols: Iterable[str], *, dry_run: bool = False
) -> dict[str, int]:
    """Give up the bytes of models that nothing needs, each in a transaction of its own.

    A promotion, an approval or a challenge of such a model waits for it, and is then told that the bytes are gone; one that
    came first keeps them.

    Parameters
    ----------
    kept
        Younger models keep theirs.
    symbols
        Those of the settings, in whose cells a model of all symbols may be appointed.

    Returns
    -------
    artifacts and bytes.
    """
    with warehouse.transaction() as connection:
        found = connection.execute(statement("collectable_artifacts"), {"kept": kept, "model_id": None}).fetchall()
    if not dry_run:
        found = [model for model in found if _collect(warehouse, kept, model, symbols)]
    return {"artifacts": len(found), "bytes": sum(model.bytes for model in found)}


def _collect(warehouse: Warehouse, kept: timedelta, model: Any, symbols: Iterable[str]) -> bool:
    """Whether it was still to be given up, once nobody decides on its cells any more."""
    cell = Cell(model.horizon_minutes, model.threshold.normalize())
    with warehouse.transaction() as connection:
        for symbol in sorted({*model.symbols, *symbols}):
            lock_cell(connection, symbol, cell)
        asked = {"kept": kept, "model_id": model.model_id}
        if connection.execute(statement("collectable_artifacts"), asked).fetchone() is None:
            return False
        return connection.execute(statement("collect_artifact"), asked).fetchone() is not None


def cutoffs(warehouse: Warehouse, kept: Mapping[str, timedelta | None]) -> dict[str, datetime | None]:
    """Before which minutes, signals, checks and windows are expired, UTC, not included; None: they are not.

    Counted back from the newest of each, whole UTC days of minutes and signals.
    """
    with warehouse.transaction() as connection:
        row = connection.execute(statement("upkeep_cutoffs"), kept).fetchone()
    assert row is not None
    return row._asdict()  # type: ignore[no-any-return]


def count_expired(warehouse: Warehouse, cutoffs: Mapping[str, datetime | None]) -> dict[str, int]:
    """How many minutes, signals, checks and windows there are before the cut-offs."""
    with warehouse.transaction() as connection:
        row = connection.execute(statement("count_expired"), cutoffs).fetchone()
    assert row is not None
    return row._asdict()  # type: ignore[no-any-return]


def drop_expired(warehouse: Warehouse, cutoffs: Mapping[str, datetime | None]) -> dict[str, int]:
    """Drop what is before the cut-offs, oldest first, each step a transaction; how many rows of the leading tables.

    Raises
    ------
    WarehouseRefused
        The login does not own the schema.
    WarehouseUnreachable
        Others held a table for too long; what was dropped stays dropped, and the next run goes on.
    """
    return {
        "minutes": _drop_minutes(warehouse, cutoffs["minutes"]),
        **{
            name: _drop(warehouse, name, cutoffs[name], {"step": step})
            for name, step in {"signals": SIGNALS_A_STEP, "checks": ROWS_A_STEP, "windows": ROWS_A_STEP}.items()
        },
    }


def _drop_minutes(warehouse: Warehouse, cutoff: datetime | None) -> int:
    if cutoff is None:
        return 0
    with warehouse.transaction() as connection:
        symbols = [row.symbol for row in connection.execute("SELECT DISTINCT symbol FROM metric_days ORDER BY symbol")]
    in_chunks = timescale.drop_chunks(warehouse, cutoff, PATIENCE)
    return in_chunks + sum(
        _drop(warehouse, "minutes", cutoff, {"step": MINUTES_A_STEP, "symbol": symbol}) for symbol in symbols
    )


def _drop(warehouse: Warehouse, name: str, cutoff: datetime | None, values: Mapping[str, Any]) -> int:
    dropped = 0
    while cutoff is not None:
        with warehouse.transaction() as connection:
            limit_waiting(connection, PATIENCE)
            timescale.allow_repairs(connection)
            with _unguarded(connection, GUARDED.get(name, ())):
                step = _dropped(connection, name, {**values, "cutoff": cutoff})
        if not step:
            break
        dropped += step
    return dropped


def _dropped(connection: Connection, name: str, values: Mapping[str, Any]) -> int:
    row = connection.execute(statement(f"expire_{name}"), values).fetchone()
    assert row is not None
    return int(row.dropped)


@contextmanager
def _unguarded(connection: Connection, tables: Sequence[str]) -> Iterator[None]:
    """The append-only guard of the tables lifted until the transaction's end; nobody else writes to them meanwhile.

    The guard itself has no exception that somebody could use by mistake; only who owns the tables may lift it.
    """
    for table in tables:
        connection.execute(_guard("DISABLE", table))
    yield
    for table in tables:
        connection.execute(_guard("ENABLE", table))


def _guard(act: LiteralString, table: str) -> sql.Composed:
    names = sql.Identifier(table), sql.Identifier(f"{table}_append_only")
    return sql.SQL("ALTER TABLE {} {} TRIGGER {}").format(names[0], sql.SQL(act), names[1])


def tables_due(warehouse: Warehouse) -> tuple[list[str], list[str]]:
    """The tables that are due for a vacuum: those of the login, and those of somebody else, who alone may do it."""
    due = [row for row in _tables(warehouse) if row.is_due]
    return [row.name for row in due if row.is_ours], [row.name for row in due if not row.is_ours]


def own_tables(warehouse: Warehouse) -> list[str]:
    """All tables of the schema that the login may vacuum."""
    return [row.name for row in _tables(warehouse) if row.is_ours]


def _tables(warehouse: Warehouse) -> list[Any]:
    with warehouse.transaction() as connection:
        return connection.execute(statement("tables_to_vacuum")).fetchall()


def vacuum(warehouse: Warehouse, tables: Iterable[str]) -> list[str]:
    """Vacuum and analyse each table; returns those that were left because somebody held them, autovacuum for one."""
    left: list[str] = []
    with warehouse.autocommit() as connection:
        for table in tables:
            said: list[Diagnostic] = []
            connection.add_notice_handler(said.append)
            connection.execute(sql.SQL("VACUUM (ANALYZE, SKIP_LOCKED) {}").format(sql.Identifier(table)))
            connection.remove_notice_handler(said.append)
            left += [table for _ in said[:1]]
    return left
