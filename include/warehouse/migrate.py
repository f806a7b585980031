"""Migrations run once, views when their text changed, roles and grants always; all in one transaction."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import LiteralString

from psycopg import errors as pg
from psycopg import sql

from include.errors import WarehouseError, WarehouseRefused
from include.settings import Timescale
from include.warehouse import features, schema_drift, timescale
from include.warehouse.connection import MINIMUM_SERVER, Connection, Warehouse
from include.warehouse.statements import sql_files

log = logging.getLogger(__name__)

# Two migrations of one database wait for each other.
MIGRATION_LOCK = 0x636F7274
MARK = "cortex-signals"


@dataclass(frozen=True)
class Migrated:
    """What `migrate` did: names of the applied migrations and made views, the feature version in force, and what it set up
    of TimescaleDB."""

    migrations: list[str]
    views: list[str]
    feature_version: int
    timescale: list[str]
    timescale_refused: str | None = None

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


def migrate(warehouse: Warehouse, use_of_timescale: Timescale | None = None) -> Migrated:
    """Bring the warehouse's schema to this code's state; nothing is half done on failure.

    Where the schema is as it should be and TimescaleDB refuses what the settings want of it, everything works without:
    `timescale_refused` of the answer says why.

    Parameters
    ----------
    use_of_timescale
        The settings of what comes after it, in a transaction of its own; None: as shipped.

    Raises
    ------
    WarehouseRefused
        The schema's name is taken by somebody else's, a past migration was changed or is of a newer version, the server is
        too old, the login
        may not create a schema, an object of a user's depends on a column that went, or a file of
        features of one's own is not in order.
    """
    with warehouse.transaction() as connection:
        connection.execute("SELECT pg_advisory_xact_lock(%s)", [MIGRATION_LOCK])
        connection.execute("SET LOCAL lock_timeout = '30s'")
        check_server(connection, warehouse)
        connection.execute(_text("always/roles.sql"))
        _own_schema(connection, warehouse)
        before = schema_drift.standing_objects(connection)
        connection.execute(_text("always/bookkeeping.sql"))
        again = schema_drift.to_make_again(connection, before)
        migrations = _apply_migrations(connection, warehouse)
        views, version = _apply_views(connection, warehouse, again)
        connection.execute(_text("always/grants.sql"))
        schema_drift.record_objects(connection, before)
    try:
        done = timescale.set_up(warehouse, use_of_timescale or Timescale())
    except WarehouseError as error:
        log.warning("%s", error)
        return Migrated(migrations, views, version, [], str(error))
    if done:
        with warehouse.transaction() as connection:
            schema_drift.record_objects(connection, before)
    return Migrated(migrations, views, version, done)


def pending(warehouse: Warehouse) -> list[str]:
    """Migrations and views that `migrate` would apply; raises NotReady where the schema is not there."""
    with warehouse.transaction("reader") as connection:
        done = {row.name for row in connection.execute("SELECT name FROM schema_migrations")}
        made = made_views(connection)
        lost = features.lost_views(connection) if "0003_feature_versions.sql" in done else []
    migrations = [name for name, _ in sql_files("migrations") if name not in done]
    wanted = wanted_views(features.definition())
    return migrations + [name for name, hash_ in wanted.items() if made.get(name) != hash_] + lost


def check_server(connection: Connection, warehouse: Warehouse) -> None:
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
        raise not_ours(warehouse)


def not_ours(warehouse: Warehouse) -> WarehouseRefused:
    """What is said of a schema that has the name and not the mark."""
    return WarehouseRefused(
        f"The database at {warehouse.place} has a schema {warehouse.schema} that cortex-signals did not make; choose another "
        f"name by the setting schema, or hand an empty one over: COMMENT ON SCHEMA {warehouse.schema} IS '{MARK}'."
    )


def _create_schema(connection: Connection, warehouse: Warehouse) -> None:
    name = sql.Identifier(warehouse.schema)
    try:
        connection.execute(sql.SQL("CREATE SCHEMA {}").format(name))
    except pg.InsufficientPrivilege as error:
        raise may_not_create(connection, warehouse) from error
    connection.execute(sql.SQL("COMMENT ON SCHEMA {} IS {}").format(name, sql.Literal(MARK)))


def may_not_create(connection: Connection, warehouse: Warehouse) -> WarehouseRefused:
    """What is said where the login lacks CREATE on the database."""
    login = connection.info.user
    return WarehouseRefused(
        f"The login {login} may not create the schema {warehouse.schema} in the database at {warehouse.place}; an administrator "
        f"can allow it: GRANT CREATE ON DATABASE {connection.info.dbname} TO {login}."
    )


def _apply_migrations(connection: Connection, warehouse: Warehouse) -> list[str]:
    done = dict(connection.execute("SELECT name, checksum FROM schema_migrations").fetchall())
    waiting = waiting_migrations(done, warehouse)
    for name, text in waiting:
        connection.execute(text)
        connection.execute("INSERT INTO schema_migrations (name, checksum) VALUES (%s, %s)", [name, _hash(text)])
    return [name for name, _ in waiting]


def waiting_migrations(done: Mapping[str, str], warehouse: Warehouse) -> list[tuple[str, LiteralString]]:
    """Name and text of the migrations that are not among those done, given by their checksums.

    Raises WarehouseRefused where a past one was changed, or one was done that this version does not have.
    """
    files = dict(sql_files("migrations"))
    if unknown := sorted(done.keys() - files.keys()):
        raise WarehouseRefused(
            f"The warehouse at {warehouse.place} was migrated by a newer version, which has {', '.join(unknown)}; install that "
            "version again, or restore a backup from before."
        )
    if changed := [name for name in files if name in done and done[name] != _hash(files[name])]:
        raise WarehouseRefused(
            f"The migration {changed[0]} was changed after it was applied; restore its text and put the change into a new file."
        )
    return [(name, text) for name, text in files.items() if name not in done]


def _apply_views(connection: Connection, warehouse: Warehouse, again: Collection[str]) -> tuple[list[str], int]:
    """Make anew the views whose text changed or that are in `again`, and those that read them; (their names, the feature
    version in force).

    A view is replaced where it stands, with what others built on it, unless it loses, renames or moves a column.
    """
    made = made_views(connection)
    current = features.definition()
    wanted = wanted_views(current)
    version = None
    if unwanted := unwanted_views(made, wanted):
        _drop_views(connection, unwanted, warehouse)
    changed = changed_views(made, wanted, again)
    for path in wanted:
        if path == FEATURES:
            features.check_own(connection)
            version = features.register(connection, current, again)
        if path not in changed:
            continue
        if path == FEATURES and version:
            features.show(connection, current, version)
        else:
            for name in _replace(connection, path, [name for name in wanted if name in made], warehouse):
                made.pop(name)
    assert version is not None
    if changed:
        _record_views(connection, wanted)
        features.drop_unneeded(connection, version)
    return [features.name_of(path) for path in changed], version


def made_views(connection: Connection) -> dict[str, str]:
    """File and hash of the views as they were last made, in order of dependency."""
    return dict(connection.execute("SELECT name, hash FROM view_definitions ORDER BY position").fetchall())


def changed_views(made: Mapping[str, str], wanted: Mapping[str, str], again: Collection[str]) -> list[str]:
    """Files of the views to be made: those of another hash than was made, those named in `again`, and their readers."""
    changed: dict[str, str] = {}
    for path, hash_ in wanted.items():
        name = features.name_of(path)
        if made.get(path) != hash_ or name in again or set(changed.values()) & _reads(path):
            changed[path] = name
    return list(changed)


def unwanted_views(made: Mapping[str, str], wanted: Mapping[str, str]) -> list[str]:
    """Files of the views that were made and are no longer ours, in order of dependency."""
    return [path for path in made if path not in wanted]


# Where the features stand among the views; their text is put together from the folder features.
FEATURES = "20_features/minute_features.sql"


def wanted_views(current: features.Definition) -> dict[str, str]:
    """Path and hash of every view, in order of dependency."""
    hashes = {name: _hash(text) for name, text in sql_files("views")} | {FEATURES: current.hash}
    return dict(sorted(hashes.items()))


def _view(path: str) -> LiteralString:
    return dict(sql_files("views"))[path]


def _reads(path: str) -> set[str]:
    """What the header of a view's file says that it reads."""
    if path == FEATURES:
        return {"minute_metrics"}
    header = next(line for line in _view(path).splitlines() if line.startswith("-- reads:"))
    return {name.strip() for name in header.removeprefix("-- reads:").split(",")}


def _replace(connection: Connection, path: str, made: Sequence[str], warehouse: Warehouse) -> list[str]:
    """Make the view of that file; where it lost columns, drop it and those of `made` that read it before. Those dropped."""
    text = _view(path)
    try:
        with connection.transaction():
            connection.execute(text)
    except (pg.InvalidTableDefinition, pg.InvalidFunctionDefinition):
        lost = _with_readers(path, made)
        _drop_views(connection, lost, warehouse)
        connection.execute(text)
        return lost
    return []


def _with_readers(path: str, made: Sequence[str]) -> list[str]:
    """The file and those that read what it makes, through others too, in order of dependency."""
    found, names = [path], {features.name_of(path)}
    for other in made[made.index(path) + 1 :]:
        if names & _reads(other):
            found.append(other)
            names.add(features.name_of(other))
    return found


def _drop_views(connection: Connection, names: Sequence[str], warehouse: Warehouse) -> None:
    try:
        for name in reversed(names):
            _drop(connection, features.name_of(name))
    except pg.DependentObjectsStillExist as error:
        raise WarehouseRefused(
            f"The view {features.name_of(names[0])} at {warehouse.place} lost or moved a column and another object depends on it "
            f"({error.diag.message_detail}); drop that object, migrate, and make it again."
        ) from error


def _drop(connection: Connection, name: str) -> None:
    is_function = _one(
        connection,
        "SELECT count(*) FROM pg_proc WHERE proname = %s AND pronamespace = current_schema()::regnamespace",
        [name],
    )
    kind = sql.SQL("FUNCTION" if is_function else "VIEW")
    connection.execute(sql.SQL("DROP {} IF EXISTS {}").format(kind, sql.Identifier(name)))


def _record_views(connection: Connection, wanted: Mapping[str, str]) -> None:
    connection.execute("DELETE FROM view_definitions")
    for position, (name, hash_) in enumerate(wanted.items()):
        connection.execute(
            "INSERT INTO view_definitions (position, name, hash) VALUES (%s, %s, %s)", [position, name, hash_]
        )


def _text(path: str) -> LiteralString:
    folder, name = path.split("/")
    return dict(sql_files(folder))[name]


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _one(connection: Connection, query: LiteralString, values: Sequence[object]) -> object:
    row = connection.execute(query, values).fetchone()
    return row[0] if row else None
