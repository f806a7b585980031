"""features and labels → rows: what the recipes of one symbol and horizon are trained and judged on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from include.evaluation.cross_validate import TrainingTable, strided
from include.models.candidates import Recipe
from include.models.classes import classify
from include.settings import Cell
from include.warehouse.snapshots import Snapshot

VOLATILITY = "realised_volatility_60m"  # a minute's, of the last hour: what regimes and barriers are measured in

Seconds = npt.NDArray[np.int64]


class ChosenRows:
    """Some rows of a table that others choose from too: what is asked for is copied, the table is not.

    The horizons of a symbol share its features so: half a gigabyte each, of 2.5 years.
    """

    def __init__(self, table: npt.NDArray[np.float32], chosen: npt.NDArray[np.intp]) -> None:
        self._table = table
        self._chosen = chosen

    def __getitem__(self, rows: slice | npt.NDArray[np.intp]) -> npt.NDArray[np.float32]:
        return self._table[self._chosen[rows]]

    def column(self, position: int) -> npt.NDArray[np.float32]:
        """One column, shape (rows,)."""
        column: npt.NDArray[np.float32] = self._table[self._chosen, position]
        return column


@dataclass(frozen=True, eq=False)
class Rows:
    """The complete, labelled minutes of one symbol and horizon, in order of time.

    Attributes
    ----------
    ts
        Epoch seconds, shape (rows,).
    X
        Features of the rows, named by `columns`.
    forward_log_return
        Over the horizon, shape (rows,).
    levels
        Columns of minute_metrics as well, of those minutes, NaN for unknown.
    """

    ts: Seconds
    X: ChosenRows
    forward_log_return: npt.NDArray[np.float64]
    columns: tuple[str, ...]
    levels: Mapping[str, npt.NDArray[np.float32]]

    def classes(self, cell: Cell) -> npt.NDArray[np.int8]:
        """The class of each row for the cell's threshold, shape (rows,)."""
        return classify(self.forward_log_return, float(cell.threshold))

    @property
    def volatility(self) -> npt.NDArray[np.float32]:
        """Realised volatility a minute, shape (rows,)."""
        return self.X.column(self.columns.index(VOLATILITY))

    def seen_by(self, recipe: Recipe) -> tuple[ChosenRows | npt.NDArray[np.float32], tuple[str, ...]]:
        """What the recipe chooses its columns from, and their names."""
        if not recipe.levels:
            return self.X, self.columns
        return np.nan_to_num(np.column_stack([self.levels[name] for name in recipe.levels])), recipe.levels


def rows_of(snapshot: Snapshot, horizon_minutes: int) -> Rows:
    """The snapshot's complete minutes whose label over the horizon is known."""
    returns = snapshot.forward_log_returns[horizon_minutes]
    kept = np.flatnonzero(snapshot.features.complete & np.isfinite(returns))
    return Rows(
        snapshot.features.ts[kept],
        ChosenRows(snapshot.features.X, kept),
        returns[kept],
        snapshot.features.columns,
        {name: values[kept] for name, values in snapshot.levels.items()},
    )


def training_table(rows: Rows, recipe: Recipe, stride_minutes: int) -> TrainingTable:
    """The rows that the recipe is trained on: those of whole multiples of the stride, with what it sees of them."""
    kept = strided(np.arange(len(rows.ts)), rows.ts, stride_minutes)
    X, columns = rows.seen_by(recipe)
    return TrainingTable(rows.ts[kept], X[kept], columns, rows.forward_log_return[kept])


def pooled_table(tables: Sequence[TrainingTable]) -> TrainingTable:
    """The rows of several symbols together, in order of time; of the same minute in the order of the symbols."""
    ts = np.concatenate([table.ts for table in tables])
    order = np.argsort(ts, kind="stable")
    X, returns = (
        np.concatenate(parts)[order]
        for parts in ([table.X for table in tables], [table.forward_log_return for table in tables])
    )
    return TrainingTable(ts[order], X, tables[0].columns, returns)
