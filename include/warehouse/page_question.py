"""What a read of the page is asked for: a live cell, and a span of time, as they stand in an address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from include.errors import AskedWrongly
from include.settings import Settings

MOST_FILE_DAYS = 31
FIRST_YEAR, LAST_YEAR = 1970, 2200  # well inside what datetime and PostgreSQL can count with


@dataclass(frozen=True)
class PageCell:
    """A live cell of a symbol; `key` is what the statements bind."""

    symbol: str
    horizon_minutes: int
    threshold: Decimal

    @property
    def key(self) -> dict[str, Any]:
        return {"symbol": self.symbol, "horizon_minutes": self.horizon_minutes, "threshold": self.threshold}


def asked_cell(settings: Settings, symbol: str, horizon: str, threshold: str) -> PageCell:
    """The live cell of those texts; raises AskedWrongly, which names those that there are, where it is none."""
    for one in settings.symbols:
        for cell in settings.signals.live:
            if (one.name, str(cell.horizon_minutes), cell.threshold) == (symbol, horizon, _decimal(threshold)):
                return PageCell(one.name, cell.horizon_minutes, cell.threshold)
    cells = ", ".join(f"{cell.horizon_minutes}/{cell.threshold.normalize()}" for cell in settings.signals.live)
    raise AskedWrongly(
        f"No live cell has this symbol, horizon and threshold; there are {cells} (horizon in minutes/threshold as a fraction) "
        f"of {', '.join(one.name for one in settings.symbols)}."
    )


def asked_symbol(settings: Settings, symbol: Any) -> str | None:
    """A symbol of the settings, None for all of them; raises AskedWrongly on any other."""
    known = [one.name for one in settings.symbols]
    if symbol is not None and symbol not in known:
        raise AskedWrongly(f"symbol is one of {', '.join(known)}, or null for all of them.")
    return symbol  # type: ignore[no-any-return]


def asked_file_span(since: str, until: str) -> tuple[datetime, datetime]:
    """[from, to) of a file, UTC; raises AskedWrongly where it is no span or a longer one than MOST_FILE_DAYS."""
    start, end = _instant("from", since), _instant("to", until)
    if not start < end <= start + timedelta(days=MOST_FILE_DAYS):
        raise AskedWrongly(
            f"from comes before to, and a file holds {MOST_FILE_DAYS} days at most: ask for more in several."
        )
    return start, end


def _instant(name: str, text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
        instant = instant.astimezone(UTC) if instant.tzinfo else instant.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as error:
        raise AskedWrongly(f"{name} is an instant in ISO format and UTC, such as 2026-01-31T00:00Z.") from error
    if not FIRST_YEAR <= instant.year <= LAST_YEAR:
        raise AskedWrongly(f"{name} is an instant of the years {FIRST_YEAR} to {LAST_YEAR}, such as 2026-01-31T00:00Z.")
    return instant


def _decimal(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None  # a signalling NaN may not even be compared
