"""A minute and a model → an answer: a scored signal, or ABSTAIN with its reason."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from include.decide import Scored, abstain, decide
from include.models.artifacts import ArtifactRefused
from include.models.candidates import predict_proba
from include.models.input_ranges import out_of_range
from include.scoring.guards import Halts, too_old
from include.scoring.inputs import FEATURES_LOST, NOTHING, VOLATILITY, Minutes, Versions, WhyNot
from include.scoring.scorers import Scorer, Scorers
from include.settings import Cell, Signals
from include.warehouse.connection import Connection
from include.warehouse.models import Reign

log = logging.getLogger(__name__)

Answer = dict[str, Any]  # columns of a signal, and the number of the features' version it rests on


@dataclass(frozen=True, eq=False)
class Desk:
    """What a batch of a symbol's minutes is answered with: the rules, one instant's features and prohibitions, the models."""

    connection: Connection
    symbol: str
    rules: Signals
    versions: Versions
    halts: Halts
    scorers: Scorers

    def answer(self, cell: Cell, ts: datetime, reign: Reign, *, may_wait: bool = False) -> Answer | None:
        """The answer to the minute by that model; None where its inputs are not there and `may_wait` is True."""
        why_not = self.halts.why_not(cell) or too_old(reign, ts, self.rules.max_model_age)
        minutes = None if why_not else self.versions.minutes(reign.feature_version)
        if minutes is None:
            return self._answered(cell, ts, _abstained(why_not or FEATURES_LOST))
        stale, missing = minutes.stale(ts), minutes.missing(ts, reign)
        if missing and may_wait and not stale:
            return None
        why_not = stale or missing
        if why_not:
            return self._answered(cell, ts, _abstained(why_not, minutes.evidence(ts)))
        return self._answered(cell, ts, self._scored(cell, ts, reign, minutes))

    def shadow(self, live: Answer) -> Answer | None:
        """What the challenger of the answered minute says; None where none may answer."""
        cell, ts = Cell(live["horizon_minutes"], live["threshold"]), live["ts"]
        challenger = self.scorers.challenger(cell, ts)
        answer = self.answer(cell, ts, challenger) if challenger else None
        return answer and answer | {"is_shadow": True}

    def _scored(self, cell: Cell, ts: datetime, reign: Reign, minutes: Minutes) -> dict[str, Any]:
        try:
            scorer = self.scorers.loaded(self.connection, reign)
        except ArtifactRefused as error:
            log.warning("model %d: %s", reign.model_id, error)
            return _abstained(WhyNot("model_refused", str(error)))
        outside = self._out_of_range(ts, reign, minutes, scorer)
        if outside:
            return _abstained(outside, minutes.evidence(ts))
        p = predict_proba(scorer.model, minutes.chosen(ts, reign.feature_columns))[0]
        scored = Scored(p, minutes.price(ts), float(minutes.chosen(ts, [VOLATILITY])[0, 0]))
        return decide(scored, cell, reign.decision, self.rules) | minutes.evidence(ts) | {"model_id": reign.model_id}

    def _out_of_range(self, ts: datetime, reign: Reign, minutes: Minutes, scorer: Scorer) -> WhyNot | None:
        if scorer.input_quantiles is None:
            return None
        values, columns = minutes.chosen(ts, reign.feature_columns)[0], reign.feature_columns
        outside = out_of_range(values, columns, scorer.input_quantiles, self.rules.range_margin)
        if outside is None:
            return None
        return WhyNot("out_of_range", f"{outside} (model {reign.model_id}, signals.range_margin)")

    def _answered(self, cell: Cell, ts: datetime, decided: dict[str, Any]) -> Answer:
        return {
            "symbol": self.symbol,
            "ts": ts,
            "horizon_minutes": cell.horizon_minutes,
            "threshold": cell.threshold,
            "cutoff_at": ts,
            "is_shadow": False,
            **decided,
        }


def _abstained(why_not: WhyNot, evidence: Mapping[str, Any] = NOTHING) -> dict[str, Any]:
    return abstain(*why_not) | {"model_id": None, **evidence}
