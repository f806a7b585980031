"""What a sitting needs of a running stack, whichever executor it has."""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import Any, Protocol

import psutil

from include.launcher.airflow_api import AirflowApi
from include.pipeline import Pipeline
from tests.chaos.clocks import Clocks
from tests.chaos.small_disk import SmallDisk

CLOCK_KINDS = ("pipeline-ahead", "pipeline-behind", "source-ahead", "source-behind")
DISK_KINDS = ("disk-full",)


class NothingThereError(RuntimeError):
    """What was to be hit was not there: the fault was not done, and does not count."""


class ChaosStack(Protocol):
    """A whole pipeline at real time, its programs restarted by whatever supervises them."""

    executor: str
    home: Path
    settings_file: Path
    clocks: Clocks
    disk: SmallDisk

    def start(self) -> None:
        """Returns when minutes are answered; raises AssertionError or an error in a sentence where they are not."""

    def stop(self) -> None:
        """Ends every process and mount of it; its folder stays."""

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Of the warehouse."""

    def api(self) -> AbstractContextManager[AirflowApi]: ...

    def pipeline(self) -> Pipeline:
        """For plain functions that are run beside it."""

    def kill(self, service: str) -> str:
        """SIGKILL to the main process of a service; what was hit. Raises NothingThereError where it does not run."""

    def kill_worker(self, rng: random.Random) -> str:
        """SIGKILL to something that runs tasks, or waits for some; what was hit."""

    def processes(self, *words: str) -> Sequence[psutil.Process]:
        """Those of the stack whose command line holds all the words."""

    def database_services(self) -> Collection[str]:
        """The PostgreSQL servers: one, or the warehouse's and the metadata's."""

    def administrator(self, what: str) -> tuple[str, str]:
        """The DSN of a superuser of the server of `warehouse` or `metadata`, and the name of that database."""

    def states(self) -> Mapping[str, str]:
        """RUNNING or another word, for each service."""

    def server_log(self) -> Path:
        """What the warehouse's PostgreSQL has written."""


def kill_any(found: Sequence[psutil.Process], rng: random.Random) -> int:
    """SIGKILL to one of them, whichever is still there; its number. Raises NothingThereError where none is."""
    for process in rng.sample(list(found), len(found)):
        with suppress(psutil.NoSuchProcess):
            process.kill()
            return process.pid
    raise NothingThereError("no such process ran")


def lacking() -> dict[str, str]:
    """The kinds that cannot be done on this machine, and why."""
    found: dict[str, str] = {}
    for kinds, why in ((CLOCK_KINDS, Clocks.why_not()), (DISK_KINDS, SmallDisk.why_not())):
        found |= dict.fromkeys(kinds, why) if why else {}
    return found
