"""The warehouse that is read: one of the benchmark's own on an embedded server, or another's."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.features.minutes import fill
from bench.server import Server, running
from include.warehouse.connection import Warehouse


@dataclass(frozen=True)
class Place:
    """The warehouse that is read; `server` and `database` where it is the benchmark's own."""

    warehouse: Warehouse
    server: Server | None = None
    database: str = ""


@contextmanager
def place_of(dsn: str | None, minutes: Path, work: Path) -> Iterator[Place]:
    """The warehouse behind `dsn`, which is migrated, or a new one; filled where it is empty."""
    if dsn:
        place = Place(Warehouse(dsn))
        if is_empty(place.warehouse):
            say("Filling the warehouse …")
            fill(place.warehouse, minutes)
        yield place
        return
    with running(work) as server:
        database = server.new_warehouse()
        place = Place(Warehouse(server.dsn(database)), server, database)
        say("Filling a warehouse …")
        fill(place.warehouse, minutes)
        yield place


def is_empty(warehouse: Warehouse) -> bool:
    with warehouse.transaction("reader") as connection:
        return connection.execute("SELECT FROM minute_metrics LIMIT 1").fetchone() is None


def programs(warehouse: Warehouse) -> dict[str, str]:
    """Versions of the server and, where it is there, of TimescaleDB."""
    query = """
        SELECT 'PostgreSQL' AS name, split_part(current_setting('server_version'), ' ', 1) AS version
        UNION ALL SELECT 'TimescaleDB', extversion FROM pg_extension WHERE extname = 'timescaledb'
    """
    with warehouse.transaction("reader") as connection:
        return {row.name: row.version for row in connection.execute(query)}


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
