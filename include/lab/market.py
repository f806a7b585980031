"""A market that the lab publishes: the protocol, and the simulated ones.

A minute is named by its END: the sample of `ts` is the last known at `ts`, epoch seconds, a multiple of 60.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from math import fsum, sqrt
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

Number = TypeVar("Number", bound=np.generic)

# the symbol of a lab that is not told another
SYMBOL = "BTCUSDT"
MINUTE = 60
DAY_MINUTES = 1440
DAY = DAY_MINUTES * MINUTE


@dataclass(frozen=True)
class Minutes:
    """Consecutive minutes, NaN where the market has no sample.

    Attributes
    ----------
    ts
        Minute ends, epoch seconds, every 60 s.
    last_price
        Last traded price, quote currency.
    volume_24h
        Base volume traded in the 1,440 minutes that end at `ts`; a gauge, it can fall.
    """

    ts: Integers
    last_price: Floats
    volume_24h: Floats


class Market(Protocol):
    """What the lab needs to know of a market."""

    @property
    def kind(self) -> str:
        """`simulated` or `replay`: with the variant, the value of the label `market`."""

    @property
    def seed(self) -> int | None:
        """Seed of a simulated market, else None."""

    @property
    def variant(self) -> str | None:
        """What tells a simulated market from the usual one of its seed, as `edge 0.1`; None: it is that one, or none."""

    @property
    def file_sha256(self) -> str | None:
        """Hex digest of the replayed file, else None."""

    @property
    def first(self) -> int:
        """First published minute end, epoch seconds."""

    def minutes(self, start: int, stop: int) -> Minutes:
        """The minutes that end in [start, stop), epoch seconds; NaN before the first and after the last."""


def minute_ends(start: int, stop: int) -> Integers:
    """The multiples of 60 in [start, stop), epoch seconds."""
    return np.arange(-(-start // MINUTE) * MINUTE, stop, MINUTE, dtype=np.int64)


ANCHOR = int(datetime(2025, 6, 1, tzinfo=UTC).timestamp())
FAIR_PRICE = 60_000.0
# the pull towards FAIR_PRICE halves a deviation in 60 days: the price stays plausible for years, and over
# the horizons that are learned the drift is a hundredth of the volatility
PULL = np.log(2) / (60 * DAY_MINUTES)
MINUTE_VOLATILITY = 3.95e-4
# log-volatility is a sum of first-order processes: (half-life in minutes, standard deviation)
VOLATILITY_SCALES = ((15.0, 0.28), (180.0, 0.30), (DAY_MINUTES * 1.0, 0.25), (DAY_MINUTES * 12.0, 0.22))
TAIL_DEGREES = 4.5
JUMPS_PER_MINUTE = 1 / (1.5 * DAY_MINUTES)
JUMP_SIZE = 0.004
WEEKEND = -0.40
MINUTE_VOLUME = 7.0
# that of the usual market's minutes over half a year, so that the noise crosses the same thresholds
NOISE_VOLATILITY = 5e-4
# how far back the planted direction looks, and how much of a minute's volatility it moves the price
EDGE_MINUTES = 120
EDGE = 0.1
# volumes are whole numbers of 0.00001 coins, so that the 24 h sum is exact in whatever order it is taken
VOLUME_UNITS = 100_000


@dataclass(frozen=True)
class _State:
    """What one day hands to the next: deviation of the log price, and the log-volatility processes."""

    deviation: float
    volatility: tuple[float, ...]


class SimulatedMarket:
    """A market like BTCUSDT's without a predictable direction; its volatility clusters and has tails and a rhythm.

    A minute has the same value in every process: each UTC day draws from a generator keyed by seed and day, and
    carries on from the day before. Days are simulated in order and kept (23 kB each).

    Parameters
    ----------
    seed
        Not negative.
    symbol
        Each has a market of its own.
    """

    kind = "simulated"
    file_sha256 = None
    variant: str | None = None

    def __init__(self, seed: int, symbol: str = SYMBOL) -> None:
        self.seed = seed
        self._seed = seed if symbol == SYMBOL else _seed_of(seed, symbol)
        self._state = _initial_state(self._seed)
        self._prices: list[Floats] = []
        self._volumes: list[Integers] = []

    @property
    def first(self) -> int:
        """One day after the anchor, when the 24 h volume is complete."""
        return ANCHOR + DAY

    def minutes(self, start: int, stop: int) -> Minutes:
        """The minutes that end in [start, stop); see `Market`."""
        ts = minute_ends(start, stop)
        last_price, volume_24h = np.full(len(ts), np.nan), np.full(len(ts), np.nan)
        published = ts[ts >= self.first]
        if len(published):
            self._simulate_until(int(published[-1]))
            last_price[-len(published) :] = self._price(published)
            volume_24h[-len(published) :] = self._volume_24h(published)
        return Minutes(ts, last_price, volume_24h)

    def _simulate_until(self, ts: int) -> None:
        days = (ts - ANCHOR - MINUTE) // DAY + 1
        for day in range(len(self._prices), days):
            prices, volumes = self._simulate_day(day, _generator(self._seed, day))
            self._prices.append(prices)
            self._volumes.append(volumes)

    def _simulate_day(self, day: int, random: np.random.Generator) -> tuple[Floats, Integers]:
        """Prices, and minute volumes in VOLUME_UNITS, of that day after the anchor; the state goes on to its end."""
        processes = [
            _first_order(random.standard_normal(DAY_MINUTES), 0.5 ** (1 / half_life), start)
            for (half_life, _), start in zip(VOLATILITY_SCALES, self._state.volatility, strict=True)
        ]
        activity = _rhythm(day) + sum(
            deviation * process for (_, deviation), process in zip(VOLATILITY_SCALES, processes, strict=True)
        )
        shocks = _shocks(random)
        volatility = MINUTE_VOLATILITY * np.exp(activity)
        returns = self._directed(volatility * shocks + _jumps(random), volatility)
        deviation = _pulled(returns, self._state.deviation)
        volumes = _volumes(random, activity, shocks)
        self._state = _State(float(deviation[-1]), tuple(float(process[-1]) for process in processes))
        return _prices(deviation), volumes

    def _directed(self, returns: Floats, volatility: Floats) -> Floats:
        """A day's returns with what is to be expected of them, which is nothing."""
        return returns

    def _price(self, ts: Integers) -> Floats:
        return _slice_of_days(self._prices, _minute_number(int(ts[0])), _minute_number(int(ts[-1])) + 1)

    def _volume_24h(self, ts: Integers) -> Floats:
        stop = _minute_number(int(ts[-1])) + 1
        volumes = _slice_of_days(self._volumes, _minute_number(int(ts[0])) - DAY_MINUTES + 1, stop)
        total = np.concatenate([np.zeros(1, np.int64), np.cumsum(volumes)])
        return np.asarray((total[DAY_MINUTES:] - total[:-DAY_MINUTES]) / VOLUME_UNITS)


class NoiseMarket(SimulatedMarket):
    """A market of which nothing can be predicted, its volatility included.

    Price changes are independent draws of one distribution, with tails and without rhythm, jumps or pull; volumes are
    independent of them and of each other. Whatever is found in it is found by luck.
    """

    variant = "noise"

    def _simulate_day(self, day: int, random: np.random.Generator) -> tuple[Floats, Integers]:
        deviation = self._state.deviation + np.cumsum(NOISE_VOLATILITY * _shocks(random))
        self._state = _State(float(deviation[-1]), self._state.volatility)
        return _prices(deviation), _volumes(random, np.zeros(DAY_MINUTES), np.zeros(DAY_MINUTES))


class EdgeMarket(SimulatedMarket):
    """The usual market with a planted direction: what rose within the last two hours tends to go on rising.

    The expected return of a minute is strength × the minute's volatility × S / √(S² + Q), where S is the sum and Q the
    sum of squares of the EDGE_MINUTES returns before it: between −1 and 1, and computable from the published prices.

    Parameters
    ----------
    strength
        0 is the usual market; below 0 the price turns round instead. At the default a logistic regression finds, with
        120 days to learn and be judged on, a direction AUC of 0.7 to 0.8 over 30 to 240 minutes, and an edge after 7
        basis points a side over 60 to 240; half of it is an AUC of 0.6 and no edge after such costs.
    """

    def __init__(self, seed: int, symbol: str = SYMBOL, strength: float = EDGE) -> None:
        super().__init__(seed, symbol)
        self.variant = f"edge {strength:g}"
        self._strength = strength
        # alternating, so that they have a size and no direction
        self._last_returns = [MINUTE_VOLATILITY, -MINUTE_VOLATILITY] * (EDGE_MINUTES // 2)

    def _directed(self, returns: Floats, volatility: Floats) -> Floats:
        pushes = (self._strength * volatility).tolist()
        directed = _with_momentum(self._last_returns, returns.tolist(), pushes)
        self._last_returns = directed[-EDGE_MINUTES:]
        return np.array(directed[EDGE_MINUTES:])


def _with_momentum(before: list[float], returns: list[float], pushes: list[float]) -> list[float]:
    """`before`, then each return plus its push × the direction of the last len(before) returns: S / √(S² + Q)."""
    directed = before.copy()
    total, squares = fsum(before), fsum(one * one for one in before)
    for at, (own, push) in enumerate(zip(returns, pushes, strict=True)):
        new, old = own + push * total / sqrt(total * total + squares), directed[at]
        directed.append(new)
        total += new - old
        squares += new * new - old * old
    return directed


# by the name that `lab --market` has for it: makes the market of a seed and symbol
MARKETS: Mapping[str, Callable[[int, str], SimulatedMarket]] = {
    "usual": SimulatedMarket,
    "noise": NoiseMarket,
    "edge": EdgeMarket,
}


def _seed_of(seed: int, symbol: str) -> int:
    return int.from_bytes(sha256(f"{seed} {symbol}".encode()).digest()[:8], "big") // 2


def _minute_number(ts: int) -> int:
    """0 for the first minute after the anchor."""
    return (ts - ANCHOR) // MINUTE - 1


def _slice_of_days(days: list[NDArray[Number]], start: int, stop: int) -> NDArray[Number]:
    """Minutes [start, stop) of arrays that hold one day each."""
    first = start // DAY_MINUTES
    chunk = np.concatenate(days[first : (stop - 1) // DAY_MINUTES + 1])
    return chunk[start - first * DAY_MINUTES : stop - first * DAY_MINUTES]


def _generator(seed: int, stream: int) -> np.random.Generator:
    return np.random.Generator(np.random.Philox(key=np.array([seed, stream], dtype=np.uint64)))


def _initial_state(seed: int) -> _State:
    draws = _generator(seed, 2**64 - 1).standard_normal(len(VOLATILITY_SCALES))
    return _State(0.0, tuple(float(draw) for draw in draws))


def _prices(deviation: Floats) -> Floats:
    return np.round(FAIR_PRICE * np.exp(deviation), 2)


def _first_order(noise: Floats, memory: float, start: float) -> Floats:
    """x[t] = memory · x[t-1] + √(1 - memory²) · noise[t] of unit variance, begun at `start`."""
    return _decayed(np.sqrt(1 - memory**2) * noise, memory, start)


def _pulled(returns: Floats, start: float) -> Floats:
    """Deviation of the log price from FAIR_PRICE: the sum of the returns, pulled back weakly."""
    return _decayed(returns, 1 - PULL, start)


def _decayed(increments: Floats, memory: float, start: float) -> Floats:
    """x[t] = memory · x[t-1] + increments[t], as one cumulative sum.

    The weights reach memory^-1440; half-lives from 2 minutes on stay within a double.
    """
    decay = memory ** np.arange(1, len(increments) + 1)
    return np.asarray(decay * (start + np.cumsum(increments / decay)))


def _shocks(random: np.random.Generator) -> Floats:
    """Student-t draws of unit variance."""
    return np.asarray(random.standard_t(TAIL_DEGREES, DAY_MINUTES) * np.sqrt((TAIL_DEGREES - 2) / TAIL_DEGREES))


def _jumps(random: np.random.Generator) -> Floats:
    happens = random.random(DAY_MINUTES) < JUMPS_PER_MINUTE  # nosec B311  # NumPy's, seeded: a market that can be made again
    return np.asarray(happens * random.standard_normal(DAY_MINUTES) * JUMP_SIZE)


def _rhythm(day: int) -> Floats:
    """Log of the usual activity by the hour of the day, UTC, and of the week: busiest 14:00, quiet at weekends."""
    hours = np.arange(1, DAY_MINUTES + 1) / 60
    daily = 0.27 * np.cos(2 * np.pi * (hours - 17) / 24) + 0.12 * np.cos(4 * np.pi * (hours - 14) / 24)
    # the anchor is a Sunday; the change comes over three hours, not at a stroke
    weekend = np.interp((day * 24 + hours) % 168, [0, 22, 25, 142, 145, 168], [1, 1, 0, 0, 1, 1])
    return np.asarray(daily + WEEKEND * weekend)


def _volumes(random: np.random.Generator, activity: Floats, shocks: Floats) -> Integers:
    """Minute volumes, larger in active minutes and in those with a large move."""
    log_volume = (
        np.log(MINUTE_VOLUME)
        + 1.1 * activity
        + 0.8 * np.log1p(np.abs(shocks))
        + 0.65 * random.standard_normal(DAY_MINUTES)
    )
    return np.asarray(np.maximum(1, np.round(np.exp(log_volume) * VOLUME_UNITS)), dtype=np.int64)
