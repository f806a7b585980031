"""Why a minute is not scored: each reason by a real row, the kill switch, failed checks, when it was committed, the heartbeat."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from time import monotonic, sleep
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest
from markets import FIRST, ChangeableMarket, served, serving
from pipelines import make_pipeline, rows, small_settings
from starlette.responses import PlainTextResponse

from include.cli.main import main
from include.cortex.address import Cortex
from include.errors import NotReady, SettingsError, WarehouseUnreachable
from include.ingest import ingest
from include.kill_switch import set_kill_switch
from include.lab.clock import LabClock
from include.lab.server import create_app
from include.launcher.postgres import EmbeddedPostgres
from include.pipeline import Pipeline
from include.predict import predict
from include.settings import Cell, Symbol
from include.train import train
from include.warehouse.migrate import migrate
from tests.integration.conftest import database

MINUTE = timedelta(minutes=1)
DAYS = 9
NOW = FIRST + timedelta(days=DAYS)
CELL, OTHER = Cell(15, Decimal("0.003")), Cell(60, Decimal("0.0075"))
REPEATED = """UPDATE minute_metrics SET last_price = (SELECT m.last_price FROM minute_metrics AS m WHERE m.ts = %(ts)s)
    WHERE ts > %(ts)s - INTERVAL '15 minutes' AND ts <= %(ts)s"""
minutes = iter(range(1, 59))  # each test answers minutes of its own


@pytest.fixture(scope="module")
def trained(postgres: EmbeddedPostgres) -> Iterator[Pipeline]:
    """Champions since an hour, that of the volatility baseline; nothing is answered yet."""
    small = small_settings(candidates=())
    settings = replace(
        small,
        ingest=replace(small.ingest, first_load=timedelta(days=DAYS)),
        signals=replace(small.signals, live=(CELL, OTHER), catch_up=timedelta(hours=2)),
    )
    with served(ChangeableMarket(days=DAYS + 1, seed=5), NOW) as url, database(postgres) as dsn:
        made = make_pipeline(url, dsn, settings)
        migrate(made.warehouse)
        ingest(made)
        train(made, as_of=NOW - timedelta(hours=1))
        with made.warehouse.transaction() as connection:
            connection.execute("CREATE TABLE held AS SELECT * FROM minute_metrics")
        yield made


@pytest.fixture
def ts() -> datetime:
    """A minute that no other test answers, with an hour of reign behind or before it."""
    return NOW - next(minutes) * MINUTE


def test_a_symbol_without_a_champion_holds_no_other_up(
    trained: Pipeline, ts: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    """One that was added is named until its first training, wherever it stands; alone it is an error."""
    added, known = Symbol("NEWUSDT", "symbol", "NEWUSDT"), trained.settings.symbols
    both = replace(trained, settings=replace(trained.settings, symbols=(added, *known)))
    assert len(answers(both, ts)) == 2
    assert "No live cell of NEWUSDT has a champion yet" in caplog.text
    with pytest.raises(NotReady, match="No live cell of NEWUSDT"):
        predict(replace(trained, settings=replace(trained.settings, symbols=(added,))))


@contextmanager
def changed(pipeline: Pipeline, statement: str, values: Any) -> Iterator[None]:
    """Minutes as the statement leaves them, until the end."""
    execute(pipeline, statement, values)
    try:
        yield
    finally:
        execute(pipeline, "DELETE FROM minute_metrics")
        execute(pipeline, "INSERT INTO minute_metrics SELECT * FROM held")


def execute(pipeline: Pipeline, statement: str, values: Any = None) -> None:
    with pipeline.warehouse.transaction() as connection:
        connection.execute(statement, values)  # type: ignore[arg-type]


def until(pipeline: Pipeline, condition: str) -> None:
    while rows(pipeline.warehouse, condition) != [(True,)]:
        sleep(0.02)


def answers(pipeline: Pipeline, ts: datetime, end: datetime | None = None) -> list[tuple[str, str | None, str]]:
    """What the minute, or the span, is answered with: side, code and reason by minute and cell."""
    predict(pipeline, ts, end or ts + MINUTE)
    query = "SELECT side, reason_code, reason FROM signals WHERE ts >= %s AND ts < %s ORDER BY ts, horizon_minutes"
    found: list[Any] = rows(pipeline.warehouse, query, [ts, end or ts + MINUTE])
    return found


def test_a_scored_minute_says_why_it_holds_and_what_scored_it(trained: Pipeline, ts: datetime) -> None:
    """HOLD has a code, the environment is recorded once, and the rule's settings stand in the row."""
    assert [(side, code) for side, code, _ in answers(trained, ts)] == [("HOLD", "no_edge")] * 2
    query = """SELECT count(DISTINCT environment_id), bool_and(libraries ? 'numpy' AND libraries ? 'vector_instructions') AS told,
        min(stop_loss_volatilities) AS stop, min(take_profit_volatilities) AS target FROM signals JOIN scoring_environments USING (environment_id)"""
    assert rows(trained.warehouse, query) == [(1, True, 1.0, 1.5)]
    assert rows(trained.warehouse, "SELECT count(*) FROM scoring_environments") == [(1,)]
    shown = rows(
        trained.warehouse, "SELECT DISTINCT reason_code, environment_id IS NOT NULL AS known FROM signals_latest"
    )
    assert shown == [("no_edge", True)]


def test_what_is_missing_has_its_own_code(trained: Pipeline, ts: datetime) -> None:
    """A minute that is not held, and one whose price is not known."""
    with changed(trained, "DELETE FROM minute_metrics WHERE ts = %s", [ts]):
        assert {code for _, code, _ in answers(trained, ts)} == {"missing_minute"}
    other = NOW - next(minutes) * MINUTE
    with changed(trained, "UPDATE minute_metrics SET last_price = NULL WHERE ts = %s", [other]):
        assert {code for _, code, _ in answers(trained, other)} == {"missing_input"}


def test_an_exporter_that_repeats_itself_is_stale(trained: Pipeline, ts: datetime) -> None:
    """The fifteenth minute of one price is abstained from and the fourteenth is not."""
    with changed(trained, REPEATED, {"ts": ts}):
        said = answers(trained, ts)
        assert [(side, code) for side, code, _ in said] == [("ABSTAIN", "stale_input")] * 2
        assert said[0][2].startswith("last_price stayed the same for 15 minutes")
        patient = replace(
            trained.settings, signals=replace(trained.settings.signals, stale_after=timedelta(minutes=16))
        )
        next_ts = NOW - next(minutes) * MINUTE
    with changed(trained, REPEATED, {"ts": next_ts}):
        assert {code for _, code, _ in answers(replace(trained, settings=patient), next_ts)} == {"no_edge"}


def test_a_metric_other_than_the_price_is_stale_by_itself(trained: Pipeline, ts: datetime) -> None:
    """A volume that stands still for fifteen minutes is named, whatever the price does; an unknown one is not stale."""
    with changed(trained, REPEATED.replace("last_price", "volume_24h"), {"ts": ts}):
        said = answers(trained, ts)
        assert [(side, code) for side, code, _ in said] == [("ABSTAIN", "stale_input")] * 2
        assert said[0][2].startswith("volume_24h stayed the same for 15 minutes")
    other = NOW - next(minutes) * MINUTE
    unknown = "UPDATE minute_metrics SET volume_24h = NULL WHERE ts > %(ts)s - INTERVAL '15 minutes' AND ts <= %(ts)s"
    with changed(trained, unknown, {"ts": other}):
        assert {code for _, code, _ in answers(trained, other)} == {"no_edge"}


def test_what_was_wrong_with_the_inputs_is_kept(trained: Pipeline) -> None:
    """Stale, out of range or unknown: the row names the values as they were, by which no model is called to have scored."""
    wrong = {
        "stale_input": REPEATED,
        "out_of_range": "UPDATE minute_metrics SET last_price = last_price * 3 WHERE ts = %(ts)s",
        "missing_input": "UPDATE minute_metrics SET last_price = NULL WHERE ts = %(ts)s - INTERVAL '20 minutes'",
        "missing_minute": "DELETE FROM minute_metrics WHERE ts = %(ts)s",
    }
    for code, statement in wrong.items():
        ts = NOW - next(minutes) * MINUTE
        with changed(trained, statement, {"ts": ts}):
            assert {found for _, found, _ in answers(trained, ts)} == {code}
            kept = rows(
                trained.warehouse,
                """SELECT s.model_id, s.environment_id, i.values = f.values AS equal FROM signals AS s
                LEFT JOIN signal_inputs AS i USING (symbol, ts, inputs_hash)
                LEFT JOIN (SELECT ts, array_agg(v::real ORDER BY n) AS values FROM (
                    SELECT m.ts, c.n, (to_jsonb(m) ->> c.name)::float8 AS v FROM minute_features AS m,
                        feature_versions AS w, unnest(w.columns) WITH ORDINALITY AS c (name, n) WHERE m.ts = %(ts)s
                ) AS one GROUP BY ts) AS f USING (ts)
                WHERE s.ts = %(ts)s""",
                {"ts": ts},
            )
        assert kept == [(None, None, None if code == "missing_minute" else True)] * 2


def test_a_repeating_minute_beside_a_hole_is_not_called_stale(trained: Pipeline, ts: datetime) -> None:
    """Where fewer minutes are held than it takes to tell, the hole is the reason."""
    with changed(trained, REPEATED, {"ts": ts}):
        execute(trained, "DELETE FROM minute_metrics WHERE ts = %s", [ts - 5 * MINUTE])
        assert {code for _, code, _ in answers(trained, ts)} == {"missing_input"}


def test_an_input_far_outside_its_training_range_is_named(trained: Pipeline, ts: datetime) -> None:
    """Name, value and bounds; within a wide enough margin, or without stored ranges, it is scored."""
    with changed(trained, "UPDATE minute_metrics SET last_price = last_price * 3 WHERE ts = %s", [ts]):
        said = answers(trained, ts)
        assert {code for _, code, _ in said} == {"out_of_range"}
        assert "realised_volatility_60m is 0.1" in said[0][2]
        assert "beyond the bounds" in said[0][2]
    other = NOW - next(minutes) * MINUTE
    with changed(trained, "UPDATE minute_metrics SET last_price = last_price * 3 WHERE ts = %s", [other]):
        wide = replace(trained.settings, signals=replace(trained.settings.signals, range_margin=1e4))
        assert {side for side, _, _ in answers(replace(trained, settings=wide), other)} == {"HOLD"}
    third = NOW - next(minutes) * MINUTE
    execute(trained, "CREATE TABLE ranges AS SELECT model_id, input_quantiles FROM models")
    execute(trained, "UPDATE models SET input_quantiles = NULL")
    with changed(trained, "UPDATE minute_metrics SET last_price = last_price * 3 WHERE ts = %s", [third]):
        assert {side for side, _, _ in answers(trained, third)} == {"HOLD"}
    execute(
        trained,
        "UPDATE models SET input_quantiles = r.input_quantiles FROM ranges AS r WHERE r.model_id = models.model_id",
    )


def test_the_ranges_are_those_of_the_training_rows(trained: Pipeline) -> None:
    """Least and largest value and the median of the model's own inputs, as the view has them, float32."""
    query = """
        SELECT q -> 0 = to_jsonb(v.least) AS least, q -> 16 = to_jsonb(v.largest) AS largest, jsonb_array_length(q) AS quantiles
        FROM (SELECT *, input_quantiles -> 'realised_volatility_60m' AS q FROM models WHERE horizon_minutes = 15) AS m,
            LATERAL (
                SELECT min(f.realised_volatility_60m::real)::float8 AS least, max(f.realised_volatility_60m::real)::float8 AS largest
                FROM minute_features AS f
                WHERE f.ts BETWEEN m.trained_from AND m.trained_to AND extract(minute FROM f.ts)::int = ANY('{0,15,30,45}')
            ) AS v
    """
    assert rows(trained.warehouse, query) == [(True, True, 17)]
    [(names, inputs)] = rows(
        trained.warehouse,
        "SELECT DISTINCT array(SELECT jsonb_object_keys(input_quantiles)) AS names, feature_columns FROM models",
    )
    assert sorted(names) == sorted(inputs)


def test_a_model_that_is_too_old_abstains(trained: Pipeline, ts: datetime) -> None:
    """Its as_of lies further back than allowed; the reason says how far and names the setting."""
    strict = replace(trained.settings, signals=replace(trained.settings.signals, max_model_age=timedelta(seconds=30)))
    said = answers(replace(trained, settings=strict), ts)
    assert {code for _, code, _ in said} == {"model_too_old"}
    assert "signals.max_model_age_days" in said[0][2]


def test_a_refused_artifact_has_its_code(trained: Pipeline, ts: datetime) -> None:
    """Bytes that were changed are never read."""
    execute(trained, "UPDATE models SET artifact = artifact || '\\x00'::bytea WHERE horizon_minutes = 15")
    assert [code for _, code, _ in answers(trained, ts)] == ["model_refused", "no_edge"]
    execute(
        trained, "UPDATE models SET artifact = substring(artifact FOR length(artifact) - 1) WHERE horizon_minutes = 15"
    )


def test_lost_features_have_their_code(trained: Pipeline, ts: datetime) -> None:
    """The view of the version that the model was trained on is not there: the reason says what to run."""
    execute(trained, "ALTER VIEW minute_features_v1 RENAME TO lost")
    said = answers(trained, ts)
    execute(trained, "ALTER VIEW lost RENAME TO minute_features_v1")
    assert {code for _, code, _ in said} == {"features_lost"}
    assert "cortex-signals train" in said[0][2]


def test_the_kill_switch_holds_from_the_very_next_run_and_is_turned_off_again(
    trained: Pipeline, ts: datetime, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """On: every cell abstains and says who and why; what is answered stays; off: signals again."""
    monkeypatch.setattr("include.cli.commands._pipeline", lambda args: trained)
    before = answers(trained, ts)
    assert main(["kill-switch", "on", "--reason", "the exchange is down"]) == 0
    assert answers(trained, ts) == before
    other = NOW - next(minutes) * MINUTE
    said = answers(trained, other)
    assert [(side, code) for side, code, _ in said] == [("ABSTAIN", "kill_switch")] * 2
    [(login,)] = rows(trained.warehouse, "SELECT session_user::text")
    assert f"set by {login}: the exchange is down" in said[0][2]
    capsys.readouterr()
    assert main(["kill-switch", "--json"]) == 0
    [state] = json.loads(capsys.readouterr().out)
    assert (state["symbol"], state["is_on"], state["reason"]) == (None, True, "the exchange is down")
    set_kill_switch(trained, False, None, "it is back", "admin")
    set_kill_switch(trained, True, "BTCUSDT", "only this one", "admin")
    third = NOW - next(minutes) * MINUTE
    assert "of BTCUSDT is on" in answers(trained, third)[0][2]
    set_kill_switch(trained, False, "BTCUSDT", "done", "admin")
    fourth = NOW - next(minutes) * MINUTE
    assert {side for side, _, _ in answers(trained, fourth)} == {"HOLD"}
    acts = rows(trained.warehouse, "SELECT symbol, is_on, set_by FROM kill_switch ORDER BY switch_id")
    assert acts[1:] == [(None, False, "admin"), ("BTCUSDT", True, "admin"), ("BTCUSDT", False, "admin")]


def test_the_kill_switch_wants_a_reason_and_a_known_symbol(trained: Pipeline) -> None:
    """Nothing is written without either."""
    with pytest.raises(SettingsError, match="--reason"):
        set_kill_switch(trained, True, None, " ")
    with pytest.raises(SettingsError, match="DOGE"):
        set_kill_switch(trained, True, "DOGE", "why not")


def test_the_kill_switch_waits_for_no_input(trained: Pipeline, ts: datetime) -> None:
    """A minute whose inputs may still come is answered at once while it is on."""
    clock = replace(trained.settings.lab_clock, settle_deadline=timedelta(hours=2), late_after=timedelta(hours=2))
    waiting = replace(trained, settings=replace(trained.settings, lab_clock=clock))
    with changed(trained, "UPDATE minute_metrics SET last_price = NULL WHERE ts = %s", [ts]):
        assert answers(waiting, ts) == []
        set_kill_switch(trained, True, None, "now", "admin")
        assert [code for _, code, _ in answers(waiting, ts)] == ["kill_switch"] * 2
        set_kill_switch(trained, False, None, "over", "admin")


def check(pipeline: Pipeline, status: str, cell: Cell | None = None, symbol: str | None = "BTCUSDT") -> None:
    values = (status, symbol, cell and cell.horizon_minutes, cell and cell.threshold)
    execute(
        pipeline,
        "INSERT INTO pipeline_checks (name, status, symbol, horizon_minutes, threshold, is_blocking, detail, runbook) "
        "VALUES ('skew', %s, %s, %s, %s, TRUE, '3 of 84 features differ', 'skew')",
        values,
    )


def test_a_failed_blocking_check_stops_its_cell_until_it_is_ok(trained: Pipeline, ts: datetime) -> None:
    """The reason names check and runbook section; another cell goes on; a newer ok lifts it; one of no symbol stops all."""
    check(trained, "failed", CELL)
    said = answers(trained, ts)
    assert [code for _, code, _ in said] == ["failed_check", "no_edge"]
    assert rows(trained.warehouse, "SELECT name, horizon_minutes FROM blocking_checks") == [("skew", 15)]
    assert "the check skew failed" in said[0][2]
    assert "until it is run again and does not, by `cortex-signals check skew` or monitor_pipeline" in said[0][2]
    assert said[0][2].endswith("3 of 84 features differ (docs/runbook.md#skew)")
    check(trained, "ok", CELL)
    check(trained, "failed", symbol=None)
    other = NOW - next(minutes) * MINUTE
    assert [code for _, code, _ in answers(trained, other)] == ["failed_check"] * 2
    check(trained, "alert", symbol=None)
    third = NOW - next(minutes) * MINUTE
    assert [code for _, code, _ in answers(trained, third)] == ["no_edge"] * 2


def test_when_a_minute_was_committed_stands_beside_it_once(trained: Pipeline, ts: datetime) -> None:
    """One row a symbol and minute with its latency; a run that answers nothing writes none."""
    answers(trained, ts)
    answers(trained, ts)
    query = """SELECT symbol, signals, is_late, committed_at >= decided_at AS after,
        abs(latency_seconds - extract(epoch FROM committed_at - ts)) < 1e-6 AS counted FROM signal_commits WHERE ts = %s"""
    assert rows(trained.warehouse, query, [ts]) == [("BTCUSDT", 2, (NOW - ts) > MINUTE, True, True)]


def test_what_waits_for_another_session_decides_after_it(trained: Pipeline, ts: datetime) -> None:
    """The time of the row is that of the end of the wait, and not of its beginning."""
    with ThreadPoolExecutor(1) as pool:
        with trained.warehouse.transaction() as other:
            other.execute("LOCK TABLE signals IN SHARE MODE")
            done = pool.submit(predict, trained, ts, ts + MINUTE)
            until(trained, "SELECT count(*) > 0 FROM pg_locks WHERE relation = 'signals'::regclass AND NOT granted")
            began = monotonic()
            sleep(0.5)
            waited = monotonic() - began
        assert done.result().scored == 2
    [(decided_at,)] = rows(trained.warehouse, "SELECT DISTINCT decided_at FROM signals WHERE ts = %s", [ts])
    assert decided_at >= NOW + timedelta(seconds=waited), "the source's clock stands still at NOW"


def test_what_waits_too_long_writes_nothing_and_is_answered_by_the_next_run(trained: Pipeline, ts: datetime) -> None:
    """A third of `time.late_after_seconds`, then one sentence."""
    clock = replace(trained.settings.lab_clock, late_after=timedelta(seconds=0.6))
    impatient = replace(trained, settings=replace(trained.settings, lab_clock=clock))
    with trained.warehouse.transaction() as other:
        other.execute("LOCK TABLE signals IN SHARE MODE")
        with pytest.raises(WarehouseUnreachable, match="waited for in vain"):
            predict(impatient, ts, ts + MINUTE)
    for table in ("signals", "signal_inputs", "signal_commits"):
        assert rows(trained.warehouse, f"SELECT count(*) FROM {table} WHERE ts = %s", [ts]) == [(0,)]
    assert len(answers(impatient, ts)) == 2


def test_the_source_is_asked_for_its_time_once_a_run(trained: Pipeline) -> None:
    """However many cells and minutes there are; a source that falls silent afterwards costs no row and no commit."""
    first = NOW + MINUTE
    asked: list[str] = []

    def once(app: Any) -> Any:
        async def answer(scope: Any, receive: Any, send: Any) -> None:
            if b"time()" in unquote_to_bytes(scope.get("query_string", b"")):
                asked.append("time")
                if len(asked) > 1:
                    await PlainTextResponse("gone", 503)(scope, receive, send)
                    return
            await app(scope, receive, send)

        return answer

    market = ChangeableMarket(days=DAYS + 1, seed=5)
    with served(market, first + 3 * MINUTE) as url:
        ingest(replace(trained, cortex=Cortex(url)))
    with serving(once(create_app(market, LabClock((first + 3 * MINUTE).timestamp(), 0.0)))) as url:
        done = predict(replace(trained, cortex=Cortex(url)), first, first + 3 * MINUTE)
    assert (done.scored, asked) == (6, ["time"])
    query = "SELECT count(*) FROM signal_commits WHERE ts >= %s AND committed_at >= decided_at"
    assert rows(trained.warehouse, query, [first]) == [(3,)]


def test_the_heart_beats_after_a_live_minute_alone(
    trained: Pipeline, ts: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    """A real address is asked once a live commit and not for late ones; a dead or angry one is a warning and no failure."""
    heard: list[str] = []

    async def monitor(scope: Any, receive: Any, send: Any) -> None:
        heard.append(scope["path"])
        await PlainTextResponse("", 500 if "angry" in scope["path"] else 200)(scope, receive, send)

    clock = replace(trained.settings.lab_clock, late_after=timedelta(hours=2))
    in_time = replace(trained, settings=replace(trained.settings, lab_clock=clock))
    with serving(monitor) as url:
        beating = replace(in_time, heartbeat_url=f"{url}/beat")
        assert len(answers(beating, ts)) == 2
        answers(beating, ts)
        answers(replace(trained, heartbeat_url=f"{url}/late"), NOW - next(minutes) * MINUTE)
        assert heard == ["/prometheus/beat"], "once a run, and not again where nothing new was answered"
        with caplog.at_level(logging.WARNING, "include.heartbeat"):
            assert len(answers(replace(in_time, heartbeat_url=f"{url}/angry"), NOW - next(minutes) * MINUTE)) == 2
        assert "answered with 500" in caplog.text
    with caplog.at_level(logging.WARNING, "include.heartbeat"):
        assert len(answers(beating, NOW - next(minutes) * MINUTE)) == 2
    assert "was not heard" in caplog.text
