"""The chart of a backtest: what it must not lose."""

from __future__ import annotations

from datetime import UTC, datetime
from xml.etree import ElementTree

import numpy as np
import pytest

from include.equity_chart import MOST_POINTS, Line, equity_chart

FIRST = datetime(2026, 3, 1, tzinfo=UTC)


def drawn(title: str, *lines: Line) -> ElementTree.Element:
    return ElementTree.fromstring(equity_chart(title, FIRST, lines))


def points(chart: ElementTree.Element) -> list[list[tuple[float, float]]]:
    found = [line.get("points", "").split() for line in chart.findall("{*}polyline")]
    return [[(float(x), float(y)) for x, y in (point.split(",") for point in line)] for line in found]


def test_a_deep_minute_is_drawn_however_long_the_line() -> None:
    """One minute at 0.5 among 200,000 at 1 is the lowest point of the chart."""
    values = np.ones(200_000)
    values[123_456] = 0.5
    [line] = points(drawn("t", Line("a", values, "#000000")))
    assert len(line) <= MOST_POINTS + 2
    deepest = max(line, key=lambda point: point[1])
    assert deepest[0] == pytest.approx(70 + 870 * 123_456 / 199_999, abs=0.1)
    assert line == sorted(line, key=lambda point: point[0])


def test_names_are_text_and_flat_lines_are_lines() -> None:
    """A symbol with signs of markup breaks nothing; a stake that never moves, or a single minute, is drawn."""
    chart = drawn(
        "<b> & ±0.3 %", Line("<i>", np.ones(3), "#000000"), Line("two", np.ones(3), "#ffffff", is_dashed=True)
    )
    texts = [text.text for text in chart.findall("{*}text")]
    assert texts[0] == "<b> & ±0.3 %"
    assert texts[-2:] == ["<i> +0.00%", "two +0.00%"]
    assert len(points(chart)) == 2
    assert len(points(drawn("t", Line("a", np.ones(1), "#000000")))[0]) == 1
