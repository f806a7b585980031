"""Migrations run once, views when their text changed, roles and grants always; all in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import PurePosixPath
from typing import LiteralString

from psycopg import errors as pg
from psycopg import sql

from include.errors import WarehouseRefused
from include.warehouse.connection import MINIMUM_SERVER, Connection, Warehouse
from include.warehouse.statements import sql_files, statement

# Two migrations of one database wait for each other.
MIGRATION_LOCK = 0x636F7274
MARK = "cortex-signals"


@dataclass(frozen=True)
class Migrated:
    """What `migrate` did: names of the applied migrations and made views, and the feature version in force."""

    migrations: list[str]
    views: list[str]
    feature_version: int

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


def migrate(warehouse: Warehouse) -> Migrated:
    """Bring the warehouse's schema to this code's state; nothing is half done on failure.

    Raises
    ------
    WarehouseRefused
        The schema's name is taken by somebody else's, a past migration was changed, the server is too old, the login
        may not create a schema, or an object of a user's depends on a view that changed.
    """
    with warehouse.transaction() as connection:
        connection.execute("SELECT pg_advisory_xact_lock(%s)", [MIGRATION_LOCK])
        connection.execute("SET LOCAL lock_timeout = '30s'")
        _check_server(connection, warehouse)
        connection.execute(_text("always/roles.sql"))
        _own_schema(connection, warehouse)
        migrations = _apply_migrations(connection)
        views = _apply_views(connection, warehouse)
        version = _record_feature_version(connection)
        connection.execute(_text("always/grants.sql"))
    return Migrated(migrations, views, version)


def pending(warehouse: Warehouse) -> list[str]:
    """Migrations and views that `migrate` would apply; raises NotReady where the schema is not there."""
    with warehouse.transaction("reader") as connection:
        done = {row.name for row in connection.execute("SELECT name FROM schema_migrations")}
        made = {row.name: row.hash for row in connection.execute("SELECT name, hash FROM view_definitions")}
    migrations = [name for name, _ in sql_files("migrations") if name not in done]
    return migrations + [name for name, text in sql_files("views") if made.get(name) != _hash(text)]


def _check_server(connection: Connection, warehouse: Warehouse) -> None:
    if connection.info.server_version < MINIMUM_SERVER:
        raise WarehouseRefused(
            f"The server at {warehouse.place} is PostgreSQL {connection.info.server_version // 10000}; "
            "15 or newer is needed: set WAREHOUSE_DSN to one."
        )


def _own_schema(connection: Connection, warehouse: Warehouse) -> None:
    comment = _one(
        connection,
        "SELECT coalesce(obj_description(oid, 'pg_namespace'), '') FROM pg_namespace WHERE nspname = %s",
        [warehouse.schema],
    )
    if comment is None:
        _create_schema(connection, warehouse)
    elif comment != MARK:
        raise WarehouseRefused(
            f"The database at {warehouse.place} has a schema {warehouse.schema} that cortex-signals did not make; choose another "
            f"name by the setting schema, or hand an empty one over: COMMENT ON SCHEMA {warehouse.schema} IS '{MARK}'."
        )


def _create_schema(connection: Connection, warehouse: Warehouse) -> None:
    name = sql.Identifier(warehouse.schema)
    try:
        connection.execute(sql.SQL("CREATE SCHEMA {}").format(name))
    except pg.InsufficientPrivilege as error:
        login = connection.info.user
        raise WarehouseRefused(
            f"The login {login} may not create the schema {warehouse.schema} in the database at {warehouse.place}; an administrator "
            f"can allow it: GRANT CREATE ON DATABASE {connection.info.dbname} TO {login}."
        ) from error
    connection.execute(sql.SQL("COMMENT ON SCHEMA {} IS {}").format(name, sql.Literal(MARK)))


def _apply_migrations(connection: Connection) -> list[str]:
    connection.execute(_text("always/bookkeeping.sql"))
    done = dict(connection.execute("SELECT name, checksum FROM schema_migrations").fetchall())
    applied = []
    for name, text in sql_files("migrations"):
        checksum = _hash(text)
        if name not in done:
            connection.execute(text)
            connection.execute("INSERT INTO schema_migrations (name, checksum) VALUES (%s, %s)", [name, checksum])
            applied.append(name)
        elif done[name] != checksum:
            raise WarehouseRefused(
                f"The migration {name} was changed after it was applied; restore its text and put the change into a new file."
            )
    return applied


def _apply_views(connection: Connection, warehouse: Warehouse) -> list[str]:
    wanted = [(name, _hash(text)) for name, text in sql_files("views")]
    present = connection.execute("SELECT name, hash FROM view_definitions ORDER BY position").fetchall()
    if [tuple(row) for row in present] == wanted:
        return []
    _drop_views(connection, [row.name for row in present], warehouse)
    for position, (name, text) in enumerate(sql_files("views")):
        connection.execute(text)
        connection.execute(
            "INSERT INTO view_definitions (position, name, hash) VALUES (%s, %s, %s)", [position, name, _hash(text)]
        )
    return [PurePosixPath(name).stem for name, _ in wanted]


def _drop_views(connection: Connection, names: Sequence[str], warehouse: Warehouse) -> None:
    try:
        for name in reversed(names):
            _drop(connection, PurePosixPath(name).stem)
    except pg.DependentObjectsStillExist as error:
        raise WarehouseRefused(
            f"A view of cortex-signals at {warehouse.place} changed and another object depends on it "
            f"({error.diag.message_detail}); drop that object, migrate, and make it again."
        ) from error
    connection.execute("DELETE FROM view_definitions")


def _drop(connection: Connection, name: str) -> None:
    is_function = _one(
        connection,
        "SELECT count(*) FROM pg_proc WHERE proname = %s AND pronamespace = current_schema()::regnamespace",
        [name],
    )
    kind = sql.SQL("FUNCTION" if is_function else "VIEW")
    connection.execute(sql.SQL("DROP {} IF EXISTS {}").format(kind, sql.Identifier(name)))


def _record_feature_version(connection: Connection) -> int:
    """The number of the definition in force: the text of every view that features are made of."""
    definition = "\n".join(text for name, text in sql_files("views") if name in FEATURE_FILES)
    row = connection.execute(
        statement("record_feature_version"), {"hash": _hash(definition), "definition": definition}
    ).fetchone()
    return int(row.feature_version) if row else 0


FEATURE_FILES = ("10_raw/metric_days.sql", "20_features/minute_features.sql")


def feature_hash() -> str:
    """Hash of the feature definition that this code holds."""
    return _hash("\n".join(text for name, text in sql_files("views") if name in FEATURE_FILES))


def _text(path: str) -> LiteralString:
    folder, name = path.split("/")
    return dict(sql_files(folder))[name]


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _one(connection: Connection, query: LiteralString, values: Sequence[object]) -> object:
    row = connection.execute(query, values).fetchone()
    return row[0] if row else None
