"""The main job on a real Airflow: from an empty database to signals, minute after minute, through kills and restarts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import httpx
import psycopg
import pytest
from closed_to_others import ClosedToOthers, metadata_rows, renew_secrets, run_airflow
from cryptography.fernet import Fernet
from markets import served_as_a_cortex
from page_in_browser import PageInBrowser
from running_stack import CELLS, RunningStack, make_stack, wait_for

from include.lab.market import SimulatedMarket
from include.launcher.airflow_api import AirflowApi
from include.orchestration.model_links import address_of_cards
from include.upkeep_names import STEPS
from include.watching.names import CHECK_NAMES

DAGS = {
    "migrate_warehouse", "backfill_metrics", "ingest_metrics", "repair_gaps", "train_candidates", "predict_signals",
    "monitor_pipeline", "maintain_warehouse",
}  # fmt: skip
ANSWERED = f"SELECT ts FROM signals WHERE NOT is_late GROUP BY ts HAVING count(*) = {CELLS} ORDER BY ts"


@pytest.fixture(scope="module")
def stack() -> Iterator[RunningStack]:
    made = make_stack()
    try:
        made.up()
        yield made
    finally:
        made.remove()


def newest_answered(stack: RunningStack) -> datetime:
    """The newest minute that was answered in time in every cell; the first ones after `up` may be late."""
    answered: list[tuple[datetime]] = wait_for("a minute answered in time", lambda: stack.rows(ANSWERED))
    return answered[-1][0]


def test_up_says_where_and_that_it_is_simulated(stack: RunningStack) -> None:
    """It ends with the address, that of the page, the login, three queries that work as they stand, and the word SIMULATED."""
    assert re.search(r"http://127\.0\.0\.1:\d+", stack.said)
    assert f"{stack.addresses['airflow_url']}/signals/" in stack.said
    assert stack.addresses["airflow_login"]["password"] in stack.said
    assert "SIMULATED" in stack.said
    queries = re.findall(r'-c "(SELECT .*)"$', stack.said, re.MULTILINE)
    assert len(queries) == 3
    assert all(stack.rows(query) for query in queries)


def test_signals_come_minute_after_minute_and_a_training_costs_none(stack: RunningStack) -> None:
    """While a training runs, each new minute is answered in every cell, in time."""
    first = newest_answered(stack)
    with stack.api() as api:
        run = api.trigger("train_candidates")
        wait_for("the training's end", lambda: api.run_state("train_candidates", run) in {"success", "failed"})
        assert api.run_state("train_candidates", run) == "success"
    wait_for("two more minutes", lambda: (newest_answered(stack) - first).total_seconds() >= 120)
    minutes = [ts for (ts,) in stack.rows(ANSWERED) if ts >= first]
    assert {(b - a).total_seconds() for a, b in pairwise(minutes)} == {60.0}
    assert stack.rows(f"SELECT count(*) FROM signals WHERE side = 'ABSTAIN' AND ts >= '{first}'") == [(0,)]


def test_every_dag_is_green_and_none_is_idle(stack: RunningStack) -> None:
    """All of them have run, and no run failed."""
    with stack.api() as api:
        for dag_id in ("monitor_pipeline", "maintain_warehouse"):
            wait_for(f"the end of {dag_id}", lambda dag_id=dag_id: any(run["end_date"] for run in runs_of(api, dag_id)))
        assert api.dag_ids() == DAGS
        assert api.import_errors() == []
        runs_by_dag = {dag_id: runs_of(api, dag_id) for dag_id in DAGS}
    for dag_id, runs in runs_by_dag.items():
        assert {run["state"] for run in runs} <= {"success", "running", "queued"}, dag_id
        assert any(run["state"] == "success" for run in runs), dag_id


def runs_of(api: AirflowApi, dag_id: str) -> list[dict[str, Any]]:
    return list(api.json("GET", f"/dags/{dag_id}/dagRuns", params={"limit": 100})["dag_runs"])


def test_the_checks_ran_and_the_metrics_are_there(stack: RunningStack) -> None:
    """Each check wrote a row that is no trouble, no alert is open, and the address that `up` printed serves metrics."""
    found = dict(stack.rows("SELECT name, min(status) FROM checks_latest GROUP BY name"))
    assert set(found) == set(CHECK_NAMES)
    assert set(found.values()) <= {"ok", "unknown"}
    assert found["freshness"] == found["skew"] == "ok"
    assert stack.rows("SELECT alert_key FROM alerts WHERE closed_at IS NULL") == []
    assert stack.addresses["metrics_url"] in stack.said
    served = httpx.get(stack.addresses["metrics_url"], trust_env=False).text
    assert "cortex_signals_warehouse_up 1.0" in served
    assert "cortex_signals_is_simulated 1.0" in served


def test_upkeep_does_each_step_by_itself(stack: RunningStack) -> None:
    """Airflow's own database is cleaned from a task, which is not told where it is; without a folder no backup is made."""
    with stack.api() as api:
        [run, *_] = api.json("GET", "/dags/maintain_warehouse/dagRuns", params={"state": "success"})["dag_runs"]
        path = f"/dags/maintain_warehouse/dagRuns/{run['dag_run_id']}/taskInstances"
        states = {task["task_id"]: task["state"] for task in api.json("GET", path)["task_instances"]}
    assert states == {**dict.fromkeys(STEPS, "success"), "back_up": "skipped", "refresh_candles": "skipped"}


def test_nobody_reads_airflow_s_api_without_a_login(stack: RunningStack) -> None:
    """It answers 401 to anyone."""
    assert httpx.get(f"{stack.addresses['airflow_url']}/api/v2/dags", trust_env=False).status_code == 401


def test_an_ended_training_leads_to_its_models_cards(stack: RunningStack) -> None:
    """The web UI's link on a mapped task names the models that it returned, and each has a card behind the login."""
    with stack.api() as api:
        [run, *_] = api.json("GET", "/dags/train_candidates/dagRuns", params={"state": "success"})["dag_runs"]
        task = f"/dags/train_candidates/dagRuns/{run['dag_run_id']}/taskInstances/train"
        links = api.json("GET", f"{task}/links", params={"map_index": 0})["extra_links"]
        returned = api.json("GET", f"{task}/xcomEntries/return_value", params={"map_index": 0})["value"]
    model_id = returned[0]["model_id"]
    assert links == {"Model cards": address_of_cards(returned)}
    card = stack.page(f"signals/models/{model_id}")
    assert f"<h1>Model {model_id}: " in card
    assert "SIMULATED MARKET" in card
    assert f'href="models/{model_id}"' in stack.page("signals/models")


def test_the_readers_login_reads_and_cannot_write(stack: RunningStack) -> None:
    """`dsn` prints a login of its own that may only SELECT."""
    dsn = stack.command("dsn").stdout.strip()
    with psycopg.connect(dsn) as connection:
        assert connection.execute("SELECT count(*) > 0 FROM signals").fetchone() == (True,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("DELETE FROM signals")


def test_doctor_finds_nothing_wrong(stack: RunningStack) -> None:
    """On a stack that runs, every check is good and the exit code is 0."""
    done = stack.command("doctor")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "FAIL" not in done.stdout


class TestSecurity(ClosedToOthers):
    """Routes, secrets, other sites, on the same stack."""


class TestSignalsPage(PageInBrowser):
    """The page of the web UI, in a browser, on the same stack."""


def test_a_killed_scheduler_comes_back_and_no_minute_is_lost(stack: RunningStack) -> None:
    """After kill -9 of the scheduler, live runs go on, and the minutes in between are answered too."""
    before = newest_answered(stack)
    for process in stack.processes("airflow", "scheduler"):
        process.kill()
    wait_for("a minute after the kill", lambda: (newest_answered(stack) - before).total_seconds() >= 120, seconds=420)
    per_minute = stack.rows("SELECT ts, count(*) FROM signals GROUP BY ts ORDER BY ts")
    minutes = [ts for ts, _ in per_minute if ts >= before]
    assert {(b - a).total_seconds() for a, b in pairwise(minutes)} == {60.0}
    assert {count for ts, count in per_minute if before <= ts <= newest_answered(stack)} == {CELLS}


def test_up_again_resumes_with_the_data_and_down_leaves_nothing(stack: RunningStack) -> None:
    """Down ends every process; the next up keeps every row and loads what was missed, under new passwords and keys too."""
    kept = "SELECT count(*), min(ts), max(ts) FROM minute_metrics"
    count, first, newest = stack.rows(kept)[0]
    models = stack.rows("SELECT count(*) FROM models")
    former = stack.addresses["warehouse"]["reader"]
    with stack.api() as api:
        api.json("POST", "/connections", json={"connection_id": "kept", "conn_type": "http", "password": "k3pt"})
    stack.launch("down")
    assert stack.processes() == []
    new_key, _ = renew_secrets(stack)
    stack.up()
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(former)
    run_airflow(stack, "rotate-fernet-key")
    [(encrypted,)] = metadata_rows(stack, "SELECT password FROM connection WHERE conn_id = 'kept'")
    assert Fernet(new_key).decrypt(encrypted) == b"k3pt"
    count_after, first_after, newest_after = stack.rows(kept)[0]
    assert (first_after, newest_after > newest) == (first, True)
    assert count_after - count == (newest_after - newest).total_seconds() / 60
    assert stack.rows("SELECT count(*) FROM models") == models
    assert "already" in stack.launch("up")


def test_setting_only_cortex_url_mixes_no_row(stack: RunningStack) -> None:
    """After a run on the lab, a Cortex of one's own begins an empty warehouse, and the simulated one stays as it is."""
    simulated = stack.addresses["warehouse"]["reader"]
    [(newest,)] = stack.rows("SELECT max(ts) FROM minute_metrics")
    stack.launch("down")
    since = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(days=20)
    with served_as_a_cortex(SimulatedMarket(11), since, tenant="mine") as url:
        stack.environment |= {"CORTEX_URL": url, "CORTEX_TENANT": "mine"}
        stack.up()
        assert "SIMULATED" not in stack.said
        wait_for("a minute in time", lambda: stack.rows(ANSWERED))
        assert stack.rows("SELECT kind, identity FROM source") == [("cortex", f"{url} tenant mine")]
        assert stack.rows(f"SELECT count(*) FROM minute_metrics WHERE ts < '{since}' AND last_price IS NOT NULL") == [
            (0,)
        ]
        assert stack.rows("SELECT DISTINCT is_simulated FROM signals") == [(False,)]
        with psycopg.connect(simulated) as connection:
            [(kind, last)] = connection.execute(
                "SELECT kind, max(ts) FROM source, minute_metrics GROUP BY kind"
            ).fetchall()
        assert kind == "simulated"
        assert last - newest <= timedelta(minutes=2), "nothing was added since the stack went down"
        stack.launch("down")
    del stack.environment["CORTEX_URL"], stack.environment["CORTEX_TENANT"]
