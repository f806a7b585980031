"""A window's load in the warehouse: its locks, and its minutes, absences, quarantine and ledger row in one transaction."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
import numpy.typing as npt

from include.errors import SourceMismatch, WarehouseError
from include.warehouse.connection import Connection, Warehouse
from include.warehouse.minutes import METRIC_COLUMNS, Source, known_source_of, mismatch
from include.warehouse.statements import statement
from include.warehouse.timescale import allow_repairs

SLOT_POLL_SECONDS = 0.1

# PostgreSQL counts microseconds from 2000
EPOCH_2000 = 946_684_800
COPY_HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
COPY_TRAILER = b"\xff\xff"


@dataclass(frozen=True)
class Block:
    """Minutes as arrays, columns in the order of METRIC_COLUMNS.

    Parameters
    ----------
    ts
        Minute ends, epoch seconds, shape (minutes,).
    values
        float64, NaN for unknown, shape (minutes, columns).
    computed
        Which values were asked by expression, same shape.
    """

    ts: npt.NDArray[np.int64]
    values: npt.NDArray[np.float64]
    computed: npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Merged:
    """Rows of a window that were not there, that gained or changed a value, and that were there as they are."""

    new: int = 0
    changed: int = 0
    same: int = 0

    def __add__(self, other: Merged) -> Merged:
        return Merged(self.new + other.new, self.changed + other.changed, self.same + other.same)


@dataclass(frozen=True)
class LedgerEntry:
    """A load of one symbol's minutes with ts in [start, end), as the ledger tells it; `began` is of the monotonic clock."""

    symbol: str
    start: datetime
    end: datetime
    requests: int = 0
    retries: int = 0
    samples: int = 0
    quarantined: int = 0
    computed: int = 0
    began: float = field(default_factory=time.monotonic)
    error: str | None = None


@dataclass(frozen=True)
class Gap:
    """A run of minutes with ts in [start, end) that the warehouse lacks of one metric."""

    metric: str
    start: datetime
    end: datetime


def outlast_the_source(connection: Connection) -> None:
    """Let the transaction last while the source is asked and others are waited for, whatever the server's time-outs."""
    connection.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
    connection.execute("SET LOCAL statement_timeout = 0")


def was_loaded_since(connection: Connection, symbol: str, start: datetime, end: datetime, since: datetime) -> bool:
    """Whether the ledger has exactly this window loaded after that instant."""
    window = {"symbol": symbol, "start": start, "end": end, "since": since}
    row = connection.execute(statement("was_loaded_since"), window).fetchone()
    return bool(row and row.was_loaded)


def claim_window(connection: Connection, symbol: str, start: datetime, end: datetime, *, wait: bool) -> bool:
    """Take the window until the transaction ends; False: another run is loading it, and `wait` is not given."""
    key = f"window {symbol} {start.isoformat()} {end.isoformat()}"
    if wait:
        connection.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
        return True
    return _try_lock(connection, key)


def take_slot(connection: Connection, slots: int) -> None:
    """Wait for one of the slots by which all runs on this warehouse share the load on the source."""
    while not any(_try_lock(connection, f"source slot {number}") for number in range(slots)):
        time.sleep(SLOT_POLL_SECONDS)


def _try_lock(connection: Connection, key: str) -> bool:
    row = connection.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0)) AS got", [key]).fetchone()
    return bool(row and row.got)


def write_window(
    connection: Connection,
    warehouse: Warehouse,
    entry: LedgerEntry,
    block: Block,
    source: Source,
    set_aside: Iterable[Mapping[str, object]] = (),
) -> Merged:
    """Merge a window's minutes, note what was set aside, and write its ledger row; the first minutes record their source.

    Parameters
    ----------
    block
        A minute without any value is no row. A value that is unknown now erases nothing that is stored; one asked by
        expression replaces no recorded one.
    source
        Where they come from.
    set_aside
        Columns of quarantined_samples without the symbol.

    Raises
    ------
    SourceMismatch
        The warehouse holds the minutes of another source.
    """
    window = {"symbol": entry.symbol, "start": entry.start, "end": entry.end}
    allow_repairs(connection)
    connection.execute(statement("stage_minutes"))
    with connection.cursor().copy(statement("copy_staged_minutes")) as copy:
        copy.write(binary_rows(block))
    _follow_other_writers(connection, entry.symbol)
    held = connection.execute(statement("holds_any_minute"), window).fetchone()
    if held and held.any_held and block.computed.any():
        connection.execute(statement("keep_recorded_values"), window)
    merge = "merge_staged_minutes" if held and held.any_held else "insert_staged_minutes"
    counts = connection.execute(statement(merge), window).fetchone()
    assert counts is not None
    if counts.rows_written != counts.rows_new + counts.rows_changed:
        raise WarehouseError(
            f"The warehouse at {warehouse.place} wrote {counts.rows_written} of {counts.rows_new + counts.rows_changed} minutes "
            f"of {entry.symbol} from {entry.start} and was rolled back; run this again, and check the server's log."
        )
    merged = Merged(counts.rows_new, counts.rows_changed, counts.rows_same)
    if merged.new:
        _claim_source(connection, warehouse, source)
    _quarantine(connection, entry.symbol, set_aside)
    record_entry(connection, entry, merged)
    return merged


def record_entry(connection: Connection, entry: LedgerEntry, merged: Merged | None = None) -> None:
    """The ledger row of a window; without merged rows: of one that was not loaded."""
    merged = merged or Merged()
    connection.execute(
        statement("record_window"),
        {
            "symbol": entry.symbol,
            "window_from": entry.start,
            "window_to": entry.end,
            "requests": entry.requests,
            "retries": entry.retries,
            "rows_new": merged.new,
            "rows_changed": merged.changed,
            "rows_same": merged.same,
            "samples": entry.samples,
            "quarantined": entry.quarantined,
            "computed": entry.computed,
            "seconds": time.monotonic() - entry.began,
            "error": entry.error,
        },
    )


def record_absences(
    connection: Connection,
    symbol: str,
    start: datetime,
    end: datetime,
    metrics: Sequence[str],
    asked_at: datetime,
    *,
    is_whole: bool = False,
) -> None:
    """Note which minutes of [start, end) the source was asked for and lacks, by metric, and forget those that came.

    Parameters
    ----------
    is_whole
        The source had every minute of every metric: there may be something to forget, and nothing to note.
    """
    asked = {"symbol": symbol, "start": start, "end": end, "metrics": list(metrics), "asked_at": asked_at}
    if is_whole:
        known = connection.execute(statement("knows_any_absence"), asked).fetchone()
        if known and not known.any_known:
            return
    _follow_other_writers(connection, symbol)
    connection.execute(statement("record_absences"), asked)


def gaps_to_ask(
    connection: Connection,
    symbol: str,
    start: datetime,
    end: datetime,
    metrics: Sequence[str],
    asked_at: datetime | None,
) -> list[Gap]:
    """What the rows lack of [start, end), without what the source lacked and is not due again at `asked_at`; None: all."""
    found = connection.execute(
        statement("gaps_to_repair"),
        {"symbol": symbol, "start": start, "end": end, "metrics": list(metrics), "asked_at": asked_at},
    )
    return [Gap(row.metric, row.gap_from, row.gap_to) for row in found]


def neighbouring_prices(connection: Connection, symbol: str, start: datetime, end: datetime) -> dict[int, float]:
    """Stored prices by epoch seconds: the last one in the hour before [start, end), and those of 5 minutes after it."""
    found = connection.execute(statement("neighbouring_prices"), {"symbol": symbol, "start": start, "end": end})
    return {row.epoch: row.last_price for row in found}


def _follow_other_writers(connection: Connection, symbol: str) -> None:
    """Writers of one symbol follow each other, so that two runs side by side cannot both take a row for new."""
    connection.execute("SELECT pg_advisory_xact_lock(hashtextextended('minute_metrics ' || %s, 0))", [symbol])


def _claim_source(connection: Connection, warehouse: Warehouse, source: Source) -> None:
    """Record the source with the first minutes, or hold it against the one that another run recorded meanwhile."""
    connection.execute(statement("record_source"), {"kind": source[0], "identity": source[1]})
    known = known_source_of(connection)
    if known != source:
        raise SourceMismatch(mismatch(warehouse, known, source))


def _quarantine(connection: Connection, symbol: str, set_aside: Iterable[Mapping[str, object]]) -> None:
    rows = [{"symbol": symbol, **one} for one in set_aside]
    if rows:
        connection.cursor().executemany(statement("record_quarantine"), rows)


def binary_rows(block: Block) -> bytes:
    """The block in COPY's binary format: rows of one layout (which values are unknown, which computed) are one array.

    Format: https://www.postgresql.org/docs/current/sql-copy.html, binary.
    """
    unknown = np.isnan(block.values)
    bits = 1 << np.arange(2 * len(METRIC_COLUMNS), dtype=np.int64)
    layouts = np.concatenate([unknown, block.computed], axis=1) @ bits
    held = ~unknown.all(axis=1)
    parts = [_rows_of_one_layout(block, held & (layouts == layout), layout) for layout in np.unique(layouts[held])]
    return b"".join([COPY_HEADER, *parts, COPY_TRAILER])


def _rows_of_one_layout(block: Block, rows: npt.NDArray[np.bool_], layout: int) -> bytes:
    columns = range(len(METRIC_COLUMNS))
    known = [column for column in columns if not layout >> column & 1]
    computed = sorted(METRIC_COLUMNS[column] for column in columns if layout >> (column + len(METRIC_COLUMNS)) & 1)
    mark = f"{{{','.join(computed)}}}".encode()
    row: list[tuple[str, str]] = [("fields", ">i2"), ("ts_length", ">i4"), ("ts", ">i8")]
    for column in columns:
        row += [(f"{column}_length", ">i4"), *([(f"{column}", ">f8")] if column in known else [])]
    row += [("mark_length", ">i4"), ("mark", f"S{len(mark)}")]
    table = np.zeros(int(rows.sum()), dtype=row)
    table["fields"], table["ts_length"], table["mark_length"], table["mark"] = len(columns) + 2, 8, len(mark), mark
    table["ts"] = (block.ts[rows] - EPOCH_2000) * 1_000_000
    for column in columns:
        table[f"{column}_length"] = 8 if column in known else -1
        if column in known:
            table[f"{column}"] = block.values[rows, column]
    return table.tobytes()
