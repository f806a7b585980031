"""champion → signals: every unanswered settled minute is scored by the champion that reigned then, or abstained from."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property, partial
from hashlib import sha256
from itertools import groupby
from typing import Any

import numpy as np
import numpy.typing as npt

from include.cortex.minutes import MINUTE
from include.decide import Scored, abstain, decide, executable_at
from include.errors import NotReady, SettingsError
from include.ingest import floor_minute, settled_minute
from include.models.artifacts import ArtifactRefused, load
from include.models.candidates import Classifier, predict_proba
from include.pipeline import Market, Pipeline
from include.settings import Cell
from include.warehouse.connection import Connection
from include.warehouse.minutes import asked_for_until
from include.warehouse.models import Reign, artifact, reigning, reigns
from include.warehouse.signals import append_signals, unanswered_minutes
from include.warehouse.snapshots import Features, kept_versions, read_features

log = logging.getLogger(__name__)

VOLATILITY = "realised_volatility_60m"
Unanswered = tuple[Cell, datetime]


@dataclass(frozen=True)
class Predicted:
    """What a run answered: signals scored and abstained, minutes that no champion may answer, the newest minute."""

    scored: int = 0
    abstained: int = 0
    no_champion: int = 0
    waiting: int = 0
    newest: datetime | None = None

    def __add__(self, other: Predicted) -> Predicted:
        newest = max((n for n in (self.newest, other.newest) if n), default=None)
        return Predicted(
            self.scored + other.scored, self.abstained + other.abstained,
            self.no_champion + other.no_champion, self.waiting + other.waiting, newest,
        )  # fmt: skip

    def as_dict(self) -> dict[str, object]:
        return {**asdict(self), "newest": self.newest.isoformat() if self.newest else None}


def predict(
    pipeline: Pipeline, start: datetime | None = None, end: datetime | None = None, *, only_newest: bool = False
) -> Predicted:
    """Answer every unanswered minute with ts in [start, end), newest first.

    Each minute is committed by itself when it is the newest, older ones a day at a time.

    Parameters
    ----------
    start, end
        UTC, minute-aligned. None: the settled minutes of the last `signals.catch_up_hours`.
    only_newest
        The newest settled minute alone, whatever the span.

    Raises
    ------
    NotReady
        Nothing is loaded, or no live cell has a champion yet.
    SourceMismatch, SourceUnreachable
        As Pipeline.market.
    """
    with pipeline.market() as market:
        settled = settled_minute(market.now(), market.clock)
        last = min(end - MINUTE, settled) if end and not only_newest else settled
        first = last if only_newest else start or last - pipeline.settings.signals.catch_up
        if start and not only_newest and first > last:
            raise SettingsError(
                f"No minute from {first:%Y-%m-%d %H:%M} to {last:%Y-%m-%d %H:%M} UTC has settled; the newest that has is "
                f"{settled:%Y-%m-%d %H:%M} UTC. Check --at, or --from and --to."
            )
        for instant in (first, last):
            if instant != floor_minute(instant):
                raise SettingsError(f"{instant} is not a whole minute; give it as 2026-01-31T12:00Z.")
        answers = [
            _predict_symbol(pipeline, market, symbol.name, first, last, since_champions=start is None)
            for symbol in pipeline.settings.symbols
        ]
    return sum(answers, Predicted())


def _predict_symbol(
    pipeline: Pipeline, market: Market, symbol: str, first: datetime, last: datetime, *, since_champions: bool
) -> Predicted:
    """Answer the symbol's open minutes of [first, last]; `since_champions`: none before the first champion's reign."""
    with pipeline.warehouse.transaction("reader") as connection:
        history = reigns(connection, symbol)
        cells = [cell for cell in pipeline.settings.signals.live if cell in history]
        if not cells:
            raise NotReady(
                f"No live cell of {symbol} has a champion yet; run `cortex-signals train` (in Airflow, train_candidates)."
            )
        if since_champions:
            first = max(first, floor_minute(min(history[cell][0].effective_from for cell in cells)))
        open_minutes = unanswered_minutes(connection, symbol, cells, first, last) if first <= last else []
        asked_until = asked_for_until(connection, symbol)
    champions = Champions(history)
    done = Predicted()
    for batch in _batches(open_minutes):
        done += _answer(pipeline, market, symbol, batch, champions, asked_until)
    return done


def _batches(unanswered: Sequence[Unanswered]) -> Iterator[list[Unanswered]]:
    """The newest minute alone, so that nothing holds it up, then the rest by UTC day."""
    newest = [item for item in unanswered if item[1] == unanswered[0][1]]
    if newest:
        yield newest
    for _, day in groupby(unanswered[len(newest) :], key=lambda item: item[1].astimezone(UTC).date()):
        yield list(day)


class Champions:
    """The reigning models of a symbol, each loaded once and only when it is asked."""

    def __init__(self, history: Mapping[Cell, Sequence[Reign]]) -> None:
        self._history = history
        self._models: dict[int, Classifier] = {}

    def reigning(self, cell: Cell, ts: datetime) -> Reign | None:
        """The champion that may answer the minute; None where none reigned or its training reaches too far."""
        reign = reigning(self._history[cell], ts)
        return reign if reign and reign.may_answer(ts) else None

    def model(self, connection: Connection, reign: Reign) -> Classifier:
        if reign.model_id not in self._models:
            self._models[reign.model_id] = load(
                artifact(connection, reign.model_id), reign.artifact_format, reign.artifact_sha256
            )
        return self._models[reign.model_id]


def _answer(
    pipeline: Pipeline,
    market: Market,
    symbol: str,
    batch: Sequence[Unanswered],
    champions: Champions,
    asked_until: datetime,
) -> Predicted:
    """Read the features as of one instant, score, and append in one transaction."""
    first, last = min(ts for _, ts in batch), max(ts for _, ts in batch)
    with pipeline.warehouse.transaction("reader", one_snapshot=True) as connection:
        versions = Versions(connection, symbol, first, last)
        signals: list[dict[str, Any]] = []
        waiting = no_champion = 0
        for cell, ts in batch:
            reign = champions.reigning(cell, ts)
            if reign is None:
                no_champion += 1
                continue
            minutes = versions.minutes(reign)
            why_not = minutes.missing(ts, reign.feature_columns) if minutes else VERSION_LOST
            may_come = ts >= asked_until or market.now() < ts + market.clock.settle_deadline
            if why_not and minutes and may_come:
                waiting += 1  # its inputs may still arrive before the deadline, or were never asked for
            elif why_not or minutes is None:
                signals.append(_columns(symbol, cell, ts) | _abstained(why_not or VERSION_LOST))
            else:
                decided = _decision(pipeline, connection, minutes, cell, ts, reign, champions)
                signals.append(_columns(symbol, cell, ts) | decided)
    with pipeline.warehouse.transaction("writer") as connection:
        _append(pipeline, connection, market, symbol, versions, signals)
    scored = sum(signal["side"] != "ABSTAIN" for signal in signals)
    newest = max((signal["ts"] for signal in signals), default=None)
    log.info("%s [%s, %s]: %d scored, %d abstained", symbol, first, last, scored, len(signals) - scored)
    return Predicted(scored, len(signals) - scored, no_champion, waiting, newest)


VERSION_LOST = (
    "the features that the champion was trained on are not in the warehouse any more: run `cortex-signals train` "
    "(in Airflow, train_candidates)"
)


class Versions:
    """The minutes of a batch, [first, last], as each version of the features has them; read once and only when asked."""

    def __init__(self, connection: Connection, symbol: str, first: datetime, last: datetime) -> None:
        self._read = partial(read_features, connection, symbol, first, last + MINUTE)
        self._kept = kept_versions(connection)
        self.by_number: dict[int, Minutes] = {}

    def minutes(self, reign: Reign) -> Minutes | None:
        """As the champion's own version has them; None where that is not kept."""
        number = reign.feature_version
        if number not in self.by_number and number in self._kept:
            self.by_number[number] = Minutes(self._read(self._kept[number]))
        return self.by_number.get(number)


class Minutes:
    """Features of a batch, by minute."""

    def __init__(self, features: Features) -> None:
        self.features = features
        self._row = {int(ts): row for row, ts in enumerate(features.ts)}

    @cached_property
    def _position(self) -> dict[str, int]:
        return {name: position for position, name in enumerate(self.features.columns)}

    def missing(self, ts: datetime, columns: Sequence[str]) -> str | None:
        """Why the minute cannot be scored by a model that looks at `columns`; None where it can."""
        row = self._row.get(int(ts.timestamp()))
        if row is None:
            return "the source has no sample of this minute"
        if not np.isfinite(self.features.price[row]):
            return "the minute has no price"
        needed = dict.fromkeys([*columns, VOLATILITY])
        unknown = [name for name in needed if not np.isfinite(self.features.X[row, self._position[name]])]
        if unknown:
            more = f" and {len(unknown) - 1} more" if len(unknown) > 1 else ""
            return f"{unknown[0]}{more} cannot be computed: within its look-back a minute or metric is missing, or the price did not move"
        return None

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
        """SHA-256 of the values as little-endian float32, one bit pattern for unknown."""
        values = self.values(ts)
        return sha256(np.where(np.isnan(values), np.float32(np.nan), values).astype("<f4").tobytes()).hexdigest()

    def inputs(self, symbol: str, ts: datetime) -> dict[str, Any]:
        """The minute's row of signal_inputs."""
        return {
            "symbol": symbol,
            "ts": ts,
            "feature_version": self.features.version.number,
            "inputs_hash": self.inputs_hash(ts),
            "values": [None if np.isnan(value) else float(value) for value in self.values(ts)],
        }


def _decision(
    pipeline: Pipeline,
    connection: Connection,
    minutes: Minutes,
    cell: Cell,
    ts: datetime,
    reign: Reign,
    champions: Champions,
) -> dict[str, Any]:
    try:
        model = champions.model(connection, reign)
    except ArtifactRefused as error:
        log.warning("model %d: %s", reign.model_id, error)
        return _abstained(str(error))
    p = predict_proba(model, minutes.chosen(ts, reign.feature_columns))[0]
    scored = Scored(p, minutes.price(ts), float(minutes.chosen(ts, [VOLATILITY])[0, 0]))
    decided = decide(scored, cell, reign.decision, pipeline.settings.signals)
    inputs = {"feature_version": reign.feature_version, "inputs_hash": minutes.inputs_hash(ts)}
    return decided | inputs | {"model_id": reign.model_id}


def _abstained(why_not: str) -> dict[str, Any]:
    return abstain(why_not) | {"model_id": None, "feature_version": None, "inputs_hash": None}


def _columns(symbol: str, cell: Cell, ts: datetime) -> dict[str, Any]:
    return {
        "symbol": symbol,
        "ts": ts,
        "horizon_minutes": cell.horizon_minutes,
        "threshold": cell.threshold,
        "cutoff_at": ts,
    }


def _append(
    pipeline: Pipeline,
    connection: Connection,
    market: Market,
    symbol: str,
    versions: Versions,
    signals: list[dict[str, Any]],
) -> None:
    scored = sorted({(signal["feature_version"], signal["ts"]) for signal in signals if signal["side"] != "ABSTAIN"})
    inputs = [versions.by_number[number].inputs(symbol, ts) for number, ts in scored]
    decided_at = market.now()
    for signal in signals:
        signal |= _timing(signal["ts"], decided_at, market.clock.late_after) | {
            "cost_bps_per_side": pipeline.settings.signals.cost_bps_per_side,
            "is_simulated": market.is_simulated,
        }
    append_signals(connection, signals, inputs)


def _timing(ts: datetime, decided_at: datetime, late_after: timedelta) -> dict[str, Any]:
    return {
        "decided_at": decided_at,
        "executable_at": executable_at(decided_at),
        "latency_seconds": (decided_at - ts).total_seconds(),
        "is_late": decided_at - ts > late_after,
    }
