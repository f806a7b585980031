"""The lab's own time."""

from __future__ import annotations

import time
from collections.abc import Callable


class LabClock:
    """Lab time: begins at an instant and runs at a speed.

    Parameters
    ----------
    start
        Epoch seconds at which lab time begins; None for the wall clock's now.
    speed
        Lab seconds per wall second, not negative; 0 stands still.
    begun
        Wall time at which lab time began, epoch seconds; None for now. A lab that is started again with the same
        goes on as if it had never stopped.
    wall
        The wall clock, epoch seconds.
    """

    def __init__(
        self,
        start: float | None = None,
        speed: float = 1.0,
        begun: float | None = None,
        wall: Callable[[], float] = time.time,
    ) -> None:
        self._wall = wall
        self._begun = wall() if begun is None else begun
        self._start = self._begun if start is None else start
        self._speed = speed

    def now(self) -> float:
        """Lab time, epoch seconds."""
        return self._start + (self._wall() - self._begun) * self._speed
