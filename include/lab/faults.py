"""What is wrong with the lab's samples and answers, each fault by a switch of its own.

All shares are fractions from 0 to 1. Which minutes a fault meets depends on its seed, the series and the minute alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from include.lab.absence import NAN_SAMPLE, held
from include.lab.chance import draws
from include.lab.market import Floats, Integers, Market, Minutes

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Span:
    """Minute ends in [start, stop), epoch seconds."""

    start: float
    stop: float

    def holds(self, ts: Integers) -> Mask:
        return np.asarray((ts >= self.start) & (ts < self.stop))


@dataclass(frozen=True)
class Faults:
    """Faults of the source; by default none.

    Attributes
    ----------
    seed
        Of all that is drawn.
    gaps
        Share of minutes, by symbol and exchange, without a base sample. The recording rules are evaluated there over
        what their windows still hold.
    outages
        Minutes without any sample, those of the rules included.
    late, late_by
        Share of base samples that are visible only so many seconds of lab time after their minute's end. A rule that
        was evaluated before that keeps the value that it had without them.
    ruler_delay
        Seconds after a minute's end at which its rules are evaluated, at the time of the minute's end, and become
        visible; what came in until then is in them.
    rules_since
        The rules were made at this instant, epoch seconds, and have no sample before it; None: they always were there.
    rules_outages
        Minutes without a sample of the rules: the ruler was down.
    bad_values
        Share of base samples with a value that cannot be: NaN, +Inf, -Inf, the negative or the tenfold value.
    error_share, error_statuses
        Share of the requests that are answered with one of these statuses: 429, 500 or 503.
    """

    seed: int = 0
    gaps: float = 0.0
    outages: tuple[Span, ...] = ()
    late: float = 0.0
    late_by: float = 90.0
    ruler_delay: float = 0.0
    rules_since: float | None = None
    rules_outages: tuple[Span, ...] = ()
    bad_values: float = 0.0
    error_share: float = 0.0
    error_statuses: tuple[int, ...] = (503,)

    def lost(self, feed: str, ts: Integers) -> Mask:
        """The minutes of which a feed has no base sample."""
        return np.asarray((draws(ts, self.seed, "gaps", feed) < self.gaps) | _within(self.outages, ts))

    def recorded(self, ts: Integers) -> Mask:
        """The minutes at which the rules were evaluated."""
        since = -np.inf if self.rules_since is None else self.rules_since
        return np.asarray((ts >= since) & ~_within((*self.outages, *self.rules_outages), ts))

    def known_at_ms(self, feed: str, metric: str, times: Integers) -> Integers:
        """From when on the base samples of these times are visible, both epoch milliseconds."""
        is_late = draws(times // 1000, self.seed, "late", feed, metric) < self.late
        return np.asarray(times + is_late * round(1000 * self.late_by), dtype=np.int64)


class FaultyMarket:
    """A market that lost some of its minutes and got some of its values wrong.

    Parameters
    ----------
    feed
        What tells it from the lab's other markets.
    """

    def __init__(self, market: Market, faults: Faults, feed: str) -> None:
        self.kind, self.seed, self.file_sha256, self.first = market.kind, market.seed, market.file_sha256, market.first
        self.variant = market.variant
        self._market = market
        self._faults = faults
        self._feed = feed

    def minutes(self, start: int, stop: int) -> Minutes:
        """The minutes that end in [start, stop); see `Market`. A bad NaN is a `NAN_SAMPLE`."""
        whole = self._market.minutes(start, stop)
        lost = self._faults.lost(self._feed, whole.ts)
        return Minutes(
            whole.ts,
            self._damaged("price", whole.ts, np.where(lost, np.nan, whole.last_price)),
            self._damaged("volume", whole.ts, np.where(lost, np.nan, whole.volume_24h)),
        )

    def _damaged(self, name: str, ts: Integers, values: Floats) -> Floats:
        key = (self._faults.seed, "bad", self._feed, name)
        bad = held(values) & (draws(ts, *key) < self._faults.bad_values)
        wrong = (*(np.full(len(ts), odd) for odd in (NAN_SAMPLE, np.inf, -np.inf)), -values, 10 * values)
        return np.where(bad, np.choose((draws(ts, *key, "kind") * len(wrong)).astype(int), wrong), values)


def _within(spans: tuple[Span, ...], ts: Integers) -> Mask:
    return np.any([span.holds(ts) for span in spans], axis=0) if spans else np.zeros(len(ts), bool)
