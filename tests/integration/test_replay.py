"""Signals computed again, explained and followed: equal after a restart, and what was changed is found."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import psycopg
import pytest
from markets import FIRST, ChangeableMarket, served
from pipelines import make_pipeline, rows, small_settings

from include.cli.main import main
from include.errors import NotReady
from include.explain import explain
from include.follow import follow, line, newest
from include.ingest import ingest
from include.launcher.postgres import EmbeddedPostgres
from include.pipeline import Pipeline
from include.predict import predict
from include.replay import replay, replay_sample
from include.settings import Cell
from include.train import train
from include.warehouse.migrate import migrate
from include.watching.checks import run_checks
from tests.integration.conftest import OWNER, PASSWORD, database

MINUTE = timedelta(minutes=1)
DAYS = 9
NOW = FIRST + timedelta(days=DAYS)
CELL = Cell(15, Decimal("0.003"))


@pytest.fixture(scope="module")
def answered(postgres: EmbeddedPostgres) -> Iterator[Pipeline]:
    """Half an hour of signals of the volatility baseline, with LightGBM in shadow; the last ten minutes may trade."""
    small = small_settings(candidates=("lightgbm",))
    settings = replace(
        small,
        ingest=replace(small.ingest, first_load=timedelta(days=DAYS)),
        signals=replace(small.signals, live=(CELL,), shadow="runner_up"),
    )
    with served(ChangeableMarket(days=DAYS + 1, seed=5), NOW) as url, database(postgres) as dsn:
        made = make_pipeline(url, dsn, settings)
        migrate(made.warehouse)
        ingest(made)
        train(made, as_of=NOW - timedelta(minutes=30))
        predict(made, NOW - 29 * MINUTE, NOW - 10 * MINUTE)
        yield made


@pytest.fixture
def numbers(answered: Pipeline) -> dict[bool, int]:
    """A live and a shadow signal's number."""
    return dict(
        rows(answered.warehouse, "SELECT is_shadow, min(signal_id) FROM signals WHERE side = 'HOLD' GROUP BY 1")
    )  # type: ignore[arg-type]


def execute(pipeline: Pipeline, *statements: str) -> None:
    """As whoever may turn triggers off."""
    with pipeline.warehouse.transaction() as connection:
        for table in ("signals", "signal_inputs"):
            connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")  # type: ignore[arg-type]
        for statement in statements:
            connection.execute(statement)  # type: ignore[arg-type]
        for table in ("signals", "signal_inputs"):
            connection.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")  # type: ignore[arg-type]


def environ(pipeline: Pipeline) -> dict[str, str]:
    own = {"WAREHOUSE_DSN": pipeline.warehouse.dsn, "CORTEX_URL": pipeline.cortex.url}
    return {**os.environ, **own, "CORTEX_SIGNALS_ALLOW_SIMULATED": "1"}


def console(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "include.cli", *arguments]


def test_the_check_replays_what_was_scored(answered: Pipeline) -> None:
    """Its row says how many came out with the same bits; that is all of them where nothing was changed."""
    [checked] = run_checks(answered, ["replay"])
    scored = rows(answered.warehouse, "SELECT count(*) FROM signals WHERE side <> 'ABSTAIN'")[0][0]
    assert (checked.status, checked.value) == ("ok", 0)
    assert (checked.evidence or {})["equal"] == min(scored, answered.settings.watching.replayed_signals) > 0


def test_a_signal_is_equal_after_a_restart(answered: Pipeline, numbers: dict[bool, int]) -> None:
    """In another process, of the champion and of the challenger: bit for bit, and no correction has come since."""
    command = console("replay", str(numbers[True]), "--json")
    done = subprocess.run(command, env=environ(answered), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert (found["result"], found["is_same_environment"], found["differences"]) == ("equal", True, [])
    assert "bit for bit" in found["sentence"]
    assert found["used"]["reference_price"] > 0
    assert found["later"]["sentence"].startswith("No correction")
    assert replay(answered, numbers[False]).result == "equal"


def test_a_trade_is_equal_whatever_the_settings_have_become(answered: Pipeline) -> None:
    """Stop and target are by the distances that stand in the row."""
    execute(
        answered,
        "CREATE TABLE rules AS SELECT model_id, decision FROM models",
        'UPDATE models SET decision = decision || \'{"may_trade": true, "class_returns": [-1, 0.1, 1]}\'',
    )
    ts = NOW - 9 * MINUTE
    predict(answered, ts, ts + MINUTE)
    found = rows(
        answered.warehouse,
        "SELECT signal_id, side, stop_loss_price, take_profit_price FROM signals WHERE ts = %s",
        [ts],
    )
    other = replace(
        answered.settings.signals, stop_loss_volatilities=9.0, take_profit_volatilities=9.0, cost_bps_per_side=1.0
    )
    changed = replace(answered, settings=replace(answered.settings, signals=other))
    assert len(found) == 2
    for number, side, stop, target in found:
        assert side in {"BUY", "SELL"}
        assert min(stop, target) < max(stop, target)
        assert replay(changed, number).result == "equal"
    execute(answered, "UPDATE models SET decision = r.decision FROM rules AS r WHERE r.model_id = models.model_id")
    done = replay(answered, found[0][0])
    assert done.result == "different", "the rule that the model has now is another"
    assert {"side", "expected_edge_bps"} <= {one.column for one in done.differences}


@pytest.mark.parametrize(
    ("change", "back", "said"),
    [
        (
            "UPDATE models SET artifact = artifact || '\\x00'::bytea",
            "UPDATE models SET artifact = substring(artifact FOR length(artifact) - 1)",
            "changed after training",
        ),
        (
            'UPDATE signal_inputs SET "values"[3] = "values"[3] + 1',
            'UPDATE signal_inputs SET "values"[3] = "values"[3] - 1',
            "changed after scoring",
        ),
        ("UPDATE signals SET p_up = p_up + 1e-15 WHERE p_up IS NOT NULL", None, "comes out otherwise"),
    ],
)
def test_what_was_changed_is_found(
    answered: Pipeline,
    numbers: dict[bool, int],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    change: str,
    back: str | None,
    said: str,
) -> None:
    """Bytes of the model, values of the inputs, or the last bit of a probability: one sentence, exit 1, and in the sample."""
    monkeypatch.setattr("include.cli.commands._pipeline", lambda args: answered)
    execute(
        answered,
        "CREATE TABLE kept_signals AS SELECT * FROM signals",
        "CREATE TABLE kept_inputs AS SELECT * FROM signal_inputs",
        change,
    )
    try:
        assert main(["replay", str(numbers[False])]) == 1
        assert said in capsys.readouterr().out
        assert numbers[False] in replay_sample(answered, count=1000, days=1, seed=1).different
        [checked] = run_checks(answered, ["replay"])
        assert (checked.status, checked.is_blocking) == ("failed", False)
        assert numbers[False] in (checked.evidence or {})["different"]
    finally:
        execute(
            answered,
            *([back] if back else []),
            "TRUNCATE signals, signal_inputs",
            "INSERT INTO signals SELECT * FROM kept_signals",
            "INSERT INTO signal_inputs SELECT * FROM kept_inputs",
            "DROP TABLE kept_signals, kept_inputs",
        )
    assert replay(answered, numbers[False]).result == "equal"


def test_what_a_later_correction_would_change_is_told_apart(answered: Pipeline, numbers: dict[bool, int]) -> None:
    """The signal is still equal; the features that differ today, the price, and the signal that would follow stand beside."""
    [(ts, price)] = rows(
        answered.warehouse, "SELECT ts, reference_price FROM signals WHERE signal_id = %s", [numbers[False]]
    )
    execute(answered, f"UPDATE minute_metrics SET last_price = last_price * 1.01 WHERE ts = '{ts.isoformat()}'")
    done = replay(answered, numbers[False])
    assert (done.result, done.is_right) == ("equal", True)
    assert done.later is not None
    assert done.later.signal is not None
    assert done.later.price == pytest.approx(price * 1.01)
    changed = {one.feature: one for one in done.later.features}
    volatility = changed["realised_volatility_60m"]
    assert volatility.is_input
    assert volatility.now is not None
    assert volatility.stored is not None
    assert volatility.now > volatility.stored
    assert not changed["return_1m"].is_input
    assert done.later.signal["p_up"] > rows(answered.warehouse, "SELECT min(p_up) FROM signals")[0][0]
    execute(answered, f"DELETE FROM minute_metrics WHERE ts = '{ts.isoformat()}'")
    gone = replay(answered, numbers[False])
    assert gone.result == "equal"
    assert gone.later is not None
    assert "not held any more" in gone.later.sentence
    ingest_again(answered)
    later = replay(answered, numbers[False]).later
    assert later is not None
    assert later.sentence.startswith("No correction")


def ingest_again(pipeline: Pipeline) -> None:
    from include.ingest import backfill

    backfill(pipeline, NOW - timedelta(hours=1), NOW + MINUTE, refetch=True)


def test_other_libraries_are_named_and_compared_within_a_tolerance(
    answered: Pipeline, numbers: dict[bool, int]
) -> None:
    """Under another environment a last bit may differ, more may not; the sentence says what is other."""
    execute(
        answered,
        "UPDATE scoring_environments SET fingerprint = 'other', libraries = libraries || '{\"numpy\": \"1.0\"}'",
        f"UPDATE signals SET p_up = p_up + 1e-12 WHERE signal_id = {numbers[False]}",
    )
    done = replay(answered, numbers[False])
    assert (done.result, done.is_same_environment) == ("within_tolerance", False)
    assert "(numpy)" in done.sentence
    execute(answered, f"UPDATE signals SET p_up = p_up + 1e-6 WHERE signal_id = {numbers[False]}")
    assert replay(answered, numbers[False]).result == "different"
    sample = replay_sample(answered, count=1000, days=1, seed=3)
    assert numbers[False] in sample.different
    assert (sample.equal, sample.checked) == (0, sample.within_tolerance + len(sample.different))
    predict(answered, NOW - 10 * MINUTE, NOW - 9 * MINUTE)
    found = rows(answered.warehouse, "SELECT count(DISTINCT environment_id) FROM signals")
    assert found == rows(answered.warehouse, "SELECT count(*) FROM scoring_environments") == [(2,)]


def test_a_sample_is_drawn_by_its_seed(answered: Pipeline) -> None:
    """All right where nothing was changed; no more than asked for, and only scored signals."""
    predict(answered, NOW - 8 * MINUTE, NOW - 4 * MINUTE)
    sample = replay_sample(answered, count=5, days=1, seed=11)
    assert sample.checked == 5
    assert sample == replay_sample(answered, count=5, days=1, seed=11)
    assert replay_sample(answered, count=3).checked == 3


def test_an_abstained_signal_has_nothing_to_compute_again(answered: Pipeline) -> None:
    """It says why it abstained; and a number that is none is one sentence."""
    strict = replace(answered.settings.signals, max_model_age=timedelta(seconds=1))
    predict(replace(answered, settings=replace(answered.settings, signals=strict)), NOW - 3 * MINUTE, NOW - 2 * MINUTE)
    [(number,)] = rows(
        answered.warehouse, "SELECT signal_id FROM signals WHERE reason_code = 'model_too_old' AND NOT is_shadow"
    )
    done = replay(answered, number)
    assert (done.result, done.is_right, done.later) == ("abstained", True, None)
    assert "signals.max_model_age_days" in done.sentence
    with pytest.raises(NotReady, match="abstained"):
        explain(answered, number)
    with pytest.raises(NotReady, match="There is no signal 999999"):
        replay(answered, 999_999)


def test_a_signal_is_explained(
    answered: Pipeline, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Values are the stored ones, medians the training's; strongest first; the console says SIMULATED and the method."""
    numbers: dict[Any, Any] = dict(
        rows(answered.warehouse, "SELECT is_shadow, max(signal_id) FROM signals WHERE side = 'HOLD' GROUP BY 1")
    )
    found = explain(answered, numbers[True])
    assert found.candidate == "lightgbm"
    [part] = found.parts
    strengths = [max(abs(n) for n in one.contributions.values()) for one in part.features]
    assert strengths == sorted(strengths, reverse=True)
    [(columns, values, medians)] = rows(
        answered.warehouse,
        'SELECT v.columns, i."values", m.input_quantiles FROM signals AS s JOIN models AS m USING (model_id) '
        "JOIN signal_inputs AS i ON i.ts = s.ts AND i.inputs_hash = s.inputs_hash "
        "JOIN feature_versions AS v ON v.feature_version = i.feature_version "
        "WHERE signal_id = %s",
        [numbers[True]],
    )
    stored = dict(zip(columns, values, strict=True))
    assert all(
        one.value == np.float32(stored[one.feature]) and one.median == medians[one.feature][8] for one in part.features
    )
    monkeypatch.setattr("include.cli.commands._pipeline", lambda args: answered)
    assert main(["explain", str(numbers[False]), "--top", "3"]) == 0
    out = capsys.readouterr().out
    assert "SIMULATED" in out
    assert "coefficient × distance from the training mean" in out
    assert "realised_volatility_60m" in out


def test_watching_shows_what_comes_and_outlasts_the_warehouse(
    answered: Pipeline, postgres: EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The newest minute, then each new live one, once; the warehouse is away and back; --once ends."""
    in_time = replace(answered.settings.lab_clock, late_after=timedelta(hours=1))
    live = replace(answered, settings=replace(answered.settings, lab_clock=in_time))
    name = psycopg.conninfo.conninfo_to_dict(answered.warehouse.dsn)["dbname"]
    [(before,)] = rows(answered.warehouse, "SELECT max(ts) FROM signals WHERE NOT is_shadow")

    def elsewhere(statement: str) -> None:
        with psycopg.connect(postgres.dsn("postgres", OWNER, PASSWORD), autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[arg-type]

    def away() -> None:
        elsewhere(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        elsewhere(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")

    steps = iter(
        [
            lambda: predict(live, before + MINUTE, before + 2 * MINUTE),
            away,
            lambda: None,
            lambda: elsewhere(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true"),
        ]
    )

    def wait(seconds: float) -> None:
        step = next(steps, None)
        if step is None:
            raise KeyboardInterrupt
        step()

    said: list[Any] = []
    with pytest.raises(KeyboardInterrupt):
        said.extend(follow(live, wait=wait))
    assert [one if isinstance(one, str) else one["ts"] for one in said[:2]] == [before, before + MINUTE]
    assert [isinstance(one, str) for one in said] == [False, False, True, True]
    assert said[2].endswith("Watching goes on.")
    shown = line(said[1])
    assert shown.startswith(f"{before + MINUTE:%Y-%m-%d %H:%M}  BTCUSDT   15 min ±0.30 %  HOLD")
    assert shown.endswith("SIMULATED")
    assert "base rate" in shown
    monkeypatch.setattr("include.cli.commands._pipeline", lambda args: answered)
    assert main(["watch", "--once"]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == [line(one) for one in newest(answered)] == [shown]


WATCH = """
import signal
from include.cli.main import main
signal.signal(signal.SIGINT, signal.default_int_handler)  # which a test that runs in the background does not hand down
raise SystemExit(main(["watch"]))
"""


def test_watching_ends_with_ctrl_c(answered: Pipeline, tmp_path: Path) -> None:
    """Exit 0 and no traceback; what it prints first says that all of it is on paper."""
    said = tmp_path / "said"
    with said.open("w") as file, (tmp_path / "errors").open("w") as errors:
        process = subprocess.Popen([sys.executable, "-c", WATCH], env=environ(answered), stdout=file, stderr=errors)
        try:
            deadline = time.monotonic() + 60
            while said.read_text().count("\n") < 2 and process.poll() is None and time.monotonic() < deadline:
                time.sleep(0.05)
            process.send_signal(signal.SIGINT)
            code = process.wait(timeout=60)
        finally:
            process.kill()
    assert (code, (tmp_path / "errors").read_text()) == (0, "")
    first, second, *_ = said.read_text().splitlines()
    assert "on paper" in first
    assert second.endswith("SIMULATED")
