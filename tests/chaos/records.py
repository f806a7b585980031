"""The file of a chaos run: a line of JSON for each fault that was done, and one for the account of each sitting."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import orjson

# how long a sitting waits for a live minute after a group; one that comes later is a finding
RECOVERS_WITHIN = timedelta(minutes=5)
NOT_LIVE_AGAIN = "not live again"


@dataclass
class Done:
    """A fault as it was done; times are UTC by this machine's clock.

    `recovered_seconds`: from its end until the first minute that ended after it was answered live in every cell; None:
    none was within the bound. `not_live_minutes`: of its group, those that were answered late or with ABSTAIN, or are
    open. `group` counts within the plan of the seed; `met`: the run that was begun just before.
    """

    executor: str
    seed: int
    sitting: str
    group: int
    kind: str
    began: datetime
    met: str | None = None
    hit: str = ""
    over: datetime | None = None
    error: str | None = None
    recovered_seconds: float | None = None
    not_live_minutes: int | None = None


@dataclass(frozen=True)
class Accounted:
    """What became of the minutes begin <= ts < end of a sitting; nothing is lost, doubled or wrong where `problems` is empty."""

    executor: str
    seed: int
    sitting: str
    begin: datetime
    end: datetime
    cells: int
    total: Mapping[str, int]
    reasons: Mapping[str, int]
    values_equal: int
    backfilled_minutes: int
    settled: int
    kept_signals: int
    replayed: int
    trainings: Mapping[str, int]
    promotions: int
    red_runs: Mapping[str, int]
    problems: Sequence[str] = field(default_factory=list)

    @property
    def minutes(self) -> int:
        return round((self.end - self.begin).total_seconds() / 60)


class Records:
    """Appended to, never rewritten; half a line of a run that was killed is passed over."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def append(self, record: Done | Accounted) -> None:
        values = {one.name: getattr(record, one.name) for one in fields(record)}
        line = orjson.dumps({"record": type(record).__name__, **values}, option=orjson.OPT_APPEND_NEWLINE)
        with self.file.open("ab") as file:
            file.write(line if self._ends_a_line() else b"\n" + line)
            file.flush()
            os.fsync(file.fileno())

    def _ends_a_line(self) -> bool:
        return not self.file.exists() or self.file.read_bytes()[-1:] in {b"", b"\n"}

    def done(self) -> list[Done]:
        return [Done(**_with_times(line)) for line in self._lines("Done")]

    def accounted(self) -> list[Accounted]:
        return [Accounted(**_with_times(line)) for line in self._lines("Accounted")]

    def groups_done(self, executor: str, seed: int) -> set[int]:
        return {done.group for done in self.done() if (done.executor, done.seed) == (executor, seed)}

    def _lines(self, record: str) -> list[dict[str, Any]]:
        if not self.file.exists():
            return []
        found = [line for text in self.file.read_bytes().splitlines() if (line := _parsed(text))]
        return [line for line in found if line.pop("record") == record]


def _parsed(text: bytes) -> dict[str, Any] | None:
    try:
        return dict(orjson.loads(text))
    except ValueError:
        return None


def _with_times(line: dict[str, Any]) -> dict[str, Any]:
    times = {name: datetime.fromisoformat(line[name]) for name in ("began", "over", "begin", "end") if line.get(name)}
    return {**line, **times}
