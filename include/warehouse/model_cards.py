"""What model cards and their index read: everything of a model but its bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from include.errors import UnknownModel
from include.warehouse.connection import Connection
from include.warehouse.minutes import known_source_of
from include.warehouse.models import results_of
from include.warehouse.statements import statement

Row = dict[str, Any]

MOST_LISTED = 200  # as in registered_models.sql
LARGEST_NUMBER = 2**63 - 1  # of a bigint


@dataclass(frozen=True)
class CardFacts:
    """A model and what the registry knows of it.

    Attributes
    ----------
    model
        The row of `models`, with artifact_bytes (None: not kept) for the artifact.
    reigns
        symbol, effective_from and effective_to (None: it still reigns), oldest first.
    evaluations, promotions
        As `results_of` gives them.
    source_kind
        simulated, replay or cortex; None before the first load.
    """

    model: Row
    reigns: list[Row]
    evaluations: list[Row]
    promotions: list[Row]
    source_kind: str | None


def read_card(connection: Connection, model_id: int) -> CardFacts:
    """The facts of a model's card; raises UnknownModel where no model has the number."""
    found = _rows(connection, "card_model", {"model_id": model_id}) if 0 < model_id <= LARGEST_NUMBER else []
    if not found:
        raise UnknownModel(
            f"No model {model_id} is registered; `cortex-signals status --json` has the numbers of the champions, "
            "and the table models those of all."
        )
    source = known_source_of(connection)
    return CardFacts(
        model=found[0],
        reigns=_rows(connection, "card_reigns", {"model_id": model_id}),
        **results_of(connection, model_id),
        source_kind=source[0] if source else None,
    )


def registered_models(connection: Connection, ids: Sequence[int] | None = None) -> list[Row]:
    """The models of those numbers, unknown ones left out; None: all. The reigning first, then the newest, MOST_LISTED at most."""
    known = None if ids is None else [number for number in ids if 0 < number <= LARGEST_NUMBER]
    return _rows(connection, "registered_models", {"ids": known})


def _rows(connection: Connection, name: str, values: Row) -> list[Row]:
    return [row._asdict() for row in connection.execute(statement(name), values)]
