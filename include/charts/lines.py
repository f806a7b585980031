"""Lines over equal steps of time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from include.charts.frame import Frame, Key, legend, y_axis

Array = npt.NDArray[np.float64]

MOST_POINTS = 800


@dataclass(frozen=True, eq=False)
class Line:
    """A line's name, its values at each step, and its colour."""

    name: str
    values: Array
    colour: str
    is_dashed: bool = False

    @property
    def stroke(self) -> str:
        dashes = ' stroke-dasharray="6 3"' if self.is_dashed else ""
        return f'fill="none" style="stroke:{self.colour}" stroke-width="1.5"{dashes}'


def lines(frame: Frame, drawn: Sequence[Line], ticks: Sequence[float], labels: Sequence[str]) -> list[str]:
    """The lines over their grid, with a legend; x is the number of the step, from 0."""
    keys = [Key(line.name, partial(_sample, line)) for line in drawn]
    return [*y_axis(frame, ticks, labels), *(_polyline(frame, line) for line in drawn), *legend(frame, keys)]


def _sample(line: Line, x: float, y: float) -> str:
    return f'<path d="M{x:.0f} {y:.0f}h24" {line.stroke}/>'


def _polyline(frame: Frame, line: Line) -> str:
    points = " ".join(f"{frame.x(step):.1f},{frame.y(value):.1f}" for step, value in _points(line.values))
    return f'<polyline points="{points}" {line.stroke}/>'


def _points(values: Array) -> list[tuple[int, float]]:
    """The lowest and highest step of each part of the line, in order of time, with both ends: no drawdown is lost."""
    if len(values) <= MOST_POINTS:
        return [(step, float(value)) for step, value in enumerate(values)]
    kept = {0, len(values) - 1}
    for part in np.array_split(np.arange(len(values)), MOST_POINTS // 2):
        kept |= {int(part[values[part].argmin()]), int(part[values[part].argmax()])}
    return [(step, float(values[step])) for step in sorted(kept)]
