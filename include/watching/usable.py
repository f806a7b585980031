"""Can the answers be used: those abstained from for bad inputs, and those that are late or that no model gave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from include.cortex.minutes import MINUTE
from include.pipeline import Pipeline
from include.warehouse import checks
from include.watching.result import CheckResult, status_of

OVER = timedelta(hours=1)
BAD_INPUTS = ("missing_minute", "missing_input", "stale_input", "out_of_range")
BY_A_PERSON = "kill_switch"


def inputs(pipeline: Pipeline) -> Iterator[CheckResult]:
    """The share of the last hour's answers that were abstained from, since an input was missing, stale or out of range."""
    for symbol, found in _answers(pipeline):
        yield _inputs(symbol, [row for row in found if not row["is_late"]], pipeline.settings.watching.bad_input_share)


def _inputs(symbol: str, found: Sequence[checks.Row], bound: float) -> CheckResult:
    counts = _count(found)
    total = sum(counts.values())
    if not total:
        text = f"Nothing of {symbol} was answered in time in the last hour."
        return CheckResult("inputs", "unknown", text, None, bound, symbol)
    bad = {code: count for code, count in counts.items() if code in BAD_INPUTS}
    share = sum(bad.values()) / total
    text = f"{sum(bad.values())} of {total} answers of {symbol} in the last hour are ABSTAIN for their inputs{_listed(bad)}."
    return CheckResult("inputs", status_of(share, bound), text, share, bound, symbol, evidence=counts)


def answers(pipeline: Pipeline) -> Iterator[CheckResult]:
    """The cell with the largest share of the last hour's minutes that were answered late, or by no model.

    Of ABSTAIN, bad inputs are counted by `inputs`, and a person's kill switch by nobody: it is what was wanted.
    """
    for symbol, found in _answers(pipeline):
        cells = [cell for cell in pipeline.settings.signals.live if any(row["cell"] == cell for row in found)]
        bound = pipeline.settings.watching.bad_input_share
        of_cells = [_of_cell(symbol, str(cell), [row for row in found if row["cell"] == cell], bound) for cell in cells]
        text = f"Nothing of {symbol} was answered in the last hour."
        nothing = CheckResult("answers", "unknown", text, None, bound, symbol)
        yield max(of_cells, key=lambda one: one.value or 0.0, default=nothing)


def _of_cell(symbol: str, cell: str, found: Sequence[checks.Row], bound: float) -> CheckResult:
    lost = _count(row for row in found if _is_lost(row) and not row["is_late"])
    if late := sum(row["signals"] for row in found if _is_lost(row) and row["is_late"]):
        lost["late"] = late
    total = sum(row["signals"] for row in found)
    share = sum(lost.values()) / max(total, OVER // MINUTE)  # the first answers of all may be late
    text = f"{sum(lost.values())} of {total} answers of {symbol} {cell} in the last hour are late, or ABSTAIN though the inputs are good"
    status = status_of(share, bound)
    return CheckResult("answers", status, f"{text}{_listed(lost)}.", share, bound, symbol, evidence=lost)


def _is_lost(row: checks.Row) -> bool:
    if row["reason_code"] == BY_A_PERSON:
        return False
    return bool(row["is_late"]) or (row["side"] == "ABSTAIN" and row["reason_code"] not in BAD_INPUTS)


def _answers(pipeline: Pipeline) -> Iterator[tuple[str, list[checks.Row]]]:
    with pipeline.market() as market:
        now: datetime = market.now()
    for symbol in pipeline.settings.symbols:
        yield symbol.name, checks.answers(pipeline.warehouse, symbol.name, now - OVER, now + MINUTE)


def _count(found: Iterable[checks.Row]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for row in found:
        counts[str(row["reason_code"])] += row["signals"]
    return dict(counts)


def _listed(counts: dict[str, int]) -> str:
    return f": {', '.join(f'{count} {code}' for code, count in counts.items())}" if counts else ""
