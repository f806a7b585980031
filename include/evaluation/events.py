"""Events: the moves of a market, each of many minutes whose labels overlap and are not independent."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import numpy.typing as npt

from include.models.classes import CLASSES, SIDEWAYS, Classes

Seconds = npt.NDArray[np.int64]

DAY = 86_400


def events(y: Classes, ts: Seconds, horizon: timedelta) -> tuple[int, int]:
    """Number of events, UP and DOWN together, and of UTC days on which one begins."""
    begins = event_begins(y, ts, horizon)
    return len(begins), len(np.unique(begins // DAY))


def event_begins(y: Classes, ts: Seconds, horizon: timedelta) -> Seconds:
    """The first minutes of the events, epoch seconds, ascending.

    An event is a maximal run of minutes of one class, UP or DOWN, with gaps under the horizon: the minutes of one
    move. Minutes of other classes within a gap do not end it.
    """
    begins = [_run_begins(ts[y == c], horizon) for c in range(len(CLASSES)) if c != SIDEWAYS]
    return np.sort(np.concatenate(begins))


def _run_begins(ts: Seconds, horizon: timedelta) -> Seconds:
    starts = np.diff(ts, prepend=-np.inf) >= horizon.total_seconds()
    return ts[starts]
