"""Airflow's own database cleaned by Airflow's own command, in a process that knows where it is.

A task does not: Airflow keeps the address from it. Where `make up` runs the stack, the environment that it wrote for its
programs has it; elsewhere the command runs in the scheduler's environment (docs/upkeep.md).
"""

from __future__ import annotations

import json
import logging
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from include.errors import AddressUnknown, CortexSignalsError

log = logging.getLogger(__name__)

ADDRESS = "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"
KEPT_FROM_TASKS = "airflow-db-not-allowed:"
# Not `dag`, whose rows other tables refer to: without a list the command fails on it. A run takes its tasks along.
TABLES = (
    "dag_run", "task_instance", "task_instance_history", "task_reschedule", "xcom", "trigger", "asset_event", "log", "job",
    "import_error", "callback", "dag_version",
)  # fmt: skip
ROWS_A_BATCH = 5_000
FOUND = re.compile(r"^Found (\d+) rows meeting deletion criteria", re.MULTILINE)


def clean_metadata(
    home: Path, kept: timedelta, *, dry_run: bool = False, timeout_seconds: float = 3600
) -> dict[str, int]:
    """Remove runs, tasks, XComs and events from before `kept` ago, by the wall clock; a DAG's newest scheduled run stays.

    Parameters
    ----------
    home
        The launcher's folder.

    Returns
    -------
    rows that went, or would go; what goes with them by a foreign key is not counted.

    Raises
    ------
    AddressUnknown
        The address of Airflow's database is not known here.
    CortexSignalsError
        The command failed on a table, or did not end in time; the others are cleaned.
    """
    until = datetime.now(UTC) - kept
    command = [
        *(sys.executable, "-m", "airflow", "db", "clean", "--clean-before-timestamp", until.isoformat()),
        *(
            "--tables",
            ",".join(TABLES),
            "--batch-size",
            str(ROWS_A_BATCH),
            "--skip-archive",
            "--error-on-cleanup-failure",
        ),
        "--dry-run" if dry_run else "--yes",
    ]
    try:
        done = subprocess.run(
            command, env=_environment(home), capture_output=True, text=True, check=False, timeout=timeout_seconds
        )
    except subprocess.TimeoutExpired as error:
        raise CortexSignalsError(
            f"`airflow db clean` did not end in {timeout_seconds:.0f} s and was stopped; it is safe to run this again."
        ) from error
    log.info("%s", done.stdout)
    if done.returncode:
        raise CortexSignalsError(
            f"`airflow db clean` ended with {done.returncode}: {_last_line(done.stderr) or _last_line(done.stdout)}; run it by hand "
            "in the scheduler's environment to see all of it (docs/upkeep.md)."
        )
    return {"rows": sum(int(rows) for rows in FOUND.findall(done.stdout))}


def _environment(home: Path) -> dict[str, str]:
    """This process' own where it names the database, as the scheduler's does, else the launcher's programs'."""
    for environment in (os.environ, _launched(home)):
        address = environment.get(ADDRESS, "")
        if address and not address.startswith(KEPT_FROM_TASKS):
            return dict(environment)
    raise AddressUnknown(
        f"The address of Airflow's own database is not known here ({ADDRESS}); run `cortex-signals maintain clean_metadata` in the "
        "scheduler's environment, as docs/upkeep.md says."
    )


def _launched(home: Path) -> Mapping[str, str]:
    """What the launcher wrote for Airflow's processes; empty where it runs none."""
    try:
        return dict(json.loads((home / "environments.json").read_text(encoding="utf-8"))["airflow"])
    except (FileNotFoundError, ValueError, KeyError):
        return {}


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else ""
