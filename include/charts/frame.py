"""What all charts share: the ranges of the axes, their ticks and labels, and the legend."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, log10
from xml.sax.saxutils import escape  # nosec B406  # writes, reads nothing

LETTER = 6  # about as wide as one is
LABEL_GAP = 8
ABOVE_FOOT = 14  # from the middle of the legend to the lower edge


@dataclass(frozen=True)
class Frame:
    """A drawing's ranges and sizes; sizes in units of the view box, about a pixel where it is not scaled.

    Attributes
    ----------
    x_range, y_range
        Values at the left and right, and at the lower and upper ends of the axes; the two differ.
    left, right, top, bottom
        Margins outside the axes.
    """

    x_range: tuple[float, float]
    y_range: tuple[float, float]
    width: int = 430
    height: int = 264
    left: int = 58
    right: int = 14
    top: int = 10
    bottom: int = 56

    def x(self, value: float) -> float:
        """Position from the left edge."""
        low, high = self.x_range
        return self.left + (self.width - self.left - self.right) * (value - low) / (high - low)

    def y(self, value: float) -> float:
        """Position from the upper edge."""
        low, high = self.y_range
        return self.top + (self.height - self.top - self.bottom) * (high - value) / (high - low)


def drawing(frame: Frame, title: str, parts: Iterable[str]) -> str:
    """The parts as an SVG document, whose title a screen reader speaks."""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {frame.width} {frame.height}" role="img" '
        'font-family="sans-serif" font-size="12">',
        f"<title>{escape(title)}</title>",
        f'<rect class="paper" width="{frame.width}" height="{frame.height}" fill="white"/>',
    )
    return "\n".join([*head, *parts, "</svg>", ""])


def text(x: float, y: float, words: str, anchor: str = "middle", size: int | None = None) -> str:
    sized = f' font-size="{size}"' if size else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{sized}>{escape(words)}</text>'


def padded(values: Iterable[float], *, share: float = 0.05, least: float = 1e-4) -> tuple[float, float]:
    """A range with some room below and above the values, one or more."""
    known = list(values)
    low, high = min(known), max(known)
    room = max((high - low) * share, least)
    return low - room, high + room


def ticks(low: float, high: float, about: int = 5) -> list[float]:
    """Round values, 1, 2 or 5 times a power of ten apart, within [low, high]."""
    rough = (high - low) / about
    power = 10.0 ** floor(log10(rough))
    step = next(times * power for times in (1, 2, 5, 10) if times * power >= rough * (1 - 1e-9))
    first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
    return [round(k * step, 12) for k in range(first, last + 1)]


def percents(values: Sequence[float]) -> list[str]:
    """Fractions as percentages, with as many decimals as tell them apart."""
    step = min((b - a for a, b in pairwise(values)), default=0.01)
    decimals = max(0, -floor(log10(step * 100) + 1e-9))
    return [f"{100 * value:.{decimals}f}\u00a0%".replace("-", "\u2212") for value in values]


def y_axis(frame: Frame, values: Sequence[float], labels: Sequence[str]) -> list[str]:
    """A line across and a label at the left for each value."""
    parts = []
    for value, label in zip(values, labels, strict=True):
        y = frame.y(value)
        parts.append(f'<path class="grid" d="M{frame.left} {y:.1f}H{frame.width - frame.right}" stroke="#dddddd"/>')
        parts.append(text(frame.left - LABEL_GAP, y + 4, label, "end"))
    return parts


def x_labels(frame: Frame, values: Sequence[float], labels: Sequence[str]) -> list[str]:
    """Labels below the axis, so many left out, evenly, that those that stay do not touch."""
    if not labels:
        return []
    room = (frame.width - frame.left - frame.right) / len(labels)
    every = ceil((max(map(len, labels)) * LETTER + LABEL_GAP) / room)
    y = frame.height - frame.bottom + 18
    return [text(frame.x(values[k]), y, labels[k]) for k in range(0, len(labels), every)]


@dataclass(frozen=True)
class Key:
    """An entry of the legend: its name, and how it is drawn at (x, y), 24 units wide."""

    name: str
    draw: Callable[[float, float], str]


def legend(frame: Frame, keys: Iterable[Key]) -> list[str]:
    """The entries in one row at the foot."""
    parts, left, foot = [], float(frame.left), frame.height - ABOVE_FOOT
    for key in keys:
        parts.append(key.draw(left, foot - 4))
        parts.append(text(left + 30, foot, key.name, "start"))
        left += 50 + LETTER * len(key.name)
    return parts
