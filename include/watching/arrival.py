"""Do minutes and signals come: freshness, gaps, and answers that were abstained from for bad inputs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from include.cortex.minutes import MINUTE
from include.errors import SourceUnreachable
from include.pipeline import Pipeline
from include.warehouse import checks
from include.watching.result import CheckResult, status_of

GAPS_OVER = timedelta(hours=24)
INPUTS_OVER = timedelta(hours=1)
BAD_INPUTS = ("missing_minute", "missing_input", "stale_input", "out_of_range")


def freshness(pipeline: Pipeline) -> Iterator[CheckResult]:
    """How far each symbol's newest minute is behind the clock, and its newest answer behind that minute."""
    try:
        with pipeline.market() as market:
            now = market.now()
    except SourceUnreachable as error:
        yield CheckResult("freshness", "alert", f"The time of the market is not known: {error}")
        return
    for symbol in pipeline.settings.symbols:
        yield _freshness(pipeline, symbol.name, now)


def _freshness(pipeline: Pipeline, symbol: str, now: datetime) -> CheckResult:
    come = checks.progress(pipeline.warehouse, symbol)
    bound = pipeline.settings.watching.freshness / MINUTE
    if come["newest_minute"] is None:
        return CheckResult("freshness", "unknown", f"No minute of {symbol} is loaded yet.", None, bound, symbol)
    minutes = (now - come["newest_minute"]) / MINUTE
    answered = _behind(come, now)
    text = f"The newest minute of {symbol} is {come['newest_minute']:%Y-%m-%d %H:%M} UTC, {minutes:.1f} min behind the clock; "
    text += "no cell has a champion yet." if answered is None else f"the answers are {answered:.0f} min behind it."
    value = max(minutes, answered or 0.0)
    evidence = {"minutes_behind": minutes, "answers_behind": answered}
    return CheckResult("freshness", status_of(value, bound), text, value, bound, symbol, evidence=evidence)


def _behind(come: checks.Row, now: datetime) -> float | None:
    """Minutes from the newest answer to the newest minute; since the first reign where nothing is answered yet."""
    if come["newest_signal"] is None and (come["reigned_from"] is None or come["reigned_from"] > now):
        return None
    return max(0.0, float((come["newest_minute"] - (come["newest_signal"] or come["reigned_from"])) / MINUTE))


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


def inputs(pipeline: Pipeline) -> Iterator[CheckResult]:
    """The share of the last hour's answers that were abstained from, since an input was missing, stale or out of range."""
    with pipeline.market() as market:
        now = market.now()
    for symbol in pipeline.settings.symbols:
        yield _inputs(pipeline, symbol.name, now)


def _inputs(pipeline: Pipeline, symbol: str, now: datetime) -> CheckResult:
    bound = pipeline.settings.watching.bad_input_share
    found = checks.answers(pipeline.warehouse, symbol, now - INPUTS_OVER, now + MINUTE)
    total = sum(found.values())
    if not total:
        text = f"Nothing of {symbol} was answered in time in the last hour."
        return CheckResult("inputs", "unknown", text, None, bound, symbol)
    bad = {code: count for code, count in found.items() if code in BAD_INPUTS}
    share = sum(bad.values()) / total
    text = f"{sum(bad.values())} of {total} answers of {symbol} in the last hour are ABSTAIN for their inputs"
    text += f": {', '.join(f'{count} {code}' for code, count in bad.items())}." if bad else "."
    evidence = {str(code): count for code, count in found.items()}
    return CheckResult("inputs", status_of(share, bound), text, share, bound, symbol, evidence=evidence)
