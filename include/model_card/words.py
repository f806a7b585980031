"""Numbers and instants in plain words; what is not known says so."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from math import isfinite
from typing import Any

UNKNOWN = "unknown"
SPACE = "\u00a0"  # between a number and its unit, which no line break parts
MINUS = "\u2212"
COVERED = f"95{SPACE}%"  # by an interval


def number(value: Any, digits: int = 3) -> str:
    return f"{value:,.{digits}f}".replace("-", MINUS) if is_known(value) else UNKNOWN


def count(value: Any) -> str:
    return f"{value:,}" if is_known(value) else UNKNOWN


def percent(value: Any, digits: int = 1) -> str:
    """A fraction as a percentage."""
    return f"{number(100 * value, digits)}{SPACE}%" if is_known(value) else UNKNOWN


def basis_points(value: Any) -> str:
    return f"{number(value, 1)}{SPACE}bp" if is_known(value) else UNKNOWN


def interval(low: Any, high: Any, said: Any = percent, *args: Any) -> str:
    """Both ends by the words of `said`; unknown unless both are known."""
    return f"{said(low, *args)} to {said(high, *args)}" if is_known(low) and is_known(high) else UNKNOWN


def is_known(value: Any) -> bool:
    """Whether it is a finite number; jsonb holds others as text."""
    return isinstance(value, int | float | Decimal) and isfinite(value)


def instant(when: datetime | str | None) -> str:
    """Minute in UTC, from a time of UTC or its ISO text."""
    if when is None:
        return UNKNOWN
    return f"{when if isinstance(when, datetime) else datetime.fromisoformat(when):%Y-%m-%d %H:%M}"


def span(minutes: int) -> str:
    """`30 minutes`, `1 hour`, `4 hours`."""
    if minutes % 60:
        return f"{minutes}{SPACE}minutes"
    return f"{minutes // 60}{SPACE}hour{'s' if minutes > 60 else ''}"


def threshold(fraction: Decimal) -> str:
    """0.00500 as `0.5 %`."""
    return f"{(fraction * 100).normalize():f}{SPACE}%"
