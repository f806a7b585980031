"""Answers → rows: the signals of a batch in one transaction, then when they stood in the warehouse."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from include.decide import executable_at
from include.errors import ChampionChanged
from include.pipeline import Market, Pipeline
from include.scoring.desk import Answer
from include.scoring.environment import fingerprint, libraries
from include.scoring.inputs import Versions
from include.settings import Cell
from include.warehouse.connection import Connection, limit_waiting
from include.warehouse.promotions import hold_champions, newest_appointment
from include.warehouse.scoring import append_commits, environment_id
from include.warehouse.signals import append_inputs, append_signals, lock_signals


def commit(
    pipeline: Pipeline,
    market: Market,
    symbol: str,
    versions: Versions,
    live: Sequence[Answer],
    shadows: Sequence[Answer],
    appointed: int | None,
) -> bool:
    """Append the live answers, and the shadows of those that were new; whether any of them was in time to be acted on.

    It waits for other sessions no longer than a third of `time.late_after_seconds`, and says it decided after that: what
    had to wait is not called live.

    Parameters
    ----------
    appointed
        Number of the newest appointment that the answers know of.

    Raises
    ------
    ChampionChanged
        Another was made since: its reign may reach into these minutes. Nothing was written.
    WarehouseUnreachable
        Another session forbids writing, or the connection was lost; nothing was written.
    """
    with pipeline.warehouse.transaction("writer") as connection:
        limit_waiting(connection, market.clock.late_after / 3)
        answers = [*live, *shadows]
        environment = environment_id(connection, fingerprint(), libraries()) if any(map(_is_scored, answers)) else None
        lock_signals(connection)
        _require_known_champions(connection, symbol, appointed)
        decided_at = market.now()
        for answer in answers:
            answer |= _circumstances(pipeline, market, answer, decided_at, environment)
        new = append_signals(connection, live)
        beside = _those(shadows, new)
        new_shadows = append_signals(connection, beside)
        _append_inputs(connection, versions, [*_those(live, new), *_those(beside, new_shadows)])
    written = Counter(ts for _, ts in [*new, *new_shadows])
    return _note_commits(pipeline, market, symbol, written, decided_at)


def _require_known_champions(connection: Connection, symbol: str, appointed: int | None) -> None:
    """From here on to the transaction's end no champion is appointed, and none was that the answers do not know of."""
    hold_champions(connection, symbol)
    if newest_appointment(connection, symbol) != appointed:
        raise ChampionChanged(f"A champion of {symbol} was appointed while a minute was scored; it is scored again.")


def _note_commits(
    pipeline: Pipeline, market: Market, symbol: str, written: Counter[datetime], decided_at: datetime
) -> bool:
    """Append when the minutes' rows stood there; whether any was in time. None is written where another run was first."""
    committed_at = market.now()
    commits = [
        {
            "symbol": symbol,
            "ts": ts,
            "signals": signals,
            "decided_at": decided_at,
            "committed_at": committed_at,
            "latency_seconds": (committed_at - ts).total_seconds(),
            "is_late": decided_at - ts > market.clock.late_after,
        }
        for ts, signals in written.items()
    ]
    if commits:
        with pipeline.warehouse.transaction("writer") as connection:
            append_commits(connection, commits)
    return not all(row["is_late"] for row in commits)


def _append_inputs(connection: Connection, versions: Versions, answers: Sequence[Answer]) -> None:
    """What the answers rest on: one row for the cells of a minute that share it."""
    used = {(answer["feature_version"], answer["ts"], answer["symbol"]) for answer in answers if answer["inputs_hash"]}
    append_inputs(connection, [versions.by_number[number].inputs(symbol, ts) for number, ts, symbol in sorted(used)])


def _circumstances(
    pipeline: Pipeline, market: Market, answer: Answer, decided_at: datetime, environment: int | None
) -> Answer:
    rules = pipeline.settings.signals
    return _timing(answer["ts"], decided_at, market.clock.late_after) | {
        "cost_bps_per_side": rules.cost_bps_per_side,
        "stop_loss_volatilities": rules.stop_loss_volatilities,
        "take_profit_volatilities": rules.take_profit_volatilities,
        "environment_id": environment if _is_scored(answer) else None,
        "is_simulated": market.is_simulated,
    }


def _timing(ts: datetime, decided_at: datetime, late_after: timedelta) -> Answer:
    return {
        "decided_at": decided_at,
        "executable_at": executable_at(decided_at),
        "latency_seconds": (decided_at - ts).total_seconds(),
        "is_late": decided_at - ts > late_after,
    }


def _is_scored(answer: Answer) -> bool:
    return answer["model_id"] is not None


def _key(answer: Answer) -> tuple[Cell, datetime]:
    return Cell(answer["horizon_minutes"], answer["threshold"]), answer["ts"]


def _those(answers: Sequence[Answer], keys: set[tuple[Cell, datetime]]) -> list[Answer]:
    return [answer for answer in answers if _key(answer) in keys]
