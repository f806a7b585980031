"""What a run consists of: its source, databases, ports, programs and their environments."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from include.launcher import airflow
from include.launcher.databases import Warehouse, locate_warehouse
from include.launcher.files import write_private_json
from include.launcher.home import CHECKOUT, Home
from include.launcher.ports import LOOPBACK, Ports
from include.launcher.postgres import EmbeddedPostgres
from include.launcher.secrets import Secrets, load_secrets
from include.launcher.source import Source, choose_source
from include.launcher.supervision import Program, render
from include.pipeline import CORTEX_PARTS
from include.settings import Environment

# Only the scheduler has something to finish: tasks of a second or two.
STOP_SECONDS = {"api-server": 4, "scheduler": 8, "dag-processor": 4, "triggerer": 4}
# A change in one of these is taken up by a restart; DAG files are read anew by Airflow itself.
CODE = ("include/**/*.py", "include/**/*.sql", "include/*.toml", "plugins/**/*.py", "requirements.txt")


@dataclass(frozen=True, repr=False)
class Plan:
    """Everything that `up` starts. Two equal fingerprints mean that a running one need not be restarted."""

    home: Home
    secrets: Secrets
    source: Source
    postgres: EmbeddedPostgres
    embedded_warehouse: bool
    warehouse: Warehouse
    ports: Ports
    programs: tuple[Program, ...]
    environments: Mapping[str, Mapping[str, str]]
    supervisor_config: str
    fingerprint: str

    @property
    def airflow_environment(self) -> dict[str, str]:
        """Of each Airflow process, whole."""
        return {**airflow.inherited_environment(), **self.environments["airflow"]}

    @property
    def web_url(self) -> str:
        return f"http://{LOOPBACK}:{self.ports.web}"

    @property
    def metrics_url(self) -> str:
        return f"http://{LOOPBACK}:{self.ports.metrics}/metrics"

    def is_launched(self) -> bool:
        """Whether what was started last is exactly this."""
        launched = self.home.launched
        return launched.exists() and launched.read_text(encoding="utf-8") == self.fingerprint

    def write_files(self) -> None:
        """What the programs and the command line read."""
        inherited = airflow.inherited_environment()
        environments = {name: {**inherited, **own} for name, own in self.environments.items()}
        write_private_json(self.home.program_environments, environments)
        write_private_json(self.home.addresses, self.addresses())
        airflow.prepare_files(self.home, self.secrets)

    def addresses(self) -> dict[str, object]:
        """The content of addresses.json."""
        cortex = {f"cortex_{part}": getattr(self.source.cortex, part) for part in ("url", *CORTEX_PARTS)}
        return {
            "airflow_url": self.web_url,
            "airflow_login": {"username": airflow.USERNAME, "password": self.secrets.admin_password},
            **{name: value for name, value in cortex.items() if value},
            "metrics_url": self.metrics_url,
            "source_kind_expected": self.source.kind,
            "warehouse": {
                "owner": self.warehouse.owner,
                "writer": self.warehouse.writer,
                "reader": self.warehouse.reader,
            },
        }


def make_plan(home: Home, environment: Environment, ports: Ports, allow_simulated: bool) -> Plan:
    """The plan for these addresses and ports; starts nothing."""
    source = choose_source(environment, ports.lab, allow_simulated)
    secrets = load_secrets(home.secrets)
    postgres = EmbeddedPostgres(home.database, password=secrets.postgres_password, port=ports.postgres)
    postgres.log = home.logs / "postgres.log"
    warehouse = locate_warehouse(environment, postgres, secrets, source)
    programs = tuple(_programs(home, postgres, source, ports))
    embedded = environment.warehouse_dsn is None
    # The embedded database is the source's own; into the user's only what was asked for.
    own = _own_settings(environment, simulated_may_enter=allow_simulated or (embedded and source.is_lab))
    environments = {
        "airflow": {
            **airflow.settings(home, postgres, secrets, ports.web),
            **airflow.connections(source, warehouse),
            **airflow.environment(home),
            **own,
        },
        "lab": {"PYTHONPATH": str(CHECKOUT), "OMP_NUM_THREADS": "1", **own},
        "metrics": {
            "PYTHONPATH": str(CHECKOUT),
            "OMP_NUM_THREADS": "1",
            "CORTEX_SIGNALS_HOME": str(home.folder),
            **own,
        },
    }
    config = render(home, programs)
    return Plan(
        home=home,
        secrets=secrets,
        source=source,
        postgres=postgres,
        embedded_warehouse=embedded,
        warehouse=warehouse,
        ports=ports,
        programs=programs,
        environments=environments,
        supervisor_config=config,
        fingerprint=_fingerprint(config, environments, environment.settings_file),
    )


def _own_settings(environment: Environment, simulated_may_enter: bool) -> dict[str, str]:
    own = {"CORTEX_SIGNALS_SETTINGS": str(environment.settings_file.resolve())}
    if simulated_may_enter:
        own["CORTEX_SIGNALS_ALLOW_SIMULATED"] = "1"
    if environment.backups:
        own["CORTEX_SIGNALS_BACKUPS"] = str(environment.backups)
    if environment.heartbeat_url:
        own["CORTEX_SIGNALS_HEARTBEAT_URL"] = environment.heartbeat_url
    return own


def database_program(postgres: EmbeddedPostgres) -> Program:
    return Program(
        name="postgres",
        command=postgres.command_line(),
        folder=postgres.folder,
        environment=postgres.environment(),
        user=postgres.account.name if postgres.account else None,
        stop_signal="INT",  # cuts connections and stops at once
        stop_seconds=30,
        as_group=False,
    )


def _programs(home: Home, postgres: EmbeddedPostgres, source: Source, ports: Ports) -> Iterator[Program]:
    yield database_program(postgres)
    if source.lab_options is not None:
        command = [sys.executable, "-m", "include.lab", "--port", str(ports.lab), *source.lab_options]
        yield Program("lab", _in_environment(home, "lab", command), home.folder)
    for name, arguments in airflow.COMPONENTS.items():
        command = [sys.executable, "-m", "airflow", *arguments]
        yield Program(name, _in_environment(home, "airflow", command), home.airflow, stop_seconds=STOP_SECONDS[name])
    command = [sys.executable, "-m", "include.cli", "metrics", "--port", str(ports.metrics)]
    yield Program("metrics", _in_environment(home, "metrics", command), home.folder)


def _in_environment(home: Home, name: str, command: list[str]) -> list[str]:
    runner = CHECKOUT / "include" / "launcher" / "run_program.py"
    return [sys.executable, str(runner), str(home.program_environments), name, *command]


def _fingerprint(config: str, environments: Mapping[str, Mapping[str, str]], settings_file: Path) -> str:
    digest = hashlib.sha256(config.encode())
    digest.update(json.dumps(environments, sort_keys=True).encode())
    for file in [settings_file, *_code_files()]:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _code_files() -> list[Path]:
    return sorted({file for pattern in CODE for file in CHECKOUT.glob(pattern) if file.is_file()})
