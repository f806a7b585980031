"""Long computations in a fresh, niced process, so that they cost the live DAGs no minute.

Threads of LightGBM do not survive the fork by which Airflow starts a task, and a task that is killed must leave
nothing behind: the command line is started anew and does the work.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from collections.abc import Sequence
from threading import Thread
from typing import IO, Any

from include.errors import CortexSignalsError
from include.pipeline import Pipeline

log = logging.getLogger(__name__)

NICENESS = "10"


def run_command(pipeline: Pipeline, arguments: Sequence[str]) -> Any:
    """Run `cortex-signals <arguments> --json` with the pipeline's addresses; what it answers.

    Raises
    ------
    CortexSignalsError
        It failed; the message is its own sentence.
    """
    command = ["nice", "-n", NICENESS, sys.executable, "-m", "include.cli", *arguments, "--json"]
    said: list[str] = []
    with subprocess.Popen(
        command, env=_environment(pipeline), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        reader = Thread(target=_log_lines, args=(process.stderr, said))
        reader.start()
        try:
            answer = process.stdout.read() if process.stdout else ""
        finally:
            if process.poll() is None and sys.exc_info()[0] is not None:
                process.terminate()
            reader.join()
    if process.returncode:
        raise CortexSignalsError(
            said[-1] if said else f"cortex-signals {arguments[0]} ended with {process.returncode}; see the task's log."
        )
    return json.loads(answer)


def _environment(pipeline: Pipeline) -> dict[str, str]:
    """The addresses travel in the environment, not in the process list."""
    cortex = pipeline.cortex
    given = {
        "CORTEX_URL": cortex.url,
        "CORTEX_TENANT": cortex.tenant,
        "CORTEX_USERNAME": cortex.username,
        "CORTEX_PASSWORD": cortex.password,
        "CORTEX_TOKEN": cortex.token,
        "WAREHOUSE_DSN": pipeline.warehouse.dsn,
    }
    return {**os.environ, **{name: value for name, value in given.items() if value}}


def _log_lines(stream: IO[str] | None, said: list[str]) -> None:
    for line in stream or ():
        if line.strip():
            said.append(line.strip())
            log.info("%s", line.rstrip())
