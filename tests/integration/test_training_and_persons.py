"""What a training may change of who reigns: not what a person decided, not the past, and nothing that it did not see."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from threading import Thread
from typing import Any

import pytest
from markets import FIRST, ChangeableMarket, Serve
from pipelines import make_pipeline, rows, small_settings

from include.cortex.minutes import MINUTE
from include.errors import ChampionChanged, NotReady
from include.ingest import ingest
from include.pipeline import Pipeline
from include.registry import approve, proposals, rollback
from include.settings import Cell, Symbol
from include.train import train
from include.training import champion
from include.training.judged import Question
from include.warehouse.migrate import migrate

DAYS = 9
NOW = FIRST + timedelta(days=DAYS)
CELL = Cell(15, Decimal("0.003"))
KINDS = (
    "SELECT candidate, kind, is_accepted FROM promotions WHERE kind NOT IN ('refused', 'too_few') ORDER BY promotion_id"
)


@pytest.fixture
def pipeline(serve: Serve, new_database: str, monkeypatch: pytest.MonkeyPatch) -> Pipeline:
    """Nine days, one cell, and a gate whose limits let the logistic regression through: what is tried is what comes after."""
    small = small_settings(
        candidates=("logistic",), min_events=0, min_event_days=0, max_skill_margin=9.0, max_calibration_error=1.0
    )
    settings = replace(
        small,
        ingest=replace(small.ingest, first_load=timedelta(days=DAYS)),
        signals=replace(small.signals, live=(CELL,), catch_up=timedelta(hours=2)),
    )
    for objection in ("_no_better", "_no_better_than_prior", "_worse"):
        monkeypatch.setattr(f"include.evaluation.gate.{objection}", lambda *_: None)
    made = make_pipeline(serve(ChangeableMarket(days=DAYS + 1, seed=5), NOW), new_database, settings)
    migrate(made.warehouse)
    ingest(made)
    return made


def baselines_alone(pipeline: Pipeline) -> Pipeline:
    training = replace(pipeline.settings.training, candidates=())
    return replace(pipeline, settings=replace(pipeline.settings, training=training))


def reigning(pipeline: Pipeline) -> list[tuple[Any, ...]]:
    return rows(pipeline.warehouse, "SELECT model_id, candidate FROM champions")


def test_a_recipe_is_promoted_once_and_then_refreshed(pipeline: Pipeline) -> None:
    """The reigning recipe is refitted beside the candidates, also where it is none of them any more."""
    assert [one.kind for one in train(pipeline, as_of=NOW - timedelta(hours=2))] == ["promoted"]
    assert [one.kind for one in train(baselines_alone(pipeline), as_of=NOW - timedelta(hours=1))] == ["refreshed"]
    assert rows(pipeline.warehouse, KINDS) == [("logistic", "promoted", True), ("logistic", "refreshed", True)]
    assert rows(pipeline.warehouse, "SELECT count(*) FROM models WHERE candidate = 'logistic'") == [(2,)]


def test_a_rollback_holds_until_a_person_approves(pipeline: Pipeline) -> None:
    """What the next training would promote waits as a proposal that names the rollback; approved, trainings appoint again."""
    train(baselines_alone(pipeline), as_of=NOW - timedelta(hours=2))
    train(pipeline, as_of=NOW - timedelta(hours=1))
    rollback(pipeline, 15, CELL.threshold, reason="misbehaves live")
    before = reigning(pipeline)
    [kept] = train(pipeline)
    assert (kept.kind, kept.champion, kept.model_id) == ("kept", "volatility_60m", before[0][0])
    assert "A person rolled back" in kept.reason
    assert reigning(pipeline) == before
    [waiting] = proposals(pipeline)
    assert waiting.candidate == "logistic"
    assert waiting.reason.startswith("A person rolled back")
    assert [one.kind for one in train(pipeline, run="again")] == ["kept"]
    assert [one.kind for one in train(pipeline, run="again")] == ["kept"], "recorded, so not trained again"
    approve(pipeline, proposals(pipeline)[-1].proposal_id)
    assert reigning(pipeline)[0][1] == "logistic"


def test_a_rollback_during_a_training_is_not_overridden(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    """The training compared with a champion that is none any more: it writes nothing and says what to do."""
    train(baselines_alone(pipeline), as_of=NOW - timedelta(hours=2))
    train(pipeline, as_of=NOW - timedelta(hours=1))
    fit_model = champion.fit_model

    def meanwhile(question: Question, *rest: Any) -> dict[str, Any]:
        rollback(pipeline, 15, CELL.threshold)
        return fit_model(question, *rest)

    with monkeypatch.context() as patched:
        patched.setattr("include.train.fit_model", meanwhile)
        with pytest.raises(ChampionChanged, match=r"nothing of the cell was written"):
            train(pipeline, run="weekly")
    assert reigning(pipeline)[0][1] == "volatility_60m"
    assert [one.kind for one in train(pipeline, run="weekly")] == ["kept"]


def test_a_training_of_the_past_does_not_change_who_reigned(pipeline: Pipeline) -> None:
    """It is scored and recorded; the minutes after it keep the champion that they had, and no proposal is closed."""
    train(pipeline, as_of=NOW - timedelta(hours=2))
    train(pipeline, as_of=NOW)
    query = "SELECT model_id FROM champions_at(%s)"
    instants = [NOW - timedelta(hours=1), NOW + MINUTE]
    before = [rows(pipeline.warehouse, query, [at]) for at in instants]
    [one] = train(pipeline, as_of=NOW - timedelta(hours=3))
    assert (one.kind, "does not change who reigned" in one.reason) == ("kept", True)
    assert [rows(pipeline.warehouse, query, [at]) for at in instants] == before
    assert rows(pipeline.warehouse, "SELECT count(DISTINCT run_id) FROM model_evaluations") == [(3,)]


def test_the_same_run_at_once_is_recorded_once(pipeline: Pipeline) -> None:
    """A retry beside a process that was thought dead: one of the two writes, the other tells what it wrote or is told to retry."""
    said: list[Any] = []

    def training() -> None:
        try:
            said.append(train(pipeline, run="weekly")[0].model_id)
        except ChampionChanged as error:
            said.append(error)

    both = [Thread(target=training) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert said == [1, 1]
    assert rows(pipeline.warehouse, "SELECT count(*) FROM models") == [(1,)]
    assert rows(pipeline.warehouse, "SELECT candidate FROM model_leaderboard GROUP BY 1 HAVING count(*) > 1") == []


def test_a_symbol_without_minutes_does_not_hold_up_the_others(pipeline: Pipeline) -> None:
    """They are trained; the error at the end names it."""
    symbols = (Symbol("NEW", "symbol", "NEWUSDT"), *pipeline.settings.symbols)
    with pytest.raises(NotReady, match="No minute of NEW"):
        train(replace(pipeline, settings=replace(pipeline.settings, symbols=symbols)))
    assert len(reigning(pipeline)) == 1


def test_a_recipe_that_the_code_lost_reigns_on(pipeline: Pipeline) -> None:
    """It cannot be refitted and compared, so nobody takes its place without a person; the sentence names it."""
    train(pipeline, as_of=NOW - timedelta(hours=1))
    with pipeline.warehouse.transaction() as connection:
        connection.execute("UPDATE models SET candidate = 'crystal_ball' WHERE candidate = 'logistic'")
        connection.execute("UPDATE promotions SET candidate = 'crystal_ball' WHERE candidate = 'logistic'")
    [one] = train(pipeline)
    assert (one.kind, one.champion) == ("kept", "crystal_ball")
    assert "crystal_ball cannot be refitted" in one.reason


def test_with_approval_the_baseline_s_reason_is_true(pipeline: Pipeline) -> None:
    """A recipe passed and waits: the champion's reason does not say that none did."""
    asking = replace(pipeline.settings, training=replace(pipeline.settings.training, approval=True))
    [one] = train(replace(pipeline, settings=asking))
    assert (one.kind, one.champion) == ("baseline", "volatility_60m")
    assert one.reason.startswith("logistic passed the gate and waits for a person")
    assert [waiting.candidate for waiting in proposals(pipeline)] == ["logistic"]


def test_the_first_cell_is_judged_as_if_all_had_been_tried(pipeline: Pipeline) -> None:
    """The trials of the deflated Sharpe ratio are those that the training makes in all, whichever cell comes first."""
    free = replace(pipeline.settings, signals=replace(pipeline.settings.signals, cost_bps_per_side=0.0))
    train(replace(pipeline, settings=free), thresholds=[Decimal("0.003"), Decimal("0.005")], horizons=[15])
    found = rows(pipeline.warehouse, "SELECT DISTINCT trials FROM model_evaluations WHERE trials IS NOT NULL")
    # the one candidate in two thresholds of each of the six horizons
    assert found == [(2 * 6,)]
