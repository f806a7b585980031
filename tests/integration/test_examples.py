"""The examples are run: what they print is what stands in the warehouse, and each says what is simulated."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from made_signals import CELL, COLUMNS, make_models, scored
from markets import FIRST, ChangeableMarket, Serve, served
from pipelines import make_pipeline, rows, small_settings
from psycopg.conninfo import conninfo_to_dict

from include.backtest import backtest
from include.cortex.minutes import MINUTE
from include.ingest import ingest
from include.lab.layout import Layout
from include.models import candidates
from include.pipeline import Pipeline
from include.predict import predict
from include.settings import Cell, load_settings
from include.train import train
from include.warehouse import features
from include.warehouse.connection import Warehouse
from include.warehouse.migrate import migrate
from tests.integration.conftest import DEFAULT_VERSION, Servers, database

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
DAYS = 9
NOW = FIRST + timedelta(days=DAYS)
TRAINED = NOW - timedelta(days=2)
QUESTION = Cell(CELL[0], Decimal(str(CELL[1])))

needs_psql = pytest.mark.skipif(shutil.which("psql") is None, reason="psql is not installed (postgresql-client)")


def loaded(name: str) -> ModuleType:
    """An example as a module."""
    spec = importlib.util.spec_from_file_location(f"example_{name}", EXAMPLES / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def reader(made_signals: str) -> str:
    """What `cortex-signals dsn` prints for the made signals."""
    return Warehouse(made_signals).dsn_for("reader", timedelta(seconds=60))


@pytest.fixture(scope="module")
def trained(servers: Servers, migrated_template: str) -> Iterator[Pipeline]:
    """Nine days and a training after seven of them, in which the example's feature and candidate took part.

    The template of other tests' databases is made before, so that it has no such feature.
    """
    assert migrated_template
    small = small_settings(candidates=("volatility_and_return",))
    settings = replace(
        small,
        ingest=replace(small.ingest, first_load=timedelta(days=DAYS)),
        signals=replace(small.signals, live=(QUESTION,)),
    )
    market = ChangeableMarket(days=DAYS + 1, seed=5)
    with taken_in(), database(servers(DEFAULT_VERSION)) as dsn, served(market, NOW) as url:
        pipeline = make_pipeline(url, dsn, settings)
        migrate(pipeline.warehouse)
        ingest(pipeline)
        train(pipeline, as_of=TRAINED)
        yield pipeline


@contextmanager
def taken_in() -> Iterator[None]:
    """The feature and the candidate of the examples at their places, as if they were copied there."""
    with pytest.MonkeyPatch.context() as patch:
        real = features.sql_files
        mine = ("own/net_move.sql", (EXAMPLES / "own_feature.sql").read_text(encoding="utf-8"))
        own = [mine, *(found for found in real("features") if not found[0].startswith("own/"))]
        patch.setattr(features, "sql_files", lambda folder: own if folder == "features" else real(folder))
        recipe = loaded("own_candidate").RECIPE
        patch.setitem(candidates.RECIPES, recipe.name, recipe)  # type: ignore[arg-type]  # a mapping to its readers
        yield


def test_every_example_is_told_and_tested() -> None:
    """The table names each file, and this module each of them too."""
    names = {path.name for path in EXAMPLES.iterdir() if path.is_file()} - {"README.md"}
    told = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    here = Path(__file__).read_text(encoding="utf-8")
    assert {name for name in names if f"[{name}]({name})" in told} == names
    assert {name for name in names if name.removesuffix(".py") in here} == names


@needs_psql
def test_precision_stands_beside_its_base_rates(made_signals: str, reader: str) -> None:
    """precision_by_hour.sql: 24 hours, whose named minutes are those of the outcomes."""
    command = ["psql", reader, "-XAt", "-v", f"horizon={CELL[0]}", "-v", f"threshold={CELL[1]}"]
    done = subprocess.run(
        [*command, "-v", "ON_ERROR_STOP=1", "-f", str(EXAMPLES / "precision_by_hour.sql")],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    found = [line.split("|") for line in done.stdout.splitlines()]
    assert [int(row[0]) for row in found] == list(range(24))
    [(named,)] = rows(
        Warehouse(made_signals),
        "SELECT count(*) FROM signal_outcomes WHERE prediction <> 'SIDEWAYS' AND outcome IS NOT NULL AND NOT is_late AND NOT is_shadow"
        " AND (horizon_minutes, threshold) = (%s, %s)",
        CELL,
    )
    assert sum(int(row[1]) for row in found) == named > 0
    assert all(0 < float(rate) < 1 for row in found for rate in row[4:8])
    assert {row[8] for row in found} == {"t"}


def test_a_frame_of_signals_is_scored_beside_the_base_rates(reader: str, capsys: pytest.CaptureFixture[str]) -> None:
    """signals_to_pandas.py: the Brier scores of the made signals by hand, and the word SIMULATED."""
    example = loaded("signals_to_pandas")
    frame = example.read(reader, 30)
    found = example.scores(frame.copy()).loc[("BTCUSDT", *CELL)]
    cell = frame[(frame["horizon_minutes"] == CELL[0]) & (frame["threshold"] == CELL[1])]
    by_hand = [
        sum((getattr(row, f"p_{name}") - (row.outcome == name.upper())) ** 2 for name in ("down", "sideways", "up"))
        for row in cell.itertuples()
    ]
    assert found["brier"] == pytest.approx(sum(by_hand) / len(by_hand))
    assert found["skill"] == pytest.approx(1 - found["brier"] / found["brier_of_base_rates"])
    assert (found["minutes"], found["days"]) == (len(cell), 4)
    example.main(reader)
    assert "SIMULATED" in capsys.readouterr().out


@needs_psql
def test_a_poller_prints_each_signal_once(made_signals: str, reader: str) -> None:
    """poll_signals.sh: polls that find the same minutes print nothing anew."""
    command = [str(EXAMPLES / "poll_signals.sh"), reader, "0.1"]
    expected = rows(
        Warehouse(made_signals),
        "SELECT signal_id FROM signals_live WHERE ts > (SELECT max(ts) FROM signals) - INTERVAL '10 minutes' ORDER BY signal_id",
    )
    polled = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    try:
        assert polled.stdout is not None
        printed = [polled.stdout.readline().split() for _ in expected]
        subprocess.run(
            ["psql", reader, "-Xc", "SELECT pg_sleep(1)"], check=True, capture_output=True
        )  # some polls more
    finally:
        os.killpg(polled.pid, 15)
    assert polled.communicate()[0] == ""
    assert [int(line[0]) for line in printed] == [number for (number,) in expected]
    assert all("base" in line and line[-1] == "SIMULATED" for line in printed if line[5] != "missing_input")


def test_a_feature_and_a_candidate_of_ones_own_take_part(trained: Pipeline) -> None:
    """own_feature.sql is a column of this version of the features, own_candidate.py is judged beside the baselines."""
    [(columns,)] = rows(trained.warehouse, "SELECT columns FROM feature_versions")
    assert "net_move_in_range_60m" in columns
    [(low, high)] = rows(
        trained.warehouse,
        "SELECT min(net_move_in_range_60m), max(net_move_in_range_60m) FROM minute_features WHERE day = %s",
        [NOW.date() - timedelta(days=1)],
    )
    assert -1 <= low < 0 < high <= 1
    judged = rows(trained.warehouse, "SELECT candidate, log_loss_skill FROM model_leaderboard")
    assert {"volatility_and_return", "volatility_60m", "class_prior"} <= {name for name, _ in judged}
    assert predict(trained, only_newest=True).scored == 1


def test_costs_are_compared_beside_doing_nothing(trained: Pipeline) -> None:
    """backtest_costs.py: at its own cost each line is what `backtest` says, and a dearer market leaves less."""
    [(model,)] = rows(trained.warehouse, "SELECT model_id FROM champions")
    lines = loaded("backtest_costs").compare(trained, model, TRAINED + MINUTE, NOW, [0.0, 7.0])
    done = backtest(trained, model, TRAINED + MINUTE, NOW)
    assert sum("buy_and_hold" in line for line in lines) == sum("flat" in line for line in lines) == 2
    assert (
        f"  7.0 bp a side  buy_and_hold       1 trades  net {100 * done.buy_and_hold.money.net_return:+8.2f} %" in lines
    )
    assert "SIMULATED" in " ".join(lines)


def test_two_symbols_of_one_exchange(serve: Serve, new_database: str) -> None:
    """two_symbols.toml: both are loaded from a source with other names, two exchanges and another label."""
    settings = load_settings(EXAMPLES / "two_symbols.toml")
    small = replace(settings.ingest, first_load=timedelta(hours=3), attempts=1)
    layout = Layout("BTC-USDT", "pair", ("binance", "kraken"))
    further = {"ETH-USDT": ChangeableMarket(days=1, seed=2)}
    url = serve(ChangeableMarket(days=1), FIRST + timedelta(hours=5), layout=layout, further=further)
    pipeline = make_pipeline(url, new_database, replace(settings, ingest=small))
    migrate(pipeline.warehouse)
    ingest(pipeline)
    found = rows(pipeline.warehouse, "SELECT symbol, count(*) FROM minute_metrics GROUP BY symbol ORDER BY symbol")
    assert [symbol for symbol, _ in found] == ["BTCUSDT", "ETHUSDT"]
    assert all(minutes >= 180 for _, minutes in found)


def test_a_dag_downstream_is_triggered_by_the_signals(migrated_database: str, tmp_path: Path) -> None:
    """downstream_dag.py: the asset is that of predict_signals; a run takes the trades of a real market, no simulated one."""
    with Warehouse(migrated_database).transaction() as connection:
        make_models(connection)
        with connection.cursor().copy(f"COPY signals ({COLUMNS}) FROM STDIN") as copy:
            copy.write_row(scored(1, 60_000.0, CELL, 1, "BUY"))
            copy.write_row((*scored(1, 60_000.0, (30, 0.005), 1, "SELL")[:-1], False))
            copy.write_row(scored(1, 60_000.0, (45, 0.005), 1, "HOLD"))
    parts = conninfo_to_dict(migrated_database)
    connection = {
        **{"conn_type": "postgres", "host": parts["host"], "port": int(parts["port"]), "schema": parts["dbname"]},
        **{"login": parts["user"], "password": parts["password"]},
    }
    environment = {
        **os.environ,
        "AIRFLOW_HOME": str(tmp_path),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW_CONN_WAREHOUSE": json.dumps(connection),
        "PYTHONPATH": str(ROOT),
    }
    run = {"env": environment, "cwd": ROOT, "capture_output": True, "text": True, "check": False}
    (tmp_path / "dags").mkdir()
    dag_file = shutil.copy(EXAMPLES / "downstream_dag.py", tmp_path / "dags")
    migrated: Any = subprocess.run([sys.executable, "-m", "airflow", "db", "migrate"], **run)  # type: ignore[call-overload]
    assert migrated.returncode == 0, migrated.stderr
    done: Any = subprocess.run([sys.executable, "-c", RUN_ONCE, str(dag_file)], **run)  # type: ignore[call-overload]
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    told = json.loads(done.stdout.strip().splitlines()[-1])
    assert told == {"state": "success", "found": 2, "taken": 1}


RUN_ONCE = """
import json, sys
from airflow.dag_processing.dagbag import DagBag
from include.orchestration.defaults import SIGNALS
bag = DagBag(sys.argv[1])
assert bag.import_errors == {}, bag.import_errors
dag = bag.dags["paper_trades"]
run = dag.test()
tasks = {ti.task_id: ti for ti in run.get_task_instances()}
assert dag.schedule == [SIGNALS]
print()
print(json.dumps({"state": str(run.state), "found": len(tasks["tell"].xcom_pull(task_ids="newest")),
    "taken": tasks["tell"].xcom_pull(task_ids="tell")}))
"""
