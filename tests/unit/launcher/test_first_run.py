"""What `up` asks of the DAGs: each once, resumed where an earlier `up` was interrupted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from include.cortex.address import Cortex
from include.errors import LaunchError
from include.launcher import first_run as module
from include.launcher.first_run import DAGS, FirstRun
from include.launcher.home import Home
from include.launcher.source import Source
from include.launcher.terminal import Terminal
from include.settings import load_settings

NOW = datetime(2026, 3, 1, 12, 0, 20, tzinfo=UTC)


class FakeApi:
    """Airflow whose runs succeed at once; `log` holds what was asked of it."""

    def __init__(self) -> None:
        self.log: list[tuple[str, ...]] = []
        self.confs: dict[str, Any] = {}
        self.found = set(DAGS)
        self.off: set[str] = set()
        self.errors: list[str] = []
        self.unfinished: dict[str, str] = {}
        self.due: set[str] = set()

    def dag_ids(self) -> set[str]:
        return self.found

    def paused(self) -> set[str]:
        return self.off

    def import_errors(self) -> list[str]:
        return self.errors

    def is_due(self, dag_id: str) -> bool:
        return dag_id in self.due

    def unpause(self, dag_id: str) -> None:
        self.log.append(("unpause", dag_id))
        if dag_id in self.due:
            self.unfinished[dag_id] = "scheduled__now"

    def unfinished_run(self, dag_id: str) -> str | None:
        return self.unfinished.get(dag_id)

    def trigger(self, dag_id: str, conf: dict[str, Any] | None = None) -> str:
        self.log.append(("trigger", dag_id))
        self.confs[dag_id] = conf
        return "new"

    def wait(self, dag_id: str, run_id: str, meanwhile: Callable[[], object]) -> None:
        meanwhile()
        self.log.append(("wait", dag_id, run_id))


@pytest.fixture
def api() -> FakeApi:
    return FakeApi()


@pytest.fixture
def status() -> dict[str, Any]:
    """An empty warehouse, whose first signal comes at the second look."""
    symbols = [{"symbol": "BTCUSDT", "minutes": 0, "first_ts": None, "last_ts": None}]
    return {"symbols": symbols, "champions": 0, "live_cells": 6, "signals": 0}


@pytest.fixture
def first_run(api: FakeApi, status: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FirstRun:
    plan = SimpleNamespace(
        home=Home(tmp_path),
        source=Source("simulated", Cortex("http://127.0.0.1:7000"), lab_options=()),
        embedded_warehouse=True,
        web_url="http://127.0.0.1:8080",
    )
    monkeypatch.setattr(module, "source_time", lambda source, attempts: NOW)
    monkeypatch.setattr(module, "STATUS_POLL_SECONDS", 0)
    monkeypatch.setattr(module, "SCHEDULED_RUN_SECONDS", 0)
    run = FirstRun(plan, load_settings(), api, Terminal())  # type: ignore[arg-type]
    monkeypatch.setattr(run, "status", lambda: status)
    return run


def fill(status: dict[str, Any]) -> None:
    status["symbols"][0]["last_ts"] = "2026-03-01T12:00:00+00:00"
    status["champions"] = 6


def test_first_load_ends_with_the_newest_settled_minute(first_run: FirstRun, api: FakeApi) -> None:
    """At 12:00:20 the minute 12:00 is settled; the range is half-open, so it ends at 12:01, 180 days long."""
    first_run.load_history()
    to = datetime(2026, 3, 1, 12, 1, tzinfo=UTC)
    assert api.confs["backfill_metrics"] == {"from": (to - timedelta(days=180)).isoformat(), "to": to.isoformat()}


def test_history_is_loaded_once(first_run: FirstRun, api: FakeApi, status: dict[str, Any]) -> None:
    """A load that succeeded is remembered; that the lab listens on another port now changes nothing."""
    first_run.load_history()
    fill(status)
    first_run.plan.source = Source("simulated", Cortex("http://127.0.0.1:7001"), lab_options=())  # type: ignore[misc]
    first_run.load_history()
    assert [entry for entry in api.log if entry[0] == "trigger"] == [("trigger", "backfill_metrics")]


def test_emptied_warehouse_is_loaded_again(first_run: FirstRun, api: FakeApi) -> None:
    """What is remembered does not count where no minute is there."""
    first_run.load_history()
    first_run.load_history()
    assert api.log.count(("trigger", "backfill_metrics")) == 2


def test_another_source_is_another_load(first_run: FirstRun, api: FakeApi, status: dict[str, Any]) -> None:
    first_run.load_history()
    fill(status)
    first_run.plan.source = Source("cortex", Cortex("http://cortex.example", "team"))  # type: ignore[misc]
    first_run.load_history()
    assert api.log.count(("trigger", "backfill_metrics")) == 2


def test_interrupted_run_is_resumed(first_run: FirstRun, api: FakeApi) -> None:
    """The run that a killed `up` left is waited for; no second one beside it."""
    api.unfinished["backfill_metrics"] = "make_up__before"
    first_run.load_history()
    assert api.log == [("unpause", "backfill_metrics"), ("wait", "backfill_metrics", "make_up__before")]


def test_training_that_the_schedule_starts_is_not_doubled(first_run: FirstRun, api: FakeApi) -> None:
    """Taking the pause off a weekly DAG makes it run for the week that passed: that run is the first training."""
    api.due.add("train_candidates")
    first_run.train()
    assert api.log == [("unpause", "train_candidates"), ("wait", "train_candidates", "scheduled__now")]


def test_the_first_training_is_quick(first_run: FirstRun, api: FakeApi) -> None:
    """Of the settings' candidates it tries those that train within seconds; the weekly run tries all."""
    training = replace(first_run.settings.training, candidates=("lightgbm_tuned", "lightgbm", "logistic"))
    first_run.settings = replace(first_run.settings, training=training)
    first_run.train()
    assert api.confs["train_candidates"] == {"candidates": ["lightgbm", "logistic"]}


def test_settings_without_a_quick_candidate_are_as_they_are(first_run: FirstRun, api: FakeApi) -> None:
    """Nothing is trained that the settings do not name."""
    training = replace(first_run.settings.training, candidates=("lightgbm_tuned",))
    first_run.settings = replace(first_run.settings, training=training)
    first_run.train()
    assert api.confs["train_candidates"] == {"candidates": []}


def test_existing_champions_are_kept(first_run: FirstRun, api: FakeApi, status: dict[str, Any]) -> None:
    fill(status)
    first_run.train()
    assert api.log == []


def test_predictions_begin_after_the_training(
    first_run: FirstRun, api: FakeApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before it each of their runs would be red; in the end no DAG is paused."""
    monkeypatch.setattr(first_run, "wait_for_signals", lambda before: None)
    first_run.run()
    assert api.log.index(("unpause", "predict_signals")) > api.log.index(("wait", "train_candidates", "new"))
    assert api.log.index(("trigger", "predict_signals")) > api.log.index(("unpause", "predict_signals"))
    assert {entry[1] for entry in api.log if entry[0] == "unpause"} == DAGS


def test_given_up_waiting_every_dag_is_on(first_run: FirstRun, api: FakeApi, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second run finds signals and changes nothing: what was not turned on by then would stay off."""
    monkeypatch.setattr(module, "FIRST_SIGNAL_SECONDS", 0)
    with pytest.raises(LaunchError, match="No signal was written"):
        first_run.run()
    assert {entry[1] for entry in api.log if entry[0] == "unpause"} == DAGS


def test_paused_dags_are_named(first_run: FirstRun, api: FakeApi) -> None:
    api.off = {"repair_gaps", "monitor_pipeline"}
    assert first_run.told_paused().startswith(" Paused: monitor_pipeline, repair_gaps;")
    api.off = set()
    assert first_run.told_paused() == ""


def test_no_signal_in_time(first_run: FirstRun, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FIRST_SIGNAL_SECONDS", 0)
    with pytest.raises(LaunchError, match=r"No signal was written .* ingest_metrics and predict_signals"):
        first_run.wait_for_signals(0)


def test_dag_file_that_does_not_load(first_run: FirstRun, api: FakeApi) -> None:
    """Its name and reason are said at once, not after the time is up."""
    api.found = set()
    api.errors = ["predict.py: ImportError: no x"]
    with pytest.raises(LaunchError, match=r"A DAG file does not load: predict\.py: ImportError: no x"):
        first_run.wait_for_dags()
