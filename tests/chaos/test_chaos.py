"""A real stack of each executor, broken again and again, and every minute of it accounted for."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from tests.chaos.__main__ import sit
from tests.chaos.plan import make_plan
from tests.chaos.records import Records
from tests.chaos.stack import lacking

FAULTS = int(os.environ.get("CHAOS_FAULTS", "12"))
SEED = int(os.environ.get("CHAOS_SEED", "7"))
NEEDED = {"local": (), "celery": ("redis-server",)}


@pytest.mark.long
@pytest.mark.parametrize("executor", ["local", "celery"])
def test_a_broken_stack_loses_nothing_and_comes_back(
    executor: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No minute is lost or doubled, no signal doubled or changed, each by the champion of its minute; all is live again."""
    if missing := [program for program in NEEDED[executor] if not shutil.which(program)]:
        pytest.skip(f"{missing[0]} is not installed")
    plan = make_plan(SEED, executor, FAULTS, lacking())
    with capsys.disabled():
        accounted = sit(
            executor,
            SEED,
            plan,
            Records(tmp_path / "chaos.jsonl"),
            _say,
        )
    assert accounted.problems == []


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()
