"""Which model runs in shadow beside a cell's champion: its signals are kept and scored, and never acted on."""

from __future__ import annotations

import logging
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal

from include.cortex.minutes import MINUTE
from include.errors import NotReady, SettingsError
from include.ingest import floor_minute
from include.pipeline import Pipeline
from include.registry import POOLED, only_symbol, require_scorable
from include.settings import Cell
from include.warehouse.models import StoredModel, reigning, reigns, stored_model
from include.warehouse.promotions import lock_cell
from include.warehouse.scoring import append_challenger

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Challenge:
    """A row of `challengers`; `effective_from`: first market time that it holds for, UTC. No model: none from then on."""

    challenge_id: int
    symbol: str
    horizon_minutes: int
    threshold: str
    model_id: int | None
    candidate: str | None
    effective_from: datetime
    reason: str

    def as_dict(self) -> dict[str, object]:
        return {**asdict(self), "effective_from": self.effective_from.isoformat()}


def challenge(pipeline: Pipeline, model_id: int, symbol: str | None = None, reason: str = "") -> Challenge:
    """Let a model run in shadow in its cell, in place of the one that did, from the next minute of the market on.

    Parameters
    ----------
    symbol
        None: the model's; of one that was trained on all symbols the only one of the settings.

    Raises
    ------
    NotReady
        There is no such model, it is of another symbol, it reigns in its cell, or it cannot answer any more.
    SettingsError
        The symbol is not in the settings, or the cell is none of `signals.live`.
    ArtifactRefused
        Its stored bytes are not what was registered.
    """
    with pipeline.market() as market, pipeline.warehouse.transaction("writer") as connection:
        model = stored_model(connection, model_id)
        name = only_symbol(pipeline.settings, symbol or (model.symbol if model.symbol != POOLED else None))
        _require_of_cell(pipeline, model, name)
        lock_cell(connection, name, model.cell)
        effective_from = floor_minute(market.now()) + MINUTE
        champion = reigning(reigns(connection, name).get(model.cell, ()), effective_from)
        if champion and champion.model_id == model_id:
            raise NotReady(f"Model {model_id} is the champion of {name} {model.cell}: it needs no shadow of its own.")
        require_scorable(connection, stored_model(connection, model_id))  # upkeep may have held the lock
        said = reason.strip() or "named by a person"
        number = append_challenger(connection, name, model.cell, model_id, said, effective_from)
    log.info("%s %s: model %d runs in shadow from %s on", name, model.cell, model_id, effective_from)
    return _challenge(number, name, model.cell, model, effective_from, said)


def end_challenge(
    pipeline: Pipeline, horizon_minutes: int, threshold: Decimal, symbol: str | None = None, reason: str = ""
) -> Challenge:
    """Let no model run in shadow in a cell, from the next minute of the market on.

    Parameters
    ----------
    threshold
        A fraction: 0.005 is 0.5 %.
    symbol
        None: the only one of the settings.

    Raises
    ------
    SettingsError
        The symbol or the cell is not in the settings.
    """
    [cell] = pipeline.settings.cells([horizon_minutes], [threshold])
    name = only_symbol(pipeline.settings, symbol)
    with pipeline.market() as market, pipeline.warehouse.transaction("writer") as connection:
        lock_cell(connection, name, cell)
        effective_from = floor_minute(market.now()) + MINUTE
        said = reason.strip() or "ended by a person"
        number = append_challenger(connection, name, cell, None, said, effective_from)
    log.info("%s %s: no model runs in shadow from %s on", name, cell, effective_from)
    return _challenge(number, name, cell, None, effective_from, said)


def _require_of_cell(pipeline: Pipeline, model: StoredModel, symbol: str) -> None:
    if model.symbol not in {symbol, POOLED}:
        raise NotReady(f"Model {model.model_id} is of {model.symbol}, not of {symbol}.")
    if model.cell not in pipeline.settings.signals.live:
        live = ", ".join(str(cell) for cell in pipeline.settings.signals.live)
        raise SettingsError(
            f"Model {model.model_id} is of {model.cell}, which writes no signals; signals.live has {live}."
        )


def _challenge(
    number: int, symbol: str, cell: Cell, model: StoredModel | None, effective_from: datetime, reason: str
) -> Challenge:
    model_id, candidate = (model.model_id, model.candidate) if model else (None, None)
    return Challenge(
        number, symbol, cell.horizon_minutes, f"{cell.threshold:f}", model_id, candidate, effective_from, reason
    )
