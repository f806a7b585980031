"""Calibration: how often what was given a probability came."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import NamedTuple
from xml.sax.saxutils import escape  # nosec B406  # writes, reads nothing

from include.charts.frame import Frame, drawing, percents, text, ticks, x_labels, y_axis

LARGEST_DOT = 5.0


class Bin(NamedTuple):
    """Mean probability, observed frequency, and the rows that both rest on."""

    predicted: float
    observed: float
    rows: int


def reliability_chart(title: str, bins: Sequence[Bin], colour: str) -> str:
    """A dot a bin, its area by its rows, and the diagonal on which a perfect calibration lies; one bin or more."""
    reach = max(max(one.predicted, one.observed) for one in bins) * 1.08 or 1.0
    frame = Frame((0, reach), (0, reach), width=400, height=360)
    values = ticks(0, reach)
    labels, most = percents(values), max(one.rows for one in bins)
    diagonal = f"M{frame.x(0):.1f} {frame.y(0):.1f}L{frame.x(reach):.1f} {frame.y(reach):.1f}"
    return drawing(
        frame,
        title,
        [
            *y_axis(frame, values, labels),
            *x_labels(frame, values, labels),
            f'<path class="diagonal" d="{diagonal}" stroke="#888888" stroke-dasharray="5 4"/>',
            *(_dot(frame, one, LARGEST_DOT * sqrt(one.rows / most), colour) for one in bins),
            text((frame.left + frame.width - frame.right) / 2, frame.height - 12, "probability that was given"),
            text(frame.left + 6, frame.top + 12, "share that came", "start"),
        ],
    )


def _dot(frame: Frame, one: Bin, radius: float, colour: str) -> str:
    told = f"given {one.predicted:.2%}, came {one.observed:.2%}, {one.rows:,} minutes"
    place = f'cx="{frame.x(one.predicted):.1f}" cy="{frame.y(one.observed):.1f}" r="{radius:.1f}"'
    return f'<circle {place} style="fill:{colour}"><title>{escape(told)}</title></circle>'
