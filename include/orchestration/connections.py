"""The pipeline that Airflow's connections `cortex` and `warehouse` name."""

from __future__ import annotations

from airflow.sdk import BaseHook, Connection
from airflow.sdk.exceptions import AirflowNotFoundException, AirflowRuntimeError

from include.cortex.client import Cortex
from include.errors import SettingsError
from include.pipeline import Pipeline
from include.settings import load_settings, read_environment
from include.warehouse.connection import Warehouse, libpq_dsn


def pipeline() -> Pipeline:
    """Settings from the file, addresses from the connections.

    Raises
    ------
    SettingsError
        A connection is not defined.
    """
    settings = load_settings()
    return Pipeline(
        settings=settings,
        cortex=_cortex(_connection("cortex", "AIRFLOW_CONN_CORTEX")),
        warehouse=Warehouse(warehouse_dsn(_connection("warehouse", "AIRFLOW_CONN_WAREHOUSE")), settings.schema),
        allow_simulated=read_environment().allow_simulated,
    )


def _connection(name: str, variable: str) -> Connection:
    try:
        return BaseHook.get_connection(name)
    except (AirflowNotFoundException, AirflowRuntimeError) as error:
        raise SettingsError(
            f"Airflow has no connection {name}; make it under Admin, Connections, or set {variable}."
        ) from error


def _cortex(connection: Connection) -> Cortex:
    """Root URL from the host (a whole address, or host with port and the path as schema); tenant and token from extra."""
    extra = connection.extra_dejson
    return Cortex(
        url=_url(connection),
        tenant=extra.get("tenant") or None,
        username=connection.login or None,
        password=connection.password or None,
        token=extra.get("token") or None,
    )


def _url(connection: Connection) -> str:
    host = (connection.host or "").rstrip("/")
    if "://" in host:
        return host
    scheme = connection.conn_type if connection.conn_type in {"http", "https"} else "http"
    port = f":{connection.port}" if connection.port else ""
    path = f"/{connection.schema.strip('/')}" if connection.schema else ""
    return f"{scheme}://{host}{port}{path}"


def warehouse_dsn(connection: Connection) -> str:
    """The libpq connection string of an Airflow connection of type Postgres; of extra, the ssl options count."""
    options = {
        key: str(value) for key, value in connection.extra_dejson.items() if key.startswith("ssl") or key == "options"
    }
    return libpq_dsn(
        connection.host, connection.port, connection.schema, connection.login, connection.password, options
    )
