"""What stands in the schema against what `migrate` left there: an index that went, a trigger that sleeps, a right too many.

`migrate` records each object's definition as the server tells it. What changed since then, and not by `migrate`, is drift;
what `migrate` finds changed it leaves recorded as it was, so that a later run does not take it for right.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Any

from psycopg.types.json import Jsonb

from include.warehouse.connection import Connection, Warehouse, limit_waiting
from include.warehouse.features import name_of
from include.warehouse.statements import sql_files, statement

# A view's text is told once nobody changes what it reads; it holds up no load.
PATIENCE = timedelta(seconds=10)

# Kind and name of an object.
Key = tuple[str, str]

# Kinds that are recorded for what they tell of others. The query that looks at all may come to look at more.
BESIDE = {"role", "query"}
GRANTS = {"grant", "database grant"}
QUERY: Key = ("query", "schema_objects.sql")


@dataclass(frozen=True)
class SchemaObject:
    """An object as a server of that major version defines it; `relation`: the table or view it is or belongs to."""

    kind: str
    name: str
    relation: str | None
    definition: str
    server_major: int


Objects = Mapping[Key, SchemaObject]


@dataclass(frozen=True)
class Drift:
    """An object that differs; `made` or `now` is None where it is one too many, or gone."""

    made: SchemaObject | None
    now: SchemaObject | None

    @property
    def kind(self) -> str:
        return self._one.kind

    @property
    def name(self) -> str:
        return self._one.name

    @property
    def found(self) -> str:
        """What is the matter with it."""
        if self.made is None:
            return f"{self.kind} {self.name}: migrate did not make it"
        if self.now is None:
            return f"{self.kind} {self.name} is gone"
        told = self.kind in {"column", "constraint", "table", "sequence"}
        return f"{self.kind} {self.name} was changed" + (f": it is {self.now.definition}" if told else "")

    @property
    def fix(self) -> str:
        """What to do about it."""
        return FIXES[self.kind](self)

    @property
    def _one(self) -> SchemaObject:
        one = self.made or self.now
        assert one
        return one


@dataclass(frozen=True)
class Compared:
    """How many objects were recorded, what differs, and what somebody added that is not ours to judge."""

    recorded: int
    drift: tuple[Drift, ...]
    others: tuple[SchemaObject, ...]


def compare(warehouse: Warehouse) -> Compared:
    """The schema as it stands against the record of the last migrate.

    Raises
    ------
    NotReady
        There is none: this version has not migrated yet.
    WarehouseUnreachable
        Another session changes an object, a migration for one.
    """
    with warehouse.transaction("reader", one_snapshot=True) as connection:
        limit_waiting(connection, PATIENCE)
        return compared(recorded_objects(connection), standing_objects(connection))


def compared(made: Objects, now: Objects) -> Compared:
    """What differs between them. What belongs to a table that is gone, or that is not ours, is not told beside it, nor
    what a role that the server lacks may not do.
    """
    ours = _relations(made) & _relations(now) | {None}
    judged = {key: one for key, one in made.items() if _is_judged(one, now)}
    drift = [Drift(one, now.get(key)) for key, one in judged.items() if _differs(one, now.get(key), ours)]
    too_many = [one for key, one in now.items() if key not in made and one.kind not in BESIDE] if made else []
    drift += [Drift(None, one) for one in too_many if one.kind == "grant" and one.relation in ours]
    others = [one for one in too_many if one.kind != "grant" and (one.relation in ours or _is_whole(one))]
    return Compared(len(made), tuple(drift), tuple(others))


def _relations(objects: Objects) -> set[str | None]:
    """Without those of which nothing is known but rights: what somebody made is granted to our roles too."""
    return {one.relation for one in objects.values() if one.kind not in GRANTS}


def _is_judged(made: SchemaObject, now: Objects) -> bool:
    """Where roles cannot be made all runs under the login, and there is nothing to grant."""
    grantee = made.name.rpartition(" TO ")[2]
    return made.kind not in BESIDE and (made.kind not in GRANTS or ("role", grantee) in now)


def _differs(made: SchemaObject, now: SchemaObject | None, ours: set[str | None]) -> bool:
    """Servers of two major versions word a definition differently: then only what is gone counts."""
    if now is None:
        return made.relation in ours or _is_whole(made)
    return made.server_major == now.server_major and made.definition != now.definition


def _is_whole(one: SchemaObject) -> bool:
    return one.relation in {one.name, None}


def standing_objects(connection: Connection) -> Objects:
    """The objects of the schema as they stand."""
    major, query = connection.info.server_version // 10000, statement("schema_objects")
    found = _by_key({**row._asdict(), "server_major": major} for row in connection.execute(query))
    return {**found, QUERY: SchemaObject(*QUERY, None, sha256(query.encode()).hexdigest(), major)}


def recorded_objects(connection: Connection) -> Objects:
    """The objects as the last migrate left them."""
    found = connection.execute("SELECT kind, name, relation, definition, server_major FROM schema_objects")
    return _by_key(row._asdict() for row in found)


def _by_key(rows: Any) -> Objects:
    return {(row["kind"], row["name"]): SchemaObject(**row) for row in rows}


def record_objects(connection: Connection, before: Objects) -> None:
    """Record what this migrate changed since `before`; what others changed stays recorded as it was made.

    All is recorded where nothing was, what another major version of the server had worded, and what this version looks at
    and the one before did not.
    """
    made, now = recorded_objects(connection), standing_objects(connection)
    looks_at_more = made.get(QUERY) != now[QUERY]
    kept = {key: one for key, one in made.items() if before.get(key) == now.get(key) and not _is_reworded(one, now)}
    new = {
        key: one
        for key, one in now.items()
        if before.get(key) != one
        or (key in made and _is_reworded(made[key], now))
        or (looks_at_more and (key not in made or key == QUERY))
    }
    if (wanted := {**kept, **new}) == made:
        return
    connection.execute("DELETE FROM schema_objects")
    objects = Jsonb([asdict(one) for one in wanted.values()])
    connection.execute(statement("record_schema_objects"), {"objects": objects})


def _is_reworded(made: SchemaObject, now: Objects) -> bool:
    one = now.get((made.kind, made.name))
    return one is not None and one.server_major != made.server_major


def to_make_again(connection: Connection, now: Objects) -> set[str]:
    """Names of views and functions that others changed or dropped, which migrate makes from its files."""
    drift = compared(recorded_objects(connection), now).drift
    return {_bare(one.name) for one in drift if one.kind in {"view", "function"}}


def _bare(name: str) -> str:
    """A function's name without its arguments."""
    return name.partition("(")[0].rpartition(".")[2]


MIGRATE = "run `cortex-signals migrate`"


def _fix_of_function(drift: Drift) -> str:
    from_a_file = _bare(drift.name) in {name_of(path) for path, _ in sql_files("views")}
    return MIGRATE if from_a_file or drift.made is None else f"run {drift.made.definition.strip()}"


def _fix_of_grant(drift: Drift) -> str:
    if drift.now:
        return f"run REVOKE {drift.name.replace(' TO ', ' FROM ')}"
    return f"run GRANT {drift.name}" if drift.name.endswith(" TO PUBLIC") else MIGRATE


def _fix_of_index(drift: Drift) -> str:
    assert drift.made
    drop = f"DROP INDEX {drift.name}; " if drift.now else ""
    return f"run {drop}{drift.made.definition}"


def _fix_of_trigger(drift: Drift) -> str:
    assert drift.made
    table, _, name = drift.name.partition(".")
    if drift.now and drift.now.definition.partition(" -- ")[0] == drift.made.definition:
        return f"run ALTER TABLE {table} ENABLE TRIGGER {name}"
    drop = f"DROP TRIGGER {name} ON {table}; " if drift.now else ""
    return f"run {drop}{drift.made.definition}"


def _fix_of_constraint(drift: Drift) -> str:
    assert drift.made
    table, _, name = drift.name.partition(".")
    drop = f"DROP CONSTRAINT {name}, " if drift.now else ""
    return f"run ALTER TABLE {table} {drop}ADD CONSTRAINT {name} {drift.made.definition}"


def _fix_of_data(drift: Drift) -> str:
    assert drift.made
    again = f"make the {drift.kind} {drift.name} again what it was ({drift.made.definition})"
    return f"{again}; what it held is in a backup" if drift.now is None else again


def _fix_of_table(drift: Drift) -> str:
    if drift.now is None:
        return _fix_of_data(drift)
    return f"run ALTER TABLE {drift.name} SET LOGGED, DISABLE ROW LEVEL SECURITY"


FIXES: Mapping[str, Callable[[Drift], str]] = {
    "table": _fix_of_table,
    "column": _fix_of_data,
    "sequence": _fix_of_data,
    "index": _fix_of_index,
    "constraint": _fix_of_constraint,
    "trigger": _fix_of_trigger,
    "view": lambda drift: MIGRATE,
    "function": _fix_of_function,
    "grant": _fix_of_grant,
    "database grant": lambda drift: MIGRATE,
}
