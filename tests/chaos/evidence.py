"""What must hold of champions, trainings and kept signals, asked of the warehouse by SQL; each query gives what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

Rows = Callable[[str], list[tuple[Any, ...]]]

# of the signals since an instant
OF_SIGNALS: Mapping[str, str] = {
    "not by the champion of its minute": """
        SELECT s.ts, s.horizon_minutes, s.model_id, c.model_id, c.effective_from
        FROM signals AS s
        LEFT JOIN LATERAL (
            SELECT a.model_id, a.effective_from FROM champions_at(s.ts) AS a
            WHERE (a.symbol, a.horizon_minutes, a.threshold) = (s.symbol, s.horizon_minutes, s.threshold)
        ) AS c ON TRUE
        WHERE NOT s.is_shadow AND s.side <> 'ABSTAIN' AND s.ts >= '{since}' AND s.model_id IS DISTINCT FROM c.model_id
        ORDER BY s.ts""",
    "decided before its minute was over": """
        SELECT s.ts, s.horizon_minutes, s.decided_at FROM signals AS s
        WHERE s.ts >= '{since}' AND s.decided_at < s.ts ORDER BY s.ts""",
    "without the inputs that it was scored on": """
        SELECT s.ts, s.horizon_minutes FROM signals AS s
        WHERE s.side <> 'ABSTAIN' AND s.ts >= '{since}' AND NOT EXISTS (
            SELECT FROM signal_inputs AS i WHERE i.symbol = s.symbol AND i.ts = s.ts
        ) ORDER BY s.ts""",
    "answered twice": """
        SELECT s.symbol, s.ts, s.horizon_minutes, count(*) FROM signals AS s WHERE NOT s.is_shadow
        GROUP BY s.symbol, s.ts, s.horizon_minutes, s.threshold HAVING count(*) > 1""",
    "held twice": """
        SELECT m.symbol, m.ts, count(*) FROM minute_metrics AS m GROUP BY m.symbol, m.ts HAVING count(*) > 1""",
}
OF_TRAININGS: Mapping[str, str] = {
    "a model without a verdict": """
        SELECT m.model_id, m.candidate FROM models AS m
        WHERE NOT EXISTS (SELECT FROM promotions AS p WHERE p.model_id = m.model_id)""",
    "scores without a verdict": """
        SELECT DISTINCT e.run_id, e.horizon_minutes FROM model_evaluations AS e WHERE NOT EXISTS (
            SELECT FROM promotions AS p
            WHERE (p.run_id, p.symbol, p.horizon_minutes, p.threshold) = (e.run_id, e.symbol, e.horizon_minutes, e.threshold)
        )""",
    "a verdict without scores": """
        SELECT DISTINCT p.run_id, p.horizon_minutes FROM promotions AS p WHERE NOT EXISTS (
            SELECT FROM model_evaluations AS e
            WHERE (e.run_id, e.symbol, e.horizon_minutes, e.threshold) = (p.run_id, p.symbol, p.horizon_minutes, p.threshold)
        )""",
    "two champions by one training": """
        SELECT p.run_id, p.horizon_minutes, count(*) FROM promotions AS p WHERE p.is_accepted
        GROUP BY p.run_id, p.symbol, p.horizon_minutes, p.threshold HAVING count(*) > 1""",
    "a champion of another cell": """
        SELECT p.promotion_id FROM promotions AS p JOIN models AS m USING (model_id)
        WHERE (m.symbol, m.horizon_minutes, m.threshold) <> (p.symbol, p.horizon_minutes, p.threshold)""",
    "a catch-up that is not done": "SELECT c.symbol, c.since FROM catch_ups AS c",
}


def evidence_problems(rows: Rows, since: datetime) -> list[str]:
    """One line for each row that must not be, the first three of a kind."""
    found = []
    for what, query in {**OF_SIGNALS, **OF_TRAININGS}.items():
        wrong = rows(query.format(since=since.isoformat()))
        found += [f"{what}: {', '.join(map(str, row))}" for row in wrong[:3]]
        found += [f"{what}: {len(wrong) - 3} more"] if len(wrong) > 3 else []
    return found


class Kept:
    """Every signal that was ever seen, by a hash of its row: none may change or go."""

    def __init__(self) -> None:
        self._seen: dict[int, str] = {}

    def look(self, rows: Rows) -> None:
        """Remembers those that are new."""
        for number, digest in self._now(rows).items():
            self._seen.setdefault(number, digest)

    def problems(self, rows: Rows) -> list[str]:
        now = self._now(rows)
        return [
            f"a signal {'changed' if number in now else 'is gone'}: {number}"
            for number, digest in self._seen.items()
            if now.get(number) != digest
        ]

    @property
    def count(self) -> int:
        return len(self._seen)

    @staticmethod
    def _now(rows: Rows) -> dict[int, str]:
        return dict(rows("SELECT s.signal_id, md5(s::text) FROM signals AS s"))
