"""What is settled: outcomes and positions on paper, once and again, in SQL as in the evaluation."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from pipelines import make_pipeline, rows
from settling import COST, at, give, load, minute_of, opened, positions, register_model, signal
from stored_prices import UNUSABLE, walk

from include.pipeline import Pipeline
from include.settle import Settled, settle
from include.warehouse.migrate import migrate

FEE = 2 * COST / 10_000


@pytest.fixture
def pipeline(new_database: str) -> Pipeline:
    """A migrated warehouse; its source is never asked."""
    made = make_pipeline("http://127.0.0.1:1", new_database)
    migrate(made.warehouse)
    return made


@pytest.fixture
def model(pipeline: Pipeline) -> int:
    return register_model(pipeline.warehouse)


SETTLED = """
SELECT ts, version, outcome, opens_position, entry_at, exit_at, exit_reason, forward_return, net_return
FROM settled_outcomes ORDER BY ts, signal_id, version
"""


def settled(pipeline: Pipeline) -> list[tuple[Any, ...]]:
    """minute, version, outcome, opens, entry, exit, reason, of every row of the table."""
    found = rows(pipeline.warehouse, SETTLED)
    return [(minute_of(r[0]), *r[1:4], minute_of(r[4]), minute_of(r[5]), r[6]) for r in found]


def flat(minutes: int, **changes: float | None) -> dict[int, float | None]:
    """Prices of 100, but those of m<minute> given."""
    return dict.fromkeys(range(minutes), 100.0) | {int(name[1:]): price for name, price in changes.items()}


@pytest.mark.parametrize(
    ("prices", "expected"),
    [
        # entered at 1 for 100; 101 at 5 is the target; filled at 6 for 102: +2 % less 14 bp
        (flat(40, m5=101.0, m6=102.0), ("SIDEWAYS", 1, 6, "TARGET", 0.02 - FEE)),
        # 98.5 at 4 is beyond the stop of 99, before the target at 5; filled at 5 for 101
        (flat(40, m4=98.5, m5=101.0), ("SIDEWAYS", 1, 5, "STOP", 0.01 - FEE)),
        # neither: left at 1 + 15 for 100.4; the class is that of the minute 15
        (flat(40, m15=100.5, m16=100.4), ("UP", 1, 16, "TIME", 0.004 - FEE)),
        # a touch in the last minute of the horizon fills a minute after it
        (flat(40, m16=101.0, m17=100.8), ("SIDEWAYS", 1, 17, "TARGET", 0.008 - FEE)),
        # the minute of the exit is not held: left at the next one that is
        (flat(40, m5=101.0, m6=None, m7=float("nan"), m8=101.5), ("SIDEWAYS", 1, 8, "TARGET", 0.015 - FEE)),
        # a touch in a minute that is not held is not seen; the entry's price is that of the minute 1
        (flat(40, m1=100.5, m5=None), ("SIDEWAYS", 1, 16, "TIME", 100 / 100.5 - 1 - FEE)),
        # the entry is not held: no position
        (flat(40, m1=None), ("SIDEWAYS", None, None, None, None)),
        # the minute at the horizon is not held: no class, and a position all the same
        (flat(40, m15=0.0), (None, 1, 16, "TIME", -FEE)),
    ],
)
def test_stop_target_or_time(
    pipeline: Pipeline, model: int, prices: dict[int, float | None], expected: tuple[Any, ...]
) -> None:
    """A BUY at minute 0 of 100 with its stop at 99 and its target at 101, over 15 minutes."""
    load(pipeline.warehouse, prices)
    give(pipeline.warehouse, [signal(0, model)])
    assert settle(pipeline) == Settled(settled=1, days=1)
    ((outcome, opens, entry, exit_, reason, net),) = rows(
        pipeline.warehouse,
        "SELECT outcome, opens_position, entry_at, exit_at, exit_reason, net_return FROM signal_outcomes",
    )
    assert (outcome, minute_of(entry), minute_of(exit_), reason) == expected[:4]
    assert net == (None if expected[4] is None else pytest.approx(expected[4], abs=1e-12))
    assert opens is (entry is not None)


def random_signals(seed: int, minutes: int, model: int, **changes: Any) -> list[dict[str, Any]]:
    """Trades, HOLD, ABSTAIN and late ones, with barriers of random widths around 60,000."""
    generator = np.random.default_rng(seed)
    found = []
    for minute in np.flatnonzero(generator.random(minutes) < 0.7):
        side = str(generator.choice(["BUY", "SELL", "HOLD", "ABSTAIN"], p=[0.35, 0.3, 0.3, 0.05]))
        near, far = np.sort(generator.uniform(0.0005, 0.004, 2))
        away = 1 if side == "BUY" else -1
        is_late = bool(generator.random() < 0.05)
        barriers = (
            {"stop_loss_price": 60_000 * (1 - away * near), "take_profit_price": 60_000 * (1 + away * far)}
            if side in ("BUY", "SELL")
            else {}
        )
        found.append(signal(int(minute), model, side, is_late=is_late, **barriers, **changes))
    return found


def random_prices(seed: int, minutes: int) -> dict[int, float | None]:
    """A random walk near 60,000 with minutes that are not held or hold no price."""
    generator = np.random.default_rng(seed)
    prices: dict[int, float | None] = {m: float(p) for m, p in enumerate(walk(minutes, seed, 6e-4))}
    for minute in np.flatnonzero(generator.random(minutes) < 0.06):
        prices[int(minute)] = UNUSABLE[generator.integers(len(UNUSABLE))]
    for begin in generator.integers(0, minutes, 3):
        for minute in range(begin, min(begin + int(generator.integers(2, 40)), minutes - 1)):
            prices.pop(minute, None)
    return prices


@pytest.mark.parametrize("seed", range(4))
def test_positions_are_those_of_the_evaluation(pipeline: Pipeline, seed: int) -> None:
    """Whatever the order in which minutes and signals come, what opens, and what it brings, is what take_positions gives."""
    minutes = 300
    champion, challenger = register_model(pipeline.warehouse), register_model(pipeline.warehouse)
    prices = random_prices(seed, minutes)
    live, shadow = (
        random_signals(seed, minutes, champion),
        random_signals(seed + 100, minutes, challenger, is_shadow=True),
    )
    generator = np.random.default_rng(seed)
    held, missed = 0, dict(prices)
    while held < minutes:
        until = held + int(generator.integers(1, 60))
        come = {m: p for m, p in prices.items() if held <= m < until and generator.random() < 0.9}
        missed = {m: p for m, p in missed.items() if m not in come}
        wrong = {m: 60_000.0 for m in come if generator.random() < 0.05}
        load(pipeline.warehouse, come | wrong)
        missed |= {m: prices[m] for m in wrong}
        give(pipeline.warehouse, [one for one in live + shadow if held <= (minute_of(one["ts"]) or 0) < until])
        settle(pipeline)
        held = until
    late = generator.permutation(list(missed))
    for some in np.array_split(late, 12):  # late, or corrected
        load(pipeline.warehouse, {int(minute): missed[int(minute)] for minute in some})
        settle(pipeline)
    assert opened(pipeline.warehouse) == positions(live, prices)
    assert opened(pipeline.warehouse, is_shadow=True) == positions(shadow, prices)
    before = settled(pipeline)
    assert settle(pipeline) == Settled()
    assert settle(pipeline, at(0), at(minutes)).settled == settle(pipeline, at(0), at(minutes)).resettled == 0
    assert settled(pipeline) == before
