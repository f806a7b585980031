"""Is there training still: the champions' age, and how long ago each cell was trained at all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from include.pipeline import Pipeline
from include.settings import Cell
from include.warehouse import checks
from include.watching.result import CheckResult

OLD_SHARE = 2 / 3  # of signals.max_model_age_days; from there on there is a third of it to act in
TRAINED_WITHIN = timedelta(days=9)  # train_candidates is weekly
DAY = timedelta(days=1)


def training(pipeline: Pipeline) -> Iterator[CheckResult]:
    """The live cell that was trained longest ago, or whose champion is nearest to being too old to answer."""
    with pipeline.market() as market:
        now = market.now()
    for symbol in pipeline.settings.symbols:
        found = checks.trained(pipeline.warehouse, symbol.name, now)
        results = [
            _training(pipeline, symbol.name, cell, found[cell], now)
            for cell in pipeline.settings.signals.live
            if cell in found
        ]
        nothing = CheckResult(
            "training", "unknown", f"No live cell of {symbol.name} has a champion yet.", symbol=symbol.name
        )
        yield max(results, key=lambda one: (one.is_trouble, one.value or 0.0), default=nothing)


def _training(pipeline: Pipeline, symbol: str, cell: Cell, row: Any, now: datetime) -> CheckResult:
    limit = pipeline.settings.signals.max_model_age
    age, since = (now - row.as_of) / DAY, (now - row.newest_as_of) / DAY
    bound = OLD_SHARE * limit / DAY
    text = (
        f"{symbol} {cell} was trained {since:.1f} days ago, its champion (model {row.model_id}) {age:.1f} days ago; from "
        f"{limit / DAY:g} days on (signals.max_model_age_days) it abstains."
    )
    status = "alert" if age > bound or since > TRAINED_WITHIN / DAY else "ok"
    evidence = {"days_since_training": since, "most_days_since_training": TRAINED_WITHIN / DAY}
    return CheckResult("training", status, text, age, bound, symbol, evidence=evidence)
