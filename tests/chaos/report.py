"""What the sittings of a file found together, as a table for a page: kinds × how often × how long until live again."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tests.chaos.plan import EXECUTORS, KINDS
from tests.chaos.records import NOT_LIVE_AGAIN, RECOVERS_WITHIN, Accounted, Done, Records

NAMES = {"local": "LocalExecutor", "celery": "CeleryExecutor"}


@dataclass(frozen=True)
class Report:
    """Faults of sittings that were accounted for; what was not done, and what no account covers, counts for nothing."""

    done: Sequence[Done]
    not_done: Sequence[Done]
    unaccounted: Sequence[Done]
    sittings: Sequence[Accounted]

    @property
    def problems(self) -> list[str]:
        """What is lost, doubled, wrong or not live again."""
        return [f"{one.executor}, {one.sitting}: {problem}" for one in self.sittings for problem in one.problems]

    def as_markdown(self) -> str:
        """A row for each kind, then what was counted of the minutes."""
        return f"{self._kinds()}\n{self._counted()}"

    def _executors(self) -> list[str]:
        return [executor for executor in EXECUTORS if any(one.executor == executor for one in self.sittings)]

    def _kinds(self) -> str:
        executors = self._executors()
        head = [
            "fault",
            *(f"{NAMES[one]}: {part}" for one in executors for part in ("times", "live again after, median / max")),
        ]
        rows = [
            [kind.what, *(cell for one in executors for cell in self._cells(name, one))] for name, kind in KINDS.items()
        ]
        total = ["all", *(cell for one in executors for cell in self._cells(None, one))]
        return _table(head, [*rows, total])

    def _cells(self, kind: str | None, executor: str) -> tuple[str, str]:
        found = [one for one in self.done if one.executor == executor and kind in {None, one.kind}]
        seconds = [one.recovered_seconds for one in found if one.recovered_seconds is not None]
        told = [f"{statistics.median(seconds):.0f} s / {max(seconds):.0f} s"] if seconds else []
        if late := len(found) - len(seconds):
            told.append(f"{late} not within {RECOVERS_WITHIN.total_seconds():.0f} s")
        return str(len(found) or "–"), ", ".join(told) or "–"

    def _counted(self) -> str:
        executors = self._executors()
        columns = [_counts([one for one in self.sittings if one.executor == executor]) for executor in executors]
        rows = [[what, *(column[what] for column in columns)] for what in (columns[0] if columns else ())]
        return _table(["counted", *(NAMES[one] for one in executors)], rows)


def _counts(sittings: Sequence[Accounted]) -> dict[str, str]:
    total, reasons = _summed(one.total for one in sittings), _summed(one.reasons for one in sittings)
    trainings, red = _summed(one.trainings for one in sittings), _summed(one.red_runs for one in sittings)
    minutes, rows = sum(one.minutes for one in sittings), sum(one.minutes * one.cells for one in sittings)
    return {
        "sittings, minutes": f"{len(sittings)}, {minutes}",
        "minutes × live cells": f"{rows}",
        "live": f"{total['live']}",
        "late, and marked so": f"{total['late']}",
        "abstained": _listed(reasons, total["abstained"]),
        "unanswered, doubled, changed, by a wrong champion or otherwise not accounted for": (
            f"{sum(not problem.startswith(NOT_LIVE_AGAIN) for one in sittings for problem in one.problems)}"
        ),
        "values held and equal to the source's": f"{sum(one.values_equal for one in sittings):,}",
        "minutes backfilled meanwhile": f"{sum(one.backfilled_minutes for one in sittings):,}",
        "trainings": _listed(trainings, trainings.total()),
        "verdicts written": f"{sum(one.promotions for one in sittings)}",
        "outcomes settled": f"{sum(one.settled for one in sittings)}",
        "signals computed again bit for bit": f"{sum(one.replayed for one in sittings)}",
        "red runs": _listed(red, red.total()),
    }


def make_report(records: Records) -> Report:
    sittings = records.accounted()
    names = {(one.executor, one.sitting) for one in sittings}
    done = records.done()
    covered = [one for one in done if (one.executor, one.sitting) in names]
    return Report(
        [one for one in covered if not one.error],
        [one for one in covered if one.error],
        [one for one in done if (one.executor, one.sitting) not in names],
        sittings,
    )


def _summed(counts: Iterable[Mapping[str, int]]) -> Counter[str]:
    return sum((Counter(dict(one)) for one in counts), Counter())


def _listed(counts: Mapping[str, int], total: int) -> str:
    parts = [f"{what} {number}" for what, number in sorted(counts.items(), key=lambda item: -item[1])]
    return f"{total}{': ' if parts else ''}{', '.join(parts)}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)
