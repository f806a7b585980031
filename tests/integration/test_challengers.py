"""A challenger's rows in shadow: beside the live ones, never among them, once, and never in their way."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from markets import FIRST, ChangeableMarket, served
from pipelines import make_pipeline, rows, small_settings

from include.challenge import challenge, end_challenge
from include.cli.main import main
from include.cortex.address import Cortex
from include.errors import NotReady, SettingsError
from include.ingest import ingest
from include.launcher.postgres import EmbeddedPostgres
from include.models.artifacts import ArtifactRefused
from include.pipeline import Pipeline
from include.predict import predict
from include.scoring.commit import commit
from include.settings import Cell
from include.train import train
from include.warehouse.migrate import migrate
from tests.integration.conftest import database

MINUTE = timedelta(minutes=1)
DAYS = 9
NOW = FIRST + timedelta(days=DAYS)
CELL, OTHER = Cell(15, Decimal("0.003")), Cell(60, Decimal("0.0075"))
SIGNALS = "SELECT * FROM signals ORDER BY ts, horizon_minutes, is_shadow"


def market() -> ChangeableMarket:
    return ChangeableMarket(days=DAYS + 1, seed=5)


@pytest.fixture(scope="module")
def challenged(postgres: EmbeddedPostgres) -> Iterator[Pipeline]:
    """Of two cells the volatility baseline reigns since an hour; in one of them the logistic runs in shadow beside it."""
    small = small_settings(candidates=("logistic",))
    settings = replace(
        small,
        ingest=replace(small.ingest, first_load=timedelta(days=DAYS)),
        signals=replace(small.signals, live=(CELL, OTHER), shadow="runner_up"),
    )
    with served(market(), NOW) as url, database(postgres) as dsn:
        made = make_pipeline(url, dsn, settings)
        migrate(made.warehouse)
        ingest(made)
        train(made, as_of=NOW - timedelta(hours=1), horizons=[15])
        quiet = replace(settings, signals=replace(settings.signals, shadow="none"))
        train(replace(made, settings=quiet), as_of=NOW - timedelta(hours=1), horizons=[60])
        yield made


def shadows(pipeline: Pipeline, start: datetime, end: datetime) -> list[tuple[Any, ...]]:
    """(minute, horizon, side, code, recipe) of the shadow rows of a span."""
    return rows(
        pipeline.warehouse,
        "SELECT ts, s.horizon_minutes, side, reason_code, candidate FROM signals AS s LEFT JOIN models USING (model_id) "
        "WHERE is_shadow AND ts >= %s AND ts < %s ORDER BY ts, s.horizon_minutes",
        [start, end],
    )


def execute(pipeline: Pipeline, statement: str, values: Any = None) -> None:
    with pipeline.warehouse.transaction() as connection:
        connection.execute(statement, values)  # type: ignore[arg-type]


def test_a_training_lets_the_runner_up_run_in_shadow(challenged: Pipeline) -> None:
    """It is registered with its scores and its refusal, from the champion's first minute on, and reigns nowhere."""
    found = rows(
        challenged.warehouse,
        "SELECT c.horizon_minutes, m.candidate, c.effective_from, p.is_accepted, m.input_quantiles IS NOT NULL AS ranged "
        "FROM challengers AS c JOIN models AS m USING (model_id) JOIN promotions AS p USING (model_id)",
    )
    assert found == [(15, "logistic", NOW - timedelta(hours=1) + MINUTE, False, True)]
    reigning = rows(challenged.warehouse, "SELECT DISTINCT candidate FROM champions")
    assert reigning == [("volatility_60m",)]


def test_shadow_rows_stand_beside_the_live_ones_and_never_among_them(challenged: Pipeline) -> None:
    """One of each minute of the challenged cell, written together; the views of signals do not show them."""
    start, end = NOW - 50 * MINUTE, NOW - 40 * MINUTE
    done = predict(challenged, start, end)
    assert (done.scored, done.shadows) == (20, 10)
    found = shadows(challenged, start, end)
    assert [(h, side, name) for _, h, side, _, name in found] == [(15, "HOLD", "logistic")] * 10
    for view in ("signals_live", "signals_latest"):
        assert rows(challenged.warehouse, f"SELECT count(*) FROM {view} WHERE is_shadow") == [(0,)]
    together = rows(
        challenged.warehouse,
        "SELECT count(*) FROM signals AS s JOIN signals AS l USING (ts, horizon_minutes, decided_at, inputs_hash) "
        "WHERE s.is_shadow AND NOT l.is_shadow AND s.p_up <> l.p_up",
    )
    assert together == [(10,)]
    assert rows(challenged.warehouse, "SELECT DISTINCT signals FROM signal_commits WHERE ts < %s", [end]) == [(3,)]


def test_again_and_at_once_there_is_one_row_of_each(challenged: Pipeline) -> None:
    """Four runs over the same minutes leave one live and one shadow row a minute, whichever was first."""
    start, end = NOW - 40 * MINUTE, NOW - 30 * MINUTE
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: predict(challenged, start, end), range(4)))
    before = rows(challenged.warehouse, SIGNALS)
    assert predict(challenged, start, end).shadows == 0
    assert rows(challenged.warehouse, SIGNALS) == before
    counted = rows(
        challenged.warehouse,
        "SELECT is_shadow, count(*) FROM signals WHERE ts >= %s AND ts < %s GROUP BY 1 ORDER BY 1",
        [start, end],
    )
    assert counted == [(False, 20), (True, 10)]
    committed = rows(
        challenged.warehouse, "SELECT sum(signals) FROM signal_commits WHERE ts >= %s AND ts < %s", [start, end]
    )
    assert committed == [(30,)]


def test_a_refused_challenger_abstains_and_the_live_row_is_scored(challenged: Pipeline) -> None:
    """Its bytes were changed: its own row says so."""
    execute(challenged, "UPDATE models SET artifact = artifact || '\\x00'::bytea WHERE candidate = 'logistic'")
    start, end = NOW - 30 * MINUTE, NOW - 29 * MINUTE
    done = predict(challenged, start, end)
    assert (done.scored, done.abstained) == (2, 0)
    assert [row[2:4] for row in shadows(challenged, start, end)] == [("ABSTAIN", "model_refused")]
    execute(
        challenged,
        "UPDATE models SET artifact = substring(artifact FOR length(artifact) - 1) WHERE candidate = 'logistic'",
    )


def test_whatever_breaks_of_a_challenger_leaves_the_live_row(challenged: Pipeline) -> None:
    """A decision rule that cannot be read, and inputs that the features lack: no shadow row, and the live ones stand."""
    execute(challenged, "CREATE TABLE rules AS SELECT model_id, decision, feature_columns FROM models")
    for n, broken in enumerate(("decision = '{}'", "feature_columns = ARRAY['astrology']")):
        execute(challenged, f"UPDATE models SET {broken} WHERE candidate = 'logistic'")
        start, end = NOW - (28 - n) * MINUTE, NOW - (27 - n) * MINUTE
        done = predict(challenged, start, end)
        assert (done.scored, done.abstained, done.shadows) == (2, 0, 0)
        execute(
            challenged,
            "UPDATE models SET decision = r.decision, feature_columns = r.feature_columns FROM rules AS r WHERE r.model_id = models.model_id",
        )


def test_a_shadow_row_is_never_beside_a_live_row_of_another_run(
    challenged: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another run that knew of no challenger wrote the minute first: its live rows stay alone, for good."""

    def second(
        pipeline: Pipeline, market: Any, symbol: str, versions: Any, live: Any, shadows: Any, appointed: Any
    ) -> bool:
        assert len(shadows) == 1
        commit(pipeline, market, symbol, versions, live, [], appointed)
        return commit(pipeline, market, symbol, versions, live, shadows, appointed)

    monkeypatch.setattr("include.predict.commit", second)
    start, end = NOW - 29 * MINUTE, NOW - 28 * MINUTE
    predict(challenged, start, end)
    assert rows(challenged.warehouse, "SELECT count(*) FROM signals WHERE ts = %s", [start]) == [(2,)]
    assert rows(challenged.warehouse, "SELECT signals FROM signal_commits WHERE ts = %s", [start]) == [(2,)]


def test_no_challenger_answers_what_it_was_trained_on_or_before_its_time(challenged: Pipeline) -> None:
    """Appointed from the beginning of time, a model still answers only minutes after trained_to + horizon."""
    quiet = replace(challenged.settings, signals=replace(challenged.settings.signals, shadow="none"))
    train(replace(challenged, settings=quiet), as_of=NOW - 15 * MINUTE, horizons=[60])
    [(newest,)] = rows(challenged.warehouse, "SELECT max(model_id) FROM models WHERE horizon_minutes = 60")
    insert = (
        "INSERT INTO challengers (symbol, horizon_minutes, threshold, model_id, reason, appointed_by, effective_from) "
        "VALUES ('BTCUSDT', 60, 0.0075, %s, 'test', 'test', %s)"
    )
    execute(challenged, insert, [newest, FIRST])
    predict(challenged, NOW - 26 * MINUTE, NOW - 20 * MINUTE)
    assert [h for _, h, *_ in shadows(challenged, NOW - 26 * MINUTE, NOW - 20 * MINUTE)] == [15] * 6
    execute(challenged, insert, [newest - 1, NOW - 16 * MINUTE])
    predict(challenged, NOW - 17 * MINUTE, NOW - 12 * MINUTE)
    found = [ts for ts, h, *_ in shadows(challenged, NOW - 17 * MINUTE, NOW - 12 * MINUTE) if h == 60]
    assert found == [NOW - 14 * MINUTE, NOW - 13 * MINUTE], "a champion is no challenger of its own cell"


def test_the_console_names_and_ends_a_challenger(
    challenged: Pipeline, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """From the next minute on, for good; what was answered before has no shadow row later."""
    with served(market(), NOW + 3 * MINUTE) as url:
        later = replace(challenged, cortex=Cortex(url))
        [(logistic,)] = rows(challenged.warehouse, "SELECT model_id FROM models WHERE candidate = 'logistic'")
        predict(challenged, NOW - 5 * MINUTE, NOW - 4 * MINUTE)
        monkeypatch.setattr("include.cli.commands._pipeline", lambda args: challenged)
        assert main(["challenge", "--none", "--horizon", "15", "--threshold", "0.003", "--json"]) == 0
        ended = json.loads(capsys.readouterr().out)
        assert (ended["model_id"], ended["effective_from"]) == (None, (NOW + MINUTE).isoformat())
        ingest(later)
        predict(later, NOW, NOW + 2 * MINUTE)
        assert [ts for ts, h, *_ in shadows(challenged, NOW, NOW + 4 * MINUTE) if h == 15] == [NOW]
        monkeypatch.setattr("include.cli.commands._pipeline", lambda args: later)
        assert main(["challenge", str(logistic), "--reason", "once more"]) == 0
        assert f"Model {logistic} (logistic) runs in shadow" in capsys.readouterr().out
        predict(later, NOW + 2 * MINUTE, NOW + 4 * MINUTE)
        assert [ts for ts, h, *_ in shadows(challenged, NOW + MINUTE, NOW + 4 * MINUTE) if h == 15] == []
        assert main(["challenge"]) == 1
        assert main(["challenge", str(logistic), "--none"]) == 1


def test_who_may_not_challenge_is_told_why(challenged: Pipeline) -> None:
    """The champion itself, an unknown number, a cell that is not live, and one whose bytes are not its own."""
    [(champion,)] = rows(challenged.warehouse, "SELECT model_id FROM champions WHERE horizon_minutes = 15")
    with pytest.raises(NotReady, match="is the champion"):
        challenge(challenged, champion)
    with pytest.raises(NotReady, match="No model 999"):
        challenge(challenged, 999)
    with pytest.raises(SettingsError, match="No cell"):
        end_challenge(challenged, 17, Decimal("0.003"))
    [(logistic,)] = rows(challenged.warehouse, "SELECT model_id FROM models WHERE candidate = 'logistic'")
    one_cell = replace(challenged.settings, signals=replace(challenged.settings.signals, live=(OTHER,)))
    with pytest.raises(SettingsError, match="writes no signals"):
        challenge(replace(challenged, settings=one_cell), logistic)
    execute(challenged, "UPDATE models SET artifact = artifact || '\\x00'::bytea WHERE candidate = 'logistic'")
    before = rows(challenged.warehouse, "SELECT count(*) FROM challengers")
    with pytest.raises(ArtifactRefused):
        challenge(challenged, logistic)
    assert rows(challenged.warehouse, "SELECT count(*) FROM challengers") == before
