"""The yardstick: the same rows by the plainest COPY and upsert, without any of the loader's care."""

from __future__ import annotations

from pathlib import Path

import psycopg
from psycopg import sql

from bench.ingest.span import Span
from bench.server import Server, Work

# the columns that the loader fills: keys and metrics, not the ones with defaults
COLUMNS = """
SELECT attname FROM pg_attribute
WHERE attrelid = 'market.minute_metrics'::regclass AND attnum > 0 AND NOT attisdropped AND NOT atthasdef
ORDER BY attnum
"""
READ = "COPY (SELECT {columns} FROM market.minute_metrics WHERE ts >= {start} AND ts < {end} ORDER BY ts) TO STDOUT"
STAGE = (
    "CREATE TEMPORARY TABLE staged ON COMMIT DELETE ROWS AS SELECT {columns} FROM market.minute_metrics WITH NO DATA"
)
COPY = "COPY staged FROM STDIN"
UPSERT = """
INSERT INTO market.minute_metrics ({columns}) SELECT {columns} FROM staged
ON CONFLICT (symbol, ts) DO UPDATE SET {updates}
"""


def write_rows(server: Server, database: str, span: Span, folder: Path) -> list[Path]:
    """The loaded rows as text, a file a window."""
    folder.mkdir(exist_ok=True)
    files = [folder / f"{window.start:%Y%m%dT%H%M}.copy" for window in span.windows()]
    with server.postgres.connect(database) as connection:
        names = sql.SQL(", ").join(map(sql.Identifier, _columns(connection)))
        for file, window in zip(files, span.windows(), strict=True):
            read = sql.SQL(READ).format(columns=names, start=window.start, end=window.end)
            with file.open("wb") as out, connection.cursor().copy(read) as copy:
                out.writelines(copy)
    return files


def copy_and_upsert(server: Server, files: list[Path]) -> Work:
    """Each file copied into a temporary table and upserted, a transaction a file, into an empty warehouse's table."""
    database = server.new_warehouse()
    with server.measured(database) as done, psycopg.connect(server.dsn(database)) as connection:
        columns = _columns(connection)
        names = sql.SQL(", ").join(map(sql.Identifier, columns))
        updates = sql.SQL(", ").join(
            sql.SQL("{0} = excluded.{0}").format(sql.Identifier(column)) for column in columns[2:]
        )
        connection.execute(sql.SQL(STAGE).format(columns=names))
        connection.commit()
        upsert = sql.SQL(UPSERT).format(columns=names, updates=updates)
        for file in files:
            with connection.cursor().copy(COPY) as copy:
                copy.write(file.read_bytes())
            connection.execute(upsert)
            connection.commit()
    server.postgres.drop_database(database)
    return done[0]


def _columns(connection: psycopg.Connection) -> list[str]:
    return [name for (name,) in connection.execute(COLUMNS)]
