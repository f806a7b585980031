"""The chart of what stakes are worth, minute by minute, as a file of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import numpy as np

from include.charts.frame import Frame, drawing, padded, text
from include.charts.lines import MOST_POINTS, Line, lines

__all__ = ["MOST_POINTS", "Line", "equity_chart"]

TICKS = 5


def equity_chart(title: str, first: datetime, stakes: Sequence[Line]) -> str:
    """The chart of lines over the same minutes, one or more, from `first` (UTC) on."""
    last = max(len(stakes[0].values) - 1, 1)
    y_range = padded(bound for line in stakes for bound in (float(line.values.min()), float(line.values.max())))
    frame = Frame((0, last), y_range, width=960, height=420, left=70, right=20, top=50, bottom=80)
    values = [float(value) for value in np.linspace(*y_range, TICKS)]
    named = [
        Line(f"{line.name} {line.values[-1] - 1:+.2%}", line.values, line.colour, line.is_dashed) for line in stakes
    ]
    parts = [
        text(frame.left, 28, title, "start", size=15),
        *_times(frame, first, len(stakes[0].values)),
        *lines(frame, named, values, [f"{value:.4f}" for value in values]),
    ]
    return drawing(frame, title, parts)


def _times(frame: Frame, first: datetime, minutes: int) -> list[str]:
    parts = []
    for tick, minute in enumerate(np.linspace(0, minutes - 1, TICKS)):
        anchor = "start" if tick == 0 else "end" if tick == TICKS - 1 else "middle"
        when = f"{first + timedelta(minutes=round(minute)):%Y-%m-%d %H:%M}"
        parts.append(text(frame.x(minute), frame.height - frame.bottom + 20, when, anchor))
    return parts
