"""What trades on paper leave in the warehouse: columns of the scores, trials, the check of the choice, the leaderboard."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import numpy as np
import numpy.typing as npt
import pytest
from pipelines import make_pipeline, rows

import include.warehouse.migrate as migrate_module
from include.cli import terminal
from include.cli.main import main
from include.errors import NotReady
from include.evaluation.scores import evaluate
from include.evaluation.trials import Trial, count_trials
from include.overfitting_check import check_overfitting
from include.pipeline import Pipeline
from include.settings import Cell
from include.warehouse.migrate import migrate
from include.warehouse.models import Verdicts, record_verdicts
from include.warehouse.trials import recorded_trials

RUN, LATER_RUN = UUID(int=1), UUID(int=2)
AS_OF = datetime(2026, 1, 1, tzinfo=UTC)
CELL = Cell(30, Decimal("0.005"))
Array = npt.NDArray[np.float64]
MONEY = [
    "trades", "trades_a_day", "win_rate", "mean_net_return_bps", "net_return_low_bps", "net_return_high_bps", "net_return", "sharpe",
    "max_drawdown", "hold_net_return", "hold_sharpe", "hold_max_drawdown", "deflated_sharpe", "lucky_sharpe", "trials",
]  # fmt: skip


@pytest.fixture
def pipeline(new_database: str) -> Pipeline:
    """A migrated warehouse; its source is never asked."""
    made = make_pipeline("http://127.0.0.1:1", new_database)
    migrate(made.warehouse)
    return made


SCORES = evaluate(
    np.array([0, 1, 2], np.int8),
    np.full((3, 3), 1 / 3),
    np.full((3, 3), 1 / 3),
    60 * np.arange(3),
    CELL.horizon,
    seed=7,
).as_columns()


def score(candidate: str, fold: int | None = None, **money: Any) -> dict[str, Any]:
    """An evaluation as training makes it, with these columns of money."""
    baseline = candidate == "volatility_60m"
    return {"candidate": candidate, "is_baseline": baseline, "fold": fold, "curves": None, **SCORES, **money}


def record(
    pipeline: Pipeline,
    *evaluations: dict[str, Any],
    run: UUID = RUN,
    as_of: datetime = AS_OF,
    symbol: str = "BTCUSDT",
    cell: Cell = CELL,
) -> None:
    record_verdicts(
        pipeline.warehouse,
        Verdicts(str(run), symbol, cell, as_of, None, lambda: as_of, {}, evaluations=evaluations, promotions=[]),
    )


def traded(daily: Array, first_day: date = date(2025, 1, 1)) -> dict[str, Any]:
    return {"daily_from": first_day, "daily_net_returns": daily.tolist()}


def test_scores_without_money_have_none(pipeline: Pipeline) -> None:
    """What an evaluation lacks is NULL and not 0; what it has is there as it was, days and all."""
    days = traded(np.array([0.1, -0.05]))
    record(pipeline, score("logistic", fold=0), score("logistic", trades=3, sharpe=1.25, recipe_hash="a", **days))
    found = rows(
        pipeline.warehouse,
        "SELECT trades, sharpe, placebo_skill, recipe_hash, daily_from, daily_net_returns FROM model_evaluations ORDER BY fold",
    )
    assert found == [(None,) * 6, (3, 1.25, None, "a", date(2025, 1, 1), [0.1, -0.05])]


def trials(pipeline: Pipeline) -> dict[Trial, float]:
    with pipeline.warehouse.transaction("reader") as connection:
        return recorded_trials(connection)


def test_a_trial_is_recorded_once_however_often_it_is_trained(pipeline: Pipeline) -> None:
    """Of two runs the one with the newer data counts, whichever was recorded last; baselines do not count."""
    day = 365**0.5
    record(
        pipeline, score("logistic", sharpe=0.2 * day, recipe_hash="a"), run=LATER_RUN, as_of=AS_OF + timedelta(days=7)
    )
    record(
        pipeline,
        score("logistic", sharpe=0.1 * day, recipe_hash="a"),
        score("logistic", fold=0, sharpe=9.0, recipe_hash="of a fold"),
        score("lightgbm", recipe_hash="never traded"),
        score("volatility_60m", sharpe=-0.2 * day, recipe_hash="v"),
        score("extra_trees", sharpe=1.0),
    )
    record(pipeline, score("logistic", sharpe=0.3 * day, recipe_hash="a"), symbol="ETHUSDT")
    record(pipeline, score("logistic", sharpe=0.4 * day, recipe_hash="a"), cell=Cell(60, Decimal("0.005")))
    found = trials(pipeline)
    assert {(key.symbol, key.horizon_minutes, key.recipe_hash): round(value, 9) for key, value in found.items()} == {
        ("BTCUSDT", 30, "a"): 0.2,
        ("ETHUSDT", 30, "a"): 0.3,
        ("BTCUSDT", 60, "a"): 0.4,
    }
    # a refit to .6 and a new one with .5 are four trials: .6, .3, .4, .5
    running = {Trial("BTCUSDT", 30, CELL.threshold, recipe): sharpe for recipe, sharpe in (("a", 0.6), ("n", 0.5))}
    counted = count_trials(found, running)
    assert counted.count == 4
    assert counted.variance == pytest.approx(np.var([0.6, 0.3, 0.4, 0.5], ddof=1))


def lasting(days: int = 96) -> list[dict[str, Any]]:
    """Three trials of which the first is best in every half, one that never trades, and one without money."""
    noise = np.tile([0.01, -0.01], days // 2)
    never = score("logistic", trades=0, **traded(np.zeros(days)))
    edges = {"lightgbm": 0.02, "extra_trees": 0.001, "soft_voting": -0.001}
    return [*(score(name, **traded(noise + edge)) for name, edge in edges.items()), never, score("class_prior")]


def test_a_choice_that_lasts(pipeline: Pipeline) -> None:
    """The best of three is the best of each other half and never loses; who never trades is no trial."""
    record(pipeline, *lasting())
    [found] = check_overfitting(pipeline, RUN)
    assert (found.symbol, found.run_id, found.as_of) == ("BTCUSDT", RUN, AS_OF)
    assert (found.trials, found.days, found.splits) == (3, 96, 12_870)
    assert (found.overfitting_probability, found.probability_of_loss, found.cost_bps_per_side) == (0.0, 0.0, 7.0)
    assert json.loads(json.dumps(found.as_dict(), default=str))["run_id"] == str(RUN)


def test_staying_out_is_no_good_choice_where_all_lose(pipeline: Pipeline) -> None:
    """With an idle trial as the best of every half PBO would be 0 and nothing lost; among those that trade all lose."""
    noise = np.random.default_rng(3).normal(-0.05, 0.01, (96, 4))
    entries = [score(f"c{number}", **traded(noise[:, number])) for number in range(4)]
    record(pipeline, *entries, score("idle", trades=0, **traded(np.zeros(96))))
    [found] = check_overfitting(pipeline, RUN)
    assert found.trials == 4
    assert found.probability_of_loss == 1.0
    assert found.overfitting_probability is not None
    assert found.overfitting_probability > 0.1


def test_trials_are_cut_to_their_common_days(pipeline: Pipeline) -> None:
    """One that begins two days later and one that ends a day earlier leave all with the days between."""
    daily = np.random.default_rng(0).normal(size=(70, 2))
    record(pipeline, score("lightgbm", **traded(daily[2:, 0], date(2025, 1, 3))))
    record(pipeline, score("lightgbm", **traded(daily[:-1, 1])), cell=Cell(60, Decimal("0.005")))
    [found] = check_overfitting(pipeline, RUN)
    assert (found.trials, found.days, found.splits) == (2, 67, 12_870)


def test_too_little_is_recorded_as_unknown(pipeline: Pipeline) -> None:
    """With 30 days, under two a block, and for a symbol where nothing traded; each symbol has its own row."""
    record(pipeline, *lasting(days=30))
    record(pipeline, score("class_prior"), symbol="ETHUSDT")
    found = check_overfitting(pipeline, RUN)
    assert [(one.symbol, one.trials, one.days, one.splits, one.overfitting_probability) for one in found] == [
        ("BTCUSDT", 3, 30, None, None),
        ("ETHUSDT", 0, 0, None, None),
    ]


def test_a_run_is_checked_once(pipeline: Pipeline) -> None:
    """Again, and twice at once, the same is answered and no row is added, even where more was recorded meanwhile."""
    record(pipeline, *lasting())
    with ThreadPoolExecutor(2) as both:
        first, second = both.map(lambda _: check_overfitting(pipeline, RUN), range(2))
    record(pipeline, score("lightgbm", **traded(np.tile([0.1, 0.2], 48))), cell=Cell(60, Decimal("0.005")))
    assert first == second == check_overfitting(pipeline, RUN)
    assert rows(pipeline.warehouse, "SELECT count(*) FROM overfitting_checks") == [(1,)]


def test_an_unknown_run_is_not_checked(pipeline: Pipeline) -> None:
    """The sentence names the command that makes one."""
    with pytest.raises(NotReady, match="cortex-signals train"):
        check_overfitting(pipeline, RUN)


def columns_of(pipeline: Pipeline, view: str) -> list[str]:
    query = "SELECT attname::text FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 ORDER BY attnum"
    return [name for (name,) in rows(pipeline.warehouse, query, [view])]


def without_money(name: str, text: str) -> str:
    """The leaderboard as the version before had it."""
    if not name.endswith("model_leaderboard.sql"):
        return text
    columns = {f"    e.{column}" for column in MONEY}
    comments = tuple(f"COMMENT ON COLUMN model_leaderboard.{column} " for column in MONEY)
    kept = [line for line in text.splitlines() if line.rstrip(",") not in columns and not line.startswith(comments)]
    return "\n".join(kept).replace("e.legacy_sideways_balanced_score,", "e.legacy_sideways_balanced_score")


def test_the_leaderboard_of_the_version_before_gets_the_money(
    new_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The columns come after the others, so that a view that somebody built on it stays, and the rows too, with money unknown."""
    pipeline = make_pipeline("http://127.0.0.1:1", new_database)
    with monkeypatch.context() as before:
        real = migrate_module.sql_files
        before.setattr(
            migrate_module,
            "sql_files",
            lambda folder: [(n, without_money(n, t) if folder == "views" else t) for n, t in real(folder)],
        )
        migrate(pipeline.warehouse)
        assert "sharpe" not in columns_of(pipeline, "model_leaderboard")
        record(pipeline, score("logistic"))
        with pipeline.warehouse.transaction() as connection:
            connection.execute(
                "CREATE VIEW public.my_board AS SELECT candidate, legacy_accuracy FROM model_leaderboard"
            )
    assert migrate(pipeline.warehouse).views == ["model_leaderboard"]
    found = columns_of(pipeline, "model_leaderboard")
    start = found.index("trades")
    assert found[start : start + len(MONEY)] == MONEY
    assert start + len(MONEY) == len(found)
    assert rows(pipeline.warehouse, "SELECT candidate FROM public.my_board") == [("logistic",)]
    assert rows(pipeline.warehouse, "SELECT candidate, rows, trades FROM model_leaderboard") == [("logistic", 3, None)]
    with pipeline.warehouse.transaction("reader") as connection:
        assert connection.execute("SELECT count(*) FROM model_leaderboard").fetchone() == (1,)
    assert migrate(pipeline.warehouse).views == []


@pytest.fixture
def leaderboard(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., str]:
    """What the command prints, on a wide terminal."""

    def run(*arguments: str) -> str:
        monkeypatch.setenv("WAREHOUSE_DSN", pipeline.warehouse.dsn)
        monkeypatch.setenv("CORTEX_URL", pipeline.cortex.url)
        monkeypatch.setattr(terminal, "console", terminal.Console(highlight=False, width=250))
        assert main(["leaderboard", *arguments]) == 0
        return capsys.readouterr().out

    return run


def test_the_terminal_shows_the_money_and_how_it_was_chosen(
    pipeline: Pipeline, leaderboard: Callable[..., str]
) -> None:
    """A second table with the interval and what luck explains, and under it the newest check in words."""
    assert "No training has run yet" in leaderboard()
    record(pipeline, score("logistic"))
    assert "none of these was traded on paper" in leaderboard()
    numbers = {
        "trades": 412,
        "trades_a_day": 0.75,
        "win_rate": 0.52,
        "mean_net_return_bps": 3.125,
        "net_return_low_bps": -0.5,
    }
    more = {
        "net_return_high_bps": 7.25,
        "max_drawdown": 0.11,
        "sharpe": 1.75,
        "lucky_sharpe": 2.375,
        "deflated_sharpe": 0.28,
    }
    entries = [{**lasting()[0], **numbers, **more, "trials": 1210}, *lasting()[1:3]]
    record(pipeline, *entries, run=LATER_RUN, as_of=AS_OF + timedelta(days=7))
    check_overfitting(pipeline, LATER_RUN)
    shown = leaderboard()
    money = " ".join(shown[shown.index("Money:") :].replace("│", " ").split())
    assert "412 0.750 0.520 3.125 -0.500 7.250 0.110 1.750 2.375 0.280 1,210 –" in money
    assert "more than luck" in money
    assert "BTCUSDT: the best of 3 trials in one half of 96 days" in money
    assert "a probability (PBO) of 0.00, and loses there with one of 0.00, at 7 bp a side. The ranking lasts" in money
    document = json.loads(leaderboard("--json"))
    assert [row["sharpe"] for row in document if row["candidate"] == "lightgbm"] == [1.75]
