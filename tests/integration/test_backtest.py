"""The decision rule on held-out minutes: what is refused, what is scored, and what the rule would have brought."""

from __future__ import annotations

import csv
import math
import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import orjson
import pytest
from markets import FIRST, ChangeableMarket, Serve
from pipelines import make_pipeline, rows, small_settings

from include.backtest import backtest, write_backtest
from include.cli.main import main
from include.cortex.minutes import MINUTE
from include.decide import Scored, decide
from include.errors import NotReady, SettingsError
from include.folders import FolderRefused
from include.ingest import ingest
from include.models.artifacts import load
from include.models.candidates import predict_proba
from include.pipeline import Pipeline
from include.settings import Cell
from include.train import train
from include.warehouse.migrate import migrate
from include.warehouse.models import stored_model

DAYS = 9
NOW = FIRST + timedelta(days=DAYS)
TRAINED = NOW - timedelta(days=2)
START = TRAINED + MINUTE
CELL = Cell(15, Decimal("0.003"))


@pytest.fixture
def trained(serve: Serve, new_database: str) -> Pipeline:
    """A model of the volatility baseline, and two days after what it was trained on."""
    small = small_settings(candidates=())
    settings = replace(
        small,
        ingest=replace(small.ingest, first_load=timedelta(days=DAYS)),
        signals=replace(small.signals, live=(CELL,), cost_bps_per_side=1.0),
    )
    pipeline = make_pipeline(serve(ChangeableMarket(days=DAYS + 1, seed=5), NOW), new_database, settings)
    migrate(pipeline.warehouse)
    ingest(pipeline)
    train(pipeline, as_of=TRAINED)
    return pipeline


def believe(pipeline: Pipeline, *, may_trade: bool) -> None:
    """Give the model a rule that expects an edge in many minutes, as a model with one would have."""
    with pipeline.warehouse.transaction() as connection:
        connection.execute(
            """
            UPDATE models SET decision = decision || jsonb_build_object(
                'may_trade', %s::boolean, 'class_returns', jsonb_build_array(-0.001, 0.0, 0.004)
            )
            """,
            [may_trade],
        )


def by_hand(pipeline: Pipeline, start: Any, end: Any) -> list[tuple[Any, ...]]:
    """The same rule minute by minute, from the views and `decide`: (decided, exit, reason, net return in bp)."""
    with pipeline.warehouse.transaction() as connection:
        model = stored_model(connection, 1)
    found = rows(
        pipeline.warehouse,
        f"SELECT ts, last_price, {', '.join(model.feature_columns)} FROM minute_features JOIN minute_metrics USING (symbol, ts)"
        " WHERE ts >= %s AND ts < %s AND day >= %s::timestamptz::date ORDER BY ts",
        [start, end, start],
    )
    price = {ts: value for ts, value, *_ in found}
    trained = load(model.kept_artifact(), model.artifact_format, model.artifact_sha256)
    trades: list[tuple[Any, ...]] = []
    free_from = start
    for ts, reference, *inputs in found:
        entry = ts + MINUTE
        if None in inputs or entry < free_from or entry + CELL.horizon + MINUTE >= end or entry not in price:
            continue
        p = predict_proba(trained, np.array([inputs], dtype=np.float32))[0]
        scored = Scored(p, reference, float(np.float32(inputs[model.feature_columns.index("realised_volatility_60m")])))
        decided = decide(scored, CELL, model.decision, pipeline.settings.signals)
        if decided["side"] == "HOLD":
            continue
        direction, due, reason = (1 if decided["side"] == "BUY" else -1), entry + CELL.horizon, "TIME"
        for minute in range(1, CELL.horizon_minutes + 1):
            close = price.get(entry + minute * MINUTE, math.nan)
            stopped = direction * (close - decided["stop_loss_price"]) <= 0
            if stopped or direction * (close - decided["take_profit_price"]) >= 0:
                due, reason = entry + (minute + 1) * MINUTE, "STOP" if stopped else "TARGET"
                break
        left = min(t for t in price if t >= due)
        net = direction * (price[left] / price[entry] - 1) * 10_000 - 2 * pipeline.settings.signals.cost_bps_per_side
        trades.append((ts, left, reason, net))
        free_from = left
    return trades


def test_minutes_that_the_model_was_trained_on_are_refused(trained: Pipeline) -> None:
    """The first one that is allowed is named; the last one that is not is refused."""
    [(reach,)] = rows(trained.warehouse, "SELECT as_of FROM models")
    with pytest.raises(SettingsError, match=re.escape(f"{reach + MINUTE:%Y-%m-%dT%H:%MZ}")):
        backtest(trained, 1, reach, NOW)
    assert backtest(trained, 1, reach + MINUTE, NOW).evaluated_from == reach + MINUTE
    with pytest.raises(SettingsError, match="not before"):
        backtest(trained, 1, NOW, NOW)
    with pytest.raises(NotReady, match="No model 7"):
        backtest(trained, 7, START, NOW)
    with pytest.raises(NotReady, match=r"backfill"):
        backtest(trained, 1, NOW + timedelta(days=30), NOW + timedelta(days=31))


def test_the_rule_is_that_of_the_signals_minute_by_minute(trained: Pipeline) -> None:
    """Every trade is what decide and the prices of the views give by hand, a hole included; the money follows from them."""
    believe(trained, may_trade=True)
    with trained.warehouse.transaction() as connection:
        connection.execute("DELETE FROM minute_metrics WHERE ts = %s", [START + timedelta(hours=30)])
    done = backtest(trained, 1, START, NOW)
    stood, freely = done.readings
    base = done.evaluated_from
    found = [
        (base + one.order.minute * MINUTE, base + one.exited * MINUTE, one.reason, one.net_return * 10_000)
        for one in stood.positions
    ]
    expected = by_hand(trained, START, NOW)
    assert [trade[:3] for trade in found] == [trade[:3] for trade in expected]
    assert [trade[3] for trade in found] == pytest.approx([trade[3] for trade in expected], abs=1e-9)
    assert len(found) > 20
    assert {trade[2] for trade in found} == {"STOP", "TARGET", "TIME"}
    assert stood.money == freely.money
    assert stood.money.mean_net_return_bps == pytest.approx(np.mean([trade[3] for trade in expected]))
    assert stood.worth[-1] == pytest.approx(np.prod([1 + trade[3] / 10_000 for trade in expected]))


def test_a_model_that_may_not_trade_does_not(trained: Pipeline) -> None:
    """As it stood there is no trade, and it is said so; the other reading is marked as hypothetical; the market is called simulated."""
    believe(trained, may_trade=False)
    done = backtest(trained, 1, START, NOW)
    document = done.as_dict()
    assert document["money"]["as_it_stood"]["trades"] == 0
    assert document["money"]["as_it_stood"]["mean_net_return_bps"] is None
    assert document["money"]["hypothetical"]["trades"] > 20
    assert document["money"]["flat"]["net_return"] == 0
    assert (document["may_trade"], document["is_simulated"]) == (False, True)
    notes = " ".join(document["notes"])
    assert "SIMULATED" in notes
    assert "may not trade" in notes
    [(first, last)] = rows(
        trained.warehouse,
        "SELECT min(last_price) FILTER (WHERE ts = %s) AS a, min(last_price) FILTER (WHERE ts = %s) AS b FROM minute_metrics",
        [done.evaluated_from, done.evaluated_to - MINUTE],
    )
    assert document["money"]["buy_and_hold"]["net_return"] == pytest.approx(last / first - 1 - 2e-4)


def test_the_scores_stand_on_the_labels_that_end_within_the_span(trained: Pipeline) -> None:
    """Rows and log-loss are those of the complete minutes with a label, over the base rates; nothing at or after the end is read."""
    end = NOW - timedelta(hours=5)
    before = backtest(trained, 1, START, end)
    assert before.scores.rows == (end - START) / MINUTE - 15
    minutes = before.minutes
    known = np.isfinite(minutes.forward_log_return)
    move = np.expm1(minutes.forward_log_return[known])
    y = 1 + (move > 0.003).astype(int) - (move < -0.003)
    base_rates = np.array(before.model.decision["base_rates"])
    losses = -np.log(minutes.p[known][np.arange(len(y)), y]).sum(), -np.log(base_rates[y]).sum()
    assert before.scores.log_loss_skill == pytest.approx(1 - losses[0] / losses[1])
    assert before.scores.events > 0
    believe(trained, may_trade=True)
    before = backtest(trained, 1, START, end)
    with trained.warehouse.transaction() as connection:
        connection.execute("UPDATE minute_metrics SET last_price = last_price * 1.5 WHERE ts >= %s", [end])
    assert backtest(trained, 1, START, end).as_dict() == before.as_dict()


def test_a_span_beyond_what_is_held_is_cut_to_it(trained: Pipeline) -> None:
    """A day counts where there are minutes, not where they were asked for."""
    document = backtest(trained, 1, START, NOW + timedelta(days=100)).as_dict()
    assert document["evaluated_to"] == f"{NOW + MINUTE:%Y-%m-%dT%H:%MZ}"
    assert document["minutes"] == (NOW + MINUTE - START) / MINUTE


def test_minutes_that_cannot_be_scored_are_not(trained: Pipeline) -> None:
    """A missing minute takes those with it whose look-back covers it, and both are counted."""
    with trained.warehouse.transaction() as connection:
        connection.execute("DELETE FROM minute_metrics WHERE ts = %s", [START + timedelta(hours=30)])
    document = backtest(trained, 1, START, NOW).as_dict()
    assert document["minutes_not_held"] == 1
    assert document["minutes"] - document["minutes_scored"] == 61


def test_the_features_are_the_models_own_version(trained: Pipeline) -> None:
    """A model whose version is not kept is not scored on another's."""
    with trained.warehouse.transaction() as connection:
        connection.execute("ALTER VIEW minute_features_v1 RENAME TO minute_features_v9")
    with pytest.raises(NotReady, match="migrate"):
        backtest(trained, 1, START, NOW)


def test_the_files_of_a_backtest(trained: Pipeline, tmp_path: Path) -> None:
    """A row a trade of either reading, a chart that says what it shows, the numbers; a folder that holds something is left alone."""
    believe(trained, may_trade=False)
    done = backtest(trained, 1, START, NOW)
    assert write_backtest(done, tmp_path / "new") == ["results.json", "trades.csv", "equity.svg"]
    assert orjson.loads((tmp_path / "new" / "results.json").read_bytes()) == orjson.loads(orjson.dumps(done.as_dict()))
    with (tmp_path / "new" / "trades.csv").open(encoding="utf-8") as file:
        table = list(csv.DictReader(file))
    assert {row["reading"] for row in table} == {"hypothetical"}
    net = [float(row["net_return_bps"]) for row in table]
    assert np.mean(net) == pytest.approx(done.readings[1].money.mean_net_return_bps, abs=1e-3)
    chart = ElementTree.fromstring((tmp_path / "new" / "equity.svg").read_text(encoding="utf-8"))
    assert len(chart.findall("{*}polyline")) == 3
    texts = " ".join(text.text or "" for text in chart.findall("{*}text"))
    assert "SIMULATED" in texts
    assert "hypothetical" in texts
    with pytest.raises(FolderRefused, match="not empty"):
        write_backtest(done, tmp_path / "new")


def test_the_command_prints_and_answers_in_json(
    trained: Pipeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A table for people, a document for machines, one sentence and 1 for training minutes."""
    monkeypatch.setenv("WAREHOUSE_DSN", trained.warehouse.dsn)
    monkeypatch.setenv("CORTEX_URL", trained.cortex.url)
    span = ["--from", START.isoformat(), "--to", NOW.isoformat()]
    assert main(["backtest", "--model", "1", *span, "--json", "--to-dir", str(tmp_path / "it")]) == 0
    assert orjson.loads(capsys.readouterr().out)["minutes_scored"] == 2 * 1440 - 1
    assert (tmp_path / "it" / "trades.csv").exists()
    assert main(["backtest", "--model", "1", *span]) == 0
    assert "HYPOTHETICAL" in (printed := capsys.readouterr().out)
    assert "SIMULATED" in printed
    assert main(["backtest", "--model", "1", "--from", FIRST.isoformat(), "--to", NOW.isoformat()]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert main(["backtest", "--model", "1", *span, "--to-dir", str(tmp_path / "it")]) == 1
