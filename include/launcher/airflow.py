"""How Airflow runs here: its four processes, their settings and secrets, and what the scheduler preloads.

Settings are given by the environment alone; every process has the same.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, NoReturn

from include.errors import LaunchError, SettingsError
from include.launcher.databases import METADATA, Warehouse, connection_parts
from include.launcher.files import read_json, write_private_json
from include.launcher.home import CHECKOUT, Home
from include.launcher.ports import LOOPBACK
from include.launcher.postgres import EmbeddedPostgres, last_line
from include.launcher.secrets import Secrets, new_password
from include.launcher.source import Source
from include.settings import PACKAGE

USERNAME = "admin"
# In the order of their start: the others need the API server to be there.
COMPONENTS: Mapping[str, tuple[str, ...]] = {
    "api-server": ("api-server",),
    "scheduler": ("scheduler", "--skip-serve-logs"),
    "dag-processor": ("dag-processor",),
    "triggerer": ("triggerer", "--skip-serve-logs"),
}
# Loggers that write several lines a second when nothing happens.
QUIET = " ".join(
    f"{name}=WARNING"
    for name in ("http.access", "airflow.serialization", "airflow.models", "airflow.jobs", "airflow.dag_processing")
)
POOLS: Mapping[str, Mapping[str, Any]] = json.loads((PACKAGE / "pools.json").read_text(encoding="utf-8"))
LOCAL_SETTINGS = PACKAGE / "orchestration" / "local_settings"


def settings(home: Home, postgres: EmbeddedPostgres, secrets: Secrets, web_port: int) -> dict[str, str]:
    """Airflow's configuration as environment variables."""
    url = f"http://{LOOPBACK}:{web_port}"
    sections: dict[str, dict[str, object]] = {
        "core": {
            "dags_folder": CHECKOUT / "dags",
            "plugins_folder": CHECKOUT / "plugins",
            "load_examples": False,
            "executor": "LocalExecutor",
            "parallelism": 4,
            "fernet_key": secrets.fernet_key,
            "execution_api_server_url": f"{url}/execution/",
            "simple_auth_manager_users": ",".join([f"{USERNAME}:admin", *further_users()]),
            "simple_auth_manager_passwords_file": passwords_file(home),
        },
        "database": {"sql_alchemy_conn": metadata_url(postgres, secrets)},
        "api": {
            "host": LOOPBACK,
            "port": web_port,
            "base_url": url,
            "workers": 1,
            "secret_key": secrets.secret_key,
        },
        "api_auth": {"jwt_secret": secrets.jwt_secret},
        "dag_processor": {
            "parsing_processes": 1,
            "refresh_interval": 30,
            "dag_bundle_storage_path": home.airflow / "bundles",
        },
        "scheduler": {
            "scheduler_idle_sleep_time": 0.2,
            # A task that was killed with its machine is noticed after a minute, not after five: it holds its pool.
            "task_instance_heartbeat_timeout": 60,
            # What a killed scheduler had queued is looked for after half a minute, not after five: it holds its DAG.
            "orphaned_tasks_check_interval": 30,
        },
        "logging": {"base_log_folder": home.airflow / "logs", "namespace_levels": QUIET},
        "usage_data_collection": {"enabled": False},
    }
    return {
        f"AIRFLOW__{section}__{name}".upper(): str(value)
        for section, entries in sections.items()
        for name, value in entries.items()
    }


def metadata_url(postgres: EmbeddedPostgres, secrets: Secrets) -> str:
    return postgres.dsn(METADATA, METADATA, secrets.airflow_password).replace("postgresql:", "postgresql+psycopg2:", 1)


def connections(source: Source, warehouse: Warehouse) -> dict[str, str]:
    """The two connections that the DAGs know, as Airflow reads them from the environment."""
    cortex = source.cortex
    extra = {
        "tenant": cortex.tenant,
        "token": cortex.token,
        "ca_file": cortex.ca_file,
        "client_cert": cortex.client_cert,
        "client_key": cortex.client_key,
        "secret_headers": dict(cortex.extra_headers),
    }
    parts: dict[str, Any] = {"conn_type": "cortex", "host": cortex.url}
    if cortex.username:
        parts |= {"login": cortex.username, "password": cortex.password or ""}
    parts["extra"] = {name: value for name, value in extra.items() if value}
    warehouse_parts = connection_parts(warehouse.owner)
    if warehouse.direct:
        warehouse_parts["extra"]["secret_direct_dsn"] = warehouse.direct
    return {
        "AIRFLOW_CONN_CORTEX": json.dumps(parts),
        "AIRFLOW_CONN_WAREHOUSE": json.dumps(warehouse_parts),
    }


def environment(home: Home) -> dict[str, str]:
    """What every Airflow process needs besides its settings."""
    return {
        "AIRFLOW_HOME": str(home.airflow),
        "PYTHONPATH": os.pathsep.join((str(CHECKOUT), str(LOCAL_SETTINGS))),
        "OMP_NUM_THREADS": "1",  # LightGBM with threads in a parent and again in its fork hangs
        "SCARF_ANALYTICS": "false",
        "SPT_NOENV": "1",  # process titles must not overwrite the environment by which leftovers are found
        "CORTEX_SIGNALS_HOME": str(home.folder),
    }


def further_users() -> list[str]:
    """`name:role` of those that the shell's AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS names."""
    named = os.environ.get("AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS", "").split(",")
    return [user for user in named if ":" in user and user.partition(":")[0] != USERNAME]


def prepare_files(home: Home, secrets: Secrets) -> None:
    """The logins of the web page. One whose password Airflow had to make would have it in the log."""
    file = passwords_file(home)
    made = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    names = [user.partition(":")[0] for user in further_users()]
    new = {name: new_password() for name in names if name not in made}
    write_private_json(file, {**made, **new, USERNAME: secrets.admin_password})


def passwords_file(home: Home) -> Path:
    return home.airflow / "passwords.json"


def migrate_metadata(home: Home, environ: Mapping[str, str]) -> None:
    """Brings Airflow's tables to the installed version, where that was not done before."""
    # Beside the data, so that a new cluster knows of none.
    done, installed = home.database / "airflow.migrated", version("apache-airflow")
    if done.exists() and done.read_text(encoding="utf-8") == installed:
        return
    log = home.logs / "migrate-metadata.log"
    with log.open("w", encoding="utf-8") as file:
        command = [sys.executable, "-m", "airflow", "db", "migrate"]
        result = subprocess.run(command, env=dict(environ), cwd=home.airflow, stdout=file, stderr=file, check=False)
    if result.returncode:
        raise LaunchError(f"Airflow could not make its tables: {last_line(log)}; {log} tells more.")
    done.write_text(installed, encoding="utf-8")


def become_airflow(home: Home, arguments: Sequence[str]) -> NoReturn:
    """Airflow's own command line in the environment of the programs that `make up` started.

    Raises
    ------
    SettingsError
        Nothing was started here yet.
    """
    environ = read_json(home.program_environments, {}).get("airflow")
    if environ is None:
        raise SettingsError(f"There is no Airflow in {home.folder} yet; run `make up` first.")
    os.chdir(home.airflow)
    os.execve(sys.executable, [sys.executable, "-m", "airflow", *arguments], environ)  # noqa: S606  # nosec B606  # no shell on purpose


def inherited_environment() -> dict[str, str]:
    """What our programs take over from the shell: the language, proxies and certificates, no settings or secrets."""
    names = (
        "PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "TMPDIR", "LD_LIBRARY_PATH", "SSL_CERT_FILE",
        "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "http_proxy",
        "https_proxy", "all_proxy", "no_proxy",
    )  # fmt: skip
    return {name: os.environ[name] for name in names if name in os.environ}
