"""Pipelines over a test's lab and database, with settings small enough for a test."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from include.cortex.address import Cortex
from include.pipeline import Pipeline
from include.settings import Settings, load_settings
from include.warehouse.connection import Warehouse


def small_settings(**training: Any) -> Settings:
    """The shipped settings with fewer folds, a shorter first load and one attempt a request."""
    settings = load_settings()
    return replace(
        settings,
        ingest=replace(settings.ingest, first_load=timedelta(days=3), attempts=1, timeout_seconds=30),
        training=replace(
            settings.training, **{"folds": 2, "min_train": timedelta(days=4), "stride_minutes": 15, **training}
        ),
    )


def make_pipeline(url: str, dsn: str, settings: Settings | None = None, **changes: Any) -> Pipeline:
    """A pipeline that may begin with simulated minutes."""
    defaults: dict[str, Any] = {"allow_simulated": True}
    return Pipeline(settings or small_settings(), Cortex(url), Warehouse(dsn), **{**defaults, **changes})


def rows(warehouse: Warehouse, query: str, values: Any = None) -> list[tuple[Any, ...]]:
    """All rows of a query, as plain tuples."""
    with warehouse.transaction() as connection:
        return [tuple(row) for row in connection.execute(query, values)]  # type: ignore[arg-type]
