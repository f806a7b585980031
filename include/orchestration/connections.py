"""The pipeline that Airflow's connections `cortex` and `warehouse` name."""

from __future__ import annotations

from airflow.sdk import BaseHook, Connection
from airflow.sdk.exceptions import AirflowNotFoundException, AirflowRuntimeError

from include.cortex.client import Cortex
from include.errors import SettingsError
from include.pipeline import Pipeline
from include.settings import load_settings, read_environment
from include.warehouse.connection import Warehouse, libpq_dsn

LIBPQ_OPTIONS = ("options", "connect_timeout", "target_session_attrs", "application_name", "keepalives_idle")


def pipeline(*, adopt_source: bool = False) -> Pipeline:
    """Settings from the file, addresses from the connections.

    Parameters
    ----------
    adopt_source
        Take a moved address of the same data for the recorded one.

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
        adopt_source=adopt_source,
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
    """A host that is a whole address stands as it is; else scheme and host, port, and the path that a URI gave."""
    host = (connection.host or "").rstrip("/")
    if not host:
        raise SettingsError(
            "The connection cortex has no host; give it the API root, such as http://host:9009/prometheus."
        )
    if "://" in host:
        return host
    schema = (connection.schema or "").strip("/")
    scheme = next((given for given in (schema, connection.conn_type) if given in {"http", "https"}), "http")
    name, _, path = host.partition("/")
    path = path or ("" if schema == scheme else schema)
    return f"{scheme}://{name}{f':{connection.port}' if connection.port else ''}{f'/{path}' if path else ''}"


def warehouse_dsn(connection: Connection) -> str:
    """The libpq connection string of an Airflow connection of type Postgres; of extra, libpq's options count."""
    options = {
        key: str(value)
        for key, value in connection.extra_dejson.items()
        if key in LIBPQ_OPTIONS or key.startswith("ssl")
    }
    return libpq_dsn(
        connection.host, connection.port, connection.schema, connection.login, connection.password, options
    )
