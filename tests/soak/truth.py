"""The minutes that the warehouse holds of a span against what the source has of it, value by value."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import httpx
import orjson

from include.lab.faults import Faults
from include.lab.market import SYMBOL, Market
from include.settings import Metric
from tests.markets import served

# minute's end → column → value
Values = Mapping[datetime, Mapping[str, float]]
# a minute's end and a column
Place = tuple[datetime, str]


@dataclass(frozen=True)
class Compared:
    """How many values were equal, set aside, and asked by expression; and what must not be."""

    minutes: int
    counts: Counter[str]
    problems: list[str] = field(default_factory=list)


def source_values(
    market: Market, faults: Faults, now: datetime, begin: datetime, end: datetime, metrics: Mapping[str, Metric]
) -> Values:
    """What a lab of the same market and faults, which answers every request, has by `now` of the minutes [begin, end)."""
    columns = {metric.promql: column for column, metric in metrics.items()}
    names = "|".join(re.escape(name) for name in columns)
    asked: dict[str, str | int] = {
        "query": f'last_over_time({{__name__=~"{names}",symbol="{SYMBOL}"}}[59s999ms])',
        "start": int(begin.timestamp()),
        "end": int(end.timestamp()) - 60,
        "step": 60,
    }
    with served(market, now, faults=replace(faults, error_share=0.0)) as url:
        answer = httpx.get(f"{url}/api/v1/query_range", params=asked, timeout=60, trust_env=False).raise_for_status()
    found: dict[datetime, dict[str, float]] = {}
    for series in orjson.loads(answer.content)["data"]["result"]:
        for ts, text in series["values"]:
            minute = found.setdefault(datetime.fromtimestamp(ts, UTC), {})
            minute[columns[series["metric"]["__name__"]]] = float(text)
    return found


def compare(
    source: Values, held: Values, computed: Collection[Place], set_aside: Collection[Place], columns: Collection[str]
) -> Compared:
    """Nothing is invented, lost or changed on the way.

    Parameters
    ----------
    computed
        What was asked by expression because the source had no recording of it in time: counted, not compared.
    set_aside
        What was taken for no value that a market has.
    """
    counts: Counter[str] = Counter()
    problems = [f"invented minute: {ts:%H:%M}" for ts in sorted(held.keys() - source.keys())]
    for ts, given in sorted(source.items()):
        for column in columns:
            value, stored = given.get(column), held.get(ts, {}).get(column)
            said = _said(value, stored, (ts, column) in computed, (ts, column) in set_aside)
            if said in {"lost", "invented", "changed"}:
                problems.append(f"{said} value: {column} of {ts:%H:%M} is {stored} where the source has {value}")
            else:
                counts[said] += said != ""
    return Compared(len(held), counts, problems)


def _said(value: float | None, stored: float | None, is_computed: bool, is_set_aside: bool) -> str:
    """What becomes of one value; empty where there is none on either side."""
    if stored is None:
        if value is None:
            return ""
        return "set aside" if is_set_aside or not math.isfinite(value) else "lost"
    if is_computed:
        return "by expression"
    if value is None:
        return "invented"
    return "equal" if stored == value else "changed"
