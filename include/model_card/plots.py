"""The card's plots, each with what it shows and, where there is nothing to draw, why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt

from include.charts.bars import Bar, Expectation, bar_chart, expectation_chart
from include.charts.estimates import Estimate, Series, estimate_chart
from include.charts.frame import Frame, drawing, padded, percents, ticks, x_labels
from include.charts.lines import Line, lines
from include.charts.reliability import Bin, reliability_chart
from include.model_card.scores import VOLATILITY, Evaluation, Run
from include.model_card.words import COVERED, SPACE, count, instant, percent
from include.models.classes import CLASSES

UP, DOWN = "var(--up, #05704c)", "var(--down, #b3261e)"
MODEL, BASELINE = "var(--model, #1763b6)", "var(--baseline, #8a5a00)"
GREY = "var(--soft, #566070)"

MOST_FEATURES = 20
DATES = 5
NOT_STORED = "Not stored for this model: it was scored by an earlier version."

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Plot:
    """A title, what to look for, and SVG; without SVG the caption says why there is none."""

    title: str
    caption: str
    svg: str = ""


def plots(run: Run, *, may_trade: bool) -> list[Plot]:
    """All plots of a run, in the order of the card."""
    curves = run.pooled.get("curves") or {}
    return [
        _reliability("UP", curves.get("calibration_up"), UP),
        _reliability("DOWN", curves.get("calibration_down"), DOWN),
        _folds(run),
        _regimes(run, curves),
        _importance(curves.get("importance")),
        _equity(run, curves, may_trade=may_trade),
        _months("up", curves.get("months"), UP),
        _months("down", curves.get("months"), DOWN),
    ]


def _reliability(side: str, curve: Sequence[Mapping[str, Any]] | None, colour: str) -> Plot:
    title = f"Reliability of {side}"
    if not curve:
        return Plot(title, NOT_STORED)
    bins = [Bin(one["predicted"], one["observed"], one["rows"]) for one in curve]
    fewest, most = min(one.rows for one in bins), max(one.rows for one in bins)
    rows = count(most) if fewest == most else f"{count(fewest)} to {count(most)}"
    caption = (
        f"On the dashed line what was given a probability came as often. {len(bins)} dots, each of {rows} minutes."
    )
    return Plot(title, caption, reliability_chart(title, bins, colour))


def _folds(run: Run) -> Plot:
    title = "Skill by fold over time"
    if not run.folds:
        return Plot(title, NOT_STORED)
    of_baseline = {one["fold"]: one for one in run.baseline_folds.get(VOLATILITY, [])}
    found = [(one, of_baseline.get(one["fold"])) for one in run.folds]
    names = [instant(one["evaluated_from"])[:10] for one in run.folds]
    return Plot(title, _skill_caption("A fold is named by its first test day."), _skill_chart(run, title, names, found))


def _regimes(run: Run, curves: Mapping[str, Any]) -> Plot:
    title = "Skill by regime of volatility"
    if not curves.get("regimes"):
        return Plot(title, NOT_STORED)
    theirs = (run.baselines.get(VOLATILITY, {}).get("curves") or {}).get("regimes") or []
    of_baseline = {one["regime"]: one for one in theirs}
    found = [(one, of_baseline.get(one["regime"])) for one in curves["regimes"]]
    names = [one["regime"] for one in curves["regimes"]]
    caption = _skill_caption("Regimes are thirds of the last hour's volatility in the training rows.")
    return Plot(title, caption, _skill_chart(run, title, names, found))


def _skill_caption(names: str) -> str:
    return f"Skill over the class prior with its {COVERED} interval; on the line at 0{SPACE}% there is none. {names}"


def _skill_chart(
    run: Run, title: str, names: Sequence[str], found: Sequence[tuple[Evaluation, Evaluation | None]]
) -> str:
    own, theirs = ([_skill(pair[k]) for pair in found] for k in (0, 1))
    series = [Series(str(run.pooled["candidate"]), MODEL, own)]
    if VOLATILITY in run.baselines:
        series.append(Series(VOLATILITY, BASELINE, theirs, is_hollow=True))
    return estimate_chart(title, names, series)


def _skill(one: Evaluation | None) -> Estimate:
    return Estimate(one["log_loss_skill"], one["skill_low"], one["skill_high"]) if one else Estimate(None, None, None)


def _importance(found: Sequence[Mapping[str, Any]] | None) -> Plot:
    title = "Importance of the features"
    if not found:
        return Plot(title, NOT_STORED)
    shown = [Bar(one["feature"], one["skill_lost"], one["spread"]) for one in found[:MOST_FEATURES]]
    left_out = f" The {len(found) - len(shown)} features with less are left out." if len(found) > len(shown) else ""
    caption = (
        "Skill lost on unseen minutes when a feature's values are shuffled; the line is its spread over shuffles. Features that "
        f"say the same stand in for each other.{left_out}"
    )
    return Plot(title, caption, bar_chart(title, shown, MODEL))


def _equity(run: Run, curves: Mapping[str, Any], *, may_trade: bool) -> Plot:
    title = "Equity after costs"
    one = run.pooled
    if one.get("trades") is None:
        return Plot(title, NOT_STORED)
    daily = one.get("daily_net_returns")
    told = "" if one["trades"] else "No trade was made: no minute had an expected edge after costs. "
    if not daily or not one.get("daily_from"):
        return Plot(title, told or NOT_STORED)
    stakes = [Line("flat", np.ones(len(daily) + 1), GREY, is_dashed=True)]
    held = curves.get("hold_daily_net_returns")
    if held and len(held) == len(daily):
        stakes.append(Line("buy and hold", _worth(held), BASELINE))
    else:
        told += "Buy and hold is not stored by day. "
    stakes.append(Line("the rule", _worth(daily), MODEL))
    told += "Gain of a stake by UTC day over the test minutes, on paper, by rules from earlier folds; " + _worths(
        stakes
    )
    if not may_trade:
        told += " The model may not trade: its signals say HOLD, and nobody would have had this."
    return Plot(title, told, _equity_chart(title, date.fromisoformat(one["daily_from"]), stakes))


def _worth(daily: Sequence[float]) -> Array:
    return np.cumprod(np.concatenate([[1.0], 1 + np.array(daily, dtype=np.float64)]))


def _worths(stakes: Sequence[Line]) -> str:
    ends = [f"{line.name} {percent(float(line.values[-1]) - 1, 2)}" for line in reversed(stakes)]
    return f"in the end {', '.join(ends)}."


def _equity_chart(title: str, first: date, stakes: Sequence[Line]) -> str:
    days = len(stakes[0].values) - 1
    seen = [float(bound) for line in stakes for bound in (line.values.min(), line.values.max())]
    frame = Frame((0, max(days, 1)), padded(seen, least=1e-3))
    values = ticks(*frame.y_range)
    places = sorted({round(place) for place in np.linspace(0, days, DATES)})[:-1]
    dates = [f"{first + timedelta(days=place)}" for place in places]
    labels = percents([value - 1 for value in values])
    return drawing(frame, title, [*lines(frame, stakes, values, labels), *x_labels(frame, places, dates)])


def _months(side: str, months: Sequence[Mapping[str, Any]] | None, colour: str) -> Plot:
    title = f"{side.upper()} by month: observed against expected"
    if not months:
        return Plot(title, NOT_STORED)
    shares = [
        Expectation(one["month"], *(one[f"{what}_{side}"] / one["rows"] for what in ("observed", "expected", "prior")))
        for one in months
    ]
    events, days = (sum(one[what] for one in months) for what in ("events", "days"))
    caption = (
        "Share of the month's minutes that were so, beside the mean probability that the model gave and the training rows' base "
        f"rate. UP and DOWN had {count(events)} events, which began on {count(days)} days."
    )
    return Plot(title, caption, expectation_chart(title, shares, colour))


@dataclass(frozen=True)
class Confusion:
    """Rows of what came, columns of what was predicted, both in the order of `classes`: counts and shares of the row."""

    classes: tuple[str, ...]
    rows: list[tuple[str, list[tuple[str, str, int]]]]


def confusion(run: Run) -> Confusion | None:
    """The confusion matrix, each share also as a whole per cent; None where nothing was decided."""
    counts = np.array((run.pooled.get("curves") or {}).get("confusion") or np.zeros((3, 3)))
    if not counts.sum():
        return None
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    order = [CLASSES.index(name) for name in ("UP", "SIDEWAYS", "DOWN")]
    rows = [
        (
            CLASSES[came],
            [
                (count(int(counts[came, said])), percent(float(shares[came, said])), round(100 * shares[came, said]))
                for said in order
            ],
        )
        for came in order
    ]
    return Confusion(tuple(CLASSES[place] for place in order), rows)
