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
from include.settings import Settings
from include.warehouse.connection import Connection
from include.warehouse.models import Reign
from include.warehouse.snapshots import Features, kept_versions, read_features, read_minutes

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
NOTHING: dict[str, Any] = {"feature_version": None, "inputs_hash": None}


class Versions:
    """The minutes of a batch, [first, last], as each version of the features has them; read once and only when asked.

    The connection's transaction must see one snapshot. Of the base metrics so much before `first` is read as
    `signals.stale_after_minutes` says.
    """

    def __init__(
        self, connection: Connection, symbol: str, first: datetime, last: datetime, settings: Settings
    ) -> None:
        self._read = partial(read_features, connection, symbol, first, last + MINUTE)
        self._kept = kept_versions(connection)
        stale_after, columns = settings.signals.stale_after, [metric.column for metric in settings.base_metrics]
        ts, values = read_minutes(connection, symbol, first - stale_after, last + MINUTE, columns)
        self._stale = Staleness(ts, dict(zip(columns, values.T, strict=True)), stale_after)
        self.by_number: dict[int, Minutes] = {}

    def minutes(self, number: int) -> Minutes | None:
        """As that version has them; None where it is not kept."""
        if number not in self.by_number and number in self._kept:
            self.by_number[number] = Minutes(self._read(self._kept[number]), self._stale)
        return self.by_number.get(number)


class Staleness:
    """The minutes up to which a base metric has stayed the same for so long that its exporter must be repeating itself.

    Parameters
    ----------
    ts, values
        Held minutes in order of time: epoch seconds, and by column the values, NaN for unknown; shape (rows,) each.
    stale_after
        So many consecutive held minutes with one value are stale; where fewer are held, none is.
    """

    def __init__(self, ts: npt.NDArray[np.int64], values: Mapping[str, Floats], stale_after: timedelta) -> None:
        self.minutes = stale_after // MINUTE
        self._stale = {column: self._repeating(ts, of_column) for column, of_column in values.items()}

    def _repeating(self, ts: npt.NDArray[np.int64], values: Floats) -> set[int]:
        goes_on = (np.diff(ts, prepend=0) == 60) & (values == np.roll(values, 1))
        since = np.maximum.accumulate(np.where(goes_on, 0, np.arange(len(ts))))
        return set(ts[np.arange(len(ts)) - since + 1 >= self.minutes].tolist())

    def why_not(self, ts: datetime) -> WhyNot | None:
        repeating = [column for column, minutes in self._stale.items() if int(ts.timestamp()) in minutes]
        if not repeating:
            return None
        said = f"{' and '.join(repeating)} stayed the same for {self.minutes} minutes: "
        return WhyNot("stale_input", f"{said}the exporter repeats itself, or nothing is traded")


class Minutes:
    """Features of a batch, by minute."""

    def __init__(self, features: Features, stale: Staleness) -> None:
        self.features = features
        self._stale = stale
        self._row = {int(ts): row for row, ts in enumerate(features.ts)}

    @cached_property
    def _position(self) -> dict[str, int]:
        return {name: position for position, name in enumerate(self.features.columns)}

    def missing(self, ts: datetime, reign: Reign) -> WhyNot | None:
        """Why the minute cannot be scored by the model, and may be later; None where it can."""
        row = self._row.get(int(ts.timestamp()))
        if row is None:
            return WhyNot("missing_minute", "the source has no sample of this minute")
        if not np.isfinite(self.features.price[row]):
            return WhyNot("missing_input", "the minute has no price")
        needed = dict.fromkeys([*reign.feature_columns, VOLATILITY])
        unknown = [name for name in needed if not np.isfinite(self.features.X[row, self._position[name]])]
        if not unknown:
            return None
        more = f" and {len(unknown) - 1} more" if len(unknown) > 1 else ""
        said = "cannot be computed: within its look-back a minute or metric is missing, or the price did not move"
        return WhyNot("missing_input", f"{unknown[0]}{more} {said} (model {reign.model_id})")

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

    def evidence(self, ts: datetime) -> dict[str, Any]:
        """What an answer to the minute rests on; nothing where the minute is not held."""
        if int(ts.timestamp()) not in self._row:
            return NOTHING
        return {"feature_version": self.features.version.number, "inputs_hash": self.inputs_hash(ts)}

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
