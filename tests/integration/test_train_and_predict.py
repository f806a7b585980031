"""features and labels → candidates → champion → signals: gate, registry, append-only answers, holes and late minutes."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from markets import FIRST, ChangeableMarket, Serve
from pipelines import make_pipeline, rows, small_settings

from include.cli.main import main
from include.cortex.minutes import MINUTE
from include.errors import NotReady, SettingsError
from include.ingest import backfill, ingest
from include.models.candidates import RECIPES
from include.pipeline import Pipeline
from include.predict import predict
from include.registry import run_id_of
from include.settings import Cell, Settings
from include.settle import settle
from include.train import train
from include.training import champion
from include.training.judged import Question
from include.warehouse.migrate import migrate

DAYS = 9
NOW = FIRST + timedelta(days=DAYS)
CELLS = (Cell(15, Decimal("0.003")), Cell(60, Decimal("0.0075")))
SIGNALS = "SELECT * FROM signals ORDER BY symbol, ts, horizon_minutes"


def settings() -> Settings:
    small = small_settings(candidates=("logistic",))
    return replace(
        small,
        ingest=replace(small.ingest, first_load=timedelta(days=DAYS)),
        signals=replace(small.signals, live=CELLS, catch_up=timedelta(hours=2)),
    )


@pytest.fixture
def market() -> ChangeableMarket:
    return ChangeableMarket(days=DAYS + 1, seed=5)


@pytest.fixture
def pipeline(market: ChangeableMarket, serve: Serve, new_database: str) -> Pipeline:
    made = make_pipeline(serve(market, NOW), new_database, settings())
    migrate(made.warehouse)
    ingest(made)
    return made


@pytest.fixture
def trained(pipeline: Pipeline) -> Pipeline:
    train(pipeline, as_of=NOW - timedelta(hours=1))
    return pipeline


def test_every_cell_has_a_champion_and_its_scores(pipeline: Pipeline) -> None:
    """On a market without an edge the volatility baseline reigns, and the refusals stand beside it with their numbers."""
    result = train(pipeline)
    assert [one.champion for one in result] == ["volatility_60m", "volatility_60m"]
    board = rows(
        pipeline.warehouse,
        "SELECT horizon_minutes, candidate, is_champion, log_loss_skill, rows, events FROM model_leaderboard",
    )
    assert {(h, c) for h, c, *_ in board} == {
        (h, c) for h in (15, 60) for c in ("class_prior", "always_sideways", "volatility_60m", "original", "logistic")
    }
    assert {(h, c) for h, c, champion, *_ in board if champion} == {(15, "volatility_60m"), (60, "volatility_60m")}
    assert all(abs(skill) < 1e-12 for _, c, _, skill, *_ in board if c == "class_prior")
    assert len({(h, n) for h, *_, n, _ in board}) == 2, "all recipes of a cell are judged on the same rows"
    refused = rows(
        pipeline.warehouse,
        "SELECT candidate, model_id, skill_margin IS NOT NULL, reason FROM promotions WHERE NOT is_accepted",
    )
    assert [(c, m, known) for c, m, known, _ in refused] == [("logistic", None, True)] * 2
    assert all(reason for *_, reason in refused)


def test_every_score_stands_beside_what_it_rests_on(pipeline: Pipeline) -> None:
    """Rows, events and baselines of the further scores; the first fold, which no rule decides; curves of pooled rows."""
    train(pipeline, horizons=[15])
    found = rows(
        pipeline.warehouse,
        """
        SELECT fold, e.rows, decided_rows, (mcc, recall_up, share_decided_up) IS NULL AS undecided,
            (mcc, recall_up, share_decided_up) IS NOT NULL AS judged,
            average_precision_lift_up > 0 AND precision_top_down BETWEEN 0 AND 1 AND share_up + share_down < 1
                AND brier BETWEEN 0 AND 2 AND brier_prior BETWEEN 0 AND 2 AS plausible,
            curves IS NOT NULL AS has_curves
        FROM model_evaluations AS e WHERE candidate = 'logistic' ORDER BY fold NULLS FIRST
        """,
    )
    (_, pooled, decided, *pooled_has), (_, first, none, *first_has), (_, second, all_, *second_has) = found
    assert (pooled, none, all_) == (first + second, 0, second)
    assert decided == second > 0
    assert (pooled_has, first_has, second_has) == (
        [False, True, True, True],
        [True, False, True, False],
        [False, True, True, False],
    )
    tables = rows(
        pipeline.warehouse,
        """
        SELECT e.rows, e.events, e.decided_rows,
            (SELECT sum((m ->> 'rows')::int) FROM jsonb_array_elements(curves -> 'months') AS m) AS of_months,
            (SELECT sum((m ->> 'events')::int) FROM jsonb_array_elements(curves -> 'months') AS m) AS begun,
            (SELECT sum((r ->> 'rows')::int) FROM jsonb_array_elements(curves -> 'regimes') AS r) AS of_regimes,
            (SELECT sum((b ->> 'rows')::int) FROM jsonb_array_elements(curves -> 'calibration_up') AS b) AS of_bins,
            (SELECT sum(n::int) FROM jsonb_array_elements(curves -> 'confusion') AS c, jsonb_array_elements_text(c) AS n) AS confused
        FROM model_evaluations AS e WHERE fold IS NULL
        """,
    )
    assert len(tables) == 5
    for minutes, events, ruled, *sums in tables:
        assert sums == [minutes, events, minutes, minutes, ruled]


def test_legacy_metrics_stand_beside_always_sideways(pipeline: Pipeline) -> None:
    """They stand together; every recipe of a cell has the same constant answer beside it."""
    train(pipeline, horizons=[15])
    [columns] = rows(
        pipeline.warehouse,
        "SELECT array_agg(attname::text ORDER BY attnum) FROM pg_attribute WHERE attrelid = 'model_leaderboard'::regclass AND attnum > 0",
    )
    legacy = [name for name in columns[0] if name.startswith("legacy_")]
    begin = columns[0].index(legacy[0])
    assert columns[0][begin : begin + len(legacy)] == legacy
    found = rows(
        pipeline.warehouse,
        """
        SELECT candidate, legacy_accuracy, legacy_sideways_accuracy, 1 - share_up - share_down AS share_sideways,
            legacy_sideways_balanced_score, legacy_directional_rows
        FROM model_leaderboard
        """,
    )
    assert len({(constant, balanced) for _, _, constant, _, balanced, _ in found}) == 1
    for candidate, accuracy, constant, sideways, balanced, directional in found:
        assert constant == pytest.approx(sideways)
        assert balanced == pytest.approx(0.5 * constant)
        assert candidate != "class_prior" or (accuracy, directional) == (constant, 0)


def test_every_candidate_is_trained_and_judged(pipeline: Pipeline) -> None:
    """All that the settings may name, on the same rows, with a verdict for each candidate and none for a baseline."""
    train(pipeline, horizons=[15], candidates=list(RECIPES))
    board = rows(pipeline.warehouse, "SELECT candidate, log_loss_skill, rows FROM model_leaderboard")
    assert sorted(candidate for candidate, *_ in board) == sorted(RECIPES)
    assert len({number for *_, number in board}) == 1
    assert all(np.isfinite(skill) for _, skill, _ in board)
    judged = rows(pipeline.warehouse, "SELECT candidate FROM promotions WHERE skill_margin IS NOT NULL")
    assert {candidate for (candidate,) in judged} == {name for name in RECIPES if not RECIPES[name].is_baseline}


def test_no_training_label_reaches_beyond_as_of(trained: Pipeline) -> None:
    """Every training label ends at or before as_of, and the champion answers only minutes after it."""
    found = rows(
        trained.warehouse, "SELECT trained_to + make_interval(mins => horizon_minutes) <= as_of, as_of FROM models"
    )
    assert found == [(True, NOW - timedelta(hours=1))] * 2
    effective = rows(trained.warehouse, "SELECT DISTINCT effective_from FROM promotions WHERE is_accepted")
    assert effective == [(NOW - timedelta(hours=1) + MINUTE,)]


def test_training_as_of_the_past_does_not_see_what_came_later(pipeline: Pipeline) -> None:
    """Everything after as_of changed, the same training finds the same scores and the same data."""
    query = "SELECT snapshot_hash, decision::text FROM models ORDER BY model_id"
    as_of = NOW - timedelta(days=1)
    train(pipeline, as_of=as_of)
    with pipeline.warehouse.transaction() as connection:
        connection.execute("UPDATE minute_metrics SET last_price = last_price * 2 WHERE ts > %s", [as_of])
    train(pipeline, as_of=as_of)
    found = rows(pipeline.warehouse, query)
    assert found[:2] == found[2:]


def test_a_killed_or_failed_training_leaves_the_champion(trained: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    """A crash in the second cell leaves its champion, and no half-written run."""
    before = rows(trained.warehouse, "SELECT * FROM champions WHERE horizon_minutes = 60")

    def killed(model: object) -> None:
        raise RuntimeError("killed")

    monkeypatch.setattr("include.training.champion.dump", killed)
    with pytest.raises(RuntimeError, match=r"killed"):
        train(trained, horizons=[60])
    assert rows(trained.warehouse, "SELECT * FROM champions WHERE horizon_minutes = 60") == before
    assert rows(trained.warehouse, "SELECT count(DISTINCT (run_id, horizon_minutes)) FROM model_evaluations") == [(2,)]


def test_a_retry_of_a_run_repeats_only_what_is_missing(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a crash in the second cell the first is told from the registry, and only the second is trained."""
    fit_model = champion.fit_model

    def killed(question: Question, *rest: Any) -> dict[str, Any]:
        if question.horizon_minutes == 60:
            raise RuntimeError("killed")
        return fit_model(question, *rest)

    with monkeypatch.context() as patched:
        patched.setattr("include.train.fit_model", killed)
        with pytest.raises(RuntimeError, match=r"killed"):
            train(pipeline, run="weekly 1")
    assert rows(pipeline.warehouse, "SELECT horizon_minutes FROM models") == [(15,)]
    query = "SELECT model_id, horizon_minutes, artifact_sha256 FROM models ORDER BY model_id"
    said: list[tuple[int, int, str]] = []
    first = train(pipeline, run="weekly 1", progress=lambda *step: said.append(step))
    assert [horizon for _, horizon, _ in rows(pipeline.warehouse, query)] == [15, 60]
    assert said[0] == (0, 10, "BTCUSDT 15 min ±0.3 % is recorded")
    assert said[-1] == (10, 10, "done")
    before = rows(pipeline.warehouse, query)
    assert train(pipeline, run="weekly 1") == first, "again, the same answer and nothing new"
    assert rows(pipeline.warehouse, query) == before
    train(pipeline, run="weekly 2")
    assert len(rows(pipeline.warehouse, query)) == 4


def test_the_console_trains_by_run(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As the DAG's tasks call it: a named run is recorded under its name; one without is checked for overfitting at once."""
    monkeypatch.setattr("include.cli.commands._pipeline", lambda args: pipeline)
    arguments = ["train", "--horizon", "15", "--candidate", "logistic", "--json"]
    assert main([*arguments, "--run", "scheduled__1"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert [(one["champion"], one["kind"]) for one in said] == [("volatility_60m", "baseline")]
    assert rows(pipeline.warehouse, "SELECT count(*) FROM overfitting_checks") == [(0,)]
    assert main([*arguments, "--run", "scheduled__1"]) == 0
    assert json.loads(capsys.readouterr().out) == said
    assert main([*arguments, "--jobs", "2", "--trials", "3"]) == 0
    runs = rows(pipeline.warehouse, "SELECT DISTINCT run_id FROM model_evaluations")
    assert (run_id_of("scheduled__1"),) in runs
    [(checked,)] = rows(pipeline.warehouse, "SELECT run_id FROM overfitting_checks")
    assert {checked, run_id_of("scheduled__1")} == {run for (run,) in runs}


def test_the_same_training_gives_the_same_bytes(pipeline: Pipeline) -> None:
    """Whole or one horizon at a time, one core or two: one hash of what it rested on and one of the model a cell."""
    as_of = NOW - timedelta(hours=3)
    query = "SELECT DISTINCT horizon_minutes, snapshot_hash, artifact_sha256, decision::text FROM models ORDER BY 1"
    train(pipeline, as_of=as_of, candidates=["lightgbm_tuned"], tuning_trials=2)
    train(pipeline, as_of=as_of, candidates=["lightgbm_tuned"], tuning_trials=2, jobs=2)
    train(pipeline, as_of=as_of, candidates=["logistic"], horizons=[60])
    found = rows(pipeline.warehouse, query)
    assert [horizon for horizon, *_ in found] == [15, 60]


def test_every_settled_minute_is_answered_once(trained: Pipeline) -> None:
    """A row a cell and minute, complete and consistent; again, not one more."""
    done = predict(trained)
    assert (done.scored, done.abstained) == (2 * 60, 0)
    before = rows(trained.warehouse, SIGNALS)
    assert predict(trained).scored == 0
    assert rows(trained.warehouse, SIGNALS) == before
    consistent = rows(
        trained.warehouse,
        """
        SELECT bool_and(abs(p_down + p_sideways + p_up - 1) < 1e-12
            AND confidence = CASE prediction WHEN 'UP' THEN p_up WHEN 'DOWN' THEN p_down ELSE p_sideways END
            AND side = 'HOLD' AND reason IS NOT NULL AND stop_loss_price IS NULL AND is_simulated
            AND cutoff_at = s.ts AND executable_at >= decided_at
            AND abs(latency_seconds - extract(epoch FROM decided_at - s.ts)) < 1e-6
            AND reference_price = m.last_price AND s.ts > d.trained_to + make_interval(mins => s.horizon_minutes))
        FROM signals s JOIN minute_metrics m USING (symbol, ts) JOIN models d USING (model_id)
        """,
    )
    assert consistent == [(True,)]


def test_a_signal_rests_on_the_features_of_its_minute(trained: Pipeline) -> None:
    """signal_inputs holds the view's values as float32, and the signal names their hash."""
    predict(trained, NOW, NOW + MINUTE)
    [(columns,)] = rows(trained.warehouse, "SELECT columns FROM feature_versions")
    [(values,)] = rows(trained.warehouse, 'SELECT "values" FROM signal_inputs')
    [viewed] = rows(trained.warehouse, f"SELECT {', '.join(columns)} FROM minute_features WHERE ts = %s", [NOW])
    assert np.array_equal(np.array(values, dtype=np.float32), np.array(viewed, dtype=np.float32))
    joined = rows(trained.warehouse, "SELECT count(*) FROM signals JOIN signal_inputs USING (symbol, ts, inputs_hash)")
    assert joined == [(2,)]


def test_a_minute_alone_and_in_a_span_is_answered_alike(trained: Pipeline) -> None:
    """Scoring is row by row: one minute asked for by itself has the bits it has in an hour."""
    query = "SELECT p_down, p_sideways, p_up, expected_edge_bps, inputs_hash FROM signals WHERE ts = %s ORDER BY horizon_minutes"
    ts = NOW - 20 * MINUTE
    predict(trained, ts, ts + MINUTE)
    alone = rows(trained.warehouse, query, [ts])
    with trained.warehouse.transaction() as connection:
        connection.execute("ALTER TABLE signals DISABLE TRIGGER USER")
        connection.execute("DELETE FROM signals")
        connection.execute("ALTER TABLE signals ENABLE TRIGGER USER")
    predict(trained)
    assert rows(trained.warehouse, query, [ts]) == alone


def test_missing_inputs_are_answered_with_abstain_and_the_reason(market: ChangeableMarket, trained: Pipeline) -> None:
    """A minute without a sample, and the minutes whose look-back covers it, are not guessed."""
    hole = NOW - 30 * MINUTE
    with trained.warehouse.transaction() as connection:
        connection.execute("DELETE FROM minute_metrics WHERE ts = %s", [hole])
    done = predict(trained)
    assert (done.abstained, done.waiting) == (2 * 30, 2), "the newest minute may still get its inputs"
    found = rows(
        trained.warehouse,
        "SELECT ts, reason, p_up, model_id, inputs_hash FROM signals WHERE side = 'ABSTAIN' AND horizon_minutes = 15 ORDER BY ts",
    )
    assert found[0] == (hole, "the source has no sample of this minute", None, None, None)
    assert found[1][1].startswith("realised_volatility_60m cannot be computed")
    assert found[-1][0] == NOW - MINUTE


def test_an_answered_minute_stays_answered(trained: Pipeline) -> None:
    """A minute that was abstained from is not scored when its sample comes later."""
    with trained.warehouse.transaction() as connection:
        connection.execute("DELETE FROM minute_metrics WHERE ts = %s", [NOW])
        connection.execute("UPDATE minute_metrics SET last_price = last_price WHERE ts = %s", [NOW])
    at_the_deadline = replace(
        trained,
        settings=replace(trained.settings, lab_clock=replace(trained.settings.lab_clock, settle_deadline=timedelta(0))),
    )
    predict(at_the_deadline, NOW, NOW + MINUTE)
    before = rows(trained.warehouse, SIGNALS)
    assert [row[14] for row in before] == ["ABSTAIN", "ABSTAIN"]
    ingest(trained)
    predict(trained)
    assert rows(trained.warehouse, "SELECT count(*) FROM signals WHERE ts = %s", [NOW]) == [(2,)]
    assert [row for row in rows(trained.warehouse, SIGNALS) if row[2] == NOW] == before


def test_a_minute_whose_inputs_may_still_arrive_waits(trained: Pipeline) -> None:
    """Before the deadline a minute that lacks what its champions look at is left unanswered."""
    with trained.warehouse.transaction() as connection:
        connection.execute("UPDATE minute_metrics SET last_price = NULL WHERE ts = %s", [NOW])
    assert predict(trained, NOW, NOW + MINUTE).waiting == 2


def test_what_a_champion_does_not_look_at_holds_nothing_up(trained: Pipeline) -> None:
    """The volatility baseline answers without slopes and volume, and what was unknown is stored as unknown."""
    with trained.warehouse.transaction() as connection:
        connection.execute("UPDATE minute_metrics SET price_deriv_1h = NULL, volume_24h = NULL WHERE ts = %s", [NOW])
    assert predict(trained, NOW, NOW + MINUTE).scored == 2
    [(columns, found)] = rows(
        trained.warehouse, 'SELECT columns, "values" FROM signal_inputs JOIN feature_versions USING (feature_version)'
    )
    inputs = dict(zip(columns, found, strict=True))
    assert inputs["slope_60m"] is None
    assert inputs["volume_change_5m"] is None
    assert inputs["realised_volatility_60m"] > 0


def test_a_minute_that_was_never_asked_for_is_not_called_missing(trained: Pipeline, market: ChangeableMarket) -> None:
    """While the ingest is down no minute is abstained from: it is answered, late, once it was asked for."""
    with trained.warehouse.transaction() as connection:
        connection.execute("DELETE FROM minute_metrics WHERE ts > %s", [NOW - 5 * MINUTE])
        connection.execute("DELETE FROM ingest_windows")
    done = predict(trained)
    assert (done.abstained, done.waiting) == (0, 2 * 5)
    ingest(trained)
    assert predict(trained).scored == 2 * 5


def test_minutes_answered_after_an_outage_are_late_and_not_live(trained: Pipeline) -> None:
    """What was decided long after its minute is marked, and signals_live leaves it out."""
    predict(trained)
    late, live = rows(
        trained.warehouse,
        "SELECT count(*) FILTER (WHERE is_late), count(*) FILTER (WHERE NOT is_late) AS live FROM signals",
    )[0]
    assert (late, live) == (2 * 59, 2)  # decided some moments after NOW: the minute before is a little over 60 s old
    assert rows(trained.warehouse, "SELECT count(*) FROM signals_live") == [(live,)]
    assert rows(trained.warehouse, "SELECT count(*) FROM signals_latest") == [(2,)]


def test_no_model_answers_what_it_was_trained_on(trained: Pipeline) -> None:
    """A span before the first champion's reign is left unanswered and said so."""
    done = predict(trained, FIRST + timedelta(days=5), FIRST + timedelta(days=5, hours=1))
    assert (done.scored, done.abstained) == (0, 0)
    assert rows(trained.warehouse, "SELECT count(*) FROM signals") == [(0,)]


def test_each_minute_is_answered_by_the_champion_that_reigned_then(trained: Pipeline) -> None:
    """A newer champion answers only what comes after its reign began."""
    turn = NOW - 30 * MINUTE
    train(trained, as_of=turn)
    predict(trained)
    found = rows(
        trained.warehouse,
        "SELECT model_id, min(ts), max(ts) FROM signals WHERE horizon_minutes = 15 GROUP BY 1 ORDER BY 1",
    )
    assert [(first, last) for _, first, last in found] == [(NOW - 59 * MINUTE, turn), (turn + MINUTE, NOW)]


def test_a_tampered_artifact_abstains(trained: Pipeline) -> None:
    """Bytes that do not have the registered hash are never read."""
    with trained.warehouse.transaction() as connection:
        connection.execute("UPDATE models SET artifact = artifact || '\\x00'::bytea")
    predict(trained, NOW, NOW + MINUTE)
    answers = rows(trained.warehouse, "SELECT side, reason FROM signals")
    assert [side for side, _ in answers] == ["ABSTAIN", "ABSTAIN"]
    assert all("changed after training" in reason for _, reason in answers)


def test_outcomes_are_what_the_price_did(trained: Pipeline, market: ChangeableMarket) -> None:
    """Return and class at the horizon by time; NULL where the future is not there yet; net return only for trades."""
    predict(trained)
    settle(trained)
    found = rows(
        trained.warehouse,
        "SELECT ts, forward_return, outcome, prediction_correct, hit, net_return FROM signal_outcomes WHERE horizon_minutes = 15",
    )
    for ts, forward, outcome, correct, hit, net in found:
        position = market.position(ts)
        assert (hit, net) == (None, None)
        if ts + timedelta(minutes=15) > NOW:
            assert (forward, outcome, correct) == (None, None, None)
        else:
            expected = market.last_price[position + 15] / market.last_price[position] - 1
            assert forward == pytest.approx(expected, abs=1e-12)
            assert outcome == ("UP" if expected > 0.003 else "DOWN" if expected < -0.003 else "SIDEWAYS")


def test_too_little_history_is_one_sentence(market: ChangeableMarket, serve: Serve, new_database: str) -> None:
    """The sentence says how much there is, how much is needed, and what to run; nothing is registered."""
    pipeline = make_pipeline(serve(market, NOW), new_database, settings())
    migrate(pipeline.warehouse)
    with pytest.raises(NotReady, match=r"backfill"):
        train(pipeline)
    backfill(pipeline, NOW - timedelta(days=3), NOW)
    with pytest.raises(NotReady, match=r"backfill --from.*training.min_train_days"):
        train(pipeline)
    with pytest.raises(NotReady, match=r"cortex-signals train"):
        predict(pipeline)
    assert rows(pipeline.warehouse, "SELECT count(*) FROM models") == [(0,)]


def test_an_unknown_candidate_is_named(pipeline: Pipeline) -> None:
    """What is not registered is refused before any work."""
    with pytest.raises(SettingsError, match=r"astrology"):
        train(pipeline, candidates=["astrology"])
