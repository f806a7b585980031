"""Minutes in the warehouse: merged a window at a time, idempotent, with their ledger row in the same transaction."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from psycopg import sql

from include.errors import NotReady, SourceMismatch, WarehouseError
from include.warehouse.connection import Connection, Warehouse
from include.warehouse.statements import statement

METRIC_COLUMNS = (
    "last_price",
    "price_deriv_5m",
    "price_deriv_10m",
    "price_deriv_15m",
    "price_deriv_30m",
    "price_deriv_1h",
    "price_avg_5m",
    "price_avg_10m",
    "price_avg_15m",
    "price_avg_30m",
    "price_avg_1h",
    "volume_24h",
    "volume_deriv_5m",
    "volume_deriv_15m",
    "volume_avg_5m",
    "volume_avg_15m",
)


# (kind, identity) as the table source holds them.
Source = tuple[str, str]


@dataclass(frozen=True)
class Window:
    """A load of one symbol's minutes with ts in [start, end), as the ledger tells it; `began` is of the monotonic clock."""

    symbol: str
    start: datetime
    end: datetime
    requests: int = 0
    retries: int = 0
    began: float = field(default_factory=time.monotonic)
    error: str | None = None


@dataclass(frozen=True)
class Merged:
    """Rows of a window that were not there, that gained or changed a value, and that were there as they are."""

    new: int = 0
    changed: int = 0
    same: int = 0

    def __add__(self, other: Merged) -> Merged:
        return Merged(self.new + other.new, self.changed + other.changed, self.same + other.same)


def write_window(
    warehouse: Warehouse, window: Window, rows: Iterable[tuple[int, Sequence[str | None]]], source: Source
) -> Merged:
    """Merge a window's minutes and write its ledger row in one transaction; the first minutes record their source.

    Parameters
    ----------
    rows
        (epoch seconds of the minute's end, values as text in the order of METRIC_COLUMNS, None for unknown). A value
        that is unknown now erases nothing that is stored.
    source
        Where they come from.

    Raises
    ------
    SourceMismatch
        The warehouse holds the minutes of another source.
    """
    with warehouse.transaction("writer") as connection:
        # writers of one symbol follow each other, so that two runs side by side cannot both take a row for new
        connection.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended('minute_metrics ' || %s, 0))", [window.symbol]
        )
        connection.execute(statement("stage_minutes"))
        _copy(connection, window.symbol, rows)
        connection.execute(statement("record_revisions"))
        counts = connection.execute(statement("merge_staged_minutes")).fetchone()
        assert counts is not None
        if counts.rows_written != counts.rows_new + counts.rows_changed:
            raise WarehouseError(
                f"The warehouse at {warehouse.place} wrote {counts.rows_written} of {counts.rows_new + counts.rows_changed} minutes "
                f"of {window.symbol} from {window.start} and was rolled back; run this again, and check the server's log."
            )
        merged = Merged(counts.rows_new, counts.rows_changed, counts.rows_same)
        if merged.new:
            _claim(connection, warehouse, source)
        _record(connection, window, merged)
    return merged


def _claim(connection: Connection, warehouse: Warehouse, source: Source) -> None:
    """Record the source with the first minutes, or hold it against the one that another run recorded meanwhile."""
    connection.execute(statement("record_source"), {"kind": source[0], "identity": source[1]})
    row = connection.execute(statement("known_source")).fetchone()
    if row is None or (row.kind, row.identity) != source:
        raise SourceMismatch(_mismatch(warehouse, (row.kind, row.identity) if row else None, source))


def record_failed_window(warehouse: Warehouse, window: Window) -> None:
    """A ledger row for a window that was not loaded, with its error."""
    with warehouse.transaction("writer") as connection:
        _record(connection, window, Merged())


def newest_minute(warehouse: Warehouse, symbol: str) -> datetime | None:
    """The watermark: ts of the symbol's newest minute, UTC; None where nothing is loaded."""
    with warehouse.transaction("reader") as connection:
        row = connection.execute(statement("newest_minute"), {"symbol": symbol}).fetchone()
    return row.ts if row else None


def asked_for_until(connection: Connection, symbol: str) -> datetime:
    """End (not included) of the minutes that the source was asked for; the distant past before the first load.

    A minute from there on that is not held may be at the source: it is unknown, not missing.
    """
    row = connection.execute(statement("asked_for_until"), {"symbol": symbol}).fetchone()
    return row.asked_until if row and row.asked_until else datetime.min.replace(tzinfo=UTC)


def missing_columns(warehouse: Warehouse, symbol: str, ts: datetime, columns: Sequence[str]) -> list[str]:
    """Those of `columns` that are NULL in the minute `ts`, or all of them where it has no row."""
    with warehouse.transaction("reader") as connection:
        row = connection.execute(statement("minute"), {"symbol": symbol, "ts": ts}).fetchone()
    return [column for column in columns if row is None or getattr(row, column) is None]


def complete_minutes(warehouse: Warehouse, symbol: str, start: datetime, end: datetime, columns: Sequence[str]) -> int:
    """How many minutes with ts in [start, end) hold a value in every one of `columns`."""
    names = sql.SQL(", ").join(sql.Identifier(column) for column in columns)
    query = sql.SQL(statement("complete_minutes")).format(columns=names)
    with warehouse.transaction("reader") as connection:
        row = connection.execute(query, {"symbol": symbol, "start": start, "end": end}).fetchone()
    return int(row.minutes) if row else 0


def check_source(warehouse: Warehouse, source: Source, *, allow_simulated: bool, adopt: bool = False) -> None:
    """Refuse a source other than the recorded one; the first minutes record it (write_window).

    Parameters
    ----------
    allow_simulated
        Whether this warehouse may begin with simulated minutes.
    adopt
        Take a moved address of the same kind of source for the same data.

    Raises
    ------
    SourceMismatch
        The warehouse holds another source's minutes, or may not begin with simulated ones.
    """
    known = known_source(warehouse)
    if known is None and source[0] == "simulated" and not allow_simulated:
        raise SourceMismatch(
            f"The source is the bundled lab, which is simulated, and the warehouse at {warehouse.place} is your own; set CORTEX_URL "
            "to load real minutes, or say --allow-simulated (in Airflow: the connection cortex, or "
            "CORTEX_SIGNALS_ALLOW_SIMULATED=1 in the environment)."
        )
    if known in {None, source}:
        return
    if adopt and known is not None and known[0] == source[0] != "simulated":
        with warehouse.transaction("writer") as connection:
            connection.execute(statement("adopt_source"), {"kind": source[0], "identity": source[1]})
        return
    raise SourceMismatch(_mismatch(warehouse, known, source))


def known_source(warehouse: Warehouse) -> Source | None:
    """(kind, identity) of the source whose minutes the warehouse holds; None before the first load."""
    with warehouse.transaction("reader") as connection:
        row = connection.execute(statement("known_source")).fetchone()
    return (row.kind, row.identity) if row else None


def require_source(warehouse: Warehouse) -> Source:
    """Like known_source, for stages that need minutes; raises NotReady before the first load."""
    known = known_source(warehouse)
    if known is None:
        raise NotReady(
            f"The warehouse at {warehouse.place} holds no minute yet; run `cortex-signals backfill` (in Airflow, backfill_metrics) first."
        )
    return known


def _mismatch(warehouse: Warehouse, known: Source | None, source: Source) -> str:
    held = f"{known[0]} ({known[1]})" if known else "another source"
    moved = " or, if it is the same data at a new address, adopt it (--adopt-source, or the form of backfill_metrics)"
    return (
        f"The warehouse at {warehouse.place} holds the minutes of {held} and the source is {source[0]} ({source[1]}); set WAREHOUSE_DSN "
        f"(in Airflow, the connection warehouse) to another database{moved if known and known[0] == source[0] != 'simulated' else ''}."
    )


def _copy(connection: Connection, symbol: str, rows: Iterable[tuple[int, Sequence[str | None]]]) -> None:
    with connection.cursor().copy(statement("copy_staged_minutes")) as copy:
        copy.write(
            "".join(
                f"{symbol}\t{epoch}\t" + "\t".join(r"\N" if v is None else v for v in values) + "\n"
                for epoch, values in rows
            )
        )


def _record(connection: Connection, window: Window, merged: Merged) -> None:
    connection.execute(
        statement("record_window"),
        {
            "symbol": window.symbol,
            "window_from": window.start,
            "window_to": window.end,
            "requests": window.requests,
            "retries": window.retries,
            "rows_new": merged.new,
            "rows_changed": merged.changed,
            "rows_same": merged.same,
            "seconds": time.monotonic() - window.began,
            "error": window.error,
        },
    )
