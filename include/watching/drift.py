"""Live inputs against those that each champion was trained on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import numpy as np
import numpy.typing as npt

from include.cortex.minutes import MINUTE
from include.evaluation.stability import stability_index
from include.pipeline import Pipeline
from include.settings import Cell
from include.warehouse import checks
from include.warehouse.connection import Connection
from include.warehouse.snapshots import kept_versions
from include.watching.result import CheckResult, status_of

THINNED_MINUTES = 15  # neighbouring minutes say the same; as far apart as training rows are
LEAST_SHARE = 0.5  # of the span's thinned minutes that must have been scored
SHOWN = 5


def drift(pipeline: Pipeline) -> Iterator[CheckResult]:
    """For each live cell's champion, the input that is furthest from its training rows over `watching.drift_days`."""
    with pipeline.market() as market:
        now = market.now()
    for symbol in pipeline.settings.symbols:
        with pipeline.warehouse.transaction("reader") as connection:
            found = checks.champions(connection, symbol.name, now)
            champions = {cell: found[cell] for cell in pipeline.settings.signals.live if cell in found}
            live = _live(connection, symbol.name, now, pipeline) if champions else {}
        if not champions:
            text = f"No live cell of {symbol.name} has a champion yet."
            yield CheckResult("drift", "unknown", text, symbol=symbol.name)
        for cell, champion in champions.items():
            yield _drift(pipeline, symbol.name, cell, champion, live)


def _live(connection: Connection, symbol: str, now: datetime, pipeline: Pipeline) -> dict[str, npt.NDArray[np.float32]]:
    """Inputs by column of every so many minutes, of whichever version scored them."""
    versions = kept_versions(connection)
    since = now - pipeline.settings.watching.drift
    rows = checks.scored_inputs(connection, symbol, since, now + MINUTE, THINNED_MINUTES)
    thinned = {row.ts: row for row in rows if row.feature_version in versions}
    columns: dict[str, list[float]] = {}
    for row in thinned.values():
        for name, value in zip(versions[row.feature_version].columns, row.values, strict=True):
            columns.setdefault(name, []).append(np.nan if value is None else value)
    return {name: np.array(values, dtype=np.float32) for name, values in columns.items()}


def _drift(
    pipeline: Pipeline, symbol: str, cell: Cell, champion: Any, live: dict[str, npt.NDArray[np.float32]]
) -> CheckResult:
    bound = pipeline.settings.watching.drift_stability_index
    about: dict[str, Any] = {"bound": bound, "symbol": symbol, "cell": cell, "model_id": champion.model_id}
    if not champion.input_quantiles:
        text = f"Model {champion.model_id} was registered before its inputs' quantiles were kept: train again."
        return CheckResult("drift", "unknown", text, **about)
    chosen = [name for name in champion.feature_columns if name in live]
    rows = min((int(np.isfinite(live[name]).sum()) for name in chosen), default=0)
    needed = LEAST_SHARE * pipeline.settings.watching.drift / (THINNED_MINUTES * MINUTE)
    if rows < needed:
        text = f"{rows} minutes {THINNED_MINUTES} apart were scored; {needed:.0f} are needed to compare inputs."
        return CheckResult("drift", "unknown", text, **about)
    found = stability(champion.input_quantiles, live, chosen)
    if not found:
        return CheckResult("drift", "unknown", "No input has deciles that differ.", **about)
    worst, value = next(iter(found.items()))
    text = (
        f"The input furthest from the training of model {champion.model_id} is {worst}: stability index {value:.2f} over {rows} "
        f"minutes {THINNED_MINUTES} apart; {sum(one > bound for one in found.values())} of {len(found)} inputs are beyond {bound:g}."
    )
    evidence = {"rows": rows, "furthest": dict(list(found.items())[:SHOWN])}
    return CheckResult("drift", status_of(value, bound), text, value, evidence=evidence, **about)


def stability(
    quantiles: dict[str, Sequence[float]], live: dict[str, npt.NDArray[np.float32]], columns: Sequence[str]
) -> dict[str, float]:
    """Stability index of each column that can be compared, the furthest first."""
    found = {
        name: stability_index(quantiles[name], live[name]) for name in columns if name in quantiles and name in live
    }
    known = {name: value for name, value in found.items() if value is not None}
    return dict(sorted(known.items(), key=lambda item: -item[1]))
