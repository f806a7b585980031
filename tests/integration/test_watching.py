"""The checks: each with what is well and what is not, twice, and what stops signals."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pipelines import rows
from stored_prices import MINUTE
from watched import CELL, answer, crown, score, settle_days, store, this_minute, watched, write

from include.cli.main import main
from include.errors import CheckFailed
from include.evaluation.stability import QUANTILES
from include.pipeline import Pipeline
from include.settings import Cell
from include.warehouse.features import definition
from include.watching.checks import CHECKS, due, require_ok, run_checks
from include.watching.names import CHECK_NAMES, DAILY
from include.watching.result import CheckResult

BLOCKING = "SELECT symbol, horizon_minutes, name, runbook FROM blocking_checks"


@pytest.fixture
def pipeline(migrated_database: str) -> Pipeline:
    return watched(migrated_database)


def only(pipeline: Pipeline, name: str) -> CheckResult:
    [found] = run_checks(pipeline, [name])
    return found


def test_with_nothing_loaded_nothing_is_known(pipeline: Pipeline) -> None:
    """An empty warehouse is unknown, not ok and not an alarm; no check needs what is not there."""
    found = {one.name: one.status for one in run_checks(pipeline)}
    assert {found[name] for name in ("freshness", "gaps", "inputs", "skew", "skew_day")} == {"unknown"}
    assert found["failed_runs"] == "ok"


def test_the_names_are_the_checks() -> None:
    """The list that is read without computing is the registry's, in its order."""
    assert tuple(CHECKS) == CHECK_NAMES


def test_freshness_is_minutes_behind_and_answers_behind(pipeline: Pipeline) -> None:
    """A fresh minute is ok before there is a champion; then the answers must follow, too."""
    store(pipeline, 30, this_minute())
    assert only(pipeline, "freshness").status == "ok"
    crown(pipeline, None)
    assert only(pipeline, "freshness").status == "alert", "a champion reigns and nothing was ever answered"
    answer(pipeline, this_minute() - 20 * MINUTE, "no_edge")
    behind = only(pipeline, "freshness")
    assert (behind.status, round(behind.value or 0)) in {("alert", 20), ("alert", 19)}
    answer(pipeline, this_minute(), "no_edge")
    assert only(pipeline, "freshness").status == "ok"


def test_minutes_that_stay_away_are_not_fresh(pipeline: Pipeline) -> None:
    """Half an hour without a minute is an alert with the number."""
    store(pipeline, 30, this_minute() - 30 * MINUTE)
    found = only(pipeline, "freshness")
    assert found.status == "alert"
    assert "behind the clock" in found.detail
    assert 29 < (found.value or 0) < 33


def test_holes_are_counted_once_whatever_the_metric(pipeline: Pipeline) -> None:
    """A missing row lacks both metrics and is one minute; a value that is NULL is one of its metric."""
    end = this_minute()
    store(pipeline, 120, end, missing=range(40, 49))
    write(pipeline.warehouse, "UPDATE minute_metrics SET volume_24h = NULL WHERE ts = %s", [end - 5 * MINUTE])
    found = only(pipeline, "gaps")
    assert (found.status, found.value, found.evidence) == ("ok", 10, {"last_price": 9, "volume_24h": 10})
    write(pipeline.warehouse, "DELETE FROM minute_metrics WHERE ts = %s", [end - 50 * MINUTE])
    assert (only(pipeline, "gaps").status, only(pipeline, "gaps").value) == ("alert", 11)


def test_a_gap_of_two_days_ago_is_past(pipeline: Pipeline) -> None:
    """The check looks at 24 hours; older gaps are coverage_gaps'."""
    store(pipeline, 3000, this_minute(), missing=range(100, 200))
    assert only(pipeline, "gaps").value == 0


def test_bad_inputs_are_a_share_of_the_live_answers(pipeline: Pipeline) -> None:
    """A kill switch or an answer without an edge is no bad input."""
    now = this_minute()
    crown(pipeline, None)
    answer(pipeline, now - 10 * MINUTE, "no_edge", count=40)
    answer(pipeline, now - 5 * MINUTE, "kill_switch", count=5)
    answer(pipeline, now, "stale_input", count=5)
    found = only(pipeline, "inputs")
    assert (found.status, found.value) == ("ok", 0.1)
    answer(pipeline, now - 50 * MINUTE, "out_of_range", count=2)
    found = only(pipeline, "inputs")
    assert found.status == "alert"
    assert found.evidence == {"no_edge": 40, "kill_switch": 5, "stale_input": 5, "out_of_range": 2}
    assert "5 stale_input" in found.detail
    assert only(pipeline, "answers").status == "ok"


@pytest.mark.parametrize("code", ["model_too_old", "features_lost", "model_refused", "failed_check"])
def test_answers_that_no_model_gives_are_an_alert_whatever_stopped_them(pipeline: Pipeline, code: str) -> None:
    """90 minutes of nothing but ABSTAIN are fresh and have good inputs."""
    store(pipeline, 100, this_minute())
    crown(pipeline, None)
    answer(pipeline, this_minute(), code, count=90)
    found = only(pipeline, "answers")
    assert (found.status, found.value) == ("alert", 1.0)
    assert f"60 {code}" in found.detail or f"61 {code}" in found.detail


def test_a_kill_switch_is_no_trouble(pipeline: Pipeline) -> None:
    """A person wanted the answers to be ABSTAIN, late ones too."""
    answer(pipeline, this_minute(), "kill_switch", count=50)
    answer(pipeline, this_minute() - 50 * MINUTE, "kill_switch", count=20, is_late=True)
    assert only(pipeline, "answers").status == "ok"


def test_late_answers_are_no_answers(pipeline: Pipeline) -> None:
    """What nobody could act on neither counts as fresh nor as usable."""
    store(pipeline, 100, this_minute())
    crown(pipeline, None)
    answer(pipeline, this_minute() - 8 * MINUTE, "no_edge", count=80)
    assert only(pipeline, "answers").status == "ok"
    assert round(only(pipeline, "freshness").value or 0) == 8
    answer(pipeline, this_minute(), "no_edge", count=8, is_late=True)
    found = only(pipeline, "answers")
    assert (found.status, (found.evidence or {})["late"]) == ("alert", 8)
    assert round(only(pipeline, "freshness").value or 0) == 8


def test_the_first_answers_may_be_late(pipeline: Pipeline) -> None:
    """After the first training two late answers of three are no alert: it is the hour that counts."""
    crown(pipeline, None)
    answer(pipeline, this_minute() - MINUTE, "no_edge", count=2, is_late=True)
    answer(pipeline, this_minute(), "no_edge")
    assert only(pipeline, "answers").status == "ok"


def test_one_cell_that_is_not_answered_is_seen_among_others(pipeline: Pipeline) -> None:
    """Freshness asks each live cell that has a champion, and says which one is behind."""
    both = replace(pipeline.settings.signals, live=(CELL, Cell(30, Decimal("0.005"))))
    two = replace(pipeline, settings=replace(pipeline.settings, signals=both))
    store(two, 100, this_minute())
    crown(two, None)
    answer(two, this_minute(), "no_edge", count=60)
    assert only(two, "freshness").status == "ok", "the other cell has no champion"
    write(
        two.warehouse,
        "INSERT INTO promotions (run_id, symbol, horizon_minutes, threshold, candidate, model_id, is_accepted, reason, decided_by, "
        "effective_from) SELECT run_id, symbol, 30, 0.005, candidate, model_id, TRUE, reason, decided_by, %s FROM promotions",
        [this_minute() - 30 * MINUTE],
    )
    found = only(two, "freshness")
    assert (found.status, found.value) == ("alert", 30)
    assert "30 min ±0.5 %" in found.detail


def test_a_champion_is_old_long_before_it_is_too_old(pipeline: Pipeline) -> None:
    """Trained within nine days is ok; no training since, or a champion past two thirds of its age, is an alert."""
    assert only(pipeline, "training").status == "unknown"
    model = crown(pipeline, None)
    found = only(pipeline, "training")
    assert (found.status, found.model_id, round(found.value or 0)) == ("alert", None, 60)
    assert f"model {model}" in found.detail
    write(pipeline.warehouse, "UPDATE models SET as_of = now() - INTERVAL '8 days'")
    assert only(pipeline, "training").status == "ok"
    write(pipeline.warehouse, "UPDATE models SET as_of = now() - INTERVAL '10 days'")
    assert only(pipeline, "training").status == "alert"
    write(pipeline.warehouse, "UPDATE model_evaluations SET as_of = now() - INTERVAL '8 days'")
    assert only(pipeline, "training").status == "ok", "it was trained, and nothing better was found"
    write(pipeline.warehouse, "UPDATE models SET as_of = now() - INTERVAL '31 days'")
    assert only(pipeline, "training").status == "alert"


def test_a_source_that_is_away_is_an_alert_of_each_symbol(pipeline: Pipeline) -> None:
    """The alert has the symbol's key, so that the symbol's next minute ends it."""
    source = replace(
        pipeline, settings=replace(pipeline.settings, clock=replace(pipeline.settings.clock, source="source"))
    )
    found = only(source, "freshness")
    assert (found.status, found.symbol) == ("alert", "BTCUSDT")


@pytest.fixture
def scored(pipeline: Pipeline) -> Pipeline:
    """Ten minutes of the last half hour were scored."""
    store(pipeline, 400, this_minute())
    score(pipeline, [this_minute() - ago * MINUTE for ago in range(10)])
    return pipeline


def test_the_same_bits_are_ok_and_stop_nothing(scored: Pipeline) -> None:
    """What was scored on is what the version gives again."""
    found = only(scored, "skew")
    assert (found.status, found.value, found.is_blocking) == ("ok", 0, True)
    assert (found.evidence or {})["compared"] == 10
    assert rows(scored.warehouse, BLOCKING) == []


def test_a_corrected_minute_explains_its_difference(scored: Pipeline) -> None:
    """A revision that was seen after the scoring is counted apart, and no failure."""
    ts = this_minute() - 20 * MINUTE
    write(scored.warehouse, "UPDATE minute_metrics SET last_price = last_price * 1.01 WHERE ts = %s", [ts])
    write(
        scored.warehouse,
        "INSERT INTO metric_revisions (symbol, ts, metric, old_value, new_value) VALUES ('BTCUSDT', %s, 'last_price', 1, 2)",
        [ts],
    )
    found = only(scored, "skew")
    assert (found.status, (found.evidence or {})["explained"]) == ("ok", 10)


def test_a_minute_that_came_late_explains_its_difference(pipeline: Pipeline) -> None:
    """A hole that was filled after the scoring is no skew."""
    end = this_minute()
    store(pipeline, 400, end, missing=[380])
    score(pipeline, [end])
    write(
        pipeline.warehouse,
        "INSERT INTO minute_metrics (symbol, ts, last_price, volume_24h) VALUES ('BTCUSDT', %s, 60000, 20000)",
        [end - 19 * MINUTE],
    )
    found = only(pipeline, "skew")
    assert (found.status, (found.evidence or {})["explained"]) == ("ok", 1)


def test_a_change_without_a_trace_stops_signals_with_its_evidence(scored: Pipeline) -> None:
    """Minutes that changed without a revision fail the check and block the symbol until it is found well."""
    ts = this_minute() - 5 * MINUTE
    write(scored.warehouse, "UPDATE minute_metrics SET last_price = last_price * 1.01 WHERE ts = %s", [ts])
    found = only(scored, "skew")
    assert (found.status, found.value) == ("failed", 6), "the minutes from there on"
    [first, *_] = (found.evidence or {})["unexplained"]
    assert first["ts"] == ts.isoformat()
    assert first["then_and_now"]
    assert rows(scored.warehouse, BLOCKING) == [("BTCUSDT", None, "skew", "skew")]
    write(scored.warehouse, "UPDATE minute_metrics SET last_price = last_price / 1.01 WHERE ts = %s", [ts])
    write(
        scored.warehouse,
        "INSERT INTO metric_revisions (symbol, ts, metric, old_value, new_value) VALUES ('BTCUSDT', %s, 'last_price', 1, 2)",
        [ts],
    )
    assert only(scored, "skew").status == "ok"
    assert rows(scored.warehouse, BLOCKING) == []


def test_tampered_inputs_are_found(scored: Pipeline) -> None:
    """Inputs that no minute gives are named with what was stored and what is computed."""
    score(scored, [this_minute() - 3 * MINUTE], rsi_14m=12.5)
    found = only(scored, "skew")
    [one] = (found.evidence or {})["unexplained"]
    assert list(one["then_and_now"]) == ["rsi_14m"]
    assert one["then_and_now"]["rsi_14m"][0] == 12.5
    day = only(scored, "skew_day")
    assert (day.status, day.is_blocking) == ("failed", False)


def quantiles(pipeline: Pipeline, columns: tuple[str, ...], shift: float = 0.0) -> dict[str, list[float]]:
    """Of what was scored, moved by so many of its standard deviations."""
    names = definition().columns
    X = np.array([values for (values,) in rows(pipeline.warehouse, 'SELECT "values" FROM signal_inputs')], dtype=float)
    found = {name: X[:, names.index(name)] for name in columns}
    return {name: (np.nanquantile(x, QUANTILES) + shift * np.nanstd(x)).tolist() for name, x in found.items()}


COLUMNS = ("return_15m", "realised_volatility_60m")


@pytest.fixture
def long_scored(pipeline: Pipeline) -> Pipeline:
    """Eight days of inputs, a quarter of an hour apart."""
    store(pipeline, 10 * 1440, this_minute())
    quarter = this_minute().replace(minute=this_minute().minute // 15 * 15)
    score(pipeline, [quarter - 15 * ago * MINUTE for ago in range(8 * 96)])
    return pipeline


def test_inputs_like_those_of_the_training_do_not_drift(long_scored: Pipeline) -> None:
    """The live distribution being the training's, the index is near 0; a shifted one is an alert that names the input."""
    model = crown(long_scored, quantiles(long_scored, COLUMNS), COLUMNS)
    found = only(long_scored, "drift")
    assert (found.status, found.model_id) == ("ok", model)
    assert found.value == pytest.approx(0, abs=0.1)
    moved = quantiles(long_scored, COLUMNS[:1]) | quantiles(long_scored, COLUMNS[1:], shift=4)
    crown(long_scored, moved, COLUMNS)
    found = only(long_scored, "drift")
    assert (found.status, found.is_blocking) == ("alert", False)
    assert next(iter((found.evidence or {})["furthest"])) == "realised_volatility_60m"


def test_drift_of_an_older_model_or_of_a_few_minutes_is_unknown(scored: Pipeline) -> None:
    """Without quantiles, or without half the span's minutes, nothing is said."""
    crown(scored, None)
    assert "train again" in only(scored, "drift").detail
    crown(scored, quantiles(scored, COLUMNS), COLUMNS)
    assert only(scored, "drift").status == "unknown"


CALM = [(50.0 + n % 3, 49 + n % 4, 0.475 + 0.001 * (n % 5)) for n in range(20)]


def test_calibration_holds_where_it_delivers_what_was_promised(pipeline: Pipeline) -> None:
    """Live skill 0.046 of a promised 0.05, counts as expected: ok, with events beside it."""
    settle_days(pipeline, crown(pipeline, None), CALM)
    found = only(pipeline, "calibration")
    assert found.status == "ok", found.detail
    assert found.value == pytest.approx(0.046, abs=0.002)
    assert (found.bound, (found.evidence or {})["events"]) == (0.01, 100)


@pytest.mark.parametrize(
    "days",
    [
        [(e, o, loss + 0.05) for e, o, loss in CALM],  # worse than the base rates
        [(e, o * 3, loss) for e, o, loss in CALM],  # three times the big moves
    ],
)
def test_decay_is_an_alert(pipeline: Pipeline, days: list[Any]) -> None:
    """Skill below what was promised, or big moves that were not expected; it stops nothing."""
    settle_days(pipeline, crown(pipeline, None), days)
    found = only(pipeline, "calibration")
    assert (found.status, found.is_blocking) == ("alert", False)


def test_one_wild_day_is_no_decay(pipeline: Pipeline) -> None:
    """Minutes of one event are not independent: a day of 600 big minutes widens the interval by itself."""
    settle_days(pipeline, crown(pipeline, None), [*CALM[:-1], (60.0, 600, 0.6)])
    assert only(pipeline, "calibration").status == "ok"


def test_a_weekly_refreshed_champion_is_judged_over_all_who_reigned(pipeline: Pipeline) -> None:
    """A decay of 20 days is found though each week another model answered, and the newest has hardly begun."""
    decayed = [(e, o * 3, loss) for e, o, loss in CALM]
    settle_days(pipeline, crown(pipeline, None), decayed)
    write(
        pipeline.warehouse,
        "UPDATE performance_days SET settled = settled / 2, expected_up = expected_up / 2, observed_up = observed_up / 2",
    )
    newest = crown(pipeline, None)
    write(
        pipeline.warehouse,
        "CREATE TEMP TABLE again AS TABLE performance_days; UPDATE again SET model_id = 2; INSERT INTO performance_days TABLE again",
    )
    found = only(pipeline, "calibration")
    assert (found.status, found.model_id) == ("alert", newest)
    assert found.evidence is not None
    assert (found.evidence["models"], found.evidence["days"], found.evidence["events"]) == (2, 20, 200)
    assert found.evidence["expected"] == pytest.approx(sum(e for e, _, _ in CALM))


def test_few_events_tell_nothing(pipeline: Pipeline) -> None:
    """Five days of five events are too few, however they look."""
    settle_days(pipeline, crown(pipeline, None), [(50.0, 500, 2.0)] * 5)
    assert only(pipeline, "calibration").status == "unknown"


def test_again_adds_rows_and_the_newest_counts(pipeline: Pipeline) -> None:
    """Two runs are two rows."""
    for _ in range(2):
        run_checks(pipeline, ["skew_day"])
    assert rows(pipeline.warehouse, "SELECT count(*) FROM pipeline_checks") == [(2,)]
    assert rows(pipeline.warehouse, "SELECT check_id FROM checks_latest") == [(2,)]


def test_each_daily_check_is_due_once_a_utc_day_from_three_on(pipeline: Pipeline) -> None:
    """One that could not look stays due alone; one that ran before 03:00 by hand runs after it all the same."""
    assert due(pipeline) == list(DAILY)
    night = datetime(2026, 5, 4, 3, tzinfo=UTC)
    for name, ran in (("skew_day", night), ("drift", night - MINUTE)):
        write(
            pipeline.warehouse,
            "INSERT INTO pipeline_checks (checked_at, name, status, is_blocking, detail, runbook) VALUES (%s, %s, 'ok', FALSE, '', '')",
            [ran, name],
        )
    assert due(pipeline, night + MINUTE) == ["drift", "replay"]
    assert due(pipeline, night + timedelta(hours=23, minutes=59)) == ["drift", "replay"]
    assert due(pipeline, night + timedelta(hours=24)) == list(DAILY)
    assert due(pipeline, night - timedelta(seconds=30)) == ["replay"], "the day before's, of 03:00 then"


def test_what_is_not_ok_names_its_section(pipeline: Pipeline) -> None:
    """The error that turns the task red is the sentence found and where to read on."""
    store(pipeline, 30, this_minute() - 30 * MINUTE)
    with pytest.raises(CheckFailed, match=r"behind the clock.* See docs/runbook\.md#freshness\."):
        require_ok(run_checks(pipeline, ["freshness"]))
    require_ok(run_checks(pipeline, ["gaps"]))


def test_the_command_prints_and_fails_where_one_is_not_ok(
    pipeline: Pipeline, migrated_database: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`check NAME` exits 0 where all is well or unknown, 1 with an alert, and refuses a name that is none."""
    monkeypatch.setenv("WAREHOUSE_DSN", migrated_database)
    monkeypatch.setenv("CORTEX_URL", pipeline.cortex.url)
    assert main(["check", "gaps", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["status"] == "unknown"
    store(pipeline, 30, this_minute() - 30 * MINUTE)
    assert main(["check", "gaps", "freshness"]) == 1
    assert "alert" in capsys.readouterr().out
    assert main(["check", "weather"]) == 1
    assert "freshness" in capsys.readouterr().err


def test_every_query_of_the_runbook_runs(pipeline: Pipeline) -> None:
    """What a person is told to look at answers, as the reader."""
    text = (Path(__file__).resolve().parents[2] / "docs" / "runbook.md").read_text(encoding="utf-8")
    blocks = re.sub("--.*", "", "".join(re.findall(r"```sql\n(.*?)```", text, re.DOTALL)))
    queries = [query for query in [*blocks.split(";"), *re.findall(r"`(SELECT [^`]*)`", text)] if "SELECT" in query]
    assert len(queries) >= 12
    for query in queries:
        with pipeline.warehouse.transaction("reader") as connection:
            connection.execute(query.strip())  # type: ignore[arg-type]
