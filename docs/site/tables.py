"""The reference of tables, views and functions, from the comments of a migrated database.

    python -m docs.site.tables      # after a migration, a view or a comment changed

Starts a PostgreSQL of its own for some seconds and writes docs/reference/tables.md, which is committed, so that the site can
be built without a database; a test compares the two.
"""

from __future__ import annotations

import sys
import tempfile
from itertools import groupby
from pathlib import Path

from docs.site.reference import as_cell
from include.launcher.postgres import EmbeddedPostgres
from include.warehouse.connection import Connection, Warehouse
from include.warehouse.migrate import migrate

PAGE = Path(__file__).resolve().parents[1] / "reference" / "tables.md"
HEAD = """# Tables, views and functions

The schema `market` as `COMMENT ON` describes it; `\\d+ signals` in psql shows the same. Build on the views: they keep their
names and columns from version to version. Which to read for what stands in
[the README](../../README.md#the-way-of-the-data), what flatters in [the cookbook](../cookbook.md). Times are UTC. NULL is
unknown, never 0. This page is written by `python -m docs.site.tables`.
"""
RELATIONS = """
    SELECT CASE c.relkind WHEN 'v' THEN 'Views' ELSE 'Tables' END, c.relname, obj_description(c.oid, 'pg_class'),
        a.attname, format_type(a.atttypid, a.atttypmod), col_description(c.oid, a.attnum)
    FROM pg_class AS c
    INNER JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relnamespace = 'market'::regnamespace AND c.relkind IN ('r', 'p', 'v') AND NOT c.relispartition
        AND c.relname !~ '_v[0-9]+$'
    ORDER BY 1 DESC, 2, a.attnum
"""
FUNCTIONS = """
    SELECT p.proname || '(' || pg_get_function_arguments(p.oid) || ')', obj_description(p.oid, 'pg_proc')
    FROM pg_proc AS p
    WHERE p.pronamespace = 'market'::regnamespace
    ORDER BY 1
"""


def tables(connection: Connection) -> str:
    """The page, from the comments of the database behind the connection; versions of a view are left out."""
    lines = [HEAD]
    relations = [tuple(row) for row in connection.execute(RELATIONS)]
    for kind, of_kind in groupby(relations, key=lambda row: row[0]):
        lines.append(f"## {kind}\n")
        for (name, comment), columns in groupby(of_kind, key=lambda row: row[1:3]):
            lines += [f"### {name}\n", f"{as_cell(comment)}.\n", "| column | type | is |", "|---|---|---|"]
            lines += [f"| `{column}` | {as_cell(of)} | {as_cell(told or '')} |" for *_, column, of, told in columns] + [
                ""
            ]
    lines += ["## Functions\n", "| function | gives |", "|---|---|"]
    lines += [f"| `{signature}` | {as_cell(told)} |" for signature, told in connection.execute(FUNCTIONS)]
    return "\n".join([*lines, ""])


def main() -> None:
    """Write the page from a new database."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # for the user that PostgreSQL runs as where this one is root
        server = EmbeddedPostgres(Path(folder) / "postgres", password="of some seconds", settings={"fsync": "off"})  # noqa: S106
        try:
            server.start()
            server.ensure_role("owner", server.password, "CREATEROLE")
            server.create_database("tables", "owner")
            warehouse = Warehouse(server.dsn("tables", "owner", server.password))
            migrate(warehouse)
            with warehouse.transaction("reader") as connection:
                PAGE.write_text(tables(connection), encoding="utf-8")
        finally:
            server.stop()
    sys.stdout.write(f"{PAGE} is written.\n")


if __name__ == "__main__":
    main()
