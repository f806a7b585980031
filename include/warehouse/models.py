"""The registry: models, their scores, and who reigned when."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from include.errors import ChampionChanged, NotReady
from include.settings import Cell
from include.warehouse.connection import Connection, Warehouse
from include.warehouse.promotions import appointments, free_from, hold_answers, lock_cell
from include.warehouse.statements import statement

# What the scores of a fold, or of a recipe that was not asked for it, do not have: NULL.
POOLED_ALONE = (
    "recipe_hash", "trades", "trades_a_day", "win_rate", "mean_net_return_bps", "net_return_low_bps",
    "net_return_high_bps", "net_return", "sharpe", "max_drawdown", "hold_net_return", "hold_sharpe",
    "hold_max_drawdown", "deflated_sharpe", "lucky_sharpe", "trials", "placebo_skill", "placebo_low",
    "placebo_high", "daily_from", "daily_net_returns",
)  # fmt: skip


RUNNER_UP = "The most skill beside the champion's; signals.shadow asks for it."


@dataclass(frozen=True)
class Reign:
    """A model's time as champion, or as challenger, of a cell: from `effective_from` (UTC) until the next one's."""

    cell: Cell
    effective_from: datetime
    model_id: int
    candidate: str
    trained_to: datetime
    as_of: datetime
    feature_version: int
    feature_columns: tuple[str, ...]
    decision: Mapping[str, Any]
    artifact_format: str
    artifact_sha256: str

    @classmethod
    def of(cls, row: Any) -> Reign:
        """From a row of reigns.sql or challengers.sql."""
        values = row._asdict()
        cell = Cell(values.pop("horizon_minutes"), values.pop("threshold").normalize())
        return cls(cell=cell, feature_columns=tuple(values.pop("feature_columns")), **values)

    def may_answer(self, ts: datetime) -> bool:
        """Whether no training label of the model reaches to the minute `ts`."""
        return ts > self.trained_to + self.cell.horizon


def reigns(connection: Connection, symbol: str) -> dict[Cell, list[Reign]]:
    """Every champion that each cell has had, oldest first."""
    by_cell: dict[Cell, list[Reign]] = {}
    for row in connection.execute(statement("reigns"), {"symbol": symbol}):
        reign = Reign.of(row)
        by_cell.setdefault(reign.cell, []).append(reign)
    return by_cell


def reigning(history: Sequence[Reign], ts: datetime) -> Reign | None:
    """The champion of the minute `ts`; None before the first."""
    reigned = [reign for reign in history if reign.effective_from <= ts]
    return reigned[-1] if reigned else None


def artifact_of(connection: Connection, model_id: int) -> tuple[bytes, dict[str, list[float]] | None]:
    """The stored bytes of a model, and the quantiles of its inputs; None: registered before they were stored."""
    row = connection.execute(statement("stored_artifact"), {"model_id": model_id}).fetchone()
    assert row is not None
    if row.artifact is None:
        raise NotReady(
            f"The bytes of model {model_id} were collected, since nothing referred to it; its scores are kept."
        )
    return bytes(row.artifact), row.input_quantiles


@dataclass(frozen=True)
class StoredModel:
    """A registered model, whole.

    Attributes
    ----------
    feature_columns
        Its inputs, in order.
    version_columns, lookback_minutes, definition
        The version of the features that it was trained on: all columns, how far each looks back (None: not recorded),
        and the text.
    decision
        Its rule: cut-offs, class means, base rates, paper trades, and whether it may trade.
    artifact, artifact_collected_at
        None where only its scores are kept, and since when.
    input_quantiles
        Of each input in its training rows, see include/models/input_ranges.py; None: registered before they were stored.
    """

    model_id: int
    candidate: str
    is_baseline: bool
    symbol: str
    cell: Cell
    trained_from: datetime
    trained_to: datetime
    as_of: datetime
    snapshot_hash: str
    feature_version: int
    feature_hash: str
    feature_columns: tuple[str, ...]
    version_columns: tuple[str, ...]
    lookback_minutes: tuple[int, ...] | None
    definition: str
    code_revision: str
    parameters: Mapping[str, Any]
    decision: Mapping[str, Any]
    artifact: bytes | None
    artifact_format: str
    artifact_sha256: str
    artifact_collected_at: datetime | None
    input_quantiles: Mapping[str, Sequence[float]] | None

    @property
    def reach(self) -> datetime:
        """The last minute that it knows of: its cut-offs rest on labels up to as_of, a stride beyond its training's."""
        return max(self.as_of, self.trained_to + self.cell.horizon)

    @property
    def judged_symbol(self) -> str:
        """The symbol that its rule was chosen for; of a pooled model, whose `symbol` is `*`, the one that asked for it."""
        return str(self.parameters.get("judged_symbol", self.symbol))

    def kept_artifact(self) -> bytes:
        """The artifact; raises NotReady where it is not kept."""
        if self.artifact is None:
            raise NotReady(
                f"The bytes of model {self.model_id} were collected at {self.artifact_collected_at:%Y-%m-%d %H:%M} UTC, since it never "
                "reigned and no signal refers to it, and its scores are kept; run `cortex-signals train` with "
                f"--as-of {self.as_of:%Y-%m-%dT%H:%MZ} to train it again, or import its files."
            )
        return self.artifact


def stored_model(connection: Connection, model_id: int) -> StoredModel:
    """The model of that number; raises NotReady where there is none."""
    row = connection.execute(statement("stored_model"), {"model_id": model_id}).fetchone()
    if row is None:
        raise NotReady(
            f"No model {model_id} is registered; the table models has the numbers, and `cortex-signals status --json` the champions'."
        )
    values = row._asdict()
    cell = Cell(values.pop("horizon_minutes"), values.pop("threshold").normalize())
    lookbacks = values.pop("lookback_minutes")
    return StoredModel(
        cell=cell,
        lookback_minutes=tuple(lookbacks) if lookbacks else None,
        feature_columns=tuple(values.pop("feature_columns")),
        version_columns=tuple(values.pop("version_columns")),
        artifact=None if values["artifact"] is None else bytes(values["artifact"]),
        **{name: value for name, value in values.items() if name != "artifact"},
    )


def results_of(connection: Connection, model_id: int) -> dict[str, list[dict[str, Any]]]:
    """Rows of model_evaluations (the model's and the baselines' of its training run) and of promotions, as JSON has them."""
    key = {"model_id": model_id}
    return {
        "evaluations": [row.evaluation for row in connection.execute(statement("model_evaluations_of"), key)],
        "promotions": [row.promotion for row in connection.execute(statement("promotions_of"), key)],
    }


def register_model(connection: Connection, model: Mapping[str, Any]) -> tuple[int, Any]:
    """Register a model without a verdict, once; its number, and the row that was there before it (None: it is new).

    Two that register the same at once wait for each other.

    Parameters
    ----------
    model
        The columns of `models` but its number and time; without `input_quantiles` that is NULL.
    """
    connection.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"model {model['artifact_sha256']}"])
    known = connection.execute(statement("same_model"), model).fetchone()
    if known is not None:
        return int(known.model_id), known
    row = connection.execute(statement("insert_model"), _with_json({"input_quantiles": None, **model})).fetchone()
    assert row is not None
    return int(row.model_id), None


@dataclass(frozen=True)
class Verdicts:
    """What a training run found about one cell: written as one unit.

    `models` (by candidate), `evaluations` and `promotions` hold the columns of their tables; a model's id is filled in
    where `candidate` is its own, and the columns of POOLED_ALONE are NULL in an evaluation that lacks them. `challenger`
    is the candidate of `models` that runs in shadow from now on; None: what runs in shadow is left as it is.
    """

    run_id: str
    symbol: str
    cell: Cell
    as_of: datetime
    newest_appointment: int | None
    effective_from: Callable[[], datetime]
    models: Mapping[str, Mapping[str, Any]]
    evaluations: Sequence[Mapping[str, Any]]
    promotions: Sequence[Mapping[str, Any]]
    challenger: str | None = None


def record_verdicts(warehouse: Warehouse, verdicts: Verdicts) -> None:
    """Register the models with all scores and verdicts of their cell in one transaction; of a run once.

    Raises
    ------
    ChampionChanged
        Another training or a person appointed a model in the cell since this training began; nothing is written.
    """
    with warehouse.transaction("writer") as connection:
        lock_cell(connection, verdicts.symbol, verdicts.cell)
        if verdicts.cell in recorded_champions(connection, UUID(verdicts.run_id), verdicts.symbol):
            return
        _require_unchanged(connection, verdicts)
        common = {
            "run_id": verdicts.run_id,
            "symbol": verdicts.symbol,
            "horizon_minutes": verdicts.cell.horizon_minutes,
            "threshold": Decimal(verdicts.cell.threshold),
            "as_of": verdicts.as_of,
        }
        ids: dict[str, int] = {}
        for candidate, model in verdicts.models.items():
            row = connection.execute(statement("insert_model"), _with_json({**common, **model})).fetchone()
            assert row is not None
            ids[candidate] = int(row.model_id)
        for entry in verdicts.evaluations:
            scored = {**dict.fromkeys(POOLED_ALONE), **common, **entry, "model_id": ids.get(entry["candidate"])}
            connection.execute(statement("insert_evaluation"), _with_json(scored))
        effective = {"effective_from": _effective_from(connection, verdicts)}
        for entry in verdicts.promotions:
            said = {**common, **effective, **entry, "model_id": ids.get(entry["candidate"])}
            connection.execute(statement("insert_promotion"), _with_json(said))
        if verdicts.challenger:
            said = {"model_id": ids[verdicts.challenger], "reason": RUNNER_UP}
            connection.execute(statement("insert_challenger"), {**common, **effective, **said})


def _effective_from(connection: Connection, verdicts: Verdicts) -> datetime:
    """Of an appointment after every answered minute of the cell; minutes are answered again once it is committed."""
    if not any(entry["is_accepted"] for entry in verdicts.promotions):
        return verdicts.effective_from()
    hold_answers(connection, verdicts.symbol)
    return free_from(connection, verdicts.symbol, verdicts.cell, verdicts.effective_from())


def _require_unchanged(connection: Connection, verdicts: Verdicts) -> None:
    newest = max((one.promotion_id for one in appointments(connection, verdicts.symbol, verdicts.cell)), default=None)
    if newest != verdicts.newest_appointment:
        raise ChampionChanged(
            f"The champion of {verdicts.symbol} {verdicts.cell} was changed while its recipes were compared with the one before; "
            "nothing of the cell was written, run the training again."
        )


def recorded_champions(connection: Connection, run_id: UUID, symbol: str) -> dict[Cell, dict[str, Any]]:
    """The cells that a training run has recorded for a symbol, and who came to reign in them: candidate, model and why."""
    found = connection.execute(statement("recorded_champions"), {"run_id": run_id, "symbol": symbol})
    cells = {}
    for row in found:
        values = row._asdict()
        cells[Cell(values.pop("horizon_minutes"), values.pop("threshold").normalize())] = values
    return cells


def _with_json(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values with mappings as what jsonb columns take."""
    return {name: Jsonb(value) if isinstance(value, Mapping) else value for name, value in values.items()}
