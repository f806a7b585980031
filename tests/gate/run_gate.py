"""One whole training over a market of which it is known what can be learned, and whom the gate let through."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from scipy.stats import beta

from include.cortex.address import Cortex
from include.lab.market import MARKETS, SYMBOL, EdgeMarket, Market
from include.launcher.postgres import EmbeddedPostgres
from include.models.candidates import RECIPES
from include.pipeline import Pipeline
from include.settings import PACKAGE, Settings, load_settings
from include.train import train
from include.warehouse.connection import Warehouse
from include.warehouse.migrate import migrate
from tests.gate.minutes import fill
from tests.integration.conftest import database
from tests.markets import served

CANDIDATES = tuple(name for name, recipe in RECIPES.items() if not recipe.is_baseline)
CERTAINTY = 0.95
MINUTE = timedelta(minutes=1)

# Called with (steps done, steps asked for, what is being done), as `train` does.
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Plan:
    """What a run trains on what; the same plan and seed give the same verdicts.

    Attributes
    ----------
    market, edge
        As `cortex-signals lab` takes them; edge None: its default.
    days
        History; `training.test_share` of it is judged on.
    grid, horizons, thresholds, candidates
        As `train` takes them.
    stride_minutes, folds, tuning_trials, min_events, min_event_days
        As in the settings' [training]; None: as shipped.
    """

    market: str = "noise"
    edge: float | None = None
    days: int = 120
    grid: bool = True
    horizons: tuple[int, ...] = ()
    thresholds: tuple[str, ...] = ()
    candidates: tuple[str, ...] = CANDIDATES
    stride_minutes: int | None = None
    folds: int | None = None
    tuning_trials: int | None = None
    min_events: int | None = None
    min_event_days: int | None = None

    def make_market(self, seed: int) -> Market:
        if self.edge is not None:
            return EdgeMarket(seed, SYMBOL, self.edge)
        return MARKETS[self.market](seed, SYMBOL)

    def settings(self) -> Settings:
        """The shipped ones with what the plan changes."""
        names = ("stride_minutes", "folds", "tuning_trials", "min_events", "min_event_days")
        changes: dict[str, Any] = {name: getattr(self, name) for name in names if getattr(self, name) is not None}
        shipped = load_settings(PACKAGE / "settings.toml")
        return replace(shipped, training=replace(shipped.training, **changes))

    def as_dict(self) -> dict[str, Any]:
        """As JSON gives it back."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()}


@dataclass(frozen=True)
class Run:
    """What came of one seed.

    Attributes
    ----------
    cells
        How many were trained.
    promoted
        One entry a cell in which a candidate became champion: horizon_minutes, threshold, candidate, may_trade, reason.
    verdicts
        How many there were of each kind (promotions.kind); those of a schema that has none are `unnamed`.
    cpu_seconds
        Of this process; PostgreSQL's come on top.
    """

    seed: int
    cells: int
    promoted: list[dict[str, Any]]
    verdicts: dict[str, int]
    seconds: float
    cpu_seconds: float

    def __str__(self) -> str:
        kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(self.verdicts.items()))
        said = f"seed {self.seed}: {len(self.promoted)} of {self.cells} cells promoted a candidate ({kinds})"
        lines = (
            f"    {p['horizon_minutes']} min ±{p['threshold']}: {p['candidate']}. {p['reason']}" for p in self.promoted
        )
        return "\n".join([f"{said}, {self.seconds:.0f} s, {self.cpu_seconds:.0f} s of CPU", *lines])


def run_gate(plan: Plan, seed: int, server: EmbeddedPostgres, progress: Progress | None = None) -> Run:
    """A new database, the market's minutes, one training; the database is dropped again."""
    began, cpu = time.monotonic(), time.process_time()
    market = plan.make_market(seed)
    start = datetime.fromtimestamp(market.first, UTC)
    end = start + timedelta(days=plan.days)
    with database(server) as dsn, served(market, end - MINUTE) as url:
        warehouse = Warehouse(dsn)
        migrate(warehouse)
        fill(warehouse, market, start, end)
        trained = train(
            Pipeline(plan.settings(), Cortex(url), warehouse, allow_simulated=True),
            horizons=plan.horizons,
            thresholds=[Decimal(threshold) for threshold in plan.thresholds],
            candidates=plan.candidates,
            grid=plan.grid,
            progress=progress,
        )
        promoted, verdicts = promotions(warehouse), verdict_kinds(warehouse)
    return Run(seed, len(trained), promoted, verdicts, time.monotonic() - began, time.process_time() - cpu)


def promotions(warehouse: Warehouse) -> list[dict[str, Any]]:
    """The cells in which a candidate that is no baseline became champion."""
    query = (
        "SELECT p.horizon_minutes, p.threshold::float8 AS threshold, p.candidate, p.may_trade, p.reason "
        "FROM promotions AS p INNER JOIN models AS m USING (model_id) WHERE p.is_accepted AND NOT m.is_baseline "
        "ORDER BY p.horizon_minutes, p.threshold"
    )
    with warehouse.transaction("reader") as connection:
        return [dict(row._asdict()) for row in connection.execute(query)]


def verdict_kinds(warehouse: Warehouse) -> dict[str, int]:
    """How many verdicts there were of each kind."""
    query = "SELECT coalesce(kind, 'unnamed') AS kind, count(*) AS verdicts FROM promotions GROUP BY 1"
    with warehouse.transaction("reader") as connection:
        return {row.kind: int(row.verdicts) for row in connection.execute(query)}


def share_bounds(promoting: int, runs: int) -> tuple[float, float]:
    """The least and the largest share of promoting runs that are believable, each one-sided at 95 % (Clopper and Pearson)."""
    least = 0.0 if promoting == 0 else float(beta.ppf(1 - CERTAINTY, promoting, runs - promoting + 1))
    largest = 1.0 if promoting == runs else float(beta.ppf(CERTAINTY, promoting + 1, runs - promoting))
    return least, largest
