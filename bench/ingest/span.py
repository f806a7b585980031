"""Which minutes are loaded, and the windows that they are asked for in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

MINUTE = timedelta(minutes=1)
WINDOW = timedelta(days=7)
TAIL = timedelta(hours=2)  # held by the source after the span, for the loads of one minute
WHOLE_DAYS = 933  # 2.5 years: 1,343,520 minutes
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SYMBOL = "BTCUSDT"
MANY_SYMBOLS = tuple(f"S{number:02d}" for number in range(50))  # their series are those of SYMBOL, of the last day
MANY_HISTORY = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """Minutes with ts in [start, end)."""

    start: datetime
    end: datetime

    @property
    def minutes(self) -> int:
        return (self.end - self.start) // MINUTE

    def windows(self, size: timedelta = WINDOW) -> Iterator[Span]:
        """Cut at whole multiples of `size` since 1970, as the loader cuts."""
        start = self.start
        while start < self.end:
            end = min(EPOCH + ((start - EPOCH) // size + 1) * size, self.end)
            yield Span(start, end)
            start = end

    def write(self, file: Path) -> None:
        file.write_text(json.dumps([self.start.isoformat(), self.end.isoformat()]), encoding="utf-8")


def read_span(file: Path) -> Span:
    return Span(*map(datetime.fromisoformat, json.loads(file.read_text(encoding="utf-8"))))
