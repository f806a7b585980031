"""A model of several symbols together: trained on all, judged by each, and it may reign in the cells of each."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from markets import FIRST, ChangeableMarket, Serve
from pipelines import make_pipeline, rows, small_settings

from include.errors import SettingsError
from include.ingest import ingest
from include.models.candidates import find_recipe
from include.pipeline import Pipeline
from include.predict import predict
from include.settings import Cell, Symbol
from include.train import train
from include.warehouse.migrate import migrate

DAYS = 9
NOW = FIRST + timedelta(days=DAYS)
AS_OF = NOW - timedelta(hours=1)
CELL = Cell(15, Decimal("0.003"))


@pytest.fixture
def pipeline(serve: Serve, new_database: str) -> Pipeline:
    # nothing is too little to be judged by and no margin too small or too large, so that the pooled recipe reigns
    small = small_settings(
        candidates=(), pooled=("logistic",), min_events=0, min_event_days=0, min_skill_margin=-9.0, max_skill_margin=9.0,
        max_calibration_error=1.0,
    )  # fmt: skip
    settings = replace(
        small,
        ingest=replace(small.ingest, first_load=timedelta(days=DAYS)),
        signals=replace(small.signals, live=(CELL,), catch_up=timedelta(hours=2)),
        symbols=(*small.symbols, Symbol("ETH", "symbol", "ETHUSDT")),
    )
    markets = {"ETHUSDT": ChangeableMarket(days=DAYS + 1, seed=9)}
    made = make_pipeline(serve(ChangeableMarket(days=DAYS + 1, seed=5), NOW, further=markets), new_database, settings)
    migrate(made.warehouse)
    ingest(made)
    return made


def test_it_is_trained_on_all_symbols_and_judged_by_each(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    """One row of scores a symbol, over its own minutes; the registered model is one of `*` with twice the rows."""
    monkeypatch.setattr("include.evaluation.gate._no_better", lambda *_: None)
    monkeypatch.setattr("include.evaluation.gate._no_better_than_prior", lambda *_: None)
    trained = train(pipeline, as_of=AS_OF)
    assert [(one.symbol, one.champion) for one in trained] == [
        ("BTCUSDT", "pooled_logistic"),
        ("ETH", "pooled_logistic"),
    ]
    judged = rows(
        pipeline.warehouse,
        "SELECT symbol, candidate, rows FROM model_leaderboard WHERE candidate IN ('pooled_logistic', 'volatility_60m') ORDER BY 1, 2",
    )
    assert [(symbol, candidate) for symbol, candidate, _ in judged] == [
        ("BTCUSDT", "pooled_logistic"),
        ("BTCUSDT", "volatility_60m"),
        ("ETH", "pooled_logistic"),
        ("ETH", "volatility_60m"),
    ]
    assert judged[0][2] == judged[1][2]
    models = rows(
        pipeline.warehouse,
        "SELECT symbol, parameters ->> 'judged_symbol' AS judged, (parameters ->> 'rows')::int AS trained_on, artifact_sha256, "
        "decision ->> 'cut_offs' AS cut_offs, trained_to + make_interval(mins => horizon_minutes) <= as_of AS in_time FROM models ORDER BY model_id",
    )
    assert [row[:2] for row in models] == [("*", "BTCUSDT"), ("*", "ETH")]
    assert models[0][3] == models[1][3], "one model, whose rule is each symbol's own"
    assert models[0][4] != models[1][4]
    assert all(row[5] for row in models)
    kept = [number for _, _, number in judged if number]
    assert models[0][2] > 1.8 * max(kept) / 15 / 0.6
    done = predict(pipeline)
    assert done.scored == 2 * 60
    assert {symbol for (symbol,) in rows(pipeline.warehouse, "SELECT DISTINCT symbol FROM signals")} == {
        "BTCUSDT",
        "ETH",
    }


def test_the_other_symbol_s_future_is_not_seen(pipeline: Pipeline) -> None:
    """What comes after a fold's purge in one symbol changes nothing of what the other is told before it."""
    query = "SELECT fold, log_loss FROM model_evaluations WHERE symbol = 'BTCUSDT' AND candidate = 'pooled_logistic' ORDER BY evaluation_id"
    train(pipeline, as_of=AS_OF)
    [(_, _), (_, first), (_, second)] = rows(pipeline.warehouse, query)
    [(begins,)] = rows(
        pipeline.warehouse, "SELECT evaluated_from FROM model_evaluations WHERE symbol = 'BTCUSDT' AND fold = 0 LIMIT 1"
    )
    with pipeline.warehouse.transaction() as connection:
        connection.execute(
            "UPDATE minute_metrics SET last_price = last_price * (1 + 0.2 * random()) WHERE symbol = 'ETH' AND ts >= %s",
            [begins],
        )
    train(pipeline, as_of=AS_OF)
    *_, (_, first_again), (_, second_again) = rows(pipeline.warehouse, query)
    assert first_again == first
    assert second_again != second


def test_one_symbol_cannot_be_pooled(pipeline: Pipeline) -> None:
    """The sentence names the setting; baselines are not pooled."""
    alone = replace(pipeline, settings=replace(pipeline.settings, symbols=pipeline.settings.symbols[:1]))
    with pytest.raises(SettingsError, match=r"training\.pooled"):
        train(alone, as_of=AS_OF)
    assert find_recipe("pooled_volatility_60m") is None
