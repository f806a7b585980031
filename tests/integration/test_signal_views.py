"""The views of signals: which rows they show."""

from __future__ import annotations

import pytest
from pipelines import make_pipeline, rows
from settling import at, give, register_model, signal

from include.pipeline import Pipeline
from include.warehouse.migrate import migrate

DAY = 1440


@pytest.fixture
def pipeline(new_database: str) -> Pipeline:
    """A migrated warehouse; its source is never asked."""
    made = make_pipeline("http://127.0.0.1:1", new_database)
    migrate(made.warehouse)
    return made


def test_the_latest_signals_are_those_of_each_symbols_own_last_day(pipeline: Pipeline) -> None:
    """A symbol that is silent for a week is shown as it was last; a cell that its symbol answers no more is not."""
    model = register_model(pipeline.warehouse)
    silent = {"symbol": "ETHUSDT"}
    give(
        pipeline.warehouse,
        [
            signal(8 * DAY, model),
            signal(8 * DAY + 1, model, "HOLD"),
            signal(8 * DAY + 2, model, is_shadow=True),
            signal(7 * DAY + 2, model, horizon_minutes=30, threshold=0.005),
            signal(7 * DAY, model, horizon_minutes=60, threshold=0.0075),
            signal(DAY, model, **silent),
            signal(DAY + 5, None, "ABSTAIN", **silent),
            signal(DAY + 3, model, horizon_minutes=60, threshold=0.0075, **silent),
        ],
    )
    found = rows(pipeline.warehouse, "SELECT symbol, horizon_minutes, ts, side FROM signals_latest ORDER BY 1, 2")
    assert found == [
        ("BTCUSDT", 15, at(8 * DAY + 1), "HOLD"),
        ("BTCUSDT", 30, at(7 * DAY + 2), "BUY"),
        ("ETHUSDT", 15, at(DAY + 5), "ABSTAIN"),
        ("ETHUSDT", 60, at(DAY + 3), "BUY"),
    ]


def test_without_signals_there_are_no_latest_ones(pipeline: Pipeline) -> None:
    """Shadows alone are no cell."""
    assert rows(pipeline.warehouse, "SELECT count(*) FROM signals_latest") == [(0,)]
    give(pipeline.warehouse, [signal(1, register_model(pipeline.warehouse), is_shadow=True)])
    assert rows(pipeline.warehouse, "SELECT count(*) FROM signals_latest") == [(0,)]
