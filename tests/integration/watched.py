"""A warehouse to be watched: minutes up to now, answers, scored inputs, champions and settled days as a test wants them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
from pipelines import small_settings
from psycopg.types.json import Jsonb
from stored_prices import MINUTE, store_prices, walk

from include.cortex.address import Cortex
from include.pipeline import Pipeline
from include.settings import Cell
from include.warehouse.connection import Warehouse
from include.warehouse.snapshots import feature_version, read_features
from include.warehouse.statements import statement

CELL = Cell(15, Decimal("0.003"))
NOWHERE = "http://127.0.0.1:9"  # nothing answers there, so the wall clock counts


def this_minute() -> datetime:
    return datetime.now(UTC).replace(second=0, microsecond=0)


def watched(dsn: str) -> Pipeline:
    """The pipeline of an empty, migrated warehouse, whose source is real and does not answer."""
    settings = small_settings()
    settings = replace(
        settings,
        signals=replace(settings.signals, live=(CELL,)),
        metrics={"last_price": settings.metrics["last_price"], "volume_24h": settings.metrics["volume_24h"]},
    )
    pipeline = Pipeline(settings, Cortex(NOWHERE), Warehouse(dsn))
    write(pipeline.warehouse, "INSERT INTO source (kind, identity) VALUES ('cortex', 'test')")
    return pipeline


def write(warehouse: Warehouse, query: Any, values: Any = None) -> Any:
    with warehouse.transaction() as connection:
        cursor = connection.execute(query, values)
        return cursor.fetchone() if cursor.description else None


def store(pipeline: Pipeline, count: int, end: datetime, missing: Sequence[int] = ()) -> None:
    """That many minutes up to `end`, included; positions in `missing` from the first on get no row."""
    prices = walk(count, seed=3)
    first = end - (count - 1) * MINUTE
    store_prices(pipeline.warehouse, prices, first=first, missing=missing, volumes=[20_000.0 + n for n in range(count)])


def answer(pipeline: Pipeline, ts: datetime, reason_code: str, count: int = 1, *, is_late: bool = False) -> None:
    """Live answers of that minute and those before it: HOLD of the newest model without an edge, else ABSTAIN."""
    write(
        pipeline.warehouse,
        """
        INSERT INTO signals (symbol, ts, horizon_minutes, threshold, side, reason, reason_code, cost_bps_per_side, cutoff_at,
            decided_at, executable_at, latency_seconds, is_late, is_simulated, model_id, p_down, p_sideways, p_up, prediction,
            confidence, inputs_hash, reference_price)
        SELECT 'BTCUSDT', g, 15, 0.003, %(side)s, 'test', %(code)s, 7, g, g, g, 1, %(is_late)s, FALSE, h.*
        FROM generate_series(%(ts)s::timestamptz - make_interval(mins => %(more)s), %(ts)s, '1 minute') AS g
        LEFT JOIN (SELECT max(model_id), 0.1, 0.8, 0.1, 'SIDEWAYS', 0.8, '00', 60000 FROM models) AS h ON %(side)s = 'HOLD'
        """,
        {
            "ts": ts,
            "code": reason_code,
            "side": "HOLD" if reason_code == "no_edge" else "ABSTAIN",
            "more": count - 1,
            "is_late": is_late,
        },
    )


def score(pipeline: Pipeline, minutes: Sequence[datetime], **changed: float) -> None:
    """Store the inputs of those minutes as scoring does; of columns that are named, other values."""
    with pipeline.warehouse.transaction("reader", one_snapshot=True) as connection:
        version = feature_version(connection)
        found = read_features(connection, "BTCUSDT", min(minutes), max(minutes) + MINUTE, version)
    row_of = {int(ts): [None if np.isnan(x) else float(x) for x in X] for ts, X in zip(found.ts, found.X, strict=True)}
    rows: list[dict[str, Any]] = [
        {
            "symbol": "BTCUSDT",
            "ts": ts,
            "feature_version": version.number,
            "inputs_hash": "f" * 64 if changed else "0" * 64,
            "values": row_of[int(ts.timestamp())],
        }
        for ts in minutes
    ]
    for row in rows:
        for name, value in changed.items():
            row["values"][version.columns.index(name)] = value
    with pipeline.warehouse.transaction("writer") as connection:
        connection.cursor().executemany(statement("insert_signal_inputs"), rows)


def crown(pipeline: Pipeline, quantiles: dict[str, list[float]] | None, columns: Sequence[str] = ()) -> int:
    """A champion of CELL that was promised a skill of 0.05 (0.01 to 0.09), and what it was trained on."""
    at = this_minute() - timedelta(days=60)
    values = {"at": at, "quantiles": Jsonb(quantiles) if quantiles else None, "columns": list(columns)}
    model = write(
        pipeline.warehouse,
        """
        INSERT INTO models (
            candidate, is_baseline, symbol, horizon_minutes, threshold, trained_from, trained_to, as_of, snapshot_hash,
            feature_version, feature_hash, feature_columns, code_revision, parameters, decision, artifact, artifact_format,
            artifact_sha256, input_quantiles
        )
        SELECT 'lightgbm', FALSE, 'BTCUSDT', 15, 0.003, %(at)s, %(at)s, %(at)s, '', feature_version, feature_hash,
            %(columns)s::text[], '', '{}', '{}', '', 'lightgbm', '', %(quantiles)s
        FROM feature_versions RETURNING model_id
        """,
        values,
    ).model_id
    write(
        pipeline.warehouse,
        """
        INSERT INTO model_evaluations (
            run_id, candidate, is_baseline, symbol, horizon_minutes, threshold, fold, as_of, model_id, log_loss_skill,
            skill_low, skill_high, rows, events, days, evaluated_from, evaluated_to
        )
        VALUES (gen_random_uuid(), 'lightgbm', FALSE, 'BTCUSDT', 15, 0.003, NULL, %(at)s, %(model)s, 0.05, 0.01, 0.09, 1000, 210,
            61, %(at)s, %(at)s)
        """,
        {"at": at, "model": model},
    )
    write(
        pipeline.warehouse,
        """
        INSERT INTO promotions (run_id, symbol, horizon_minutes, threshold, candidate, model_id, is_accepted, reason, decided_by,
            effective_from)
        VALUES (gen_random_uuid(), 'BTCUSDT', 15, 0.003, 'lightgbm', %(model)s, TRUE, 'better', 'test', %(at)s)
        """,
        {"at": at, "model": model},
    )
    return int(model)


def settle_days(pipeline: Pipeline, model: int, days: Sequence[tuple[float, int, float]]) -> None:
    """(expected, observed, log_loss) of UTC days up to yesterday, 5 events each, log-loss of the base rates 0.5."""
    today = this_minute().date()
    for ago, (expected, observed, loss) in enumerate(reversed(days), start=1):
        write(
            pipeline.warehouse,
            """
            INSERT INTO performance_days (day, symbol, horizon_minutes, threshold, model_id, kind, signals, abstained, settled,
                expected_up, observed_up, expected_down, observed_down, events, correct, log_loss, log_loss_prior, trades, wins,
                net_return_sum, net_return_squares)
            VALUES (%s, 'BTCUSDT', 15, 0.003, %s, 'live', 1440, 0, 1440, %s, %s, 0, 0, 5, 0, %s, 0.5, 0, 0, 0, 0)
            """,
            [today - timedelta(days=ago), model, expected, observed, loss],
        )
