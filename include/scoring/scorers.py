"""The models that may answer a minute: the champion that reigned then, and the challenger beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from include.models.artifacts import load
from include.models.candidates import Classifier
from include.models.input_ranges import InputQuantiles
from include.settings import Cell
from include.warehouse.connection import Connection
from include.warehouse.models import Reign, artifact_of, reigning, reigns
from include.warehouse.promotions import newest_appointment
from include.warehouse.scoring import challenges


@dataclass(frozen=True, eq=False)
class Scorer:
    """A loaded model and the ranges of its inputs; None: registered before they were stored."""

    model: Classifier
    input_quantiles: InputQuantiles | None


class Scorers:
    """Champions and challengers of a symbol, each loaded once and only when it is asked.

    `appointed`: number of the newest appointment when they were read.
    """

    def __init__(
        self,
        reigns: Mapping[Cell, Sequence[Reign]],
        challenges: Mapping[Cell, Sequence[tuple[datetime, Reign | None]]],
        appointed: int | None,
    ) -> None:
        self._reigns = reigns
        self._challenges = challenges
        self.appointed = appointed
        self._loaded: dict[int, Scorer] = {}

    @classmethod
    def read(cls, connection: Connection, symbol: str) -> Scorers:
        """As the warehouse has them now; an appointment that comes meanwhile counts as not yet known."""
        appointed = newest_appointment(connection, symbol)
        return cls(reigns(connection, symbol), challenges(connection, symbol), appointed)

    def cells(self, live: Sequence[Cell]) -> list[Cell]:
        """Those that have had a champion."""
        return [cell for cell in live if cell in self._reigns]

    def first_reign(self, cells: Sequence[Cell]) -> datetime:
        """When the first champion of any of the cells began to reign."""
        return min(self._reigns[cell][0].effective_from for cell in cells)

    def champion(self, cell: Cell, ts: datetime) -> Reign | None:
        """The champion that may answer the minute; None where none reigned or its training reaches too far."""
        reign = reigning(self._reigns[cell], ts)
        return reign if reign and reign.may_answer(ts) else None

    def challenger(self, cell: Cell, ts: datetime) -> Reign | None:
        """The challenger that may answer the minute; None where none was appointed, it reigns, or it knows too much."""
        appointed = [challenge for since, challenge in self._challenges.get(cell, ()) if since <= ts]
        newest, champion = appointed[-1] if appointed else None, self.champion(cell, ts)
        if newest is None or champion is None or newest.model_id == champion.model_id or not newest.may_answer(ts):
            return None
        return newest

    def loaded(self, connection: Connection, reign: Reign) -> Scorer:
        """Raises ArtifactRefused where its stored bytes are not what was registered."""
        if reign.model_id not in self._loaded:
            artifact, quantiles = artifact_of(connection, reign.model_id)
            model = load(artifact, reign.artifact_format, reign.artifact_sha256)
            self._loaded[reign.model_id] = Scorer(model, quantiles)
        return self._loaded[reign.model_id]
