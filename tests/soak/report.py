"""What a soak found, as JSON and as tables for a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import numpy as np

from tests.soak.accounting import Account, Run
from tests.soak.plan import KINDS, Plan
from tests.soak.truth import Compared

WHAT = {
    "kill-scheduler": "kill -9 of the scheduler",
    "kill-api-server": "kill -9 of the API server",
    "kill-lab": "kill -9 of the source",
    "kill-postgres": "kill -9 of PostgreSQL",
    "hang-lab": "the source hangs for two minutes (SIGSTOP)",
    "stop-lab": "the source is down for three minutes",
    "kill-switch": "the kill switch is on for three minutes",
    "training": "a training begins",
}


@dataclass
class Done:
    """A disturbance as it was done. `recovered_seconds`: from its end until the next minute was live in every cell."""

    kind: str
    began: datetime
    ended: datetime | None = None
    error: str | None = None
    recovered_seconds: float | None = None

    @property
    def over(self) -> datetime:
        return self.ended or self.began


@dataclass(frozen=True)
class Report:
    """Everything that was counted; accounted for where `problems` is empty."""

    plan: Plan
    history_days: int
    account: Account
    live_minutes: int
    latencies: Sequence[float]
    settled: int
    settled_again: int
    compared: Compared
    runs: Sequence[Run]
    unexplained: Sequence[Run]
    restarts: Counter[str]
    disturbances: Sequence[Done]
    problems: Sequence[str] = field(default=())

    def percentile(self, percent: float) -> float | None:
        return float(np.percentile(self.latencies, percent)) if len(self.latencies) else None

    @property
    def runs_by_dag(self) -> dict[str, Counter[str]]:
        dags = sorted({run.dag for run in self.runs})
        return {dag: Counter(run.state for run in self.runs if run.dag == dag) for dag in dags}

    def as_dict(self) -> dict[str, Any]:
        """For a machine; times are UTC, ISO."""
        plan = self.plan
        return {
            "seed": plan.seed,
            "from": plan.begin,
            "to": plan.end,
            "minutes": plan.minutes,
            "history_days": self.history_days,
            "lab_arguments": plan.lab_arguments,
            "cells": [
                {"horizon_minutes": cell[0], "threshold": cell[1], **counts}
                for cell, counts in self.account.counts.items()
            ],
            "total": dict(self.account.total),
            "live_minutes": self.live_minutes,
            "reasons": dict(self.account.reasons),
            "latency_seconds": {"median": self.percentile(50), "p95": self.percentile(95), "max": self.percentile(100)},
            "settled": self.settled,
            "settled_again": self.settled_again,
            "held_minutes": self.compared.minutes,
            "values": dict(self.compared.counts),
            "runs": {dag: dict(states) for dag, states in self.runs_by_dag.items()},
            "failed_runs": [vars(run) for run in self.runs if run.state == "failed"],
            "restarts": dict(self.restarts),
            "disturbances": [vars(done) for done in self.disturbances],
            "problems": list(self.problems),
        }

    def as_markdown(self) -> str:
        """Two tables: what was counted, and what each disturbance cost."""
        return f"{_table(('what', 'counted'), self._counted())}\n{_table(('disturbance', 'at', 'live again'), self._disturbed())}"

    def _counted(self) -> list[tuple[str, str]]:
        total, cells, values = self.account.total, len(self.account.counts), self.compared.counts
        failed = Counter(run.dag for run in self.runs if run.state == "failed")
        return [
            ("minutes × live cells", f"{self.plan.minutes} × {cells} = {self.plan.minutes * cells}"),
            ("live: scored in time", f"{total['live']}, in {self.live_minutes} minutes every cell"),
            ("scored late, and marked so", f"{total['late']}"),
            ("abstained", _listed(self.account.reasons, total["abstained"])),
            ("unanswered, doubled, invented or otherwise not accounted for", f"{len(self.problems)}"),
            ("latency of the live signals", f"median {_seconds(self.percentile(50))}, p95 {_seconds(self.percentile(95))}"),
            ("outcomes settled of the signals whose horizon is over", f"{self.settled}, {self.settled_again} of them again"),
            (
                "values held of the span",
                f"{values['equal']} equal to the source's, {values['by expression']} by expression, {values['set aside']} set aside",
            ),
            ("red runs", f"{_listed(failed, failed.total())}; of {len(self.runs)} runs, {len(self.unexplained)} red without a disturbance"),
            ("programs that the supervisor started again", _listed(self.restarts, self.restarts.total())),
        ]  # fmt: skip

    def _disturbed(self) -> list[tuple[str, str, str]]:
        return [
            (
                WHAT[done.kind],
                f"minute {(done.began - self.plan.begin).total_seconds() / 60:.0f}",
                f"{_seconds(done.recovered_seconds)}{' after its end' if KINDS[done.kind] else ''}",
            )
            for done in self.disturbances
        ]


def _seconds(seconds: float | None) -> str:
    return "–" if seconds is None else f"{seconds:.1f} s"


def _listed(counts: Mapping[str, int], total: int) -> str:
    parts = [f"{what} {number}" for what, number in sorted(counts.items(), key=lambda item: -item[1])]
    return f"{total}{': ' if parts else ''}{', '.join(parts)}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)
