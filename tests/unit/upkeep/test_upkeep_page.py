"""docs/upkeep.md is held to the code: its steps, settings and Airflow's tables are those that there are."""

from __future__ import annotations

import re
from pathlib import Path

from include.airflow_metadata import ROWS_A_BATCH, TABLES
from include.upkeep_names import STEPS
from include.upkeep_settings import DAYS, KEEP_BACKUPS

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "upkeep.md").read_text(encoding="utf-8")


def test_the_page_has_every_step_in_order() -> None:
    """The table's first column is the list of steps."""
    assert tuple(re.findall(r"^\| `([a-z_]+)` \| [a-z]+s\b", PAGE.partition("## What grows")[0], re.MULTILINE)) == STEPS


def test_the_page_has_every_setting_as_shipped() -> None:
    """Each name of [upkeep] with the number that the file has."""
    table = PAGE.partition("0 days is for ever")[0]
    for line in table.splitlines():
        for name in re.findall(r"`(keep_[a-z]+_days)`", line):
            assert str(DAYS[name]) in line, name
    assert set(re.findall(r"`(keep_[a-z]+_days)`", table)) == set(DAYS)
    assert f"| {KEEP_BACKUPS};" in table


def test_the_command_by_hand_is_the_one_that_runs() -> None:
    """The same tables, and as many rows a transaction."""
    assert f"--tables {','.join(TABLES)}" in PAGE
    assert f"--batch-size {ROWS_A_BATCH}" in PAGE
