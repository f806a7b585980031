"""The definition of `minute_features`: the groups under ``include/sql/features`` put together to one text.

Each group is a query over `minutes` and `recorded` that gives a row a minute `n`; a column with a COMMENT is a feature.
A text is a version: it has a number in the warehouse (`feature_versions`) and a view of its own, `minute_features_v<n>`,
which is what models are trained and scored on. `minute_features` shows the version in force.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any, LiteralString

import psycopg
from psycopg import Error, sql
from psycopg import errors as pg

from include.errors import WarehouseRefused
from include.warehouse.connection import Connection
from include.warehouse.statements import sql_files, statement

SOURCES = ("minutes", "recorded")
OWN = "own/"
COMMENT = re.compile(r"^COMMENT ON COLUMN minute_features\.(\w+) IS\s*'((?:[^']|'')*)';", re.MULTILINE)
NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")
LOOKBACK = re.compile(r"look-back (\d+) min( at the source)?")
TEMPLATE = "include/sql/features/own/README.md has the template"


@dataclass(frozen=True)
class Group:
    """One file: a query that gives `columns` for each minute, and the comment of each of them."""

    path: str
    query: str
    comments: Mapping[str, str]

    @property
    def is_own(self) -> bool:
        """Whether it is the user's, not ours."""
        return self.path.startswith(OWN)


@dataclass(frozen=True)
class Definition:
    """A definition of minute_features.

    Attributes
    ----------
    columns
        The features, in the order of the view and of a model's inputs.
    lookbacks
        Minutes before ts whose rows each feature uses, in the order of `columns`; 0: the row of ts alone.
    query, comments
        The view's SELECT, and COMMENT statements for a view named minute_features.
    """

    columns: tuple[str, ...]
    lookbacks: tuple[int, ...]
    query: str
    comments: str

    @property
    def text(self) -> str:
        """All of it, as it is kept in the registry."""
        return f"{self.query};\n{self.comments}"

    @property
    def hash(self) -> str:
        return sha256(self.text.encode()).hexdigest()


def view_name(version: int) -> str:
    """The view of a version, which never means another."""
    return f"minute_features_v{version}"


def groups(*, own: bool = True) -> list[Group]:
    """The groups in order of path, the users' own last; raises WarehouseRefused for a file that does not follow the form."""
    files = [(path, text) for path, text in sql_files("features") if path.removesuffix(".sql") not in SOURCES]
    return [_group(path, text) for path, text in files if own or not path.startswith(OWN)]


def _group(path: str, text: str) -> Group:
    query, _, rest = text.partition("COMMENT ON COLUMN")
    comments: dict[str, str] = dict(COMMENT.findall(f"COMMENT ON COLUMN{rest}"))
    left = COMMENT.sub("", f"COMMENT ON COLUMN{rest}").strip()
    if left or not comments:
        raise _refused(
            path, f"ends otherwise than with lines COMMENT ON COLUMN minute_features.<name> IS '…'; ({left[:60]!r})"
        )
    for name, comment in comments.items():
        if not NAME.fullmatch(name):
            raise _refused(path, f"names a feature {name}: lower-case letters, digits and _ are meant, at most 63")
        if not LOOKBACK.search(comment):
            raise _refused(
                path, f"does not say how far {name} looks back: 'look-back 60 min' is missing in its comment"
            )
    return Group(path, query.strip().rstrip(";"), comments)


def _refused(path: str, why: str) -> WarehouseRefused:
    return WarehouseRefused(f"The feature file include/sql/features/{path} {why}; {TEMPLATE}.")


def definition(*, own: bool = True) -> Definition:
    """What the files define now; `own`: with the users' own features."""
    return assemble(groups(own=own))


def assemble(chosen: Sequence[Group]) -> Definition:
    """The definition that consists of these groups; raises WarehouseRefused where two give a feature of one name."""
    columns: dict[str, Group] = {}
    for group in chosen:
        for name in group.comments:
            if name in columns:
                raise _refused(group.path, f"defines {name}, which {columns[name].path} has already")
            columns[name] = group
    comments = {name: group.comments[name] for name, group in columns.items()}
    return Definition(
        tuple(columns),
        tuple(_lookback(comment) for comment in comments.values()),
        _query(chosen, columns),
        "\n".join(
            f"COMMENT ON COLUMN minute_features.{name} IS '{comment}';" for name, comment in _all(comments).items()
        ),
    )


def _lookback(comment: str) -> int:
    found = LOOKBACK.search(comment)
    assert found
    return 0 if found[2] else int(found[1])


def _all(comments: Mapping[str, str]) -> dict[str, str]:
    return {
        "symbol": "Name of the market",
        "day": "UTC date of ts; a predicate on it reads only those days",
        "ts": "End of the minute, UTC; every feature is known then",
        **comments,
        "complete": "True: no feature is NULL",
    }


def _query(chosen: Sequence[Group], columns: Mapping[str, Group]) -> str:
    """One UTC day at a time: every value comes from the same rows whatever range is asked for.

    The calendar stands in the text, so that a version rests on no other view. A group is joined by its minute, at most
    one row of it a minute, and is not computed where none of its columns is asked for. OFFSET 0 keeps the planner from
    joining the days' minutes before it has picked the days.
    """
    sources = dict(sql_files("features"))
    query = sql.SQL(
        """SELECT
    d.symbol,
    d.day,
    v.ts,
    {outer},
    v.complete
FROM (
{calendar}
) AS d
CROSS JOIN LATERAL (
    WITH minutes AS MATERIALIZED (
{minutes}
    ),

    recorded AS MATERIALIZED (
{recorded}
    )

    SELECT
        l.ts,
        {inner},
        num_nulls(
            {every}
        ) = 0 AS complete
    FROM recorded AS l
    {joins}
    WHERE l.is_loaded
    OFFSET 0
) AS v"""
    )
    aliases = {group.path: f"group_{number}" for number, group in enumerate(chosen, 1)}
    place = [sql.Identifier(aliases[group.path], name) for name, group in columns.items()]
    return query.format(
        outer=sql.SQL(",\n    ").join(sql.Identifier("v", name) for name in columns),
        calendar=sql.SQL(_calendar()),
        minutes=sql.SQL(sources["minutes.sql"].rstrip()),
        recorded=sql.SQL(sources["recorded.sql"].rstrip()),
        inner=sql.SQL(",\n        ").join(place),
        every=sql.SQL(",\n            ").join(place),
        joins=sql.SQL("\n    ").join(_join(group, aliases[group.path]) for group in chosen),
    ).as_string(None)


def _calendar() -> LiteralString:
    """The SELECT of metric_days."""
    text = dict(sql_files("views"))["10_raw/metric_days.sql"]
    return text[text.index("WITH RECURSIVE") : text.index(";\nCOMMENT")]


def _join(group: Group, alias: str) -> sql.Composed:
    return sql.SQL(
        "LEFT JOIN (\n        -- {path}\n        SELECT DISTINCT ON (q.n) q.*\n        FROM (\n{query}\n        ) AS q\n        WHERE q.n >= 0\n"
        "        ORDER BY q.n\n    ) AS {alias}\n        ON {alias}.n = l.n"
    ).format(
        path=sql.SQL(group.path),
        query=sql.SQL(group.query),  # a file of ours or of the user's own, never a value
        alias=sql.Identifier(alias),
    )


def check_own(connection: Connection) -> None:
    """Try each of the users' own files by itself; raises WarehouseRefused with the server's word on the first bad one."""
    for group in groups():
        if group.is_own:
            _check(connection, group)


def _check(connection: Connection, group: Group) -> None:
    try:
        with connection.transaction(force_rollback=True):
            connection.execute(_text(f"CREATE VIEW features_on_trial AS {assemble([group]).query}"))
            other = connection.execute(
                "SELECT attname::text AS name, format_type(atttypid, NULL) AS type FROM pg_attribute "
                "WHERE attrelid = 'features_on_trial'::regclass AND attname = ANY(%s) AND atttypid <> 'float8'::regtype",
                [list(group.comments)],
            ).fetchone()
    except Error as error:
        said = (error.diag.message_primary or str(error)).splitlines()[0]
        raise _refused(group.path, f"is refused by the server ({said})") from error
    if other:
        raise _refused(
            group.path, f"gives {other.name} as {other.type}; write {other.name} as double precision (::float8)"
        )


def register(connection: Connection, current: Definition, again: Collection[str] = ()) -> int:
    """The number of the definition, a new one where it is new; its view is there afterwards, and the view of each version
    that a model rests on. Views of versions whose names are in `again` are made again."""
    row = connection.execute(
        statement("record_feature_version"),
        {
            "hash": current.hash,
            "columns": list(current.columns),
            "lookbacks": list(current.lookbacks),
            "definition": current.text,
        },
    ).fetchone()
    assert row is not None
    for version in _versions(connection, row.feature_version):
        is_lost = version.is_needed and not version.has_view
        if (is_lost or view_name(version.feature_version) in again) and version.definition.startswith("SELECT"):
            _create(connection, version.feature_version, version.definition)
    return int(row.feature_version)


def number_of(connection: Connection, current: Definition) -> tuple[int, bool]:
    """The number that the definition has or will have, and whether it is a new one."""
    known = dict(connection.execute("SELECT feature_hash, feature_version FROM feature_versions").fetchall())
    is_new = current.hash not in known
    return (max(known.values(), default=0) + 1 if is_new else known[current.hash]), is_new


def lost_views(connection: Connection) -> list[str]:
    """Views that a model rests on and that are not there, by name."""
    return [
        view_name(version.feature_version)
        for version in _versions(connection, 0)
        if version.is_needed and not version.has_view and version.definition.startswith("SELECT")
    ]


def drop_unneeded(connection: Connection, in_force: int) -> None:
    """Drop the views of versions of more than a week ago that no model rests on; their text stays in the registry.

    A training that is under way registers its model on a younger one.
    """
    for version in _versions(connection, in_force):
        if version.has_view and not version.is_needed and version.is_old:
            _drop(connection, version.feature_version)


def _versions(connection: Connection, in_force: int) -> list[Any]:
    return connection.execute(statement("feature_versions_needed"), {"in_force": in_force}).fetchall()


def _create(connection: Connection, version: int, text: str) -> None:
    query, _, comments = text.partition(";\nCOMMENT ON COLUMN")
    name = view_name(version)
    connection.execute(_text(f"CREATE OR REPLACE VIEW {name} AS\n{query}"))
    connection.execute(
        _text(
            f"COMMENT ON COLUMN{comments}".replace("COMMENT ON COLUMN minute_features.", f"COMMENT ON COLUMN {name}.")
        )
    )
    said = f"Version {version} of minute_features, kept while a model rests on it"
    connection.execute(_comment("VIEW", sql.Identifier(name), said))


def _drop(connection: Connection, version: int) -> None:
    try:
        with connection.transaction():
            connection.execute("SET LOCAL lock_timeout = '1s'")
            connection.execute(sql.SQL("DROP VIEW {}").format(sql.Identifier(view_name(version))))
    except (pg.DependentObjectsStillExist, pg.LockNotAvailable):
        return  # somebody uses it: it costs nothing to keep


def show(connection: Connection, current: Definition, version: int) -> None:
    """Make `minute_features` show the version.

    Columns that are there keep their places and new ones come last, so that views built on it stay. One that went is
    NULL from then on where somebody uses the view, and goes with it where nobody does.
    """
    now = ["symbol", "day", "ts", *current.columns, "complete"]
    before = _columns_shown(connection)
    if not set(before) <= set(now) and _dropped(connection):
        before = []
    gone = [name for name in before if name not in now]
    columns = [*before, *(name for name in now if name not in before)]
    connection.execute(
        sql.SQL("CREATE OR REPLACE VIEW minute_features AS\nSELECT {columns}\nFROM {view}").format(
            columns=sql.SQL(", ").join(
                sql.SQL("NULL::float8 AS {}" if name in gone else "{}").format(sql.Identifier(name)) for name in columns
            ),
            view=sql.Identifier(view_name(version)),
        )
    )
    connection.execute(_text(current.comments))
    for name in gone:
        said = f"Not in version {version} of the features: always NULL; look-back 0 min"
        connection.execute(_comment("COLUMN", sql.Identifier("minute_features", name), said))
    said = f"Version {version} of the features: one row a loaded minute; ask with symbol and day (features_between adds day)"
    connection.execute(_comment("VIEW", sql.Identifier("minute_features"), said))


def _columns_shown(connection: Connection) -> list[str]:
    there = connection.execute(
        "SELECT attname::text AS name FROM pg_attribute WHERE attrelid = to_regclass('minute_features') AND attnum > 0 ORDER BY attnum"
    )
    return [row.name for row in there]


def _dropped(connection: Connection) -> bool:
    """Drop minute_features unless somebody else built on it or was granted it; whether it was."""
    granted = connection.execute(statement("grants_to_others"), {"view": "minute_features"}).fetchall()
    try:
        with connection.transaction():
            connection.execute("DROP FUNCTION IF EXISTS features_between(text, timestamptz, timestamptz)")
            connection.execute("DROP VIEW minute_features")
            if granted:
                raise psycopg.Rollback
    except pg.DependentObjectsStillExist:
        return False
    return not granted


def _comment(kind: LiteralString, place: sql.Identifier, text: str) -> sql.Composed:
    return sql.SQL("COMMENT ON {} {} IS {}").format(sql.SQL(kind), place, sql.Literal(text))


def _text(text: str) -> sql.SQL:
    """A statement made of our own files."""
    return sql.SQL(text)


def name_of(path: str) -> str:
    """The object that a view's file makes."""
    return PurePosixPath(path).stem
