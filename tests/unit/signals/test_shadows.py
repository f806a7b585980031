"""One cell's challenger and another's."""

from __future__ import annotations

from contextlib import nullcontext
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from include.predict import _shadows


def test_a_challenger_that_breaks_takes_no_other_cells_rows_with_it() -> None:
    """Whatever its own rows raise, those of the cells before and after it are there."""
    live = [{"horizon_minutes": h, "threshold": Decimal("0.005"), "ts": ts} for ts in (2, 1) for h in (15, 30, 60)]

    def shadow(answer: dict[str, Any]) -> dict[str, Any]:
        if answer["horizon_minutes"] == 30 and answer["ts"] == 1:
            raise KeyError("astrology")
        return answer | {"is_shadow": True}

    desk: Any = SimpleNamespace(shadow=shadow, symbol="BTCUSDT", connection=SimpleNamespace(transaction=nullcontext))
    assert [(row["horizon_minutes"], row["ts"]) for row in _shadows(desk, live)] == [(15, 2), (15, 1), (60, 2), (60, 1)]
