"""Upkeep: what `maintain` and the DAG maintain_warehouse do, a step at a time; each step may be run again, or alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from include.airflow_metadata import clean_metadata as clean_airflow
from include.backup import back_up as write_backup
from include.errors import AddressUnknown, CortexSignalsError, WarehouseRefused
from include.old_logs import clean_logs as remove_logs
from include.pipeline import Pipeline
from include.settings import Environment, read_environment
from include.upkeep_names import STEPS
from include.warehouse import timescale, upkeep


@dataclass(frozen=True)
class Done:
    """What a step did, or would do: counts by what they count. `skipped`: why it had nothing to do at all, else None."""

    step: str
    counts: Mapping[str, int] = field(default_factory=dict)
    skipped: str | None = None

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


def maintain(pipeline: Pipeline, step: str, *, dry_run: bool = False) -> Done:
    """Do that step of `STEPS`; raises CortexSignalsError where it failed, and what it did until then stays done."""
    return _STEPS[step](pipeline, dry_run)


def maintain_all(
    pipeline: Pipeline, steps: Sequence[str] = (), *, dry_run: bool = False
) -> tuple[list[Done], dict[str, CortexSignalsError]]:
    """Do those steps, or all, whatever fails; what was done, and what failed by step.

    Of all, one whose work is done elsewhere is no failure; asked for by name it is one.
    """
    done: list[Done] = []
    failed: dict[str, CortexSignalsError] = {}
    for step in steps or STEPS:
        try:
            done.append(maintain(pipeline, step, dry_run=dry_run))
        except AddressUnknown as error:
            if steps:
                failed[step] = error
            else:
                done.append(Done(step, skipped=str(error)))
        except CortexSignalsError as error:
            failed[step] = error
    return done, failed


def collect_artifacts(pipeline: Pipeline, dry_run: bool) -> Done:
    """Give up the bytes of models that nothing needs."""
    kept = pipeline.settings.upkeep.artifacts
    if kept is None:
        return Done("collect_artifacts", skipped="upkeep.keep_artifacts_days is 0")
    symbols = [symbol.name for symbol in pipeline.settings.symbols]
    return Done("collect_artifacts", upkeep.collect_artifacts(pipeline.warehouse, kept, symbols, dry_run=dry_run))


def drop_expired(pipeline: Pipeline, dry_run: bool) -> Done:
    """Drop the rows that the settings do not keep: none of minutes and signals as shipped."""
    settings = pipeline.settings.upkeep
    kept = {name: getattr(settings, name) for name in ("minutes", "signals", "checks", "windows")}
    if not any(kept.values()):
        return Done("drop_expired", skipped="the settings keep all rows for ever")
    cutoffs = upkeep.cutoffs(pipeline.warehouse, kept)
    drop = upkeep.count_expired if dry_run else upkeep.drop_expired
    return Done("drop_expired", drop(pipeline.warehouse, cutoffs))


def refresh_candles(pipeline: Pipeline, dry_run: bool) -> Done:
    """Fill TimescaleDB's stored candles where minutes came, went or changed long ago."""
    if not pipeline.settings.timescale.stored_candles:
        return Done("refresh_candles", skipped="timescale.stored_candles is false")
    return Done("refresh_candles", {"refreshed": 0 if dry_run else len(timescale.refresh_candles(pipeline.warehouse))})


def vacuum_and_analyse(pipeline: Pipeline, dry_run: bool) -> Done:
    """Vacuum and analyse the tables that changed by more than a fiftieth since they were.

    Raises
    ------
    WarehouseRefused
        Some of them belong to another login; the others are done.
    """
    ours, others = upkeep.tables_due(pipeline.warehouse)
    left = [] if dry_run else upkeep.vacuum(pipeline.warehouse, ours)
    if others:
        raise WarehouseRefused(
            f"The tables {', '.join(others)} at {pipeline.warehouse.place} are due for a vacuum and belong to another login; set "
            "WAREHOUSE_DSN (in Airflow, the connection warehouse) to the schema's owner, or leave them to autovacuum."
        )
    return Done("vacuum_and_analyse", {"tables": len(ours) - len(left), "held_by_others": len(left)})


def clean_logs(pipeline: Pipeline, dry_run: bool) -> Done:
    """Remove Airflow's old log files from this machine."""
    kept = pipeline.settings.upkeep.logs
    if kept is None:
        return Done("clean_logs", skipped="upkeep.keep_logs_days is 0")
    return Done("clean_logs", remove_logs(log_folder(read_environment()), kept, dry_run=dry_run))


def log_folder(environment: Environment) -> Path:
    """Airflow's on this machine: the one that `make up` made, else what Airflow's own variables name."""
    launched = environment.home / "airflow" / "logs"
    return launched if launched.is_dir() else environment.airflow_logs or launched


def clean_metadata(pipeline: Pipeline, dry_run: bool) -> Done:
    """Clean Airflow's own database by its own command."""
    kept = pipeline.settings.upkeep.metadata
    if kept is None:
        return Done("clean_metadata", skipped="upkeep.keep_metadata_days is 0")
    return Done("clean_metadata", clean_airflow(read_environment().home, kept, dry_run=dry_run))


def back_up(pipeline: Pipeline, dry_run: bool) -> Done:
    """Write a backup where a folder is set for them."""
    folder = read_environment().backups
    if folder is None:
        return Done("back_up", skipped="CORTEX_SIGNALS_BACKUPS is not set")
    if dry_run:
        return Done("back_up", {"backups": 1})
    written = write_backup(pipeline.warehouse, folder, pipeline.settings.upkeep.backups)
    return Done("back_up", {"backups": 1, "bytes": written.bytes, "removed": written.removed})


_STEPS: Mapping[str, Callable[[Pipeline, bool], Done]] = {
    step.__name__: step
    for step in (
        collect_artifacts,
        drop_expired,
        refresh_candles,
        vacuum_and_analyse,
        clean_logs,
        clean_metadata,
        back_up,
    )
}
