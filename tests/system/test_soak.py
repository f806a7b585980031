"""A quarter of an hour of live minutes with the shipped settings, a training in the middle, everything accounted for."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator

import pytest
from running_stack import RunningStack, make_stack, wait_for

MINUTES = int(os.environ.get("SOAK_MINUTES", "15"))
CELLS = 6


@pytest.fixture(scope="module")
def stack() -> Iterator[RunningStack]:
    made = make_stack(smaller=False)
    try:
        made.up()
        yield made
    finally:
        made.remove()


@pytest.mark.long
def test_every_minute_is_answered_in_time(stack: RunningStack, capsys: pytest.CaptureFixture[str]) -> None:
    """Over the whole span each minute has a live, scored signal in every cell, and every DAG run is green."""
    live = f"SELECT ts FROM signals WHERE NOT is_late AND side <> 'ABSTAIN' GROUP BY ts HAVING count(*) = {CELLS}"
    wait_for("a first minute in time", lambda: stack.rows(live))
    [(begin,)] = stack.rows("SELECT max(ts) FROM signals")
    time.sleep(MINUTES / 3 * 60)
    with stack.api() as api:
        api.trigger("train_candidates")
    time.sleep(MINUTES * 2 / 3 * 60)
    answered = stack.rows(f"SELECT count(*), max(ts) FROM ({live}) AS m WHERE ts > '{begin}'")[0]
    [(median, p95, worst)] = stack.rows(
        "SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY latency_seconds), percentile_cont(0.95) WITHIN GROUP "
        f"(ORDER BY latency_seconds), max(latency_seconds) FROM signals WHERE ts > '{begin}'"
    )
    with capsys.disabled():
        sys.stdout.write(
            f"\n{answered[0]} minutes; latency median {median:.2f} s, p95 {p95:.2f} s, worst {worst:.2f} s\n"
        )
    assert answered[0] == round((answered[1] - begin).total_seconds() / 60)
    assert answered[0] >= MINUTES - 1
    assert stack.rows(f"SELECT count(*) FROM signals WHERE ts > '{begin}' AND (is_late OR side = 'ABSTAIN')") == [(0,)]
    with stack.api() as api:
        runs = [
            run
            for dag in api.dag_ids()
            for run in api.json("GET", f"/dags/{dag}/dagRuns", params={"limit": 100})["dag_runs"]
        ]
    assert {run["state"] for run in runs} <= {"success", "running", "queued"}
