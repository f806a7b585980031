"""A backup brings back every row, and is there whole or not at all."""

from __future__ import annotations

import json
import os
import re
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest
from markets import FIRST, ChangeableMarket, Serve
from pipelines import make_pipeline, rows, small_settings

from include.backup import back_up, restore
from include.cli.main import main
from include.errors import NotReady, WarehouseRefused
from include.folders import FolderRefused
from include.ingest import ingest
from include.predict import predict
from include.settings import Cell, Timescale
from include.settle import settle
from include.train import train
from include.warehouse import dumps
from include.warehouse.connection import Warehouse
from include.warehouse.migrate import migrate
from tests.integration.conftest import PASSWORD, PG_VERSIONS

DAYS = 9
NOW = FIRST + timedelta(days=DAYS)
CELL = Cell(15, Decimal("0.003"))


def content(warehouse: Warehouse) -> dict[str, tuple[Any, ...]]:
    """Of every table of the schema, how many rows it has and a hash over them; where each sequence stands."""
    tables = "SELECT tablename::text FROM pg_tables WHERE schemaname = 'market' ORDER BY 1"
    found: dict[str, tuple[Any, ...]] = {}
    for (table,) in rows(warehouse, tables):
        query = f"SELECT count(*), md5(string_agg(md5(t::text), '' ORDER BY t::text)) FROM {table} AS t"
        [found[table]] = rows(warehouse, query)
    found["sequences"] = tuple(rows(warehouse, "SELECT sequencename::text, last_value FROM pg_sequences ORDER BY 1"))
    return found


def market_at(serve: Serve, now: datetime) -> str:
    return serve(ChangeableMarket(days=DAYS + 1, seed=5), now)


def test_every_row_comes_back_and_the_pipeline_goes_on(
    serve: Serve, new_database: str, another_database: str, tmp_path: Path
) -> None:
    """Minutes, a model, signals and outcomes, row for row; the restored warehouse loads and answers the next minutes."""
    small = small_settings(candidates=())
    settings = replace(
        small,
        ingest=replace(small.ingest, first_load=timedelta(days=DAYS)),
        signals=replace(small.signals, live=(CELL,), catch_up=timedelta(hours=2)),
    )
    pipeline = make_pipeline(market_at(serve, NOW), new_database, settings)
    migrate(pipeline.warehouse)
    ingest(pipeline)
    train(pipeline, as_of=NOW - timedelta(hours=1))
    predict(pipeline)
    settle(pipeline)
    before = content(pipeline.warehouse)
    assert all(before[name][0] > 0 for name in ("minute_metrics", "models", "signals", "settled_outcomes"))

    done = back_up(pipeline.warehouse, tmp_path / "backups", keep=2)
    there = Warehouse(another_database)
    restored = restore(there, Path(done.file), Timescale())
    assert content(there) == before
    assert (restored.source_kind, restored.signals) == ("simulated", before["signals"][0])
    assert (restored.minutes, restored.models) == (before["minute_metrics"][0], before["models"][0])
    with pytest.raises(WarehouseRefused, match="append-only"), there.transaction() as connection:
        connection.execute("DELETE FROM signals")
    with pytest.raises(WarehouseRefused, match="may not do this"), there.transaction("writer") as connection:
        connection.execute("UPDATE models SET candidate = 'x'")

    later = NOW + timedelta(minutes=3)
    onward = make_pipeline(market_at(serve, later), another_database, settings)
    assert ingest(onward).minutes_new == 3
    assert predict(onward).scored == 3
    assert rows(there, "SELECT max(ts), min(signal_id) > 0 FROM signals") == [(later, True)]


@pytest.fixture
def migrated(new_database: str) -> Warehouse:
    warehouse = Warehouse(new_database)
    migrate(warehouse)
    return warehouse


@pytest.mark.parametrize("postgres", PG_VERSIONS, indirect=True)
def test_each_version_s_server_is_read_by_programs_that_fit(
    migrated: Warehouse, another_database: str, tmp_path: Path
) -> None:
    """A schema of each version goes out and in by a pg_dump and pg_restore of that version."""
    done = back_up(migrated, tmp_path, keep=1)
    restore(Warehouse(another_database), Path(done.file), Timescale())
    assert content(Warehouse(another_database)).keys() == content(migrated).keys()


def test_a_backup_is_private_named_by_its_time_and_has_its_checksum(migrated: Warehouse, tmp_path: Path) -> None:
    """`sha256sum -c` agrees; the newest `keep` stay, with what is not ours."""
    folder = tmp_path / "new" / "backups"
    folder.mkdir(parents=True)
    for day in (1, 2, 3):
        for suffix in ("", ".sha256"):
            (folder / f"cortex-signals-2026010{day}T000000Z.dump{suffix}").write_text("older")
    mine = folder / "cortex-signals-of-mine.dump"
    mine.write_text("mine")
    left = folder / ".cortex-signals-20260101T000000Z.dump.part"
    left.write_text("half")
    os.utime(left, (0, 0))
    done = back_up(migrated, folder, keep=2)
    assert re.fullmatch(r"cortex-signals-\d{8}T\d{6}Z\.dump", Path(done.file).name)
    for path in (Path(done.file), Path(f"{done.file}.sha256")):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    subprocess.run(["sha256sum", "--check", "--quiet", f"{done.file}.sha256"], cwd=folder, check=True)
    assert {path.name for path in folder.iterdir()} == {
        mine.name,
        "cortex-signals-20260103T000000Z.dump",
        "cortex-signals-20260103T000000Z.dump.sha256",
        Path(done.file).name,
        f"{Path(done.file).name}.sha256",
    }
    assert done.removed == 2


def test_what_was_changed_or_is_incomplete_is_refused(
    migrated: Warehouse, another_database: str, tmp_path: Path
) -> None:
    """Another byte, no checksum, no file, or a database that is not empty: a sentence, and nothing is made."""
    there, file = Warehouse(another_database), Path(back_up(migrated, tmp_path, keep=1).file)
    with pytest.raises(WarehouseRefused, match="restored into an empty one only"):
        restore(migrated, file, Timescale())
    with pytest.raises(FolderRefused, match="cannot be read"):
        restore(there, tmp_path / "none.dump", Timescale())
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    with pytest.raises(FolderRefused, match="not what was written"):
        restore(there, file, Timescale())
    Path(f"{file}.sha256").unlink()
    with pytest.raises(FolderRefused, match=r"FILE and FILE\.sha256"):
        restore(there, file, Timescale())
    assert rows(there, "SELECT to_regnamespace('market')") == [(None,)]


def test_a_folder_that_cannot_be_written_is_named(migrated: Warehouse) -> None:
    """One sentence with the setting, before anything is read."""
    with pytest.raises(FolderRefused, match="CORTEX_SIGNALS_BACKUPS"):
        back_up(migrated, Path("/proc/none"), keep=1)


def test_no_program_for_the_server_is_said() -> None:
    """An older pg_dump would refuse the server: the sentence names the package."""
    with pytest.raises(NotReady, match="postgresql-client-99"):
        dumps.program("pg_dump", 99)


@pytest.fixture
def held(migrated: Warehouse) -> Iterator[psycopg.Connection[Any]]:
    """A table that nobody may read, so that a dump waits."""
    with psycopg.connect(migrated.dsn) as connection:
        connection.execute("LOCK TABLE market.signals IN ACCESS EXCLUSIVE MODE")
        yield connection


def test_a_killed_backup_leaves_no_file_under_a_backup_s_name(
    migrated: Warehouse, held: psycopg.Connection[Any], tmp_path: Path
) -> None:
    """Nor is a password in any command line meanwhile; the next backup is whole."""
    environment = {**os.environ, "WAREHOUSE_DSN": migrated.dsn, "CORTEX_URL": "http://127.0.0.1:9"}
    command = [sys.executable, "-m", "include.cli", "backup", "--to", str(tmp_path)]
    with subprocess.Popen(command, env=environment, start_new_session=True) as process:
        family = lines_once_dumping(process.pid)
        os.killpg(process.pid, signal.SIGKILL)
    assert not [line for line in family if PASSWORD in line or "%40" in line]
    assert [path.name for path in tmp_path.iterdir() if not path.name.startswith(".")] == []
    held.rollback()
    assert Path(back_up(migrated, tmp_path, keep=1).file).stat().st_size > 1000


def lines_once_dumping(pid: int) -> list[str]:
    """The command lines of the process and what it started, once pg_dump is among them."""
    until = time.monotonic() + 120
    while time.monotonic() < until:
        family = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
        lines = [" ".join(process.cmdline()) for process in family]
        if any("pg_dump" in line and "--file" in line for line in lines):
            return lines
        time.sleep(0.05)
    raise AssertionError("pg_dump did not start")


def test_the_console_backs_up_and_restores(
    migrated: Warehouse,
    another_database: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What each answers is a document with the file, and with what the database then holds."""
    monkeypatch.setenv("CORTEX_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("WAREHOUSE_DSN", migrated.dsn)
    assert main(["backup", "--json"]) == 1
    assert "CORTEX_SIGNALS_BACKUPS" in capsys.readouterr().err
    assert main(["backup", "--to", str(tmp_path), "--json"]) == 0
    file = json.loads(capsys.readouterr().out)["file"]
    monkeypatch.setenv("WAREHOUSE_DSN", another_database)
    assert main(["restore", file]) == 0
    assert "holds 0 minutes, 0 models, 0 signals and 0 outcomes of no source yet" in capsys.readouterr().out
