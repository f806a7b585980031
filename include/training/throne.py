"""champion: who reigns in a cell as its training begins, and whether the training may change that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from include.cortex.minutes import MINUTE
from include.models.candidates import find_recipe
from include.models.recipe import Recipe
from include.warehouse.promotions import Appointment

ROLLED_BACK = "A person rolled back to model {}, which reigns until one approves another."
UNKNOWN = (
    "The reigning recipe {} cannot be refitted by this code and these settings, so its model {} reigns until a person "
    "approves another."
)


@dataclass(frozen=True)
class Throne:
    """Who reigns in a cell as its training begins.

    Attributes
    ----------
    newest
        Number of the newest appointment in `promotions`; None: there was none.
    model_id, candidate
        Of the model that reigns; None: none does.
    recipe
        What is refitted beside the candidates: the reigning recipe where it is no baseline and can be refitted.
    hold
        Why the training appoints nobody, a sentence; None: it may.
    may_propose
        Whether what passed then waits for a person.
    """

    newest: int | None
    model_id: int | None
    candidate: str | None
    recipe: Recipe | None = None
    hold: str | None = None
    may_propose: bool = True


def throne_of(history: Sequence[Appointment], until: datetime | None, *, has_pooled: bool) -> Throne:
    """Who reigns, and whether a training may appoint another.

    Parameters
    ----------
    history
        Every appointment in the cell, the oldest reign first.
    until
        The last market time of a training as of the past, UTC; None: of one as of now.
    has_pooled
        Whether a recipe that is trained on all symbols can be refitted.
    """
    newest = max((one.promotion_id for one in history), default=None)
    reigned = [one for one in history if until is None or one.effective_from <= until + MINUTE]
    if not reigned:
        return Throne(newest, None, None, hold=_later(history), may_propose=not history)
    present = reigned[-1]
    throne = Throne(newest, present.model_id, present.candidate)
    if len(reigned) < len(history):
        throne = replace(throne, hold=_later(history), may_propose=False)
    elif present.kind == "rolled_back":
        throne = replace(throne, hold=ROLLED_BACK.format(present.model_id))
    recipe = find_recipe(present.candidate)
    if recipe is None or (recipe.is_pooled and not has_pooled):
        return replace(throne, hold=throne.hold or UNKNOWN.format(present.candidate, present.model_id))
    return throne if recipe.is_baseline else replace(throne, recipe=recipe)


def _later(history: Sequence[Appointment]) -> str | None:
    """Why a training of the past appoints nobody."""
    if not history:
        return None
    later = history[-1]
    return (
        f"Model {later.model_id} was appointed from {later.effective_from:%Y-%m-%d %H:%M} UTC on; a training as of an earlier "
        "time does not change who reigned."
    )
