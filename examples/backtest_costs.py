"""One model's rule over held-out minutes at several costs: how much of a gain is left, and where it ends.

    .cortex-signals/venv/bin/python examples/backtest_costs.py MODEL_ID FROM TO [BPS ...]

FROM must lie after what the model was trained on (the error names the first minute that may be asked for). The rule itself
takes the cost into account: at a higher one it expects an edge less often and trades less. Beside each stands what flat and
buy-and-hold have. A model that may not trade opens nothing; its hypothetical reading trades all the same, which nobody would
have. To compare costs and then choose the one that looks best is no measurement: the cost is what your market charges.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from include.backtest import backtest
from include.ingest import parse_minute
from include.pipeline import Pipeline, from_environment


def at_cost(pipeline: Pipeline, bps: float) -> Pipeline:
    """The pipeline with another cost per side, in basis points."""
    signals = replace(pipeline.settings.signals, cost_bps_per_side=bps)
    return replace(pipeline, settings=replace(pipeline.settings, signals=signals))


def compare(pipeline: Pipeline, model: int, start: datetime, end: datetime, costs: Sequence[float]) -> list[str]:
    """A line a cost and reading, with what flat and buy-and-hold have; and what the numbers must not be read without."""
    lines = []
    for bps in costs:
        done = backtest(at_cost(pipeline, bps), model, start, end)
        told = {reading.name: reading.money for reading in done.readings}
        for name, money in {**told, "flat": done.flat, "buy_and_hold": done.buy_and_hold.money}.items():
            lines.append(
                f"{bps:5.1f} bp a side  {name:14} {money.trades:5d} trades  net {100 * money.net_return:+8.2f} %"
            )
    return lines + done.notes()


def main(model: str, start: str, end: str, *costs: str) -> None:
    """Print the comparison for the addresses of the environment, as `cortex-signals` reads them."""
    given = [float(bps) for bps in costs or ("0", "2", "7")]
    print("\n".join(compare(from_environment(), int(model), parse_minute(start), parse_minute(end), given)))


if __name__ == "__main__":
    main(*sys.argv[1:])
