"""A warehouse that went the whole way of the data over a simulated market: minutes, models, signals, outcomes, checks, alerts."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from markets import FIRST, ChangeableMarket
from pipelines import make_pipeline, rows, small_settings

from include.ingest import backfill, ingest
from include.pipeline import Pipeline
from include.predict import predict
from include.settings import Cell, Settings
from include.settle import settle
from include.train import train
from include.warehouse.migrate import migrate
from include.watching.checks import run_checks

MINUTE = timedelta(minutes=1)
DAYS = 8
NOW = FIRST + timedelta(days=DAYS)
LATER = NOW + 20 * MINUTE
CELL = Cell(15, Decimal("0.003"))
# Columns that tell when a run was, and who: two runs of the same differ there.
OF_THE_RUN = {
    "applied_at", "created_at", "recorded_at", "first_loaded_at", "loaded_at", "seen_at", "finished_at", "seconds", "decided_at",
    "settled_at", "known_at", "first_used_at", "run_id", "asked_at", "committed_at", "checked_at", "computed_at", "looked_at",
    "requests", "window_id", "server_major", "effective_from", "executable_at", "latency_seconds",
}  # fmt: skip


def market() -> ChangeableMarket:
    """The same one each time, with a day more than is loaded at first."""
    return ChangeableMarket(days=DAYS + 1, seed=5)


def settings() -> Settings:
    """One cell, one recipe beside the baselines, which runs in shadow."""
    small = small_settings(candidates=("logistic",))
    return replace(
        small,
        ingest=replace(small.ingest, first_load=timedelta(days=1)),
        signals=replace(small.signals, live=(CELL,), shadow="runner_up", catch_up=timedelta(hours=1)),
    )


def pipeline_to(url: str, dsn: str) -> Pipeline:
    """A pipeline from the lab at that address to the warehouse of that DSN."""
    return make_pipeline(url, dsn, settings())


def fill(pipeline: Pipeline) -> None:
    """Migrate, load, train, and answer, settle and check half an hour."""
    migrate(pipeline.warehouse)
    backfill(pipeline, FIRST, NOW - timedelta(hours=6))
    ingest(pipeline)
    train(pipeline, as_of=NOW - 30 * MINUTE)
    answer(pipeline, NOW - 29 * MINUTE, NOW)
    with pipeline.warehouse.transaction("writer") as connection:
        connection.execute("INSERT INTO alerts (alert_key, summary, runbook) VALUES ('test', 'A test alerts', 'none')")


def answer(pipeline: Pipeline, start: datetime, end: datetime) -> None:
    """The signals of the minutes in [start, end), their outcomes, and the checks."""
    predict(pipeline, start, end)
    settle(pipeline)
    run_checks(pipeline)


def contents(pipeline: Pipeline, *, of_the_run: bool = True) -> dict[str, list[str]]:
    """Each table's rows as sorted texts; without `of_the_run`, without what two runs of the same differ in."""
    tables = rows(
        pipeline.warehouse,
        "SELECT relname::text FROM pg_class WHERE relnamespace = 'market'::regnamespace AND relkind = 'r' ORDER BY 1",
    )
    left_out = [] if of_the_run else sorted(OF_THE_RUN)
    return {
        table: [text for (text,) in rows(pipeline.warehouse, f"SELECT (to_jsonb(t) - %s::text[])::text FROM {table} AS t ORDER BY 1", [left_out])]
        for (table,) in tables
    }  # fmt: skip
