"""Estimates with their intervals, side by side for each of some categories, over the line of no skill."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple
from xml.sax.saxutils import escape  # nosec B406  # writes, reads nothing

from include.charts.frame import Frame, Key, drawing, legend, padded, percents, ticks, x_labels, y_axis

APART = 0.16  # of a category's width, between two series


class Estimate(NamedTuple):
    """A fraction with the ends of its interval; None is unknown."""

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Series:
    """A name, a colour, whether its marks are hollow squares (else full dots), and an estimate for each category."""

    name: str
    colour: str
    estimates: Sequence[Estimate]
    is_hollow: bool = False


def estimate_chart(title: str, categories: Sequence[str], series: Sequence[Series]) -> str:
    """The estimates of all series; what is unknown is left out."""
    seen = [part for one in series for estimate in one.estimates for part in estimate if part is not None]
    frame = Frame((-0.5, len(categories) - 0.5), padded([0.0, *seen], least=1e-3))
    values = ticks(*frame.y_range)
    zero = f'<path class="zero" d="M{frame.left} {frame.y(0):.1f}H{frame.width - frame.right}" stroke="#555555"/>'
    parts = [*y_axis(frame, values, percents(values)), zero, *x_labels(frame, range(len(categories)), categories)]
    for number, one in enumerate(series):
        shift = APART * (number - (len(series) - 1) / 2)
        for place, estimate in enumerate(one.estimates):
            parts += _estimate(frame, place + shift, one, estimate, categories[place])
    keys = [Key(one.name, partial(_sample, one)) for one in series]
    return drawing(frame, title, [*parts, *legend(frame, keys)])


def _estimate(frame: Frame, place: float, of: Series, estimate: Estimate, category: str) -> list[str]:
    value, low, high = estimate
    if value is None:
        return []
    x, told = frame.x(place), f"{of.name}, {category}: {value:.2%}"
    parts = []
    if low is not None and high is not None:
        told += f" (95 %: {low:.2%} to {high:.2%})"
        whisker = f"M{x:.1f} {frame.y(low):.1f}V{frame.y(high):.1f}"
        parts.append(f'<path class="whisker" d="{whisker}" style="stroke:{of.colour}" stroke-width="1.5"/>')
    return [*parts, _mark(x, frame.y(value), of, f"<title>{escape(told)}</title>")]


def _sample(of: Series, x: float, y: float) -> str:
    return _mark(x + 18, y, of)


def _mark(x: float, y: float, of: Series, inside: str = "") -> str:
    if of.is_hollow:
        place = f'x="{x - 4:.1f}" y="{y - 4:.1f}" width="8" height="8"'
        return f'<rect class="paper mark" {place} fill="white" style="stroke:{of.colour}" stroke-width="1.5">{inside}</rect>'
    return f'<circle class="mark" cx="{x:.1f}" cy="{y:.1f}" r="4.5" style="fill:{of.colour}">{inside}</circle>'
