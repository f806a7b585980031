"""A small warehouse as each release left it, for the upgrades of later ones.

``python -m tests.integration.older_schema.releases`` writes that of the version in pyproject.toml beside this file: minutes of
five hours, models, signals with their outcomes, checks and an alert, as PostgreSQL 15 dumps them. It is made with a release
and not changed after it.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[3]
HERE = Path(__file__).parent / "releases"
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
OLDEST_SERVER = 15
# What only a newer psql takes, what changes with each dump, and headings.
LEFT_OUT = re.compile(
    r"^(?:\\(?:un)?restrict .*\n|-- Dumped .*\n|--\n-- (?:Name|Data for Name): .*\n--\n+)", re.MULTILINE
)


def snapshots() -> list[Path]:
    """The files, in order of name."""
    return sorted(HERE.glob("*.sql"))


def main() -> None:
    """Fill a warehouse, leave five hours of its minutes, and dump it."""
    from filled import NOW, fill, market, pipeline_to
    from markets import served

    from tests.integration.conftest import database, running_server

    with running_server(OLDEST_SERVER) as server, served(market(), NOW) as url, database(server) as dsn:
        pipeline = pipeline_to(url, dsn)
        fill(pipeline)
        with pipeline.warehouse.transaction() as connection:
            connection.execute(
                "DELETE FROM minute_metrics WHERE ts < (SELECT max(ts) FROM minute_metrics) - INTERVAL '5 hours'"
            )
        command = [server.binaries.program("pg_dump"), "--no-owner", "--no-privileges", "-n", "market", "-d", dsn]
        dumped = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    HERE.mkdir(exist_ok=True)
    (HERE / f"{VERSION}.sql").write_text(LEFT_OUT.sub("", dumped), encoding="utf-8")


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests/integration")]
    main()
