"""The pipeline that Airflow's connections `cortex` and `warehouse` name."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from typing import Any, TypedDict

from airflow.sdk import BaseHook, Connection
from airflow.sdk.exceptions import AirflowNotFoundException, AirflowRuntimeError
from airflow.sdk.log import mask_secret

from include.cortex.address import HEADER_NAME, HEADER_VALUE, Cortex
from include.errors import SettingsError
from include.pipeline import Pipeline
from include.settings import load_settings, read_environment
from include.warehouse.connection import Warehouse, libpq_dsn

IPV6 = re.compile(r"[0-9A-Fa-f.]*(?::[0-9A-Fa-f.]*){2,}")
PORT = re.compile(r":(\d+)$")


class CortexExtras(TypedDict):
    """The extra fields of a connection to Cortex, checked; None: not given."""

    tenant: str | None
    token: str | None
    requests_per_second: float | None
    in_flight: int | None
    ca_file: str | None
    client_cert: str | None
    client_key: str | None
    headers: dict[str, str]


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
    settings, environment = load_settings(), read_environment()
    return Pipeline(
        settings=settings,
        cortex=cortex(_connection("cortex", "AIRFLOW_CONN_CORTEX")),
        warehouse=warehouse(_connection("warehouse", "AIRFLOW_CONN_WAREHOUSE"), settings.schema),
        allow_simulated=environment.allow_simulated,
        adopt_source=adopt_source,
        heartbeat_url=environment.heartbeat_url,
    )


def _connection(name: str, variable: str) -> Connection:
    try:
        return BaseHook.get_connection(name)
    except (AirflowNotFoundException, AirflowRuntimeError) as error:
        raise SettingsError(
            f"Airflow has no connection {name}; make it under Admin, Connections, or set {variable}."
        ) from error


def cortex(connection: Connection) -> Cortex:
    """Root URL from the host (a whole address, or host with port and the path as schema); the rest from extra.

    Raises SettingsError where the connection has no host or an extra is unusable.
    """
    extras = cortex_extras(connection.extra_dejson)
    return Cortex(
        url=_url(connection),
        tenant=extras["tenant"],
        username=connection.login or None,
        password=connection.password or None,
        token=extras["token"],
        ca_file=extras["ca_file"],
        client_cert=extras["client_cert"],
        client_key=extras["client_key"],
        extra_headers=extras["headers"],
        in_flight=extras["in_flight"],
        requests_per_second=extras["requests_per_second"],
    )


def cortex_extras(extra: Mapping[str, Any]) -> CortexExtras:
    """The extra fields that the form of the type Cortex has; others are not looked at. A URI gives numbers as text.

    Airflow masks the secret ones in the logs from here on.

    Raises
    ------
    SettingsError
        A field is of the wrong kind, a number is not above 0, or a key has no certificate.
    """
    if "headers" in extra:
        raise _unusable("headers", "is called secret_headers, so that Airflow does not show its values")
    extras = CortexExtras(
        tenant=_text(extra, "tenant"),
        token=_text(extra, "token"),
        requests_per_second=_number(extra, "requests_per_second"),
        in_flight=_count(extra, "in_flight"),
        ca_file=_text(extra, "ca_file"),
        client_cert=_text(extra, "client_cert"),
        client_key=_text(extra, "client_key"),
        headers=_headers(extra),
    )
    if extras["client_key"] and not extras["client_cert"]:
        raise _unusable("client_key", "is given without client_cert")
    for secret in (extras["token"], *extras["headers"].values()):
        if secret:
            mask_secret(secret)
    return extras


def _unusable(name: str, why: str) -> SettingsError:
    return SettingsError(f"The extra {name} of the connection cortex {why}.")


def _text(extra: Mapping[str, Any], name: str) -> str | None:
    """A tenant such as 1234 may come as a number."""
    value = extra.get(name)
    if value is not None and (isinstance(value, bool) or not isinstance(value, str | int)):
        raise _unusable(name, "is not a text")
    return str("" if value is None else value).strip() or None


def _number(extra: Mapping[str, Any], name: str) -> float | None:
    value = extra.get(name)
    if value is None or value == "":
        return None
    try:
        number = math.nan if isinstance(value, bool) else float(value)
    except (TypeError, ValueError):
        number = math.nan
    if not 0 < number < math.inf:
        raise _unusable(name, f"is {value!r}, not a number above 0")
    return number


def _count(extra: Mapping[str, Any], name: str) -> int | None:
    number = _number(extra, name)
    if number is not None and not number.is_integer():
        raise _unusable(name, f"is {extra[name]!r}, not a whole number above 0")
    return None if number is None else int(number)


def _headers(extra: Mapping[str, Any]) -> dict[str, str]:
    """Of a JSON object, or of its text, as a URI carries it; what is said of a wrong one names no value."""
    given = extra.get("secret_headers") or {}
    if isinstance(given, str):
        try:
            given = json.loads(given)
        except ValueError:
            given = None
    if not isinstance(given, dict) or not all(isinstance(value, str) for value in given.values()):
        raise _unusable("secret_headers", 'is not a JSON object of texts, such as {"X-Gateway-Key": "…"}')
    for name, value in given.items():
        if not HEADER_NAME.fullmatch(name) or not HEADER_VALUE.fullmatch(value):
            raise _unusable(
                "secret_headers", f"holds a header {name!r} that cannot be sent; names and values are ASCII"
            )
    return dict(given)


def _url(connection: Connection) -> str:
    """Host, with the port and the path that a URI gave; http where neither host, schema nor type say another scheme."""
    host = (connection.host or "").strip().rstrip("/")
    if not host:
        raise SettingsError(
            "The connection cortex has no host; give it the API root, such as http://host:9009/prometheus."
        )
    schema = (connection.schema or "").strip("/")
    said, _, rest = host.rpartition("://")
    scheme = said or next((given for given in (schema, connection.conn_type) if given in {"http", "https"}), "http")
    name, _, path = rest.partition("/")
    if IPV6.fullmatch(name):
        name = f"[{name}]"  # Airflow takes it out of its brackets
    path = path or ("" if schema in {"http", "https"} else schema)
    return f"{scheme}://{_with_port(name, connection.port)}{f'/{path}' if path else ''}"


def _with_port(name: str, port: int | None) -> str:
    """0 is none; the same port in the address and beside it is one."""
    own = PORT.search(name)
    if not port or (own and int(own[1]) == port):
        return name
    if own:
        raise SettingsError(
            f"The connection cortex has two ports, {own[1]} in its host and {port} beside it; leave one out."
        )
    return f"{name}:{port}"


def warehouse(connection: Connection, schema: str) -> Warehouse:
    """The warehouse of an Airflow connection of type Postgres.

    Its extra `secret_direct_dsn` leads past a pooler; the name is one that Airflow does not show.
    """
    direct_dsn = str(connection.extra_dejson.get("secret_direct_dsn") or "").strip() or None
    if direct_dsn:
        mask_secret(direct_dsn)
    return Warehouse(warehouse_dsn(connection), schema, direct_dsn)


def warehouse_dsn(connection: Connection) -> str:
    """The libpq connection string of an Airflow connection of type Postgres; of extra, libpq's options count."""
    return libpq_dsn(
        connection.host,
        connection.port,
        connection.schema,
        connection.login,
        connection.password,
        connection.extra_dejson,
    )
