"""A person's hand on the registry: back to an earlier champion, and the answer to a proposal.

Nothing is changed or deleted: each decision is one more row of `promotions`, and holds from the next minute on.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from uuid import NAMESPACE_URL, UUID, uuid5

from include.cortex.minutes import MINUTE
from include.errors import NotReady, SettingsError
from include.ingest import floor_minute
from include.pipeline import Market, Pipeline
from include.settings import Cell, Settings
from include.warehouse import promotions
from include.warehouse.connection import Connection
from include.warehouse.models import StoredModel, stored_model
from include.warehouse.promotions import (
    Appointment,
    Proposal,
    append_decision,
    appointments,
    free_from,
    hold_answers,
    lock_cell,
)
from include.warehouse.snapshots import kept_versions

log = logging.getLogger(__name__)

POOLED = "*"  # the symbol of a model that was trained on all symbols together


@dataclass(frozen=True)
class Decided:
    """What a person's decision did: the row of `promotions`, and the model that it is about.

    `effective_from`: first market time that the model answers, UTC; None where it was declined.
    """

    promotion_id: int
    kind: str
    symbol: str
    horizon_minutes: int
    threshold: str
    candidate: str
    model_id: int
    effective_from: datetime | None
    reason: str

    def as_dict(self) -> dict[str, object]:
        return {**asdict(self), "effective_from": self.effective_from and self.effective_from.isoformat()}


def run_id_of(run: str) -> UUID:
    """The `run_id` under which a training run of that name records its verdicts: the same name, the same id."""
    return uuid5(NAMESPACE_URL, f"cortex-signals/train/{run}")


def rollback(
    pipeline: Pipeline,
    horizon_minutes: int,
    threshold: Decimal,
    symbol: str | None = None,
    to: int | None = None,
    reason: str = "",
) -> Decided:
    """Let an earlier champion of a cell reign again, from the next minute of the market on.

    Parameters
    ----------
    threshold
        A fraction: 0.005 is 0.5 %.
    symbol
        None: the only one of the settings.
    to
        Number of a model that reigned in this cell before. None: the champion before the present one; champions that
        were themselves rolled back from are passed over.
    reason
        Kept beside what was done.

    Raises
    ------
    SettingsError
        The symbol or the cell is not in the settings.
    NotReady
        There is no such earlier champion, or it cannot answer any more.
    ArtifactRefused
        Its stored bytes are not what was registered.
    """
    [cell] = pipeline.settings.cells([horizon_minutes], [threshold])
    name = only_symbol(pipeline.settings, symbol)
    with pipeline.market() as market, pipeline.warehouse.transaction("writer") as connection:
        lock_cell(connection, name, cell)
        history = appointments(connection, name, cell)
        present = _present(history, name, cell)
        effective_from = _next_minute(connection, market, present, name, cell)
        target = (
            _earlier(history, effective_from, name, cell) if to is None else _named(connection, history, to, name, cell)
        )
        require_scorable(connection, stored_model(connection, target.model_id))
        said = (
            f"Rolled back by {connection.info.user} from model {present.model_id} ({present.candidate}) to model "
            f"{target.model_id} ({target.candidate}). {reason}".strip()
        )
        number = append_decision(
            connection, target.promotion_id, "rolled_back", is_accepted=True, reason=said, effective_from=effective_from
        )
    log.info("%s %s: %s", name, cell, said)
    return _decided(number, "rolled_back", name, cell, target, effective_from, said)


def proposals(pipeline: Pipeline, run: str | None = None) -> list[Proposal]:
    """The proposals that wait for an answer: of the training run of that name, or of all."""
    with pipeline.warehouse.transaction("reader") as connection:
        found = promotions.proposals(connection, run_id_of(run) if run else None)
    return [one for one in found if one.is_open]


def answer_of(pipeline: Pipeline, proposal_id: int) -> str | None:
    """`approved` or `declined`; None: it is not answered. Raises NotReady where there is no such proposal."""
    with pipeline.warehouse.transaction("reader") as connection:
        return promotions.proposal(connection, proposal_id).answer


def approve(pipeline: Pipeline, proposal_id: int, reason: str = "") -> Decided:
    """Let the proposed model reign from the next minute of the market on.

    Raises
    ------
    NotReady
        There is no such proposal, it is answered or superseded, or its model cannot answer any more.
    ArtifactRefused
        Its stored bytes are not what was registered.
    """
    with pipeline.market() as market, pipeline.warehouse.transaction("writer") as connection:
        asked = _open_proposal(connection, proposal_id)
        history = appointments(connection, asked.symbol, asked.cell)
        present = history[-1] if history else None
        effective_from = _next_minute(connection, market, present, asked.symbol, asked.cell)
        require_scorable(connection, stored_model(connection, asked.model_id))
        return _answer(connection, asked, "approved", effective_from, reason)


def decline(pipeline: Pipeline, proposal_id: int, reason: str = "") -> Decided:
    """Refuse the proposed model; the champion reigns on. The next training may propose the same recipe, trained anew.

    Raises
    ------
    NotReady
        There is no such proposal, or it is answered or superseded.
    """
    with pipeline.warehouse.transaction("writer") as connection:
        return _answer(connection, _open_proposal(connection, proposal_id), "declined", None, reason)


def require_scorable(connection: Connection, model: StoredModel) -> None:
    """That the model can answer a minute: its artifact is kept, whole, and the view of its features is there.

    Raises NotReady or ArtifactRefused where it cannot.
    """
    from include.models.artifacts import load

    load(model.kept_artifact(), model.artifact_format, model.artifact_sha256)
    if model.feature_version not in kept_versions(connection):
        raise NotReady(
            f"Model {model.model_id} cannot reign: the view of the features that it was trained on (version "
            f"{model.feature_version}) is not in the warehouse any more; name another model, or run `cortex-signals train`."
        )


def only_symbol(settings: Settings, name: str | None) -> str:
    """The symbol of that name; None: the only one. Raises SettingsError where it is not known, or there are several."""
    if name:
        return settings.symbol(name).name
    if len(settings.symbols) > 1:
        known = ", ".join(symbol.name for symbol in settings.symbols)
        raise SettingsError(f"The settings have several symbols; say with --symbol which one: {known}.")
    return settings.symbols[0].name


def _present(history: Sequence[Appointment], symbol: str, cell: Cell) -> Appointment:
    if not history:
        raise NotReady(f"{symbol} {cell} has had no champion yet, so there is none to go back to.")
    return history[-1]


def _next_minute(
    connection: Connection, market: Market, present: Appointment | None, symbol: str, cell: Cell
) -> datetime:
    """The first minute that ends after the market's now and is not answered; raises NotReady where the present reign begins only after it.

    No minute is answered until the transaction's end.
    """
    hold_answers(connection, symbol)
    now = market.now()
    effective_from = floor_minute(now) + MINUTE
    if present and present.effective_from > effective_from:
        raise NotReady(
            f"Model {present.model_id} reigns in {symbol} {cell} only from {present.effective_from:%Y-%m-%d %H:%M} UTC on, and "
            f"it is {now:%Y-%m-%d %H:%M} UTC: check the clock of the source, or wait until then."
        )
    return free_from(connection, symbol, cell, effective_from)


def _named(
    connection: Connection, history: Sequence[Appointment], model_id: int, symbol: str, cell: Cell
) -> Appointment:
    """The newest appointment of that model; raises NotReady where it may not reign here, or does."""
    model = stored_model(connection, model_id)
    if model.cell != cell or model.symbol not in {symbol, POOLED}:
        raise NotReady(f"Model {model_id} is of {model.symbol} {model.cell}, not of {symbol} {cell}.")
    if history[-1].model_id == model_id:
        raise NotReady(
            f"Model {model_id} reigns in {symbol} {cell} already, since {history[-1].effective_from:%Y-%m-%d %H:%M} UTC."
        )
    found = [one for one in history if one.model_id == model_id]
    if not found:
        before = ", ".join(str(number) for number in sorted({one.model_id for one in history[:-1]})) or "none"
        raise NotReady(
            f"Model {model_id} has never reigned in {symbol} {cell}, and only the gate promotes a new one; earlier champions: {before}."
        )
    return found[-1]


def _earlier(history: Sequence[Appointment], effective_from: datetime, symbol: str, cell: Cell) -> Appointment:
    """The champion before the present one; raises NotReady where there is none, or a rollback is about to hold."""
    present = history[-1]
    if present.kind == "rolled_back" and present.effective_from >= effective_from:
        raise NotReady(
            f"{symbol} {cell} was rolled back a moment ago, to model {present.model_id} from {present.effective_from:%H:%M} UTC on; "
            "name the model with --to if that is not the one."
        )
    standing = _standing(history)
    if len(standing) < 2:
        raise NotReady(
            f"{symbol} {cell} has no earlier champion than model {present.model_id} ({present.candidate}) that was not rolled back from; "
            "name one with --to, or run `cortex-signals train`."
        )
    return standing[-2]


def _standing(history: Sequence[Appointment]) -> list[Appointment]:
    """The appointments in order, without those that were rolled back from; the present one is the last."""
    standing: list[Appointment] = []
    for one in history:
        models = [earlier.model_id for earlier in standing]
        if one.model_id not in models:
            standing.append(one)
        elif one.kind == "rolled_back":
            del standing[models.index(one.model_id) + 1 :]
    return standing


def _open_proposal(connection: Connection, proposal_id: int) -> Proposal:
    """The proposal, its cell locked; raises NotReady where it is answered or superseded."""
    asked = promotions.proposal(connection, proposal_id)
    lock_cell(connection, asked.symbol, asked.cell)
    asked = promotions.proposal(connection, proposal_id)  # as whoever held the lock left it
    if asked.answer:
        raise NotReady(
            f"Proposal {proposal_id} was {asked.answer} already, by {asked.answered_by} at {asked.answered_at:%Y-%m-%d %H:%M} UTC."
        )
    if asked.superseded_as:
        what = "proposal" if asked.superseded_as == "proposed" else f"verdict ({asked.superseded_as})"
        raise NotReady(
            f"Proposal {proposal_id} is out of date: a newer {what} on {asked.symbol} {asked.cell} came at "
            f"{asked.superseded_at:%Y-%m-%d %H:%M} UTC; `cortex-signals proposals` lists those that wait."
        )
    return asked


def _answer(
    connection: Connection, asked: Proposal, kind: str, effective_from: datetime | None, reason: str
) -> Decided:
    said = f"Proposal {asked.proposal_id} was {kind} by {connection.info.user}. {reason}".strip()
    said = f"{said} {asked.reason}" if kind == "approved" else said
    number = append_decision(
        connection,
        asked.proposal_id,
        kind,
        is_accepted=effective_from is not None,
        reason=said,
        effective_from=effective_from or asked.effective_from,
        answers_to=asked.proposal_id,
    )
    log.info("%s %s: %s", asked.symbol, asked.cell, said)
    return _decided(number, kind, asked.symbol, asked.cell, asked, effective_from, said)


def _decided(
    number: int,
    kind: str,
    symbol: str,
    cell: Cell,
    of: Appointment | Proposal,
    effective_from: datetime | None,
    reason: str,
) -> Decided:
    threshold = f"{cell.threshold:f}"
    return Decided(
        number, kind, symbol, cell.horizon_minutes, threshold, of.candidate, of.model_id, effective_from, reason
    )
