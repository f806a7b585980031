"""The plan, the records and the report of a chaos run, on made rows; clocks and disk where they can be moved and filled."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.chaos.clocks import Clocks
from tests.chaos.plan import EXECUTORS, KINDS, TIMES_AT_LEAST, kinds_of, make_plan
from tests.chaos.records import Accounted, Done, Records
from tests.chaos.report import make_report
from tests.chaos.small_disk import SmallDisk

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
DONE = Done(
    "local",
    1,
    "a",
    0,
    "kill-scheduler",
    NOON,
    None,
    "process 7",
    NOON,
    None,
    recovered_seconds=70.0,
    not_live_minutes=0,
)
ACCOUNTED = Accounted(
    "local",
    1,
    "a",
    NOON,
    NOON + timedelta(minutes=10),
    6,
    {"live": 54, "late": 6},
    {},
    180,
    0,
    12,
    60,
    54,
    Counter({"success": 1}),
    6,
    Counter(),
)


@pytest.mark.parametrize("executor", EXECUTORS)
@pytest.mark.parametrize("seed", range(5))
def test_every_kind_comes_twice_in_fifty_faults(executor: str, seed: int) -> None:
    """Exactly so many faults are drawn, the same for the same seed, in groups that hit different things."""
    plan = make_plan(seed, executor, 50)
    kinds = Counter(fault.kind for group in plan for fault in group.faults)
    assert kinds.total() == 50
    assert set(kinds) == set(kinds_of(executor))
    assert min(kinds.values()) >= TIMES_AT_LEAST
    assert plan == make_plan(seed, executor, 50)
    for group in plan:
        hits = [KINDS[fault.kind].hits for fault in group.faults]
        assert len(set(hits)) == len(hits)
        assert sum(fault.lasts_seconds > 0 for fault in group.faults) <= 1
        assert 0 <= group.second < 60


def test_a_training_is_there_to_be_killed() -> None:
    """A group that kills one begins one."""
    groups = [group for seed in range(9) for group in make_plan(seed, "local", 50)]
    killing = [group for group in groups if "kill-training" in {fault.kind for fault in group.faults}]
    assert killing
    assert {group.meets for group in killing} == {"training"}


def test_what_cannot_be_done_here_is_left_out() -> None:
    """The plan has none of it, and as many faults."""
    plan = make_plan(1, "local", 50, without={"disk-full"})
    kinds = [fault.kind for group in plan for fault in group.faults]
    assert len(kinds) == 50
    assert not {"disk-full", "kill-redis"} & set(kinds)


def test_a_file_tells_what_is_done(tmp_path: Path) -> None:
    """Lines come back as they were; half a line of a killed sitting is passed over; another seed has done nothing."""
    records = Records(tmp_path / "chaos.jsonl")
    records.append(DONE)
    records.append(ACCOUNTED)
    with records.file.open("ab") as file:
        file.write(b'{"record": "Done", "exec')
    records.append(DONE)
    assert records.done() == [DONE, DONE]
    assert records.accounted() == [ACCOUNTED]
    assert records.groups_done("local", 1) == {0}
    assert records.groups_done("local", 2) == records.groups_done("celery", 1) == set()


def test_the_report_sums_up_what_was_accounted_for(tmp_path: Path) -> None:
    """A fault that was not done, or whose sitting was never accounted for, does not count; a problem is told."""
    records = Records(tmp_path / "chaos.jsonl")
    for done in (
        DONE,
        replace(DONE, recovered_seconds=30.0),
        replace(DONE, error="nothing there"),
        replace(DONE, sitting="b"),
    ):
        records.append(done)
    records.append(ACCOUNTED)
    report = make_report(records)
    assert (len(report.done), len(report.not_done), len(report.unaccounted), report.problems) == (2, 1, 1, [])
    assert "| `kill -9` of the scheduler | 2 | 50 s / 70 s |" in report.as_markdown()
    assert "| minutes × live cells | 60 |" in report.as_markdown()
    records.append(replace(ACCOUNTED, sitting="b", problems=["doubled: 12:02"]))
    assert make_report(records).problems == ["local, b: doubled: 12:02"]


def test_a_moved_clock_is_the_wall_clock_alone(tmp_path: Path) -> None:
    """It moves while the program runs; sleeping and waiting take as long as they did."""
    if why := Clocks.why_not():
        pytest.skip(why)
    clocks = Clocks(tmp_path)
    clocks.build()
    program = (
        "import sys, time, threading\n"
        "for line in sys.stdin:\n"
        "    begun = time.monotonic(); time.sleep(0.01); threading.Event().wait(0.01)\n"
        "    print(time.time(), time.monotonic() - begun, flush=True)\n"
    )
    environment = {**os.environ, **clocks.environment("source")}
    with subprocess.Popen(
        [sys.executable, "-c", program], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin
        assert process.stdout
        for seconds in (0, 3600, -3600):
            clocks.move("source", seconds)
            process.stdin.write("\n")
            process.stdin.flush()
            told, waited = map(float, process.stdout.readline().split())
            assert round((told - time.time()) / 3600) == seconds // 3600
            assert 0.02 <= waited < 600
        process.stdin.close()


def test_a_small_disk_is_full_and_free_again(tmp_path: Path) -> None:
    """Not a byte fits beside the filler."""
    disk = SmallDisk(tmp_path / "disk", 4)
    if why := SmallDisk.why_not():
        pytest.skip(why)
    try:
        disk.mount()
    except subprocess.CalledProcessError:
        pytest.skip("nothing may be mounted here")
    try:
        disk.fill()
        with pytest.raises(OSError, match="No space left"):
            (disk.folder / "more").write_bytes(b"x")
        disk.free()
        assert (disk.folder / "more").write_bytes(b"x") == 1
    finally:
        disk.unmount()
