"""champion → signals: every unanswered settled minute is scored by the champion that reigned then, or abstained from.

A challenger's row is written with the live row of its minute and cell, in one transaction, or never: whoever is appointed
later answers later minutes.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from decimal import Decimal
from itertools import groupby

from include.cortex.minutes import MINUTE
from include.errors import ChampionChanged, NotReady, SettingsError
from include.heartbeat import beat
from include.ingest import floor_minute, settled_minute
from include.pipeline import Market, Pipeline
from include.scoring.commit import commit
from include.scoring.desk import Answer, Desk
from include.scoring.guards import Halts
from include.scoring.inputs import Versions
from include.scoring.scorers import Scorers
from include.settings import Cell
from include.warehouse.minutes import asked_for_until
from include.warehouse.signals import unanswered_minutes

log = logging.getLogger(__name__)

Unanswered = tuple[Cell, datetime]


@dataclass(frozen=True)
class Predicted:
    """What a run answered: signals scored and abstained, minutes that no champion may answer, the newest minute.

    `shadows` are the challengers' rows, which the other counts leave out.
    """

    scored: int = 0
    abstained: int = 0
    no_champion: int = 0
    waiting: int = 0
    newest: datetime | None = None
    shadows: int = 0

    def __add__(self, other: Predicted) -> Predicted:
        newest = max((n for n in (self.newest, other.newest) if n), default=None)
        return Predicted(
            self.scored + other.scored, self.abstained + other.abstained,
            self.no_champion + other.no_champion, self.waiting + other.waiting, newest, self.shadows + other.shadows,
        )  # fmt: skip

    def as_dict(self) -> dict[str, object]:
        return {**asdict(self), "newest": self.newest.isoformat() if self.newest else None}


@dataclass
class Run:
    """What the parts of one call share; `was_in_time`: a minute was committed that one could have acted on."""

    pipeline: Pipeline
    market: Market
    was_in_time: bool = False


def predict(
    pipeline: Pipeline, start: datetime | None = None, end: datetime | None = None, *, only_newest: bool = False
) -> Predicted:
    """Answer every unanswered minute with ts in [start, end), newest first.

    Each minute is committed by itself when it is the newest, older ones a day at a time.

    Parameters
    ----------
    start, end
        UTC, minute-aligned. None: the settled minutes of the last `signals.catch_up_hours`.
    only_newest
        The newest settled minute alone, whatever the span.

    Raises
    ------
    NotReady
        Nothing is loaded, or no live cell of any symbol has a champion yet.
    SourceMismatch, SourceUnreachable
        As Pipeline.market.
    """
    with pipeline.market() as asked:
        market = asked.asked_once()
        settled = settled_minute(market.now(), market.clock)
        last = min(end - MINUTE, settled) if end and not only_newest else settled
        first = last if only_newest else start or last - pipeline.settings.signals.catch_up
        if start and not only_newest and first > last:
            raise SettingsError(
                f"No minute from {first:%Y-%m-%d %H:%M} to {last:%Y-%m-%d %H:%M} UTC has settled; the newest that has is "
                f"{settled:%Y-%m-%d %H:%M} UTC. Check --at, or --from and --to."
            )
        for instant in (first, last):
            if instant != floor_minute(instant):
                raise SettingsError(f"{instant} is not a whole minute; give it as 2026-01-31T12:00Z.")
        run = Run(pipeline, market)
        try:
            answers = {
                symbol.name: _predict_symbol(run, symbol.name, first, last, since_champions=start is None)
                for symbol in pipeline.settings.symbols
            }
        finally:  # after all of it, so that a slow receiver holds no minute up; and whatever became of older minutes
            if run.was_in_time and pipeline.heartbeat_url:
                beat(pipeline.heartbeat_url)
    _check_champions(answers)
    return sum(filter(None, answers.values()), Predicted())


def _check_champions(answers: Mapping[str, Predicted | None]) -> None:
    """A symbol that was added waits for its first training; that is no error as long as another is answered."""
    if lacking := ", ".join(symbol for symbol, answered in answers.items() if answered is None):
        text = (
            f"No live cell of {lacking} has a champion yet; run `cortex-signals train` (in Airflow, train_candidates)."
        )
        if not any(answers.values()):
            raise NotReady(text)
        log.warning("%s", text)


def _predict_symbol(
    run: Run, symbol: str, first: datetime, last: datetime, *, since_champions: bool
) -> Predicted | None:
    """Answer the symbol's open minutes of [first, last]; None: no live cell has a champion.

    `since_champions`: none before the first champion's reign.
    """
    with run.pipeline.warehouse.transaction("reader") as connection:
        scorers = Scorers.read(connection, symbol)
        cells = scorers.cells(run.pipeline.settings.signals.live)
        if not cells:
            return None
        if since_champions:
            first = max(first, floor_minute(scorers.first_reign(cells)))
        open_minutes = unanswered_minutes(connection, symbol, cells, first, last) if first <= last else []
        asked_until = asked_for_until(connection, symbol)
    done = Predicted()
    for batch in _batches(open_minutes):
        while (answered := _answer(run, symbol, batch, scorers, asked_until)) is None:
            with run.pipeline.warehouse.transaction("reader") as connection:
                scorers = Scorers.read(connection, symbol)
        done += answered
    return done


def _batches(unanswered: Sequence[Unanswered]) -> Iterator[list[Unanswered]]:
    """The newest minute alone, so that nothing holds it up, then the rest by UTC day."""
    newest = [item for item in unanswered if item[1] == unanswered[0][1]]
    if newest:
        yield newest
    for _, day in groupby(unanswered[len(newest) :], key=lambda item: item[1].astimezone(UTC).date()):
        yield list(day)


def _answer(
    run: Run, symbol: str, batch: Sequence[Unanswered], scorers: Scorers, asked_until: datetime
) -> Predicted | None:
    """Read the features as of one instant, score, and append in one transaction; None: another champion was appointed."""
    first, last = min(ts for _, ts in batch), max(ts for _, ts in batch)
    settings = run.pipeline.settings
    now, deadline = run.market.now(), run.market.clock.settle_deadline
    with run.pipeline.warehouse.transaction("reader", one_snapshot=True) as connection:
        versions = Versions(connection, symbol, first, last, settings)
        desk = Desk(connection, symbol, settings.signals, versions, Halts.read(connection, symbol), scorers)
        live: list[Answer] = []
        waiting = no_champion = 0
        for cell, ts in batch:
            champion = scorers.champion(cell, ts)
            if champion is None:
                no_champion += 1
                continue
            may_come = ts >= asked_until or now < ts + deadline
            answer = desk.answer(cell, ts, champion, may_wait=may_come)
            if answer is None:
                waiting += 1  # its inputs may still arrive before the deadline, or were never asked for
            else:
                live.append(answer)
        shadows = _shadows(desk, live)
    try:
        if live:
            run.was_in_time |= commit(run.pipeline, run.market, symbol, versions, live, shadows, scorers.appointed)
    except ChampionChanged as changed:
        log.info("%s", changed)
        return None
    scored = sum(answer["side"] != "ABSTAIN" for answer in live)
    newest = max((answer["ts"] for answer in live), default=None)
    log.info("%s [%s, %s]: %d scored, %d abstained", symbol, first, last, scored, len(live) - scored)
    return Predicted(scored, len(live) - scored, no_champion, waiting, newest, len(shadows))


def _shadows(desk: Desk, live: Sequence[Answer]) -> list[Answer]:
    """What the challengers say of the minutes that are answered now: one row a minute, or none where none may answer."""
    by_cell: dict[tuple[int, Decimal], list[Answer]] = {}
    for answer in live:
        by_cell.setdefault((answer["horizon_minutes"], answer["threshold"]), []).append(answer)
    return [shadow for answers in by_cell.values() for shadow in _shadows_of_a_cell(desk, answers)]


def _shadows_of_a_cell(desk: Desk, live: Sequence[Answer]) -> list[Answer]:
    """Whatever goes wrong with a challenger, the live rows and the other cells' are written without it."""
    try:
        with desk.connection.transaction():  # what it breaks of the reading is undone
            return [shadow for answer in live if (shadow := desk.shadow(answer))]
    except Exception:  # whatever it is, it is a challenger's, and no live minute may wait for it
        cell = Cell(live[0]["horizon_minutes"], live[0]["threshold"])
        log.warning("%s, %s: the challenger's rows are left out", desk.symbol, cell, exc_info=True)
        return []
