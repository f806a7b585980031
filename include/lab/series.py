"""The 16 metrics that the lab publishes: two bases, and what recording rules make of them at every minute's end."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from include.lab.absence import held
from include.lab.answers import Labels
from include.lab.faults import Faults
from include.lab.market import MINUTE, Floats, Integers, Market, Minutes, minute_ends
from include.lab.windows import Samples, WindowFunction, avg_over_time, deriv

BASES = ("crypto_last_price", "crypto_volume")
# which lab it is; include.cortex.client asks for it
LAB_INFO = "crypto_lab_info"


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
    faults
        What is late, and when the rules were not evaluated.
    feed
        What tells the market from the lab's others.
    """

    def __init__(
        self, market: Market, since: float | None, until: float, faults: Faults | None = None, feed: str = ""
    ) -> None:
        self._market = market
        self._since = market.first if since is None else max(market.first, since)
        self._until = until
        self._faults = faults or Faults()
        self._feed = feed
        self._loaded: dict[tuple[int, int], Minutes] = {}

    def has_samples(self, start: float, end: float) -> bool:
        """Whether [start, end], epoch seconds, meets the visible time."""
        return self._since <= self._until and start <= self._until and end >= self._since

    def samples(self, metric: str, after_ms: int, until_ms: int) -> Samples:
        """The visible samples of a metric in (after, until], epoch milliseconds."""
        rule = RULES.get(metric)
        if rule is None:
            return self._base(metric, after_ms, until_ms).known_by(1000 * self._until)
        at = 1000 * self._evaluated(after_ms, until_ms)
        base = self._base(rule.base, after_ms - 1000 * LONGEST_RULE, until_ms)
        return _recorded(at, rule.function(self._as_the_ruler_sees(base), at, 1000 * rule.seconds))

    def _base(self, metric: str, after_ms: int, until_ms: int) -> Samples:
        minutes = self._load(after_ms, until_ms)
        found = _recorded(1000 * minutes.ts, minutes.last_price if metric == BASES[0] else minutes.volume_24h)
        if not self._faults.late:
            return found
        return replace(found, known_at=self._faults.known_at_ms(self._feed, metric, found.times))

    def _as_the_ruler_sees(self, base: Samples) -> Samples:
        """It is evaluated some time after the minute's end that its samples carry."""
        if base.known_at is None:
            return base
        return replace(base, known_at=base.known_at - round(1000 * self._faults.ruler_delay))

    def _evaluated(self, after_ms: int, until_ms: int) -> Integers:
        """Minute ends in (after, until] whose recording is visible, epoch seconds."""
        ts = self._visible(after_ms, until_ms)
        return ts[(ts <= self._until - self._faults.ruler_delay) & self._faults.recorded(ts)]

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
    sampled = held(values)
    return Samples(times[sampled], values[sampled])
