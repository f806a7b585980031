"""The features of a batch of minutes, as each version of them has them, and why a minute cannot be scored on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import cached_property, partial
from hashlib import sha256
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from include.cortex.minutes import MINUTE
from include.models.classes import Floats
from include.warehouse.connection import Connection
from include.warehouse.snapshots import Features, kept_versions, read_features, read_prices

VOLATILITY = "realised_volatility_60m"


class WhyNot(NamedTuple):
    """Why a minute is not scored: the word of `reason_code`, and the sentence."""

    code: str
    reason: str


FEATURES_LOST = WhyNot(
    "features_lost",
    "the features that the model was trained on are not in the warehouse any more: run `cortex-signals train` "
    "(in Airflow, train_candidates)",
)


class Versions:
    """The minutes of a batch, [first, last], as each version of the features has them; read once and only when asked.

    The connection's transaction must see one snapshot.

    Parameters
    ----------
    stale_after
        As `signals.stale_after_minutes`: so much of the prices before `first` is read as well.
    """

    def __init__(
        self, connection: Connection, symbol: str, first: datetime, last: datetime, stale_after: timedelta
    ) -> None:
        self._read = partial(read_features, connection, symbol, first, last + MINUTE)
        self._kept = kept_versions(connection)
        self._stale = Staleness(*read_prices(connection, symbol, first - stale_after, last + MINUTE), stale_after)
        self.by_number: dict[int, Minutes] = {}

    def minutes(self, number: int) -> Minutes | None:
        """As that version has them; None where it is not kept."""
        if number not in self.by_number and number in self._kept:
            self.by_number[number] = Minutes(self._read(self._kept[number]), self._stale)
        return self.by_number.get(number)


class Staleness:
    """The minutes up to which the price has stayed the same for so long that its exporter must be repeating itself.

    Parameters
    ----------
    ts, price
        Held minutes in order of time: epoch seconds, and last prices, NaN for unknown; shape (rows,) each.
    stale_after
        So many consecutive held minutes with one price are stale; where fewer are held, none is.
    """

    def __init__(self, ts: npt.NDArray[np.int64], price: Floats, stale_after: timedelta) -> None:
        self.minutes = stale_after // MINUTE
        goes_on = (np.diff(ts, prepend=0) == 60) & (price == np.roll(price, 1))
        since = np.maximum.accumulate(np.where(goes_on, 0, np.arange(len(ts))))
        self._stale = set(ts[np.arange(len(ts)) - since + 1 >= self.minutes].tolist())

    def why_not(self, ts: datetime) -> WhyNot | None:
        if int(ts.timestamp()) not in self._stale:
            return None
        said = (
            f"the price has not changed for {self.minutes} minutes: its exporter repeats itself, or nothing is traded"
        )
        return WhyNot("stale_input", said)


class Minutes:
    """Features of a batch, by minute."""

    def __init__(self, features: Features, stale: Staleness) -> None:
        self.features = features
        self._stale = stale
        self._row = {int(ts): row for row, ts in enumerate(features.ts)}

    @cached_property
    def _position(self) -> dict[str, int]:
        return {name: position for position, name in enumerate(self.features.columns)}

    def missing(self, ts: datetime, columns: Sequence[str]) -> WhyNot | None:
        """Why the minute cannot be scored by a model that looks at `columns`, and may be later; None where it can."""
        row = self._row.get(int(ts.timestamp()))
        if row is None:
            return WhyNot("missing_minute", "the source has no sample of this minute")
        if not np.isfinite(self.features.price[row]):
            return WhyNot("missing_input", "the minute has no price")
        needed = dict.fromkeys([*columns, VOLATILITY])
        unknown = [name for name in needed if not np.isfinite(self.features.X[row, self._position[name]])]
        if not unknown:
            return None
        more = f" and {len(unknown) - 1} more" if len(unknown) > 1 else ""
        said = "cannot be computed: within its look-back a minute or metric is missing, or the price did not move"
        return WhyNot("missing_input", f"{unknown[0]}{more} {said}")

    def stale(self, ts: datetime) -> WhyNot | None:
        """That the minute repeats those before it; None where it does not, or too few are held to tell."""
        return self._stale.why_not(ts)

    def values(self, ts: datetime) -> npt.NDArray[np.float32]:
        """All features of the minute, shape (columns,), NaN for unknown."""
        row: npt.NDArray[np.float32] = self.features.X[self._row[int(ts.timestamp())]]
        return row

    def chosen(self, ts: datetime, columns: Sequence[str]) -> npt.NDArray[np.float32]:
        """The features that a model looks at, shape (1, columns)."""
        return self.values(ts)[[self._position[name] for name in columns]].reshape(1, -1)

    def price(self, ts: datetime) -> float:
        return float(self.features.price[self._row[int(ts.timestamp())]])

    def inputs_hash(self, ts: datetime) -> str:
        return hash_of(self.values(ts))

    def inputs(self, symbol: str, ts: datetime) -> Mapping[str, Any]:
        """The minute's row of signal_inputs."""
        return {
            "symbol": symbol,
            "ts": ts,
            "feature_version": self.features.version.number,
            "inputs_hash": self.inputs_hash(ts),
            "values": [None if np.isnan(value) else float(value) for value in self.values(ts)],
        }


def hash_of(values: npt.NDArray[np.float32]) -> str:
    """SHA-256 of the values as little-endian float32, one bit pattern for unknown."""
    return sha256(np.where(np.isnan(values), np.float32(np.nan), values).astype("<f4").tobytes()).hexdigest()
