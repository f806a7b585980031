"""What a running stack holds of a span: signals, outcomes, minutes and runs, read from outside."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from include.launcher.airflow_api import AirflowApi
from include.settings import load_settings
from include.warehouse.minutes import METRIC_COLUMNS
from tests.soak.accounting import MINUTE, Answer, Cell, Held, Outcome, Run
from tests.soak.truth import Place, Values

PAGE = 100


class Watched(Protocol):
    """What is asked of a stack."""

    @property
    def settings_file(self) -> Path: ...

    def rows(self, query: str) -> list[tuple[Any, ...]]: ...

    def api(self) -> AbstractContextManager[AirflowApi]: ...


class Found:
    """The warehouse and Airflow of a stack, over the minutes [begin, end)."""

    def __init__(self, stack: Watched, begin: datetime, end: datetime) -> None:
        self.stack = stack
        self.begin, self.end = begin, end
        self.settings = load_settings(stack.settings_file)
        self.cells: list[Cell] = [(cell.horizon_minutes, _plain(cell.threshold)) for cell in self.settings.signals.live]

    def _within(self, after: timedelta = timedelta(0)) -> str:
        return f"ts >= '{self.begin.isoformat()}' AND ts < '{(self.end + after).isoformat()}'"

    def answers(self) -> list[Answer]:
        """From the span's begin until now."""
        rows = self.stack.rows(
            "SELECT signal_id, horizon_minutes, threshold, ts, side, is_late, coalesce(reason_code, reason), decided_at, "
            f"latency_seconds FROM signals WHERE NOT is_shadow AND ts >= '{self.begin.isoformat()}' ORDER BY ts, horizon_minutes"
        )
        return [Answer(number, (horizon, _plain(level)), *rest) for number, horizon, level, *rest in rows]

    def outcomes(self) -> list[Outcome]:
        return [
            Outcome(*row)
            for row in self.stack.rows(
                "SELECT signal_id, version, forward_return, outcome, settled_at FROM settled_outcomes "
                f"WHERE {self._within()}"
            )
        ]

    def minutes(self) -> dict[datetime, Held]:
        """Of the span, and of the horizons after it as far as they have come."""
        longest = max(horizon for horizon, _ in self.cells) * MINUTE
        rows = self.stack.rows(f"SELECT ts, last_price, loaded_at FROM minute_metrics WHERE {self._within(longest)}")
        return {ts: Held(price, loaded_at) for ts, price, loaded_at in rows}

    def values(self) -> tuple[Values, set[Place]]:
        """The rows of the span, and what was asked by expression; fails where a minute has two rows."""
        rows = self.stack.rows(
            f"SELECT ts, computed_columns, {', '.join(METRIC_COLUMNS)} FROM minute_metrics WHERE {self._within()}"
        )
        values = {
            ts: {name: value for name, value in zip(METRIC_COLUMNS, held, strict=True) if value is not None}
            for ts, _, *held in rows
        }
        assert len(values) == len(rows), "minute_metrics holds a minute twice"
        return values, {(ts, column) for ts, columns, *_ in rows for column in columns}

    def set_aside(self) -> set[Place]:
        rows = self.stack.rows(
            "SELECT metric, first_at, last_at FROM quarantined_samples "
            f"WHERE last_at >= '{self.begin.isoformat()}' AND first_at < '{self.end.isoformat()}'"
        )
        return {(ts, metric) for metric, first, last in rows for ts in _minutes(first, last)}

    def runs(self) -> list[Run]:
        """Of every DAG, those that had not ended when the span began."""
        with self.stack.api() as api:
            found = [self._run(run) for dag in sorted(api.dag_ids()) for run in _pages(api, dag)]
        return [run for run in found if run.ended is None or run.ended >= self.begin]

    @staticmethod
    def _run(run: dict[str, Any]) -> Run:
        began, ended = (datetime.fromisoformat(run[at]) if run[at] else None for at in ("start_date", "end_date"))
        return Run(run["dag_id"], run["dag_run_id"], run["state"], began, ended)


def _plain(threshold: Any) -> str:
    return f"{threshold.normalize():f}"


def _minutes(first: datetime, last: datetime) -> list[datetime]:
    return [first + number * MINUTE for number in range(int((last - first) / MINUTE) + 1)]


def _pages(api: Any, dag: str) -> Iterator[dict[str, Any]]:
    offset, total = 0, 1
    while offset < total:
        page = api.json("GET", f"/dags/{dag}/dagRuns", params={"limit": PAGE, "offset": offset})
        yield from page["dag_runs"]
        offset, total = offset + PAGE, page["total_entries"]
