"""An hour at real time with faults on, everything accounted for."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.soak.run_soak import Options, soak, write_report

MINUTES = int(os.environ.get("SOAK_MINUTES", "60"))


@pytest.mark.long
def test_every_minute_amid_faults_is_accounted_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Live, late, or abstained with a reason: none unanswered, doubled or invented, and every outcome settled once."""
    with capsys.disabled():
        report = soak(Options(minutes=MINUTES), lambda text: print(text, file=sys.stderr, flush=True))  # noqa: T201
    write_report(report, tmp_path / "soak.json")
    assert report.problems == [], report.as_markdown()
