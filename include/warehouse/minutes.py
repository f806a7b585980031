"""Minutes in the warehouse: what is held, of which source, and what is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from include.errors import NotReady, SourceMismatch
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


def stored_spans(warehouse: Warehouse, symbols: Sequence[str]) -> dict[str, tuple[datetime, datetime]]:
    """(first, newest) minute of each symbol that has any, UTC."""
    with warehouse.transaction("reader") as connection:
        found = connection.execute(statement("stored_spans"), {"symbols": list(symbols)}).fetchall()
    return {row.symbol: (row.first_ts, row.newest_ts) for row in found if row.first_ts}


@dataclass(frozen=True)
class Watermark:
    """How far a symbol has come, UTC; None: there is none.

    Parameters
    ----------
    newest_price
        Its newest minute with a price.
    asked_until
        End of what the source was asked for.
    catching_up_since
        Start of a load of several windows that is not done.
    """

    newest_price: datetime | None = None
    asked_until: datetime | None = None
    catching_up_since: datetime | None = None


def watermarks(warehouse: Warehouse, symbols: Sequence[str]) -> dict[str, Watermark]:
    """By symbol."""
    with warehouse.transaction("reader") as connection:
        found = connection.execute(statement("watermarks"), {"symbols": list(symbols)}).fetchall()
    return {row.symbol: Watermark(row.newest_price, row.asked_until, row.catching_up_since) for row in found}


def begin_catch_up(warehouse: Warehouse, symbol: str, since: datetime) -> None:
    """Note that windows from there on are being loaded, in any order, so that a run after a failed one begins there."""
    with warehouse.transaction("writer") as connection:
        connection.execute(statement("begin_catch_up"), {"symbol": symbol, "since": since})


def end_catch_up(warehouse: Warehouse, symbol: str, since: datetime) -> None:
    """All windows from there on are loaded."""
    with warehouse.transaction("writer") as connection:
        connection.execute(statement("end_catch_up"), {"symbol": symbol, "since": since})


def asked_for_until(connection: Connection, symbol: str) -> datetime:
    """End (not included) of the minutes that the source was asked for; the distant past before the first load.

    A minute from there on that is not held may be at the source: it is unknown, not missing.
    """
    row = connection.execute(statement("asked_for_until"), {"symbol": symbol}).fetchone()
    return row.asked_until if row and row.asked_until else datetime.min.replace(tzinfo=UTC)


def missing_columns(warehouse: Warehouse, symbols: Sequence[str], ts: datetime, columns: Sequence[str]) -> set[str]:
    """Those of `columns` that are NULL in the minute `ts` of any of the symbols, or all where one has no row."""
    with warehouse.transaction("reader") as connection:
        held = connection.execute(statement("minutes_at"), {"symbols": list(symbols), "ts": ts}).fetchall()
    if len(held) < len(symbols):
        return set(columns)
    return {column for column in columns if any(getattr(row, column) is None for row in held)}


# symbol, metric → (query, expression)
Catalogue = dict[tuple[str, str], tuple[str, str | None]]


def keep_catalogue(warehouse: Warehouse, wanted: Catalogue) -> None:
    """Bring metric_catalogue in step with what is asked for of the symbols in `wanted`; those of other symbols stay.

    What the source lacked of a metric that is asked for otherwise from now on is forgotten, and so asked for again.
    """
    symbols = {symbol for symbol, _ in wanted}
    with warehouse.transaction("writer") as connection:
        rows = connection.execute(statement("known_catalogue")).fetchall()
        known = {(row.symbol, row.metric): (row.query, row.expression) for row in rows if row.symbol in symbols}
        for (symbol, metric), (query, expression) in sorted(wanted.items()):
            if known.get((symbol, metric)) != (query, expression):
                values = {"symbol": symbol, "metric": metric, "query": query, "expression": expression}
                connection.execute(statement("ask_for_metric"), values)
        for symbol, metric in sorted(known.keys() - wanted.keys()):
            connection.execute(statement("ask_no_more_for_metric"), {"symbol": symbol, "metric": metric})


def known_limits(warehouse: Warehouse) -> dict[str, int]:
    """What a request may hold, by name (minutes, metrics), as far as the source's refusals of the last week tell."""
    with warehouse.transaction("reader") as connection:
        return {row.limit_name: row.fitted for row in connection.execute(statement("known_limits"))}


def record_limit(warehouse: Warehouse, name: str, fitted: int, said: str) -> None:
    """Remember what a request may hold."""
    with warehouse.transaction("writer") as connection:
        connection.execute(statement("record_limit"), {"limit_name": name, "fitted": fitted, "said": said})


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
    raise SourceMismatch(mismatch(warehouse, known, source))


def known_source(warehouse: Warehouse) -> Source | None:
    """(kind, identity) of the source whose minutes the warehouse holds; None before the first load."""
    with warehouse.transaction("reader") as connection:
        return known_source_of(connection)


def known_source_of(connection: Connection) -> Source | None:
    """Like known_source, inside a transaction."""
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


def mismatch(warehouse: Warehouse, known: Source | None, source: Source) -> str:
    """The sentence that names both sources and what to do."""
    held = f"{known[0]} ({known[1]})" if known else "another source"
    moved = " or, if it is the same data at a new address, adopt it (--adopt-source, or the form of backfill_metrics)"
    return (
        f"The warehouse at {warehouse.place} holds the minutes of {held} and the source is {source[0]} ({source[1]}); set WAREHOUSE_DSN "
        f"(in Airflow, the connection warehouse) to another database{moved if known and known[0] == source[0] != 'simulated' else ''}."
    )
