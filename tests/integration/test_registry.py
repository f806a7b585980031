"""A person's hand on the registry: back to an earlier champion, answers to proposals, and who reigned when."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from markets import FIRST, ChangeableMarket, Serve, served
from pipelines import make_pipeline, rows, small_settings

from include.cli.main import main
from include.deployment import deployment
from include.errors import CortexSignalsError, NotReady, SettingsError
from include.ingest import ingest
from include.launcher.postgres import EmbeddedPostgres
from include.models.artifacts import ArtifactRefused
from include.orchestration.training import DECLINE, LATER, PROMOTE, answer_proposal, plan_training, questions
from include.pipeline import Pipeline
from include.predict import predict
from include.registry import approve, decline, proposals, rollback, run_id_of
from include.scoring.commit import commit
from include.settings import Cell, Settings
from include.train import train
from include.warehouse.migrate import migrate
from tests.integration.conftest import OWNER, PASSWORD, database

MINUTE = timedelta(minutes=1)
DAYS = 9
NOW = FIRST + timedelta(days=DAYS)
HELD = NOW + timedelta(minutes=3)  # the market has some minutes after the rollback
CELL = Cell(15, Decimal("0.003"))
OTHER = Cell(60, Decimal("0.0075"))
BTC = "BTCUSDT"
RUN = "manual__2026-03-10"


def settings() -> Settings:
    small = small_settings(candidates=())
    return replace(
        small,
        ingest=replace(small.ingest, first_load=timedelta(days=DAYS)),
        signals=replace(small.signals, live=(CELL, OTHER), catch_up=timedelta(hours=2)),
    )


def market() -> ChangeableMarket:
    return ChangeableMarket(days=DAYS + 1, seed=5)


@pytest.fixture(scope="module")
def reigned(postgres: EmbeddedPostgres) -> Iterator[Pipeline]:
    """Three champions of each cell, the newest since ten minutes ago; nothing is answered yet."""
    with served(market(), NOW) as url, database(postgres) as dsn:
        made = make_pipeline(url, dsn, settings())
        migrate(made.warehouse)
        ingest(made)
        for before in (timedelta(hours=3), timedelta(hours=2), 10 * MINUTE):
            train(made, as_of=NOW - before)
        yield made


@pytest.fixture
def pipeline(reigned: Pipeline, postgres: EmbeddedPostgres) -> Iterator[Pipeline]:
    """That warehouse, a copy for each test."""
    name = f"copy_{uuid4().hex}"
    template = reigned.warehouse.dsn.rpartition("/")[2].partition("?")[0]
    with postgres.connect() as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" OWNER "{OWNER}"')
    yield make_pipeline(reigned.cortex.url, postgres.dsn(name, OWNER, PASSWORD), settings())
    postgres.drop_database(name)


@pytest.fixture
def later(pipeline: Pipeline, serve: Serve) -> Pipeline:
    """The same warehouse three minutes later."""
    return replace(pipeline, cortex=replace(pipeline.cortex, url=serve(market(), HELD)))


def champion(pipeline: Pipeline, cell: Cell = CELL) -> tuple[int, datetime]:
    [found] = rows(
        pipeline.warehouse,
        "SELECT model_id, effective_from FROM champions WHERE horizon_minutes = %s",
        [cell.horizon_minutes],
    )
    return found  # type: ignore[return-value]


def champions_of(pipeline: Pipeline, cell: Cell = CELL) -> list[int]:
    """Numbers of the models of the cell, oldest first."""
    found = rows(
        pipeline.warehouse,
        "SELECT model_id FROM models WHERE horizon_minutes = %s AND symbol = %s ORDER BY model_id",
        [cell.horizon_minutes, BTC],
    )
    return [number for (number,) in found]


def back(pipeline: Pipeline, **given: Any) -> Any:
    return rollback(pipeline, CELL.horizon_minutes, CELL.threshold, **given)


def register_like(pipeline: Pipeline, model_id: int, **changes: Any) -> int:
    """One more model with that one's bytes; its number."""
    columns = (
        "candidate, is_baseline, symbol, horizon_minutes, threshold, trained_from, trained_to, as_of, snapshot_hash, feature_version,"
        " feature_hash, feature_columns, code_revision, parameters, decision, artifact, artifact_format, artifact_sha256"
    )
    chosen = ", ".join(
        f"%({name.strip()})s" if name.strip() in changes else name.strip() for name in columns.split(",")
    )
    [(number,)] = rows(
        pipeline.warehouse,
        f"INSERT INTO models ({columns}) SELECT {chosen} FROM models WHERE model_id = %(like)s RETURNING model_id",
        {**changes, "like": model_id},
    )
    return int(number)


def propose(pipeline: Pipeline, run: str = RUN, cell: Cell = CELL) -> int:
    """A row of promotions as a training writes it for a new recipe that passed; its number."""
    model = register_like(pipeline, champions_of(pipeline, cell)[-1], candidate="logistic")
    [(number,)] = rows(
        pipeline.warehouse,
        """
        INSERT INTO promotions (run_id, symbol, horizon_minutes, threshold, candidate, model_id, is_accepted, reason, skill_margin,
            decided_by, effective_from, kind, may_trade, trade_reason)
        VALUES (%s, %s, %s, %s, 'logistic', %s, FALSE, 'Skill +.030 over the volatility baseline.', .03,
            session_user, %s, 'proposed', FALSE, 'Deflated Sharpe .40, under .95.')
        RETURNING promotion_id
        """,
        [run_id_of(run), BTC, cell.horizon_minutes, cell.threshold, model, NOW],
    )
    return int(number)


def history(pipeline: Pipeline) -> list[tuple[Any, ...]]:
    return rows(pipeline.warehouse, "SELECT * FROM promotions ORDER BY promotion_id")


def test_a_rollback_holds_from_the_next_minute_on(pipeline: Pipeline, later: Pipeline) -> None:
    """The minute of now is answered by the champion that was, the next one by the one before; the other cell by its own."""
    *_, before, present = champions_of(pipeline)
    done = back(pipeline, reason="It trades on noise.")
    assert (done.model_id, done.effective_from, champion(pipeline)) == (before, NOW + MINUTE, (before, NOW + MINUTE))
    ingest(later)
    predict(later)
    answered = rows(
        later.warehouse,
        "SELECT model_id FROM signals WHERE ts BETWEEN %s AND %s AND horizon_minutes = 15 ORDER BY ts",
        [NOW - MINUTE, HELD],
    )
    assert [number for (number,) in answered] == [present, present, before, before, before]
    others = rows(
        later.warehouse, "SELECT DISTINCT model_id FROM signals WHERE ts > %s AND horizon_minutes = 60", [NOW]
    )
    assert others == [(champions_of(later, OTHER)[-1],)]


def test_a_rollback_is_one_more_row(pipeline: Pipeline) -> None:
    """It says who, from which to which, and why; what was decided before stays as it was."""
    *_, before, present = champions_of(pipeline)
    was = history(pipeline)
    back(pipeline, reason="It trades on noise.")
    assert history(pipeline)[:-1] == was
    [row] = rows(
        pipeline.warehouse,
        "SELECT kind, is_accepted, model_id, decided_by = session_user, answers_to, reason FROM promotions ORDER BY promotion_id DESC LIMIT 1",
    )
    assert row[:5] == ("rolled_back", True, before, True, None)
    assert f"from model {present} (volatility_60m) to model {before} (volatility_60m). It trades on noise." in row[5]


def test_back_and_back_again_goes_further_back(pipeline: Pipeline, later: Pipeline) -> None:
    """Not to the one that was just rolled back from; that one reigns again where it is named."""
    first, second, third = champions_of(pipeline)
    assert back(pipeline).model_id == second
    with pytest.raises(NotReady, match=r"rolled back a moment ago, to model"):
        back(pipeline)
    assert back(later).model_id == first
    assert back(later, to=third).model_id == third
    assert champion(pipeline) == (third, HELD + MINUTE)


def test_there_is_nothing_before_the_first_champion(pipeline: Pipeline) -> None:
    """A rollback to the first, and one more: refused, and nothing is written."""
    first, *_ = champions_of(pipeline)
    back(pipeline, to=first)
    with pipeline.warehouse.transaction() as connection:
        connection.execute("UPDATE promotions SET effective_from = %s WHERE kind = 'rolled_back'", [NOW])
    was = history(pipeline)
    with pytest.raises(NotReady, match=rf"no earlier champion than model {first} "):
        back(pipeline)
    assert history(pipeline) == was


def lost_view(pipeline: Pipeline) -> None:
    with pipeline.warehouse.transaction() as connection:
        connection.execute("ALTER VIEW minute_features_v1 RENAME TO gone")


def lost_artifact(pipeline: Pipeline) -> None:
    with pipeline.warehouse.transaction() as connection:
        connection.execute("UPDATE models SET artifact = NULL, artifact_collected_at = now()")


def changed_artifact(pipeline: Pipeline) -> None:
    with pipeline.warehouse.transaction() as connection:
        connection.execute("UPDATE models SET artifact = artifact || '\\x00'::bytea")


@pytest.mark.parametrize(
    ("spoil", "error", "said"),
    [
        (lost_view, NotReady, "the view of the features that it was trained on"),
        (lost_artifact, NotReady, "were collected at .* its scores are kept"),
        (changed_artifact, ArtifactRefused, "changed after training"),
    ],
)
def test_a_model_that_cannot_answer_does_not_reign(
    pipeline: Pipeline, spoil: Callable[[Pipeline], None], error: type[CortexSignalsError], said: str
) -> None:
    """By a rollback or by an approval: its artifact must be kept, whole, and the view of its features be there."""
    number = propose(pipeline)
    spoil(pipeline)
    was = history(pipeline)
    with pytest.raises(error, match=said):
        back(pipeline)
    with pytest.raises(error, match=said):
        approve(pipeline, number)
    assert history(pipeline) == was


def test_what_may_not_reign_in_a_cell_is_refused_in_a_sentence(pipeline: Pipeline) -> None:
    """An unknown cell, symbol or model, another cell's or symbol's, the reigning one, and one that never reigned."""
    *_, present = champions_of(pipeline)
    another = register_like(pipeline, present, symbol="ETHUSDT")
    new = register_like(pipeline, present, candidate="logistic")
    was = history(pipeline)
    for given, said in (
        ({"to": 999}, r"No model 999 is registered"),
        ({"to": champions_of(pipeline, OTHER)[0]}, r"is of BTCUSDT 60 min ±0.75 %, not of BTCUSDT 15 min ±0.3 %"),
        ({"to": another}, r"is of ETHUSDT 15 min"),
        ({"to": present}, r"reigns in BTCUSDT 15 min ±0.3 % already, since 2026-03-09 23:51"),
        ({"to": new}, r"has never reigned in BTCUSDT 15 min ±0.3 %.*earlier champions: 1, 3\."),
    ):
        with pytest.raises(NotReady, match=said):
            back(pipeline, **given)
    with pytest.raises(SettingsError, match=r"No cell of the settings"):
        rollback(pipeline, 20, CELL.threshold)
    with pytest.raises(NotReady, match=r"has had no champion yet"):
        rollback(pipeline, 240, CELL.threshold)
    with pytest.raises(SettingsError, match=r"DOGE"):
        back(pipeline, symbol="DOGE")
    assert history(pipeline) == was


def test_several_symbols_want_one_named(pipeline: Pipeline) -> None:
    """Which cell is meant is not guessed."""
    [symbol] = pipeline.settings.symbols
    two = replace(pipeline, settings=replace(pipeline.settings, symbols=(symbol, replace(symbol, name="ETHUSDT"))))
    with pytest.raises(SettingsError, match=r"--symbol which one: BTCUSDT, ETHUSDT"):
        back(two)
    assert back(two, symbol=BTC).symbol == BTC


def test_a_pooled_model_may_reign_again(pipeline: Pipeline) -> None:
    """A model of all symbols together is as good as the symbol's own."""
    first, *_ = champions_of(pipeline)
    with pipeline.warehouse.transaction() as connection:
        connection.execute("UPDATE models SET symbol = '*' WHERE model_id = %s", [first])
    assert back(pipeline, to=first).model_id == first


def test_a_clock_that_went_back_is_said(pipeline: Pipeline, serve: Serve) -> None:
    """A rollback that a later reign would undo at once is refused."""
    earlier = serve(market(), NOW - timedelta(hours=1))
    was = replace(pipeline, cortex=replace(pipeline.cortex, url=earlier))
    with pytest.raises(NotReady, match=r"only from 2026-03-09 23:51 UTC on, and it is 2026-03-09 23:00 UTC"):
        back(was)


def test_the_champion_at_any_time_is_one_query(pipeline: Pipeline) -> None:
    """None before the first reign; each at its first minute; what was appointed for the next minute not yet."""
    first, second, third = champions_of(pipeline)
    back(pipeline)
    starts = [NOW - timedelta(hours=3) + MINUTE, NOW - timedelta(hours=2) + MINUTE, NOW - 9 * MINUTE, NOW + MINUTE]
    expected = [(starts[0] - MINUTE, [])]
    expected += [(at, [model]) for at, model in zip(starts, (first, second, third, second), strict=True)]
    expected += [(start - MINUTE, [model]) for start, model in zip(starts[1:], (first, second, third), strict=True)]
    for at, models in expected:
        found = rows(pipeline.warehouse, "SELECT model_id FROM champions_at(%s) WHERE horizon_minutes = 15", [at])
        assert [model for (model,) in found] == models, at
    of_all = rows(
        pipeline.warehouse, "SELECT symbol, horizon_minutes, threshold, model_id FROM champions_at('infinity')"
    )
    assert of_all == rows(pipeline.warehouse, "SELECT symbol, horizon_minutes, threshold, model_id FROM champions")
    assert len(of_all) == 2


def test_a_proposal_reigns_only_when_it_is_approved(pipeline: Pipeline) -> None:
    """Until then the champion stays; then it reigns from the next minute on, and the answer is one more row."""
    *_, present = champions_of(pipeline)
    number = propose(pipeline)
    [asked] = proposals(pipeline)
    assert (asked.proposal_id, asked.champion_model_id, champion(pipeline)[0]) == (number, present, present)
    done = approve(pipeline, number, "Looks right.")
    assert champion(pipeline) == (asked.model_id, NOW + MINUTE) == (done.model_id, done.effective_from)
    [row] = rows(
        pipeline.warehouse,
        "SELECT kind, is_accepted, answers_to, run_id, skill_margin, may_trade, reason FROM promotions ORDER BY promotion_id DESC LIMIT 1",
    )
    assert row[:6] == ("approved", True, number, run_id_of(RUN), 0.03, False)
    assert "Looks right. Skill +.030" in row[6]
    assert proposals(pipeline) == []


def test_a_declined_proposal_leaves_the_champion(pipeline: Pipeline) -> None:
    """The answer is kept with its reason, and the source need not answer for it."""
    was = champion(pipeline)
    number = propose(pipeline)
    done = decline(replace(pipeline, cortex=replace(pipeline.cortex, url="http://127.0.0.1:1")), number, "Too new.")
    assert (done.kind, done.effective_from, champion(pipeline)) == ("declined", None, was)
    assert "Too new." in done.reason
    assert proposals(pipeline) == []


@pytest.mark.parametrize(("answer", "word"), [(approve, "approved"), (decline, "declined")])
def test_a_proposal_is_answered_once(pipeline: Pipeline, answer: Callable[..., Any], word: str) -> None:
    """The second answer is told of the first, and writes nothing."""
    number = propose(pipeline)
    answer(pipeline, number)
    was = history(pipeline)
    for again in (approve, decline):
        with pytest.raises(NotReady, match=rf"Proposal {number} was {word} already, by "):
            again(pipeline, number)
    assert history(pipeline) == was


def test_of_two_answers_at_once_one_wins(pipeline: Pipeline) -> None:
    """The other waits for it, and is told."""
    number = propose(pipeline)

    def answered(answer: Callable[..., Any]) -> str:
        try:
            return str(answer(pipeline, number).kind)
        except NotReady as error:
            return str(error)

    with psycopg.connect(pipeline.warehouse.dsn) as holding, ThreadPoolExecutor(4) as pool:
        holding.execute("SELECT pg_advisory_xact_lock(hashtextextended('champion BTCUSDT 15 0.003', 0))")
        waiting = [pool.submit(answered, answer) for answer in (approve, decline, approve, decline)]
        wait_for_locks(pipeline, 4)
        holding.rollback()
        said = [one.result(timeout=30) for one in waiting]
    won = [text for text in said if text in {"approved", "declined"}]
    assert len(won) == 1
    assert sum(f"Proposal {number} was {won[0]} already" in text for text in said) == 3
    assert rows(pipeline.warehouse, "SELECT count(*) FROM promotions WHERE answers_to = %s", [number]) == [(1,)]


def wait_for_locks(pipeline: Pipeline, count: int) -> None:
    """Returns when so many sessions wait for an advisory lock."""
    until = time.monotonic() + 30
    query = """
        SELECT count(*) FROM pg_locks AS l JOIN pg_database AS d ON d.oid = l.database
        WHERE l.locktype = 'advisory' AND NOT l.granted AND d.datname = current_database()
    """
    while rows(pipeline.warehouse, query) != [(count,)]:
        assert time.monotonic() < until
        time.sleep(0.05)


def test_a_newer_verdict_of_another_run_takes_a_proposals_place(pipeline: Pipeline) -> None:
    """A newer proposal, a newer champion and a rollback do; what the same run or another cell decided does not."""
    first = propose(pipeline)
    elsewhere = propose(pipeline, cell=OTHER)
    second = propose(pipeline, run="scheduled__2026-03-15")
    assert [one.proposal_id for one in proposals(pipeline)] == [second, elsewhere]
    assert [one.proposal_id for one in proposals(pipeline, RUN)] == [elsewhere]
    with pytest.raises(NotReady, match=rf"Proposal {first} is out of date: a newer proposal on BTCUSDT 15 min"):
        approve(pipeline, first)
    back(pipeline)
    with pytest.raises(NotReady, match=rf"Proposal {second} is out of date: a newer verdict \(rolled_back\)"):
        decline(pipeline, second)
    assert [one.proposal_id for one in proposals(pipeline)] == [elsewhere]
    with pytest.raises(NotReady, match=r"There is no proposal 1;.*cortex-signals proposals"):
        approve(pipeline, 1)


def answer(chosen: str, reason: str = "") -> dict[str, Any]:
    """What Airflow hands on of an answer."""
    user = {"id": "1", "name": "ada"}
    return {"chosen_options": [chosen], "params_input": {"reason": reason}, "responded_by_user": user}


def test_airflows_question_holds_the_numbers_and_its_answer_is_carried_out(pipeline: Pipeline) -> None:
    """Only this run's proposals are asked about; the answer says who gave it; a retry of the task does it no second time."""
    number, elsewhere = propose(pipeline), propose(pipeline, run="another", cell=OTHER)
    check = {"symbol": BTC, "trials": 12, "overfitting_probability": 0.4, "probability_of_loss": 0.3}
    [question] = questions(pipeline, RUN, [check])
    assert question["proposal"] == number
    assert question["subject"] == "Promote logistic to champion of BTCUSDT 15 min ±0.3 %?"
    for part in (
        "Skill +.030",
        "Deflated Sharpe .40",
        "12 trials",
        "40 %",
        f"approve {number}",
        "within 6 days nothing",
    ):
        assert part in question["body"], part
    was = history(pipeline)
    answer_proposal(pipeline, number, answer(LATER))
    assert history(pipeline) == was
    done = answer_proposal(pipeline, number, answer(PROMOTE, "Fine."))
    assert "Answered in Airflow by ada: Fine." in done["reason"]
    answered = history(pipeline)
    answer_proposal(pipeline, number, answer(PROMOTE))
    assert history(pipeline) == answered
    with pytest.raises(NotReady, match=r"was approved already"):
        answer_proposal(pipeline, number, answer(DECLINE))
    assert [one.proposal_id for one in proposals(pipeline)] == [elsewhere]
    assert questions(pipeline, RUN, []) == []


def test_the_commands_say_what_was_done(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """On the command line: the list, an answer, a rollback, and a refusal with exit code 1."""
    monkeypatch.setattr("include.cli.commands._pipeline", lambda args: pipeline)
    _, second, third = champions_of(pipeline)
    number, elsewhere = propose(pipeline), propose(pipeline, cell=OTHER)
    assert main(["rollback", "--horizon", "15", "--threshold", "0.003", "--reason", "a try"]) == 0
    assert (
        f"Model {second} (volatility_60m) reigns in BTCUSDT 15 min ±0.003 from 2026-03-10 00:01 UTC on."
        in capsys.readouterr().out
    )
    assert main(["proposals", "--json"]) == 0
    assert f'"proposal_id":{elsewhere}' in capsys.readouterr().out
    assert main(["approve", str(number)]) == 1
    assert "out of date" in capsys.readouterr().err
    assert main(["decline", str(elsewhere)]) == 0
    assert "the champion of BTCUSDT 60 min ±0.0075 reigns on" in capsys.readouterr().out
    assert main(["rollback", "--horizon", "15", "--threshold", "0.003", "--to", str(third)]) == 0
    assert main(["proposals"]) == 0
    assert "No proposal waits for an answer." in capsys.readouterr().out


def test_the_schedules_first_training_is_quick(pipeline: Pipeline) -> None:
    """While a live cell has no champion, it tries the quick candidates alone; then, and by hand, it tries what it is told."""
    named = replace(pipeline.settings.training, candidates=("lightgbm_tuned", "lightgbm", "logistic"))
    told = replace(pipeline, settings=replace(pipeline.settings, training=named))
    form = {"as_of": None, "horizons": [], "thresholds": [], "candidates": [], "tuning_trials": None, "grid": False}
    run = [f"--run={RUN}", "--deployment", deployment()]
    everything = [["train", "--horizon", minutes, *run] for minutes in ("15", "60")]
    quick = [[*arguments, "--candidate", "lightgbm", "--candidate", "logistic"] for arguments in everything]
    assert plan_training(told, form, RUN, is_scheduled=True) == everything
    with pipeline.warehouse.transaction() as connection:
        connection.execute("DELETE FROM promotions WHERE horizon_minutes = 60")
    assert plan_training(told, form, RUN, is_scheduled=True) == quick
    assert plan_training(told, form, RUN, is_scheduled=False) == everything
    chosen = plan_training(told, {**form, "candidates": ["extra_trees"]}, RUN, is_scheduled=True)
    assert [arguments[-2:] for arguments in chosen] == [["--candidate", "extra_trees"]] * 2


STRANGERS = """
    SELECT s.ts, s.horizon_minutes, s.model_id, c.model_id AS reigning
    FROM signals AS s LEFT JOIN LATERAL (
        SELECT a.model_id FROM champions_at(s.ts) AS a
        WHERE (a.symbol, a.horizon_minutes, a.threshold) = (s.symbol, s.horizon_minutes, s.threshold)
    ) AS c ON TRUE
    WHERE s.model_id IS DISTINCT FROM c.model_id"""


def test_a_champion_that_is_appointed_while_a_minute_is_scored_answers_it(
    later: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It reigns from then on, so what its predecessor said of the minute is thrown away and the minute scored again."""
    ingest(later)
    appointed: list[int] = []

    def interrupted(*given: Any) -> bool:
        if not appointed:
            appointed.extend(one.model_id for one in train(later))
        return commit(*given)

    monkeypatch.setattr("include.predict.commit", interrupted)
    done = predict(later, HELD, HELD + MINUTE)
    assert (done.scored, rows(later.warehouse, STRANGERS)) == (2, [])
    assert rows(later.warehouse, "SELECT model_id FROM signals ORDER BY model_id") == [
        (one,) for one in sorted(appointed)
    ]


def test_no_reign_begins_before_an_answered_minute(pipeline: Pipeline, later: Pipeline) -> None:
    """The source's clock was set back by three minutes, of which two are answered: a training's champion comes after them."""
    ingest(later)
    predict(later, NOW, HELD)
    train(pipeline)
    assert champion(pipeline)[1] == HELD
    assert rows(later.warehouse, STRANGERS) == []
    predict(later, HELD, HELD + MINUTE)
    assert rows(later.warehouse, STRANGERS) == []


def test_a_rollback_begins_after_the_answered_minutes(pipeline: Pipeline, later: Pipeline) -> None:
    """Whatever the source says the time is."""
    ingest(later)
    predict(later, NOW, HELD + MINUTE)
    done = back(pipeline)
    assert done.effective_from == HELD + MINUTE
    assert rows(later.warehouse, STRANGERS) == []
