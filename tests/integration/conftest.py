"""Real PostgreSQL servers for the tests: one of each version that is there, each test in a database of its own."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from include.launcher.binaries import Binaries, candidate_folders, read_binaries
from include.launcher.postgres import EmbeddedPostgres
from include.warehouse.connection import Warehouse
from include.warehouse.migrate import migrate

OWNER = "market_admin"
PASSWORD = "only for tests: ümlaut @/:%"
PG_VERSIONS = (15, 18)
DEFAULT_VERSION = 18
FAST = {"fsync": "off", "full_page_writes": "off", "shared_buffers": "64MB"}

Servers = Callable[[int], EmbeddedPostgres]


def installed_versions() -> dict[int, Binaries]:
    """The preferred programs of each major version on this machine."""
    found = [read_binaries(folder) for folder in candidate_folders()]
    return {binaries.major: binaries for binaries in reversed(found)}


@contextmanager
def running_server(version: int) -> Iterator[EmbeddedPostgres]:
    """A server in a folder that, as root, its unprivileged user may enter (pytest's own may not be)."""
    binaries = installed_versions().get(version)
    if binaries is None:
        pytest.skip(f"PostgreSQL {version} is not installed here (found: {sorted(installed_versions())})")
    folder = Path(tempfile.mkdtemp(prefix="cortex-signals-test-"))
    folder.chmod(0o755)
    server = EmbeddedPostgres(folder / "postgres", binaries, password=PASSWORD, settings=FAST)
    try:
        server.start()
        server.ensure_role(OWNER, PASSWORD, "CREATEROLE")
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def servers() -> Iterator[Servers]:
    """Servers by major version, each started when it is first asked for."""
    running: dict[int, EmbeddedPostgres] = {}
    with ExitStack() as stack:

        def server(version: int) -> EmbeddedPostgres:
            if version not in running:
                running[version] = stack.enter_context(running_server(version))
            return running[version]

        yield server


@pytest.fixture(scope="session")
def postgres(request: pytest.FixtureRequest, servers: Servers) -> EmbeddedPostgres:
    """The server of the newest version, or of the version given by an indirect parameter.

    ``@pytest.mark.parametrize("postgres", PG_VERSIONS, indirect=True)`` runs a test on each version.
    """
    return servers(getattr(request, "param", DEFAULT_VERSION))


@pytest.fixture
def another_database(postgres: EmbeddedPostgres) -> Iterator[str]:
    """Like new_database, beside it."""
    with database(postgres) as dsn:
        yield dsn


@pytest.fixture
def new_database(postgres: EmbeddedPostgres) -> Iterator[str]:
    """The DSN of a fresh empty database; its login owns it, is no superuser and may create roles."""
    with database(postgres) as dsn:
        yield dsn


@pytest.fixture(scope="session")
def migrated_template(postgres: EmbeddedPostgres) -> Iterator[str]:
    """Name of a migrated, empty database that others are copied from: a tenth of the time of migrating them."""
    with database(postgres) as dsn:
        migrate(Warehouse(dsn))
        yield str(conninfo_to_dict(dsn)["dbname"])


@pytest.fixture
def migrated_database(postgres: EmbeddedPostgres, migrated_template: str) -> Iterator[str]:
    """Like new_database, and migrated."""
    name = f"test_{uuid4().hex}"
    copy = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}")
    with postgres.connect() as connection:
        connection.execute(copy.format(*(sql.Identifier(part) for part in (name, OWNER, migrated_template))))
    yield postgres.dsn(name, OWNER, PASSWORD)
    postgres.drop_database(name)


@contextmanager
def database(postgres: EmbeddedPostgres) -> Iterator[str]:
    name = f"test_{uuid4().hex}"
    postgres.create_database(name, OWNER)
    yield postgres.dsn(name, OWNER, PASSWORD)
    postgres.drop_database(name)


@pytest.fixture(scope="session")
def made_signals(servers: Servers) -> Iterator[str]:
    """The DSN of a database with every kind of signal, settled (made_signals.py); tests read it and change nothing."""
    from made_signals import make_signals

    from include.warehouse.connection import Warehouse

    with database(servers(DEFAULT_VERSION)) as dsn:
        make_signals(Warehouse(dsn))
        yield dsn


@pytest.fixture(scope="session")
def filled(servers: Servers) -> Iterator[str]:
    """The DSN of a database that went the whole way of the data (filled.py); tests read it and change nothing."""
    from filled import NOW, fill, market, pipeline_to
    from markets import served

    with served(market(), NOW) as url, database(servers(DEFAULT_VERSION)) as dsn:
        fill(pipeline_to(url, dsn))
        yield dsn
