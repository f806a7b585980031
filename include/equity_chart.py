"""A line chart of what stakes are worth over time, as SVG text: it needs no plotting library to draw or to look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from xml.sax.saxutils import escape

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

WIDTH, HEIGHT = 960, 420
LEFT, RIGHT, TOP, BOTTOM = 70, 20, 50, 80
MOST_POINTS = 800
TICKS = 5
LETTER = 6  # about as wide as one is


@dataclass(frozen=True, eq=False)
class Line:
    """A line's name, its values at each minute, and its colour."""

    name: str
    values: Array
    colour: str
    is_dashed: bool = False


def equity_chart(title: str, first: datetime, lines: Sequence[Line]) -> str:
    """The chart of lines over the same minutes, one or more, from `first` (UTC) on."""
    minutes = len(lines[0].values)
    low = min(float(line.values.min()) for line in lines)
    high = max(float(line.values.max()) for line in lines)
    room = max((high - low) * 0.05, 1e-4)
    low, high = low - room, high + room

    def x(minute: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * minute / max(minutes - 1, 1)

    def y(value: float) -> float:
        return TOP + (HEIGHT - TOP - BOTTOM) * (high - value) / (high - low)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        f'<text x="{LEFT}" y="28" font-size="15">{escape(title)}</text>',
    ]
    for value in np.linspace(low, high, TICKS):
        parts.append(f'<path d="M{LEFT} {y(value):.1f}H{WIDTH - RIGHT}" stroke="#dddddd"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y(value) + 4:.1f}" text-anchor="end">{value:.4f}</text>')
    for tick, minute in enumerate(np.linspace(0, minutes - 1, TICKS)):
        anchor = "start" if tick == 0 else "end" if tick == TICKS - 1 else "middle"
        when = f"{first + timedelta(minutes=round(minute)):%Y-%m-%d %H:%M}"
        parts.append(f'<text x="{x(minute):.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="{anchor}">{when}</text>')
    left, foot = LEFT, HEIGHT - 22
    for line in lines:
        dashes = ' stroke-dasharray="6 3"' if line.is_dashed else ""
        points = " ".join(f"{x(minute):.1f},{y(value):.1f}" for minute, value in _points(line.values))
        stroke = f'fill="none" stroke="{line.colour}" stroke-width="1.5"{dashes}'
        parts.append(f'<polyline points="{points}" {stroke}/>')
        name = f"{line.name} {line.values[-1] - 1:+.2%}"
        parts.append(f'<path d="M{left} {foot - 4}h24" {stroke}/>')
        parts.append(f'<text x="{left + 30}" y="{foot}">{escape(name)}</text>')
        left += 50 + LETTER * len(name)
    return "\n".join([*parts, "</svg>", ""])


def _points(values: Array) -> list[tuple[int, float]]:
    """The lowest and highest minute of each part of the line, in order of time, with both ends: no drawdown is lost."""
    if len(values) <= MOST_POINTS:
        return [(minute, float(value)) for minute, value in enumerate(values)]
    kept = {0, len(values) - 1}
    for part in np.array_split(np.arange(len(values)), MOST_POINTS // 2):
        kept |= {int(part[values[part].argmin()]), int(part[values[part].argmax()])}
    return [(minute, float(values[minute])) for minute in sorted(kept)]
