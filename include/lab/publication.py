"""Which series the lab publishes, and which of their samples one request may see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from include.lab.absence import held
from include.lab.answers import Labels
from include.lab.chance import draws
from include.lab.faults import Faults, FaultyMarket
from include.lab.layout import REPLICAS, AnotherExchange, Layout
from include.lab.limits import Limits
from include.lab.market import Market
from include.lab.series import METRICS, Matcher, Querier
from include.lab.windows import Samples

# the metric that exists twice where the layout says so, and its two values of `instance`
SECOND_LABEL_SET = "job:crypto_volume:avg5m"
INSTANCES = ("10.0.0.1:9090", "10.0.0.2:9090")
# as far as Prometheus carries a sample forward
LOOK_BACK_MS = 300_000


@dataclass(frozen=True)
class Feed:
    """One market as it is published: a symbol, at an exchange where there are several; `name` holds both."""

    name: str
    market: Market
    labels: Labels


@dataclass(frozen=True)
class Stream:
    """One published series; `replica` counts from 0."""

    feed: Feed
    labels: Labels
    replica: int

    @property
    def metric(self) -> str:
        return self.labels["__name__"]


@dataclass(frozen=True)
class Publication:
    """All series of the lab, ordered by metric name.

    Attributes
    ----------
    streams
        Their feeds have the faults of their market.
    layout, faults
        Replicas that lack minutes; samples that come late, rules that were not evaluated.
    """

    streams: tuple[Stream, ...]
    layout: Layout
    faults: Faults


def publish(market: Market, further: Mapping[str, Market], layout: Layout, faults: Faults) -> Publication:
    """The series of a market, as the layout's symbol, and of further ones by their symbol."""
    feeds = [feed for symbol, one in {layout.symbol: market, **further}.items() for feed in _feeds(symbol, one, layout)]
    if _damages(faults):
        feeds = [replace(feed, market=FaultyMarket(feed.market, faults, feed.name)) for feed in feeds]
    streams = (stream for metric in sorted(METRICS) for feed in feeds for stream in _streams(metric, feed, layout))
    return Publication(tuple(streams), layout, faults)


def _feeds(symbol: str, market: Market, layout: Layout) -> Iterator[Feed]:
    kind = f"{market.kind} {market.variant}" if market.variant else market.kind
    labels = {"market": kind, layout.label: symbol}
    if not layout.exchanges:
        yield Feed(symbol, market, labels)
    for number, exchange in enumerate(layout.exchanges):
        there = AnotherExchange(market, exchange) if number else market
        yield Feed(f"{symbol} {exchange}", there, labels | {"exchange": exchange})


def _damages(faults: Faults) -> bool:
    return bool(faults.gaps or faults.outages or faults.bad_values)


def _streams(metric: str, feed: Feed, layout: Layout) -> Iterator[Stream]:
    twice = layout.second_label_set and metric == SECOND_LABEL_SET
    for instance in INSTANCES if twice else (None,):
        for replica in range(max(1, layout.replicas)):
            labels = {"__name__": metric, **feed.labels}
            labels |= {"instance": instance} if instance else {}
            labels |= {"replica": REPLICAS[replica]} if layout.replicas else {}
            yield Stream(feed, dict(sorted(labels.items())), replica)


class View:
    """The series that one request may see.

    Parameters
    ----------
    since, until
        Sample times that are visible, [since, until], epoch seconds; None: from each market's first.
    oldest
        Samples before this instant, epoch seconds, are not given out, though the rules know them; None: all are.
    """

    def __init__(
        self, publication: Publication, limits: Limits, since: float | None, until: float, oldest: float | None = None
    ) -> None:
        self._published = publication
        self._oldest_ms = -np.inf if oldest is None else 1000 * oldest
        self._limits = limits
        self._since = since
        self._until = until
        self._queriers: dict[str, Querier] = {}

    def select(self, matchers: Iterable[Matcher]) -> list[Stream]:
        """The series that match all.

        Raises
        ------
        ExecutionFailed
            They are more than the limit.
        """
        found = self.matching(matchers)
        self._limits.check_series(len(found))
        return found

    def matching(self, matchers: Iterable[Matcher]) -> list[Stream]:
        """The same without a limit."""
        wanted = tuple(matchers)
        return [stream for stream in self._published.streams if all(one.matches(stream.labels) for one in wanted)]

    def has_samples(self, stream: Stream, start: float, end: float) -> bool:
        """Whether [start, end], epoch seconds, meets the visible time."""
        return self._querier(stream.feed).has_samples(start, end)

    def samples(self, stream: Stream, after_ms: int, until_ms: int) -> Samples:
        """The visible samples of a series in (after, until], epoch milliseconds."""
        after_ms = int(max(after_ms, np.ceil(self._oldest_ms) - 1))
        samples = self._querier(stream.feed).samples(stream.metric, after_ms, until_ms)
        return self._of_replica(stream, samples) if self._published.layout.replica_gaps else samples

    def newest(self, metrics: Iterable[str], at_ms: int) -> Iterator[tuple[Labels, float, int]]:
        """Labels, value and time of each series' last sample in the 5 minutes until then, epoch milliseconds."""
        for stream in self._published.streams:
            if stream.metric in metrics:
                samples = self.samples(stream, at_ms - LOOK_BACK_MS, at_ms)
                there = held(samples.values)
                if there.any():
                    yield stream.labels, float(samples.values[there][-1]), int(samples.times[there][-1])

    def _of_replica(self, stream: Stream, samples: Samples) -> Samples:
        """Each replica lacks a stretch of [0, 1) of its own, so that no minute is lacking in two."""
        draw = draws(samples.times // 1000, self._published.faults.seed, "replica", stream.feed.name)
        there = np.floor(draw / self._published.layout.replica_gaps) != stream.replica
        return Samples(samples.times[there], samples.values[there])

    def _querier(self, feed: Feed) -> Querier:
        if feed.name not in self._queriers:
            faults = self._published.faults
            self._queriers[feed.name] = Querier(feed.market, self._since, self._until, faults, feed.name)
        return self._queriers[feed.name]
