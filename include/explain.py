"""What a stored signal rests on: its strongest features, with their values, the training's medians and contributions."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from include.errors import NotReady
from include.models.artifacts import load
from include.models.explanation import Part, explain_row
from include.models.input_ranges import MEDIAN, InputQuantiles
from include.pipeline import Pipeline
from include.scoring.inputs import hash_of
from include.warehouse.models import artifact_of
from include.warehouse.signals import StoredSignal, stored_signal


@dataclass(frozen=True)
class Strength:
    """A feature of one part of a model: its value, the median of the training rows (None: not stored), its contributions."""

    feature: str
    value: float
    median: float | None
    contributions: dict[str, float]


@dataclass(frozen=True)
class ExplainedPart:
    """One part of the model; `base` and `score` by output, None where infinite or without meaning; strongest first."""

    name: str
    method: str
    base: dict[str, float | None] | None
    score: dict[str, float | None]
    features: list[Strength]


@dataclass(frozen=True)
class Explained:
    """A signal and what each part of its model rests on."""

    signal_id: int
    symbol: str
    ts: str
    horizon_minutes: int
    threshold: str
    model_id: int
    candidate: str
    side: str
    prediction: str
    is_simulated: bool
    parts: list[ExplainedPart]

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def explain(pipeline: Pipeline, signal_id: int) -> Explained:
    """The features that a scored signal rests on, by the stored inputs and the model's bytes.

    Raises
    ------
    NotReady
        There is no such signal, it abstained, its inputs are not what was scored, or the model can only be explained
        by medians that are not stored.
    ArtifactRefused
        The model's bytes are not what was registered.
    """
    with pipeline.warehouse.transaction("reader", one_snapshot=True) as connection:
        signal = stored_signal(connection, signal_id)
        row = _row(signal)
        artifact, quantiles = artifact_of(connection, signal.values["model_id"])
    model = load(artifact, str(signal.artifact_format), str(signal.artifact_sha256))
    columns, medians = signal.feature_columns or (), _medians(signal, quantiles)
    try:
        parts = explain_row(model, row, medians)
    except ValueError as error:
        raise NotReady(
            f"Model {signal.values['model_id']} was registered before the ranges of inputs were stored, and one of its kind "
            "is explained by them; `cortex-signals train` registers a new one."
        ) from error
    values = signal.values
    return Explained(
        signal_id,
        signal.symbol,
        signal.ts.isoformat(),
        signal.cell.horizon_minutes,
        f"{signal.cell.threshold:f}",
        values["model_id"],
        str(signal.candidate),
        values["side"],
        values["prediction"],
        values["is_simulated"],
        [_explained(part, columns, row[0], medians) for part in parts],
    )


def _row(signal: StoredSignal) -> npt.NDArray[np.float32]:
    """The model's inputs as they were stored, shape (1, features)."""
    number = signal.values["signal_id"]
    if signal.values["side"] == "ABSTAIN":
        raise NotReady(f"Signal {number} abstained, so no feature speaks for it: {signal.values['reason']}.")
    if signal.inputs is None or hash_of(signal.inputs) != signal.values["inputs_hash"]:
        raise NotReady(
            f"The inputs of signal {number} are not what was scored; `cortex-signals replay {number}` says more."
        )
    return signal.chosen(signal.feature_columns or ())


def _medians(signal: StoredSignal, quantiles: InputQuantiles | None) -> npt.NDArray[np.float64] | None:
    if quantiles is None:
        return None
    return np.array([quantiles[name][MEDIAN] for name in signal.feature_columns or ()])


def _explained(
    part: Part, columns: tuple[str, ...], row: npt.NDArray[np.float32], medians: npt.NDArray[np.float64] | None
) -> ExplainedPart:
    def by_output(numbers: npt.NDArray[np.float64]) -> dict[str, float | None]:
        return {o: float(n) if math.isfinite(n) else None for o, n in zip(part.outputs, numbers, strict=True)}

    strongest = np.argsort(-np.abs(part.contributions).max(axis=0), kind="stable")
    features = [
        Strength(
            columns[k],
            float(row[k]),
            None if medians is None else float(medians[k]),
            {output: float(n) for output, n in zip(part.outputs, part.contributions[:, k], strict=True)},
        )
        for k in strongest
    ]
    base = None if part.base is None else by_output(part.base)
    return ExplainedPart(part.name, part.method, base, by_output(part.score), features)
