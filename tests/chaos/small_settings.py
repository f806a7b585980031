"""The shipped settings, but for a month of history and a training of seconds: the cells are the shipped ones."""

from __future__ import annotations

from pathlib import Path

from include.orchestration.training import CANDIDATES

SMALLER = {"first_load_days = 180": "first_load_days = 30", "folds = 6": "folds = 2"}
KEPT = ("logistic",)


def write_settings(file: Path) -> Path:
    """Makes the settings of that file smaller, once."""
    text = file.read_text(encoding="utf-8")
    for shipped, instead in SMALLER.items():
        assert shipped in text or instead in text, shipped
        text = text.replace(shipped, instead)
    dropped = [f'    "{name}",' for name in CANDIDATES if name not in KEPT]
    file.write_text("\n".join(line for line in text.splitlines() if line not in dropped), encoding="utf-8")
    return file
