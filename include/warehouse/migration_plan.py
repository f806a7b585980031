"""What `migrate` would do, read in one transaction that may write nothing and holds nobody up."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import LiteralString

from include.warehouse import features, schema_drift, timescale
from include.warehouse.connection import Connection, Warehouse, limit_waiting
from include.warehouse.migrate import (
    MARK,
    changed_views,
    check_server,
    made_views,
    may_not_create,
    not_ours,
    unwanted_views,
    waiting_migrations,
    wanted_views,
)
from include.warehouse.statements import statement

ROLES = ("market_writer", "market_reader")
# Statements of a migration that keep others from a table that is there: its changes, and references to it. How it is
# stored and vacuumed may be set beside others.
LOCKING = re.compile(
    r"^(?:ALTER TABLE|UPDATE|DELETE FROM|DROP TABLE)(?: IF EXISTS| ONLY)? (\w+)\b(?! SET \()"
    r"|\bON (\w+) ?\(|^CREATE TRIGGER .* ON (\w+)|\bREFERENCES (\w+)",
    re.MULTILINE,
)
# What a migration's header says of what stands in no plain statement.
LOCKS = re.compile(r"^-- locks: (.+)$", re.MULTILINE)
DROPPED_INDEX = re.compile(r"^DROP INDEX (?:IF EXISTS )?(\w+)", re.MULTILINE)


@dataclass(frozen=True)
class MigrationPlan:
    """What a run would do.

    Attributes
    ----------
    makes_schema, makes_roles
        Whether the schema is not there yet; the roles that the run would make.
    migrations, views, feature_version
        As `Migrated` tells them after the run: files, names of views in the order in which they are made, the version in
        force.
    is_new_version
        Whether that version of the features is a new one.
    lost_views
        Views of feature versions that models rest on and that are not there: they are made again.
    drops
        Views that are no longer ours.
    repairs
        Views and functions among `views` that somebody changed or dropped.
    grants_to
        Roles that are granted what they may do.
    locks
        Tables and views that others wait for from the statement that changes them until the run's end.
    may_use_timescale
        Whether the server has TimescaleDB that may be used: what the settings want of it is set up afterwards, in a
        transaction of its own.
    others
        What others built on views that are made anew: it stays where no column goes, else the run is refused.
    """

    makes_schema: bool
    makes_roles: list[str]
    migrations: list[str]
    views: list[str]
    feature_version: int
    is_new_version: bool
    lost_views: list[str]
    drops: list[str]
    repairs: list[str]
    grants_to: list[str]
    locks: list[str]
    may_use_timescale: bool
    others: dict[str, list[str]]

    @property
    def is_empty(self) -> bool:
        """Whether a run would leave everything as it is; it gives its grants again all the same."""
        return not (
            self.makes_schema or self.makes_roles or self.migrations or self.views or self.drops or self.lost_views
        )

    def as_dict(self) -> dict[str, object]:
        return {**asdict(self), "is_empty": self.is_empty}


def plan_migration(warehouse: Warehouse) -> MigrationPlan:
    """What `migrate` would do now; nothing is changed.

    Raises
    ------
    WarehouseRefused
        The run would be refused: as migrate, but for what only the server can say of a statement.
    WarehouseUnreachable
        Another session changes what the plan looks at, a migration for one.
    """
    with warehouse.transaction(one_snapshot=True) as connection:
        connection.execute("SET TRANSACTION READ ONLY")
        limit_waiting(connection, schema_drift.PATIENCE)
        check_server(connection, warehouse)
        is_there = _is_ours(connection, warehouse)
        roles = _roles(connection)
        makes_roles = [role for role in ROLES if role not in roles] if _may_make_roles(connection) else []
        return _plan(connection, warehouse, is_there, makes_roles, [role for role in ROLES if role in roles])


def _plan(
    connection: Connection, warehouse: Warehouse, is_there: bool, makes_roles: list[str], roles: list[str]
) -> MigrationPlan:
    tables = _tables(connection) if is_there else {}
    done, made = _done(connection, tables), made_views(connection) if "view_definitions" in tables else {}
    waiting = waiting_migrations(done, warehouse)
    current = features.definition()
    version, is_new = features.number_of(connection, current) if "feature_versions" in tables else (1, True)
    again = _to_make_again(connection, tables)
    wanted = wanted_views(current)
    changed, unwanted = changed_views(made, wanted, again), unwanted_views(made, wanted)
    views = [features.name_of(path) for path in changed]
    return MigrationPlan(
        makes_schema=not is_there,
        makes_roles=makes_roles,
        migrations=[name for name, _ in waiting],
        views=views,
        feature_version=version,
        is_new_version=is_new,
        lost_views=features.lost_views(connection) if "0003_feature_versions.sql" in done else [],
        drops=[features.name_of(path) for path in unwanted],
        repairs=[name for name in views if name in again],
        grants_to=[role for role in ROLES if role in {*roles, *makes_roles}],
        locks=_locks(connection, [text for _, text in waiting], tables, {*changed, *unwanted} & made.keys()),
        may_use_timescale=timescale.look(connection).obstacle is None,
        others=_others(connection, [features.name_of(path) for path in (*changed, *unwanted) if path in made], wanted),
    )


def _is_ours(connection: Connection, warehouse: Warehouse) -> bool:
    """Whether the schema is there; raises WarehouseRefused where it is another's, or the login may not make it."""
    row = connection.execute(
        "SELECT coalesce(obj_description(oid, 'pg_namespace'), '') AS mark FROM pg_namespace WHERE nspname = %s",
        [warehouse.schema],
    ).fetchone()
    if row and row.mark != MARK:
        raise not_ours(warehouse)
    may = connection.execute("SELECT has_database_privilege(current_database(), 'CREATE') AS may").fetchone()
    if not row and may and not may.may:
        raise may_not_create(connection, warehouse)
    return row is not None


def _roles(connection: Connection) -> set[str]:
    return {row.name for row in connection.execute("SELECT rolname::text AS name FROM pg_roles")}


def _may_make_roles(connection: Connection) -> bool:
    row = connection.execute("SELECT rolcreaterole OR rolsuper AS may FROM pg_roles WHERE rolname = current_user")
    return any(one.may for one in row)


def _tables(connection: Connection) -> dict[str, list[str]]:
    """The schema's tables, and the indexes of each."""
    found = connection.execute(
        "SELECT c.relname::text AS name, array_remove(array_agg(i.indexrelid::regclass::text), NULL) AS indexes FROM pg_class AS c "
        "LEFT JOIN pg_index AS i ON i.indrelid = c.oid WHERE c.relnamespace = current_schema()::regnamespace "
        "AND c.relkind IN ('r', 'p') GROUP BY c.relname ORDER BY c.relname"
    )
    return {row.name: row.indexes for row in found}


def _done(connection: Connection, tables: Mapping[str, object]) -> dict[str, str]:
    if "schema_migrations" not in tables:
        return {}
    return dict(connection.execute("SELECT name, checksum FROM schema_migrations").fetchall())


def _to_make_again(connection: Connection, tables: Mapping[str, object]) -> set[str]:
    if "schema_objects" not in tables:
        return set()
    return schema_drift.to_make_again(connection, schema_drift.standing_objects(connection))


def _locks(
    connection: Connection, texts: Sequence[LiteralString], tables: Mapping[str, Sequence[str]], views: set[str]
) -> list[str]:
    """Tables that the migrations' texts name in a statement that locks them, and the views that are replaced."""
    named = {name for text in texts for found in LOCKING.finditer(text) for name in found.groups() if name}
    named |= {name.strip() for text in texts for line in LOCKS.findall(text) for name in line.split(",")}
    dropped = {name for text in texts for name in DROPPED_INDEX.findall(text)}
    locked = {table for table, indexes in tables.items() if table in named or dropped & set(indexes)}
    return sorted(locked) + sorted(features.name_of(path) for path in views)


def _others(connection: Connection, views: Sequence[str], wanted: Mapping[str, str]) -> dict[str, list[str]]:
    asked = {"views": list(views), "ours": [features.name_of(path) for path in wanted]}
    found: dict[str, list[str]] = {}
    for row in connection.execute(statement("objects_of_others"), asked):
        found.setdefault(row.view, []).append(row.other)
    return found
