"""Bars: named amounts below each other, and months that came beside what was expected of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from include.charts.frame import Frame, Key, drawing, legend, padded, percents, text, ticks, x_labels, y_axis

THICK = 12  # of the 20 that a bar has
ROW = 20
COLUMN = 0.62  # of a category's width
BROADEST = 48


class Bar(NamedTuple):
    """A name, a fraction, and how far it spreads to both sides."""

    name: str
    value: float
    spread: float


class Expectation(NamedTuple):
    """A category's observed share, beside what the model and the class prior expected."""

    name: str
    observed: float
    expected: float
    prior: float


def bar_chart(title: str, bars: Sequence[Bar], colour: str) -> str:
    """A bar each, from 0, in the order given, with a line for the spread; one or more."""
    ends = [end for bar in bars for end in (bar.value - bar.spread, bar.value + bar.spread)]
    low, high = padded([0.0, *ends], least=1e-4)
    shape = {"width": 430, "height": ROW * len(bars) + 34, "left": 172, "right": 24, "top": 4, "bottom": 30}
    frame = Frame((0.0 if min(ends) >= 0 else low, high), (len(bars) - 0.5, -0.5), **shape)
    values = ticks(*frame.x_range, about=4)
    foot = frame.height - frame.bottom
    grid = [f'<path class="grid" d="M{frame.x(value):.1f} {frame.top}V{foot}" stroke="#dddddd"/>' for value in values]
    parts = [*grid, *x_labels(frame, values, percents(values))]
    for row, bar in enumerate(bars):
        parts += _bar(frame, row, bar, colour)
    return drawing(frame, title, parts)


def _bar(frame: Frame, row: int, bar: Bar, colour: str) -> list[str]:
    y, (left, right) = frame.y(row), sorted((frame.x(0), frame.x(bar.value)))
    place = f'x="{left:.1f}" y="{y - THICK / 2:.1f}" width="{right - left:.1f}" height="{THICK}"'
    spread = f"M{frame.x(bar.value - bar.spread):.1f} {y:.1f}H{frame.x(bar.value + bar.spread):.1f}"
    return [
        text(frame.left - 8, y + 4, bar.name, "end"),
        f'<rect class="bar" {place} style="fill:{colour}"/>',
        f'<path class="zero" d="{spread}" stroke="#555555"/>',
    ]


def expectation_chart(title: str, months: Sequence[Expectation], colour: str) -> str:
    """A column a category for what came, a dot for what the model expected and a dash for what the prior did."""
    highest = max(max(month.observed, month.expected, month.prior) for month in months)
    frame = Frame((-0.5, len(months) - 0.5), (0.0, highest * 1.08 or 1.0))
    values = ticks(*frame.y_range)
    parts = [*y_axis(frame, values, percents(values)), *x_labels(frame, range(len(months)), [m.name for m in months])]
    half = min(frame.x(COLUMN / 2) - frame.x(0), BROADEST / 2)
    for place, month in enumerate(months):
        x, y, foot = frame.x(place), frame.y(month.observed), frame.y(0)
        parts += [
            _column(x - half, y, 2 * half, foot - y, colour),
            _dash(x - half, frame.y(month.prior), 2 * half),
            _dot(x, frame.y(month.expected)),
        ]
    keys = [
        Key("came", lambda x, y: _column(x + 12, y - 5, 12, 10, colour)),
        Key("expected", lambda x, y: _dot(x + 18, y)),
        Key("by the base rate", lambda x, y: _dash(x + 6, y, 18)),
    ]
    return drawing(frame, title, [*parts, *legend(frame, keys)])


def _column(x: float, y: float, width: float, height: float, colour: str) -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"'
    return f'<rect class="column" {place} style="fill:{colour}" fill-opacity="0.45"/>'


def _dash(x: float, y: float, width: float) -> str:
    return f'<path class="zero" d="M{x:.1f} {y:.1f}h{width:.1f}" stroke="#555555" stroke-dasharray="4 3" stroke-width="1.5"/>'


def _dot(x: float, y: float) -> str:
    return f'<circle class="expected" cx="{x:.1f}" cy="{y:.1f}" r="4" fill="#222222"/>'
