"""From an Airflow that runs to its first signals: ``python -m include.launcher.begin AIRFLOW_URL``, safe to run again.

For the containers of docker-compose.yaml, where others started what `make up` starts here. The addresses come from
CORTEX_URL and WAREHOUSE_DSN, the login is `admin` with ADMIN_PASSWORD.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field

from include.cortex.client import CortexClient
from include.errors import CortexSignalsError, SettingsError
from include.launcher.airflow import USERNAME
from include.launcher.airflow_api import AirflowApi
from include.launcher.databases import Warehouse
from include.launcher.first_run import FirstRun
from include.launcher.home import Home
from include.launcher.source import Source
from include.launcher.terminal import Terminal
from include.pipeline import given_cortex
from include.settings import Environment, load_settings, read_environment


@dataclass(frozen=True, repr=False)
class RunningStack:
    """What a first run must know of processes that others started."""

    home: Home
    source: Source
    warehouse: Warehouse
    web_url: str
    embedded_warehouse: bool = False
    airflow_environment: Mapping[str, str] = field(default_factory=dict)


def main(arguments: list[str]) -> int:
    """0 done, 1 failed with one sentence on stderr."""
    try:
        begin(running_stack(read_environment(), arguments[0]), os.environ.get("ADMIN_PASSWORD", ""), Terminal())
    except CortexSignalsError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def running_stack(environment: Environment, web_url: str) -> RunningStack:
    """Raises SettingsError where an address is not set, SourceError where the source does not say what it is."""
    cortex, dsn = given_cortex(environment), environment.warehouse_dsn
    if cortex is None or dsn is None:
        raise SettingsError("CORTEX_URL and WAREHOUSE_DSN say where source and warehouse are; set both.")
    with CortexClient(cortex) as client:
        kind = client.identity().kind
    # The lab's clock is its own, whoever started it.
    source = Source(kind, cortex, lab_options=None if kind == "cortex" else ())
    return RunningStack(Home(environment.home), source, Warehouse(dsn, dsn, dsn), web_url)


def begin(stack: RunningStack, password: str, terminal: Terminal) -> None:
    """Loads, trains and turns the DAGs on; where signals are there already, nothing is changed."""
    api = AirflowApi(stack.web_url, USERNAME, password)
    settings = load_settings()
    stack.home.folder.mkdir(parents=True, exist_ok=True)
    first_run = FirstRun(stack, settings, api, terminal)
    if first_run.has_signals():
        terminal.say(f"There are signals already; nothing was changed.{first_run.told_paused()}")
        return
    first_run.run()
    terminal.say("Signals are written each minute.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
