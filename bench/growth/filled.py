"""A warehouse that grows: the real minutes of one symbol, copied to others in the server, with champions and signals."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

import psycopg
from psycopg import sql

from bench.ingest.span import SYMBOL
from bench.page.fill import SIGNALS
from include.settings import Cell
from include.warehouse.connection import Connection, Warehouse
from include.warehouse.minutes import METRIC_COLUMNS

COPY_SYMBOL = """
INSERT INTO minute_metrics (symbol, ts, {columns})
SELECT {other}, m.ts, {columns} FROM minute_metrics AS m WHERE m.symbol = {symbol} ORDER BY m.ts
"""
CHAMPION = """
WITH trained AS MATERIALIZED (
    SELECT m.*, p.effective_from
    FROM promotions AS p
    INNER JOIN models AS m USING (model_id)
    WHERE p.symbol = %(from)s AND p.is_accepted
    ORDER BY p.promotion_id
    LIMIT 1
),

copied AS (
    INSERT INTO models (
        candidate, is_baseline, symbol, horizon_minutes, threshold, trained_from, trained_to, as_of, snapshot_hash, feature_version,
        feature_hash, feature_columns, code_revision, parameters, decision, artifact, artifact_format, artifact_sha256, input_quantiles
    )
    SELECT
        t.candidate, t.is_baseline, %(symbol)s, %(horizon)s, %(threshold)s, t.trained_from, t.trained_to, t.as_of, t.snapshot_hash,
        t.feature_version, t.feature_hash, t.feature_columns, t.code_revision, t.parameters, t.decision, t.artifact,
        t.artifact_format, t.artifact_sha256, t.input_quantiles
    FROM trained AS t
    RETURNING model_id, candidate
)

INSERT INTO promotions (
    run_id, symbol, horizon_minutes, threshold, candidate, model_id, is_accepted, reason, decided_by, effective_from, kind
)
SELECT %(run_id)s, %(symbol)s, %(horizon)s, %(threshold)s, c.candidate, c.model_id, TRUE, 'copied', 'bench', t.effective_from, 'promoted'
FROM copied AS c CROSS JOIN trained AS t
"""


def add_symbol(warehouse: Warehouse, symbol: str) -> None:
    """The minutes of SYMBOL under another name."""
    query = sql.SQL(COPY_SYMBOL).format(
        columns=sql.SQL(", ").join(map(sql.Identifier, METRIC_COLUMNS)),
        other=sql.Literal(symbol),
        symbol=sql.Literal(SYMBOL),
    )
    with warehouse.transaction("writer") as connection:
        connection.execute(query)


def add_champions(warehouse: Warehouse, symbol: str, cells: list[Cell]) -> None:
    """The one model that was trained, as champion of each cell of the symbol that has none."""
    with warehouse.transaction() as connection:
        for cell in cells:
            if not _reigns(connection, symbol, cell):
                values = {"horizon": cell.horizon_minutes, "threshold": cell.threshold, "symbol": symbol}
                connection.execute(CHAMPION, {**values, "from": SYMBOL, "run_id": uuid4()})


def _reigns(connection: Connection, symbol: str, cell: Cell) -> bool:
    query = "SELECT FROM champions WHERE symbol = %s AND horizon_minutes = %s AND threshold = %s"
    return connection.execute(query, [symbol, cell.horizon_minutes, cell.threshold]).fetchone() is not None


def add_signals(warehouse: Warehouse, symbol: str, until: datetime, days: int) -> None:
    """Made-up answers to the minutes of so many days before `until`."""
    with warehouse.transaction() as connection:
        connection.execute(SIGNALS, {"symbol": symbol, "from": until - timedelta(days=days), "to": until})


def settle_down(warehouse: Warehouse) -> None:
    """Vacuumed and analysed, as autovacuum leaves it."""
    with psycopg.connect(warehouse.dsn, autocommit=True) as session:
        session.execute("VACUUM (ANALYZE)")


def bytes_a_minute(warehouse: Warehouse) -> tuple[float, float]:
    """Of the table and of its index, over all symbols."""
    query = "SELECT pg_table_size('minute_metrics'), pg_indexes_size('minute_metrics'), count(*) FROM minute_metrics"
    with warehouse.transaction("reader") as connection:
        row = connection.execute(query).fetchone()
    assert row is not None
    table, index, minutes = row
    return table / minutes, index / minutes
