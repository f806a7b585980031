"""Who may enter which database: the roles of the embedded PostgreSQL, and where the warehouse lies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from psycopg.conninfo import conninfo_to_dict

from include.errors import SettingsError
from include.launcher.postgres import EmbeddedPostgres
from include.launcher.secrets import Secrets
from include.launcher.source import Source
from include.settings import Environment, Settings
from include.warehouse.connection import Warehouse as Entrance
from include.warehouse.tls import read_dsn

METADATA = "airflow"
OWNER, WRITER, READER = "market_owner", "market_writer", "market_reader"


@dataclass(frozen=True, repr=False)
class Warehouse:
    """DSNs of one warehouse for the three roles; the same three times where the user gave one login.

    `direct`: past the user's pooler; None: there is none.
    """

    owner: str
    writer: str
    reader: str
    direct: str | None = None


def locate_warehouse(
    environment: Environment, postgres: EmbeddedPostgres, secrets: Secrets, source: Source
) -> Warehouse:
    """The user's own server where WAREHOUSE_DSN is set, else the source's database in the embedded one."""
    given = environment.warehouse_dsn
    if given:
        check_dsn(given)
        return Warehouse(given, given, given, environment.warehouse_direct_dsn)
    return Warehouse(
        owner=postgres.dsn(source.database, OWNER, secrets.market_owner_password),
        writer=postgres.dsn(source.database, WRITER, secrets.market_writer_password),
        reader=postgres.dsn(source.database, READER, secrets.market_reader_password),
    )


def check_dsn(dsn: str) -> None:
    """Raises SettingsError where libpq cannot read it; the text of the DSN is not repeated, it may hold a password."""
    parts = read_dsn(dsn)
    missing = [name for name in ("host", "dbname") if not parts.get(name)]
    if missing:
        raise SettingsError(
            f"WAREHOUSE_DSN does not say the {' and '.join(missing)}; write it as "
            f"postgresql://user:password@host:5432/database."
        )


def check_warehouse(dsn: str) -> None:
    """Raises WarehouseUnreachable where the user's server does not let us in."""
    with Entrance(dsn).transaction():
        pass


def ensure_metadata(postgres: EmbeddedPostgres, secrets: Secrets) -> None:
    """Airflow's own database and its only login."""
    postgres.ensure_role(METADATA, secrets.airflow_password)
    postgres.create_database(METADATA, METADATA)


def ensure_warehouse(postgres: EmbeddedPostgres, secrets: Secrets, source: Source, settings: Settings) -> None:
    """The source's database in the embedded PostgreSQL, with an owner who may act as the other two roles."""
    postgres.ensure_role(OWNER, secrets.market_owner_password)
    postgres.ensure_role(WRITER, secrets.market_writer_password)
    postgres.ensure_role(READER, secrets.market_reader_password)
    for role in (WRITER, READER):
        postgres.ensure_membership(OWNER, role)
    postgres.limit_statements(READER, settings.bi_statement_timeout)
    postgres.create_database(source.database, OWNER)
    postgres.set_search_path(source.database, settings.schema)
    for role in (WRITER, READER):
        postgres.grant_connect(source.database, role, may_stage=role == WRITER)


def connection_parts(dsn: str) -> dict[str, Any]:
    """An Airflow connection's fields for that DSN; what has no field of its own goes into `extra`."""
    parts: dict[str, Any] = dict(conninfo_to_dict(dsn))
    fields = {"host": "host", "user": "login", "password": "password", "dbname": "schema"}
    connection = {name: parts.pop(key) for key, name in fields.items() if key in parts}
    if parts.get("port", "").isdecimal():  # of several hosts, several ports stay in extra
        connection["port"] = int(parts.pop("port"))
    return {"conn_type": "postgres", **connection, "extra": parts}
