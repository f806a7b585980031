"""What one request may hold before the source refuses it, as learned from its refusals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from include.errors import SourceError, SourceLimit

# Cortex answers 11,000 points a series
MAX_MINUTES = 11_000
MAX_METRICS = 100


@dataclass
class Limits:
    """Minutes and metrics of one request; shared by the windows of a run, and only ever narrowed.

    `learned` is called with the limit's name, what is tried from now on, and what the source said.
    """

    minutes: int = MAX_MINUTES
    metrics: int = MAX_METRICS
    learned: Callable[[str, int, str], None] = lambda name, fitted, said: None

    def narrow_minutes(self, asked: int, error: SourceError) -> None:
        """Halve the minutes after a refusal of `asked`; raises the error where nothing is left to halve."""
        if asked < 2:
            raise error
        self.minutes = min(self.minutes, (asked + 1) // 2)
        if isinstance(error, SourceLimit):  # a time-out may be over in an hour and is not kept
            self.learned("minutes", self.minutes, str(error))

    def narrow_metrics(self, asked: int, error: SourceLimit) -> None:
        """Halve the metrics after a refusal of `asked`; raises the error where nothing is left to halve."""
        if asked < 2:
            raise error
        self.metrics = min(self.metrics, (asked + 1) // 2)
        self.learned("metrics", self.metrics, str(error))
