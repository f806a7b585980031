"""How far the way of the data has come: minutes, champions, signals."""

from __future__ import annotations

from typing import Any

from include.pipeline import Pipeline
from include.warehouse import reports
from include.warehouse.minutes import known_source


def status(pipeline: Pipeline) -> dict[str, Any]:
    """What `cortex-signals status --json` prints; times UTC, None for what is not there yet.

    Raises
    ------
    NotReady
        The warehouse has no schema yet.
    """
    source = known_source(pipeline.warehouse)
    champions = reports.champions(pipeline.warehouse)
    live = {
        (s.name, cell.horizon_minutes, cell.threshold)
        for s in pipeline.settings.symbols
        for cell in pipeline.settings.signals.live
    }
    return {
        "source": {"kind": source[0], "identity": source[1]} if source else None,
        "symbols": [
            {
                "symbol": s.name,
                **reports.coverage(pipeline.warehouse, s.name),
                **reports.outcome_counts(pipeline.warehouse, s.name),
            }
            for s in pipeline.settings.symbols
        ],
        "live_cells": len(live),
        "champions": sum((c["symbol"], c["horizon_minutes"], c["threshold"]) in live for c in champions),
        "champion_list": champions,
        **reports.signal_counts(pipeline.warehouse),
    }
