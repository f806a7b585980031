"""champion → how it was chosen: whether the best of a training run's trials stays among the better ones later.

A trial is a recipe in a cell that traded on paper. One that never traded is left out: it has no Sharpe ratio to be ranked
by and could not have been chosen to trade, and where costs make all others lose, its 0 would be the best of every half
and PBO 0, which says nothing but that staying out costs nothing. What remains of that is the ranking by turnover among
those that trade, so PBO never stands without the probability of a loss.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from uuid import UUID

import numpy as np

from include.errors import NotReady
from include.evaluation.overfitting import BLOCKS, Array, probability_of_overfitting
from include.pipeline import Pipeline
from include.warehouse.connection import Connection, Warehouse
from include.warehouse.trials import (
    Checked,
    RunOfSymbol,
    TradedDays,
    known_check,
    newest_checks,
    record_check,
    traded_in_run,
)

log = logging.getLogger(__name__)


def check_overfitting(pipeline: Pipeline, run_id: UUID) -> list[Checked]:
    """Judge and record how a finished training run chose, by symbol; what was recorded before is answered as it is.

    Parameters
    ----------
    run_id
        Of a run whose cells are all recorded: a check is never made anew.

    Raises
    ------
    NotReady
        No such run is recorded.
    """
    cost = pipeline.settings.signals.cost_bps_per_side
    with pipeline.warehouse.transaction("writer") as connection:
        found = traded_in_run(connection, run_id)
        if not found:
            raise NotReady(
                f"No training run {run_id} is recorded; run `cortex-signals train` (in Airflow, train_candidates) first."
            )
        checks = [_check(connection, run_id, symbol, found[symbol], cost) for symbol in sorted(found)]
    for one in checks:
        log.info("%s", meaning(one))
    return checks


def _check(connection: Connection, run_id: UUID, symbol: str, found: RunOfSymbol, cost_bps_per_side: float) -> Checked:
    known = known_check(connection, run_id, symbol)
    if known is not None:
        return known
    returns = returns_on_common_days(found.traded)
    judged = probability_of_overfitting(returns)
    checked = Checked(
        run_id=run_id,
        symbol=symbol,
        as_of=found.as_of,
        trials=returns.shape[1],
        days=returns.shape[0],
        splits=judged.splits if judged else None,
        overfitting_probability=judged.probability if judged else None,
        probability_of_loss=judged.probability_of_loss if judged else None,
        cost_bps_per_side=cost_bps_per_side,
    )
    record_check(connection, checked)
    return checked


def returns_on_common_days(traded: Sequence[TradedDays]) -> Array:
    """Daily returns of the trials that traded, on the days that all of these have, shape (days, trials).

    One that never varies, on its own days or on the common ones, did not trade.
    """
    varying = [one for one in traded if np.ptp(one.daily) > 0]
    if not varying:
        return np.empty((0, 0))
    starts = np.array([one.first_day.toordinal() for one in varying])
    ends = starts + [len(one.daily) for one in varying]
    first, end = starts.max(), max(ends.min(), starts.max())
    together = np.column_stack(
        [one.daily[first - start : end - start] for one, start in zip(varying, starts, strict=True)]
    )
    kept: Array = together[:, np.ptp(together, axis=0) > 0] if len(together) else together
    return kept


def newest_choices(warehouse: Warehouse) -> list[str]:
    """What each symbol's newest check says, in words."""
    with warehouse.transaction("reader") as connection:
        return [meaning(checked) for checked in newest_checks(connection)]


def meaning(checked: Checked) -> str:
    """What the check says, in a sentence or two for people."""
    if checked.overfitting_probability is None or checked.probability_of_loss is None:
        return (
            f"{checked.symbol}: whether the best trial was chosen by luck cannot be told from {_count(checked.trials, 'trial')} that "
            f"traded on {_count(checked.days, 'common day')}; 2 on {2 * BLOCKS} are needed."
        )
    return (
        f"{checked.symbol}: the best of {checked.trials:,} trials in one half of {checked.days:,} days is among the worse half of "
        f"them in the other with a probability (PBO) of {checked.overfitting_probability:.2f}, and loses there with one of "
        f"{checked.probability_of_loss:.2f}, at {checked.cost_bps_per_side:g} bp a side. {_verdict(checked)}"
    )


def _verdict(checked: Checked) -> str:
    assert checked.overfitting_probability is not None
    assert checked.probability_of_loss is not None
    if checked.overfitting_probability >= 0.5:
        return "That is no better than choosing blindly (0.50): the ranking says nothing of what comes."
    if checked.probability_of_loss >= 0.5:
        return "The ranking lasts, and what it chooses loses: at this cost it is that of who trades least."
    return "The ranking lasts better than a blind choice (0.50)."


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"
