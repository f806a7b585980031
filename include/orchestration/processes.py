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

from include.errors import CortexSignalsError, ProcessKilled
from include.pipeline import Pipeline

log = logging.getLogger(__name__)

NICENESS = "10"


def run_command(pipeline: Pipeline, arguments: Sequence[str]) -> Any:
    """Run `cortex-signals <arguments> --json` with the pipeline's addresses; what it answers.

    Raises
    ------
    CortexSignalsError
        It failed: its own error, so that what is worth another try gets one; ProcessKilled where a signal ended it.
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
        raise _why(arguments[0], process.returncode, answer, said)
    return json.loads(answer)


def _why(name: str, code: int, answer: str, said: Sequence[str]) -> CortexSignalsError:
    if code < 0:
        return ProcessKilled(
            f"The process of `{name}` was killed by signal {-code} (is memory short?); nothing of the cell in work was written."
        )
    try:
        told = json.loads(answer)
        return CortexSignalsError.of(told["error"], told["message"])
    except (ValueError, KeyError, TypeError):
        return CortexSignalsError(
            f"The process of `{name}` ended with {code}: {said[-1] if said else 'it said nothing'}."
        )


def _environment(pipeline: Pipeline) -> dict[str, str]:
    """The addresses travel in the environment, not in the process list."""
    cortex = pipeline.cortex
    given = {
        "CORTEX_URL": cortex.url,
        "CORTEX_TENANT": cortex.tenant,
        "CORTEX_USERNAME": cortex.username,
        "CORTEX_PASSWORD": cortex.password,
        "CORTEX_TOKEN": cortex.token,
        "CORTEX_CA_FILE": cortex.ca_file,
        "CORTEX_CLIENT_CERT": cortex.client_cert,
        "CORTEX_CLIENT_KEY": cortex.client_key,
        "CORTEX_HEADERS": json.dumps(dict(cortex.extra_headers)) if cortex.extra_headers else None,
        "WAREHOUSE_DSN": pipeline.warehouse.dsn,
        "WAREHOUSE_DIRECT_DSN": pipeline.warehouse.direct_dsn,
    }
    inherited = {name: value for name, value in os.environ.items() if name not in given}
    return {**inherited, **{name: value for name, value in given.items() if value}}


def _log_lines(stream: IO[str] | None, said: list[str]) -> None:
    for line in stream or ():
        if line.strip():
            said.append(line.strip())
            log.info("%s", line.rstrip())
