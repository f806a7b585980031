"""The 16 series that the lab publishes: two bases, and what recording rules make of them at every minute's end."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from include.lab.answers import Labels
from include.lab.market import MINUTE, Floats, Integers, Market, Minutes, minute_ends
from include.lab.windows import Samples, WindowFunction, avg_over_time, deriv

SYMBOL = "BTCUSDT"
BASES = ("crypto_last_price", "crypto_volume")


@dataclass(frozen=True)
class RecordingRule:
    """`function(base[seconds])`, recorded at every minute's end."""

    base: str
    function: WindowFunction
    seconds: int


def _rules(base: str, function: WindowFunction, windows: Iterable[str]) -> dict[str, RecordingRule]:
    seconds = {"5m": 300, "10m": 600, "15m": 900, "30m": 1800, "1h": 3600}
    word = "deriv" if function is deriv else "avg"
    return {f"job:{base}:{word}{window}": RecordingRule(base, function, seconds[window]) for window in windows}


RULES = {
    **_rules("crypto_last_price", deriv, ("5m", "10m", "15m", "30m", "1h")),
    **_rules("crypto_last_price", avg_over_time, ("5m", "10m", "15m", "30m", "1h")),
    **_rules("crypto_volume", deriv, ("5m", "15m")),
    **_rules("crypto_volume", avg_over_time, ("5m", "15m")),
}
METRICS = (*BASES, *RULES)
LONGEST_RULE = max(rule.seconds for rule in RULES.values())


@dataclass(frozen=True)
class Matcher:
    """`label operator "value"` with the operators =, !=, =~ and !~; a regular expression matches the whole value."""

    label: str
    operator: str
    value: str

    def matches(self, labels: Labels) -> bool:
        return self.accepts(labels.get(self.label, ""))

    def accepts(self, value: str) -> bool:
        is_pattern = self.operator.endswith("~")
        same = bool(re.fullmatch(self.value, value, re.DOTALL)) if is_pattern else value == self.value
        return same == (self.operator in {"=", "=~"})


class Querier:
    """The samples of a market that one request may see.

    Parameters
    ----------
    market
        Where the base samples come from.
    since, until
        Sample times that are visible, [since, until], epoch seconds; None: from the market's first.
    """

    def __init__(self, market: Market, since: float | None, until: float) -> None:
        self._market = market
        self._since = market.first if since is None else max(market.first, since)
        self._until = until
        self._loaded: dict[tuple[int, int], Minutes] = {}

    def select(self, matchers: Iterable[Matcher]) -> list[Labels]:
        """Labels of the series that match all, ordered by metric name."""
        known: list[Labels] = [
            {"__name__": metric, "market": self._market.kind, "symbol": SYMBOL} for metric in sorted(METRICS)
        ]
        return [labels for labels in known if all(matcher.matches(labels) for matcher in matchers)]

    def has_samples(self, start: float, end: float) -> bool:
        """Whether [start, end], epoch seconds, meets the visible time."""
        return self._since <= self._until and start <= self._until and end >= self._since

    def samples(self, metric: str, after_ms: int, until_ms: int) -> Samples:
        """The visible samples of a metric in (after, until], epoch milliseconds."""
        rule = RULES.get(metric)
        if rule is None:
            return self._base(metric, after_ms, until_ms)
        at = 1000 * self._visible(after_ms, until_ms)
        base = self._base(rule.base, after_ms - 1000 * LONGEST_RULE, until_ms)
        return _recorded(at, rule.function(base, at, 1000 * rule.seconds))

    def _base(self, metric: str, after_ms: int, until_ms: int) -> Samples:
        minutes = self._load(after_ms, until_ms)
        return _recorded(1000 * minutes.ts, minutes.last_price if metric == BASES[0] else minutes.volume_24h)

    def _load(self, after_ms: int, until_ms: int) -> Minutes:
        """Once for each span: the rules of one request share it."""
        span = (after_ms, until_ms)
        if span not in self._loaded:
            ts = self._visible(after_ms, until_ms)
            start = int(ts[0]) if len(ts) else 0
            self._loaded[span] = self._market.minutes(start, start + MINUTE * len(ts))
        return self._loaded[span]

    def _visible(self, after_ms: int, until_ms: int) -> Integers:
        """Minute ends in (after, until] that may be seen, epoch seconds."""
        start = max(after_ms // 1000 + 1, int(np.ceil(self._since)))
        return minute_ends(start, min(until_ms // 1000, int(np.floor(self._until))) + 1)


def _recorded(times: Integers, values: Floats) -> Samples:
    held = ~np.isnan(values)
    return Samples(times[held], values[held])
