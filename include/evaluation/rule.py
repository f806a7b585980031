"""How the stored prediction rule classifies: the classes that its cut-offs, chosen on earlier rows, give."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import numpy.typing as npt

from include.evaluation.events import events
from include.models.classes import CLASSES, DOWN, SIDEWAYS, UP, Classes

Counts = npt.NDArray[np.int64]
Seconds = npt.NDArray[np.int64]


@dataclass(frozen=True)
class RuleScores:
    """Scores of the predicted classes over the rows that the rule decided; None is unknown.

    Attributes
    ----------
    mcc
        Matthews' correlation of the three classes (Gorodkin 2004), −1 to 1; 0 for guesses and for a constant answer.
    recall_down, recall_sideways, recall_up
        Share of the class's rows that were predicted as it; None where the class was not seen.
    precision_down, precision_sideways, precision_up
        Share of the rows predicted as the class that were it; None where it was never predicted.
    share_decided_down, share_decided_sideways, share_decided_up
        Share of the class among the rows: the precision of guesses, and the recall of guesses as frequent as the class.
    decided_rows, decided_events, decided_days
        Rows with a prediction, the events in them, and the UTC days on which these begin.
    """

    mcc: float | None = None
    recall_down: float | None = None
    recall_sideways: float | None = None
    recall_up: float | None = None
    precision_down: float | None = None
    precision_sideways: float | None = None
    precision_up: float | None = None
    share_decided_down: float | None = None
    share_decided_sideways: float | None = None
    share_decided_up: float | None = None
    decided_rows: int = 0
    decided_events: int = 0
    decided_days: int = 0


def rule_scores(y: Classes, prediction: Classes, ts: Seconds, horizon: timedelta) -> RuleScores:
    """The scores of predictions; those that are −1, undecided, are left out.

    Parameters
    ----------
    prediction
        As `walk_forward_decisions` gives it, shape (rows,).
    ts
        Epoch seconds of the rows, strictly increasing.
    """
    counts = confusion(y, prediction)
    decided = prediction >= 0
    events_decided, days = events(y[decided], ts[decided], horizon)
    right, seen, said = np.diag(counts), counts.sum(axis=1), counts.sum(axis=0)
    rows = int(counts.sum())
    return RuleScores(
        mcc=_mcc(counts),
        recall_down=_share(right[DOWN], seen[DOWN]),
        recall_sideways=_share(right[SIDEWAYS], seen[SIDEWAYS]),
        recall_up=_share(right[UP], seen[UP]),
        precision_down=_share(right[DOWN], said[DOWN]),
        precision_sideways=_share(right[SIDEWAYS], said[SIDEWAYS]),
        precision_up=_share(right[UP], said[UP]),
        share_decided_down=_share(seen[DOWN], rows),
        share_decided_sideways=_share(seen[SIDEWAYS], rows),
        share_decided_up=_share(seen[UP], rows),
        decided_rows=rows,
        decided_events=events_decided,
        decided_days=days,
    )


def confusion(y: Classes, prediction: Classes) -> Counts:
    """Rows of each class (down the table) that were predicted as each (across), without the undecided, shape (3, 3)."""
    decided = prediction >= 0
    cells = len(CLASSES) * y[decided] + prediction[decided]
    return np.bincount(cells, minlength=len(CLASSES) ** 2).reshape(len(CLASSES), -1)


def _mcc(counts: Counts) -> float | None:
    """From the confusion; None where fewer than two classes were seen, 0 where one alone was predicted."""
    of = counts.astype(np.float64)  # products of four row counts overflow integers
    seen, said, rows = of.sum(axis=1), of.sum(axis=0), of.sum()
    spread_seen, spread_said = rows**2 - seen @ seen, rows**2 - said @ said
    if spread_seen == 0:
        return None
    return float((np.trace(of) * rows - seen @ said) / np.sqrt(spread_seen * spread_said)) if spread_said else 0.0


def _share(part: int, whole: int) -> float | None:
    return float(part / whole) if whole else None
