"""Do minutes come, whole, and are they answered: freshness and gaps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from include.cortex.minutes import MINUTE
from include.errors import SourceUnreachable
from include.pipeline import Pipeline
from include.warehouse import checks
from include.watching.result import CheckResult, status_of

GAPS_OVER = timedelta(hours=24)


def freshness(pipeline: Pipeline) -> Iterator[CheckResult]:
    """How far each symbol's newest minute is behind the clock, and its newest answer in time behind that minute."""
    try:
        with pipeline.market() as market:
            now = market.now()
    except SourceUnreachable as error:
        text = f"The time of the market is not known: {error}"
        for symbol in pipeline.settings.symbols:
            yield CheckResult("freshness", "alert", text, symbol=symbol.name)
        return
    for symbol in pipeline.settings.symbols:
        yield _freshness(pipeline, symbol.name, now)


def _freshness(pipeline: Pipeline, symbol: str, now: datetime) -> CheckResult:
    newest = checks.progress(pipeline.warehouse, symbol)["newest_minute"]
    bound = pipeline.settings.watching.freshness / MINUTE
    if newest is None:
        return CheckResult("freshness", "unknown", f"No minute of {symbol} is loaded yet.", None, bound, symbol)
    minutes = (now - newest) / MINUTE
    behind = _behind(pipeline, symbol, newest, now)
    answered = max(behind.values(), default=None)
    text = f"The newest minute of {symbol} is {newest:%Y-%m-%d %H:%M} UTC, {minutes:.1f} min behind the clock; "
    text += (
        "no live cell has a champion yet."
        if answered is None
        else f"answers in time are {_furthest(behind)} behind it."
    )
    value = max(minutes, answered or 0.0)
    evidence = {"minutes_behind": minutes, "answers_behind": behind}
    return CheckResult("freshness", status_of(value, bound), text, value, bound, symbol, evidence=evidence)


def _behind(pipeline: Pipeline, symbol: str, newest: datetime, now: datetime) -> dict[str, float]:
    """Minutes from the newest answer in time to the newest minute, of each live cell that has a champion."""
    answered = checks.answered(pipeline.warehouse, symbol, now)
    return {
        str(cell): max(0.0, (newest - answered[cell]) / MINUTE)
        for cell in pipeline.settings.signals.live
        if cell in answered
    }


def _furthest(behind: dict[str, float]) -> str:
    cell = max(behind, key=behind.__getitem__)
    return f"{behind[cell]:.0f} min ({cell})"


def gaps(pipeline: Pipeline) -> Iterator[CheckResult]:
    """How many of the last 24 hours' minutes lack a metric that the settings ask for."""
    for symbol in pipeline.settings.symbols:
        yield _gaps(pipeline, symbol.name)


def _gaps(pipeline: Pipeline, symbol: str) -> CheckResult:
    come = checks.progress(pipeline.warehouse, symbol)
    bound = float(pipeline.settings.watching.missing_minutes)
    if come["newest_minute"] is None:
        return CheckResult("gaps", "unknown", f"No minute of {symbol} is loaded yet.", None, bound, symbol)
    end = come["newest_minute"] + MINUTE
    start = max(come["first_minute"], end - GAPS_OVER)
    found = checks.missing(pipeline.warehouse, symbol, start, end, list(pipeline.settings.metrics))
    text = f"{found['minutes']} of the {(end - start) // MINUTE} minutes of {symbol} to {end - MINUTE:%Y-%m-%d %H:%M} UTC lack a metric"
    text += f", the first {found['first_missing']:%Y-%m-%d %H:%M}." if found["minutes"] else "."
    status = status_of(found["minutes"], bound)
    return CheckResult("gaps", status, text, found["minutes"], bound, symbol, evidence=found["by_metric"])
