"""The charts of a model card: valid, at the right places, and fit for what is unknown or extreme."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree import ElementTree

import numpy as np
import pytest

from include.charts.bars import Bar, Expectation, bar_chart, expectation_chart
from include.charts.estimates import Estimate, Series, estimate_chart
from include.charts.frame import Frame, percents, ticks, x_labels
from include.charts.lines import Line, lines
from include.charts.reliability import Bin, reliability_chart

Element = ElementTree.Element
RED = "var(--up, #ff0000)"
NAMED = "<b> & 'x'"


def drawn(svg: str) -> Element:
    return ElementTree.fromstring(svg)


def found(chart: Element, name: str, of_class: str | None = None) -> list[Element]:
    return [one for one in chart.iter(f"{{http://www.w3.org/2000/svg}}{name}") if of_class in (None, one.get("class"))]


def numbers(element: Element, *names: str) -> list[float]:
    return [float(element.get(name, "nan")) for name in names]


CHARTS: dict[str, Callable[[], str]] = {
    "reliability": lambda: reliability_chart(NAMED, [Bin(0.1, 0.2, 5)], RED),
    "estimates": lambda: estimate_chart(NAMED, [NAMED], [Series(NAMED, RED, [Estimate(0.1, None, None)])]),
    "bars": lambda: bar_chart(NAMED, [Bar(NAMED, 0.1, 0.0)], RED),
    "months": lambda: expectation_chart(NAMED, [Expectation(NAMED, 0.1, 0.1, 0.1)], RED),
}


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_valid_and_names_are_text(name: str) -> None:
    """It parses, says what it is, and a name with signs of markup stays a name."""
    chart = drawn(CHARTS[name]())
    assert chart.get("role") == "img"
    assert found(chart, "title")[0].text == NAMED
    assert found(chart, "b") == []


def test_a_perfect_calibration_lies_on_the_diagonal() -> None:
    """Dots of bins that came as often as they were given are on the drawn line; one that came more often is above it."""
    bins = [Bin(p, p, 100) for p in (0.0, 0.02, 0.1)]
    chart = drawn(reliability_chart("UP", [*bins, Bin(0.05, 0.09, 25)], RED))
    start, end = found(chart, "path", "diagonal")[0].get("d", "")[1:].split("L")
    (x0, y0), (x1, y1) = ([float(part) for part in point.split()] for point in (start, end))

    def above(dot: Element) -> float:
        x, y = numbers(dot, "cx", "cy")
        return y0 + (y1 - y0) * (x - x0) / (x1 - x0) - y

    *perfect, more = found(chart, "circle")
    assert [above(dot) for dot in perfect] == pytest.approx([0, 0, 0], abs=0.11)
    assert above(more) > 20
    assert numbers(more, "r")[0] == pytest.approx(numbers(perfect[0], "r")[0] / 2, abs=0.06), "a quarter of the rows"
    assert "25 minutes" in (more[0].text or "")


def test_probabilities_of_zero_are_drawn() -> None:
    """Always SIDEWAYS gives every minute 0 and so has one bin; nothing is divided by it."""
    assert len(found(drawn(reliability_chart("UP", [Bin(0.0, 0.0, 9)], RED)), "circle")) == 1
    assert found(drawn(expectation_chart("UP", [Expectation("May", 0.0, 0.0, 0.0)], RED)), "circle", "expected")


def test_an_interval_holds_its_estimate_and_unknowns_are_left_out() -> None:
    """The whisker reaches over the mark from end to end; an unknown interval has none, an unknown value has no mark."""
    model = Series(
        "lightgbm", RED, [Estimate(0.05, 0.01, 0.09), Estimate(0.02, None, None), Estimate(None, None, None)]
    )
    chart = drawn(estimate_chart("Skill", ["a", "b", "c"], [model]))
    *marks, in_legend = found(chart, "circle", "mark")
    assert len(marks) == 2
    [whisker] = found(chart, "path", "whisker")
    x, low, high = (float(part) for part in whisker.get("d", "")[1:].replace("V", " ").split())
    mark_x, mark_y = numbers(marks[0], "cx", "cy")
    assert x == mark_x
    assert low - mark_y == pytest.approx(mark_y - high, abs=0.11)
    assert numbers(in_legend, "cy")[0] > low, "below the axes"


def test_marks_of_two_series_differ_in_shape_and_stand_apart() -> None:
    """Model and baseline are told apart without colour."""
    series = [Series("a", RED, [Estimate(0.1, 0.0, 0.2)]), Series("b", RED, [Estimate(0.1, 0.0, 0.2)], is_hollow=True)]
    chart = drawn(estimate_chart("Skill", ["x"], series))
    [dot, _], [square, _] = found(chart, "circle", "mark"), found(chart, "rect", "paper mark")
    assert numbers(square, "x")[0] - numbers(dot, "cx")[0] > 10


def test_a_skill_far_below_zero_stays_within_the_drawing() -> None:
    """The original's −2.7 beside +0.05: both between the upper edge and the axis."""
    estimates = [Estimate(-2.7, -3.0, -2.4), Estimate(0.05, 0.01, 0.09)]
    chart = drawn(estimate_chart("Skill", ["a", "b"], [Series("s", RED, estimates)]))
    assert all(10 <= numbers(mark, "cy")[0] <= 264 - 56 for mark in found(chart, "circle", "mark")[:2])


def test_a_bar_is_as_long_as_its_value() -> None:
    """Lengths are in proportion; a negative one goes to the left of 0."""
    chart = drawn(bar_chart("Importance", [Bar("a", 0.04, 0.0), Bar("b", 0.02, 0.01), Bar("c", -0.01, 0.0)], RED))
    bars = [numbers(bar, "x", "width") for bar in found(chart, "rect", "bar")]
    assert bars[0][1] == pytest.approx(2 * bars[1][1], abs=0.2)
    assert bars[2][0] + bars[2][1] == pytest.approx(bars[0][0], abs=0.11), "it ends where the others begin"


def test_a_month_shows_what_came_and_what_was_expected() -> None:
    """Column, dot and dash at one height where all three are the same, and the dot below where less was expected."""
    chart = drawn(expectation_chart("UP", [Expectation("a", 0.1, 0.1, 0.1), Expectation("b", 0.1, 0.05, 0.1)], RED))
    tops = [numbers(column, "y")[0] for column in found(chart, "rect", "column")[:2]]
    first, second = (numbers(dot, "cy")[0] for dot in found(chart, "circle", "expected")[:2])
    assert first == tops[0] == tops[1]
    assert second > tops[1] + 20


def test_labels_do_not_touch_however_many() -> None:
    """Of 60 months as many are named as have room."""
    frame = Frame((-0.5, 59.5), (0, 1))
    named = [drawn(label) for label in x_labels(frame, range(60), ["2025-01"] * 60)]
    places = [numbers(label, "x")[0] for label in named]
    assert len(places) > 4
    assert np.diff(places).min() >= 7 * 6


@pytest.mark.parametrize(
    ("low", "high", "values", "labels"),
    [
        (0, 0.1, [0, 0.02, 0.04, 0.06, 0.08, 0.1], ["0", "2", "4", "6", "8", "10"]),
        (-0.003, 0.011, [0, 0.005, 0.01], ["0.0", "0.5", "1.0"]),
        (0, 0.0042, [0, 0.001, 0.002, 0.003, 0.004], ["0.0", "0.1", "0.2", "0.3", "0.4"]),
        (-3.1, 0.2, [-3, -2, -1, 0], ["−300", "−200", "−100", "0"]),
    ],
)
def test_ticks_are_round_and_told_apart(low: float, high: float, values: list[float], labels: list[str]) -> None:
    """Multiples of 1, 2 or 5 within the range, with as few decimals as tell them apart."""
    assert ticks(low, high) == pytest.approx(values)
    assert percents(ticks(low, high)) == [f"{label}\u00a0%" for label in labels]


def test_lines_are_named_in_the_legend() -> None:
    """One line and one name each, in their own colours."""
    frame = Frame((0, 2), (0.9, 1.1))
    parts = lines(frame, [Line("a", np.ones(3), RED), Line("b", np.ones(3), "#00f", is_dashed=True)], [1.0], ["1"])
    chart = drawn(f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(parts)}</svg>')
    assert [RED in (line.get("style") or "") for line in found(chart, "polyline")] == [True, False]
    assert [label.text for label in found(chart, "text")] == ["1", "a", "b"]
