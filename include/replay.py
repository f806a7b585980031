"""A stored signal, computed again from the model's bytes and the inputs that were stored with it.

Under the same libraries and platform every number must have the same bits; elsewhere it may differ by 1e-9. What later
corrections of the minutes would change is another question and is told apart.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import numpy as np

from include.cortex.minutes import MINUTE
from include.decide import Scored, decide
from include.models.artifacts import ArtifactRefused, load
from include.models.candidates import Classifier, predict_proba
from include.pipeline import Pipeline
from include.scoring.environment import fingerprint, libraries
from include.scoring.inputs import VOLATILITY, hash_of
from include.settings import Signals
from include.warehouse.connection import Connection
from include.warehouse.models import artifact_of
from include.warehouse.signals import StoredSignal, signals_to_sample, stored_signal, stored_signals
from include.warehouse.snapshots import kept_versions, read_features

TOLERANCE = 1e-9
NUMBERS = (
    "p_down", "p_sideways", "p_up", "base_rate_down", "base_rate_sideways", "base_rate_up", "confidence",
    "expected_edge_bps", "reference_price", "stop_loss_price", "take_profit_price",
)  # fmt: skip
WORDS = ("prediction", "side", "reason_code", "reason")


@dataclass(frozen=True)
class Difference:
    """A column that came out otherwise."""

    column: str
    stored: object
    recomputed: object


@dataclass(frozen=True)
class ChangedInput:
    """A feature whose value is another today; `is_input`: the model looks at it. None: unknown."""

    feature: str
    stored: float | None
    now: float | None
    is_input: bool


@dataclass(frozen=True)
class Later:
    """What corrections of the minutes since then would change: features, price and the signal that would follow.

    Attributes
    ----------
    features
        Those that differ today.
    price, signal
        The minute's price today and the columns that would follow; None: it could not be scored, and `sentence` says why.
    """

    features: list[ChangedInput]
    price: float | None
    signal: dict[str, Any] | None
    sentence: str


@dataclass(frozen=True)
class Replayed:
    """What became of one signal.

    Attributes
    ----------
    result
        `equal` (the same bits under the same libraries and platform), `within_tolerance` (other ones, and no number is
        off by more than 1e-9), `different`, or `abstained` (there is nothing to compute again).
    is_same_environment
        None: the signal's was not stored, or it abstained.
    used
        What the decision rests on beside the model: reference price, volatility, costs, distances of stop and target.
    later
        None where it was not asked for, or the signal abstained.
    """

    signal_id: int
    result: str
    sentence: str
    is_same_environment: bool | None = None
    used: dict[str, float] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)
    later: Later | None = None

    @property
    def is_right(self) -> bool:
        return self.result != "different"

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class ReplaySample:
    """Of `checked` signals so many had the same bits, so many were within 1e-9 elsewhere, and these differ."""

    checked: int
    equal: int
    within_tolerance: int
    different: list[int]

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def replay(pipeline: Pipeline, signal_id: int) -> Replayed:
    """Compute a stored signal again and compare, and tell what revisions since then would change.

    Raises
    ------
    NotReady
        There is no such signal.
    """
    with pipeline.warehouse.transaction("reader", one_snapshot=True) as connection:
        signal = stored_signal(connection, signal_id)
        models = Models(connection)
        done = _replay(signal, models, pipeline.settings.signals)
        if done.result == "abstained" or not models.is_sound(signal):
            return done
        return replace(done, later=_later(connection, signal, models, pipeline.settings.signals))


def replay_sample(pipeline: Pipeline, count: int = 200, days: int = 7, seed: int | None = None) -> ReplaySample:
    """Replay some scored signals of the last days before the newest one, shadows and late ones among them.

    Parameters
    ----------
    seed
        Which ones: the same seed, the same signals. None: others each time.
    """
    drawn = random.randrange(2**31) if seed is None else seed  # noqa: S311  # nosec B311  # which signals are looked at is no secret
    with pipeline.warehouse.transaction("reader", one_snapshot=True) as connection:
        models = Models(connection)
        signals = stored_signals(connection, signals_to_sample(connection, count, days, drawn))
        done = [_replay(signal, models, pipeline.settings.signals) for signal in signals]
    results = [one.result for one in done]
    different = [one.signal_id for one in done if not one.is_right]
    return ReplaySample(len(done), results.count("equal"), results.count("within_tolerance"), different)


class Models:
    """Models by number, each loaded once, or why it is refused."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._loaded: dict[int, Classifier | ArtifactRefused] = {}

    def of(self, signal: StoredSignal) -> Classifier:
        """Raises ArtifactRefused where the stored bytes are not those that were registered."""
        number = signal.values["model_id"]
        if number not in self._loaded:
            self._loaded[number] = self._load(signal)
        found = self._loaded[number]
        if isinstance(found, ArtifactRefused):
            raise found
        return found

    def is_sound(self, signal: StoredSignal) -> bool:
        return not isinstance(self._loaded.get(signal.values["model_id"]), ArtifactRefused)

    def _load(self, signal: StoredSignal) -> Classifier | ArtifactRefused:
        artifact, _ = artifact_of(self._connection, signal.values["model_id"])
        try:
            return load(artifact, str(signal.artifact_format), str(signal.artifact_sha256))
        except ArtifactRefused as error:
            return error


def _replay(signal: StoredSignal, models: Models, rules: Signals) -> Replayed:
    number = signal.values["signal_id"]
    if signal.values["side"] == "ABSTAIN":
        return Replayed(
            number,
            "abstained",
            f"Signal {number} abstained, so there is nothing to compute again: {signal.values['reason']}.",
        )
    try:
        model = models.of(signal)
    except ArtifactRefused as error:
        return Replayed(number, "different", f"Signal {number} cannot be computed again: {error}")
    if signal.inputs is None:
        said = "signal_inputs has no row of its hash, minute and version"
        return Replayed(number, "different", f"Signal {number} cannot be computed again: {said}.")
    if hash_of(signal.inputs) != signal.values["inputs_hash"]:
        said = "its row of signal_inputs does not have the hash that the signal names, so it was changed after scoring"
        return Replayed(number, "different", f"Signal {number} cannot be computed again: {said}.")
    return _compared(signal, _decided(signal, model, rules), rules)


def _compared(signal: StoredSignal, again: Mapping[str, Any], rules: Signals) -> Replayed:
    number, stored = signal.values["signal_id"], signal.values
    is_same = signal.fingerprint == fingerprint() if signal.fingerprint else None
    used = {
        "reference_price": stored["reference_price"],
        VOLATILITY: float(signal.chosen([VOLATILITY])[0, 0]),
        **_rule(signal, rules),
    }
    names = [
        *NUMBERS,
        *(WORDS if is_same else WORDS[:2]),
    ]  # the words of a reason round numbers that may differ elsewhere
    differences = [
        Difference(name, stored[name], again[name])
        for name in names
        if not (stored[name] == again[name] if is_same else _is_near(stored[name], again[name]))
    ]
    where = "the same libraries and platform" if is_same else f"other libraries or another platform ({_unlike(signal)})"
    if differences:
        which = ", ".join(one.column for one in differences)
        said = f"Signal {number} comes out otherwise under {where}: {which}."
        return Replayed(number, "different", said, is_same, used, differences)
    how = "bit for bit" if is_same else f"within {TOLERANCE:g}"
    result = "equal" if is_same else "within_tolerance"
    return Replayed(number, result, f"Signal {number} comes out the same {how}, under {where}.", is_same, used)


def _is_near(stored: Any, again: Any) -> bool:
    if isinstance(stored, float) and isinstance(again, float):
        return math.isclose(stored, again, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
    return bool(stored == again)


def _unlike(signal: StoredSignal) -> str:
    """What is other than where the signal was scored."""
    then, now = signal.libraries, libraries()
    if then is None:
        return "they were not stored with it"
    return ", ".join(sorted(name for name in {*then, *now} if then.get(name) != now.get(name)))


def _rule(signal: StoredSignal, rules: Signals) -> dict[str, float]:
    """Costs and distances as they were in force; of rows of before they were stored, as the settings have them."""
    names = ("cost_bps_per_side", "stop_loss_volatilities", "take_profit_volatilities")
    stored = {name: signal.values[name] for name in names}
    return {name: getattr(rules, name) if value is None else value for name, value in stored.items()}


def _decided(signal: StoredSignal, model: Classifier, rules: Signals) -> dict[str, Any]:
    """The decision's columns from the stored inputs, price and rule."""
    assert signal.feature_columns is not None
    x = signal.chosen(signal.feature_columns)
    volatility = float(signal.chosen([VOLATILITY])[0, 0])
    return _decide(signal, model, x, signal.values["reference_price"], volatility, rules)


def _decide(
    signal: StoredSignal, model: Classifier, x: Any, price: float, volatility: float, rules: Signals
) -> dict[str, Any]:
    assert signal.decision is not None
    scored = Scored(predict_proba(model, x)[0], price, volatility)
    then: dict[str, Any] = {**_rule(signal, rules)}
    return decide(scored, signal.cell, signal.decision, replace(rules, **then))


def _later(connection: Connection, signal: StoredSignal, models: Models, rules: Signals) -> Later | None:
    """What the minute looks like today, in the model's version of the features."""
    if signal.inputs is None:
        return None
    version = kept_versions(connection).get(signal.feature_version or 0)
    if version is None:
        return Later(
            [], None, None, "What corrections since then would change is unknown: the features' view is not kept."
        )
    features = read_features(connection, signal.symbol, signal.ts, signal.ts + MINUTE, version)
    if not len(features.ts):
        return Later([], None, None, "The minute is not held any more; today it would be ABSTAIN.")
    now, price = replace(signal, inputs=features.X[0]), float(features.price[0])
    changed = _changed(signal, now)
    needed = now.chosen([*(signal.feature_columns or ()), VOLATILITY])
    if not (np.isfinite(needed).all() and math.isfinite(price)):
        return Later(
            changed, _known(price), None, "An input or the price is not known any more; today it would be ABSTAIN."
        )
    if not changed and price == signal.values["reference_price"]:
        return Later([], price, None, "No correction since then has changed its inputs or its price.")
    repriced = replace(now, values={**signal.values, "reference_price": price})
    again = _decided(repriced, models.of(signal), rules)
    said = f"Corrections since then changed {len(changed)} features and the price by {price - signal.values['reference_price']:g}"
    before, after = (f"{one['side']}, {one['prediction']} at {one['confidence']:.4f}" for one in (signal.values, again))
    return Later(changed, price, again, f"{said}: {before} would become {after}.")


def _changed(then: StoredSignal, now: StoredSignal) -> list[ChangedInput]:
    assert then.inputs is not None
    assert now.inputs is not None
    looked_at = then.feature_columns or ()
    same = (then.inputs == now.inputs) | (np.isnan(then.inputs) & np.isnan(now.inputs))
    return [
        ChangedInput(name, _known(then.inputs[k]), _known(now.inputs[k]), name in looked_at)
        for k, name in enumerate(then.version_columns or ())
        if not same[k]
    ]


def _known(value: Any) -> float | None:
    return float(value) if math.isfinite(value) else None
