"""How long things are kept: nothing of minutes and signals is dropped unless asked for, and never what is still read."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from include.settings import PACKAGE, load_settings
from include.upkeep_settings import parse_upkeep

NEEDED = timedelta(days=900)


def test_as_shipped_minutes_and_signals_are_kept_for_ever() -> None:
    """The file and what stands for a file without the section say the same."""
    shipped = load_settings(PACKAGE / "settings.toml").upkeep
    assert shipped == parse_upkeep({}, NEEDED)
    assert shipped.minutes is None
    assert shipped.signals is None
    assert shipped.logs == timedelta(days=30)


@pytest.mark.parametrize(
    ("entry", "named"),
    [
        ({"keep_log_days": 3}, "keep_log_days"),
        ({"keep_logs_days": -1}, "upkeep.keep_logs_days"),
        ({"keep_logs_days": 1.5}, "upkeep.keep_logs_days"),
        ({"keep_logs_days": True}, "upkeep.keep_logs_days"),
        ({"keep_checks_days": 7}, "upkeep.keep_checks_days"),
        ({"keep_minutes_days": 899}, "training.history_days"),
        ({"keep_backups": 0}, "upkeep.keep_backups"),
    ],
)
def test_what_is_wrong_is_named(entry: dict[str, Any], named: str) -> None:
    """A mistyped name, a negative or too short time, minutes that a training still reads."""
    with pytest.raises(ValueError, match=named):
        parse_upkeep(entry, NEEDED)
