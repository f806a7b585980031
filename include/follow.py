"""Live signals as they come, for whoever watches them on a terminal. Paper only: nothing here sends an order."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from include.errors import WarehouseUnreachable
from include.pipeline import Pipeline
from include.warehouse.signals import live_signals_since, newest_signals

POLL_SECONDS = 1.0
LOOKS_BACK = timedelta(minutes=5)  # a cell's row may come after those of its minute's others

Signal = Mapping[str, Any]


def newest(pipeline: Pipeline, symbol: str | None = None) -> Sequence[Signal]:
    """The newest signal of each cell, late and ABSTAIN included; empty: there is none yet."""
    with pipeline.warehouse.transaction("reader") as connection:
        return newest_signals(connection, _symbols(pipeline, symbol))


def follow(
    pipeline: Pipeline, symbol: str | None = None, wait: Callable[[float], None] = time.sleep
) -> Iterator[Signal | str]:
    """The newest signal of each cell, then every live one as it comes, and sentences about the warehouse; without end.

    The warehouse may be away for a while: that is said once, and once it is back, what came meanwhile follows.

    Parameters
    ----------
    wait
        Called between two looks with the seconds to wait.
    """
    symbols = _symbols(pipeline, symbol)
    seen: dict[int, datetime] = {}
    since: datetime | None = None
    is_away = False
    with pipeline.warehouse.kept_open() as warehouse:
        while True:
            try:
                with warehouse.transaction("reader") as connection:
                    found = (
                        live_signals_since(connection, symbols, since) if since else newest_signals(connection, symbols)
                    )
            except WarehouseUnreachable as error:
                if not is_away:
                    yield f"{error} Watching goes on."
                is_away = True
            else:
                if is_away:
                    yield "The warehouse answers again."
                is_away = False
                new = [one for one in found if one["signal_id"] not in seen]
                yield from new
                seen |= {one["signal_id"]: one["ts"] for one in new}
                if seen:
                    since = max(seen.values()) - LOOKS_BACK
                    seen = {number: ts for number, ts in seen.items() if ts >= since}
            wait(POLL_SECONDS)


def line(signal: Signal) -> str:
    """A signal as one line: minute in UTC, cell, side, prediction, probabilities, confidence beside its base rate, price."""
    cell = f"{signal['horizon_minutes']:>3} min ±{signal['threshold'] * 100:.2f} %"
    head = f"{signal['ts'].astimezone(UTC):%Y-%m-%d %H:%M}  {signal['symbol']}  {cell}  {signal['side']:<7}"
    tail = "".join(f"  {word}" for word in ("LATE", "SIMULATED") if signal[f"is_{word.lower()}"])
    if signal["side"] == "ABSTAIN":
        return f"{head}  {signal['reason_code'] or 'no code'}: {signal['reason']}{tail}"
    p = " ".join(f"{name} {signal[f'p_{name}']:.3f}" for name in ("down", "sideways", "up"))
    sure = f"{signal['confidence']:.1%} (base rate {signal['base_rate']:.1%})"
    price = f"at {signal['reference_price']:,.2f}{_barriers(signal)}"
    return f"{head}  {signal['prediction']:<8}  {p}  {sure}  {price}{tail}"


def _barriers(signal: Signal) -> str:
    if signal["side"] == "HOLD":
        return ""
    return f", stop {signal['stop_loss_price']:,.2f}, target {signal['take_profit_price']:,.2f}"


def _symbols(pipeline: Pipeline, symbol: str | None) -> list[str]:
    if symbol:
        return [pipeline.settings.symbol(symbol).name]
    return [one.name for one in pipeline.settings.symbols]
