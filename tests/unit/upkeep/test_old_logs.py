"""Old log files go, and nothing else: no other file, nothing behind a link, nothing young."""

from __future__ import annotations

import os
import time
from datetime import timedelta
from pathlib import Path

import pytest

from include.old_logs import clean_logs

KEPT = timedelta(days=30)
OLD, YOUNG = 31, 29


def write(path: Path, age_days: float) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x" * 10)
    at = time.time() - age_days * 86_400
    os.utime(path, (at, at))
    return path


@pytest.fixture
def logs(tmp_path: Path) -> Path:
    """A folder as Airflow fills it."""
    folder = tmp_path / "logs"
    write(folder / "dag_id=a" / "run_id=1" / "task_id=t" / "attempt=1.log", OLD)
    write(folder / "dag_id=a" / "run_id=1" / "task_id=t" / "attempt=1.log.trigger.7.log", OLD)
    write(folder / "dag_id=a" / "run_id=2" / "task_id=t" / "attempt=1.log", YOUNG)
    write(folder / "dag_processor" / "2026-01-01" / "dags-folder" / "a.py.log", OLD)
    return folder


def test_what_is_old_goes_and_is_counted(logs: Path) -> None:
    """Three files of ten bytes; a dry run counts the same and removes none; again, there is nothing left to do."""
    assert clean_logs(logs, KEPT, dry_run=True) == {"files": 3, "bytes": 30}
    assert len(list(logs.rglob("*.log"))) == 4
    assert clean_logs(logs, KEPT) == {"files": 3, "bytes": 30}
    assert [path.parent.parent.name for path in logs.rglob("*.log")] == ["run_id=2"]
    assert clean_logs(logs, KEPT) == {"files": 0, "bytes": 0}


def test_a_link_is_not_followed(logs: Path, tmp_path: Path) -> None:
    """Neither a link to a folder nor one to a file takes what is outside along; the links stay while they lead somewhere."""
    outside = write(tmp_path / "outside" / "precious.log", OLD)
    (logs / "folder").symlink_to(outside.parent)
    (logs / "file.log").symlink_to(outside)
    (logs / "latest").symlink_to(logs / "gone")
    clean_logs(logs, KEPT)
    assert outside.exists()
    assert (logs / "folder").is_symlink()
    assert (logs / "file.log").is_symlink()
    assert not (logs / "latest").is_symlink(), "it leads nowhere"


def test_what_is_no_log_stays(logs: Path) -> None:
    """A database, a key or a text in the folder of logs is not ours, however old."""
    others = [write(logs / name, OLD) for name in ("airflow.db", "catalog", "passwords.json", "blog")]
    clean_logs(logs, KEPT)
    assert all(path.exists() for path in others)


def test_an_emptied_folder_goes_a_day_later_and_a_new_one_stays(logs: Path) -> None:
    """A folder that was just made, or just emptied, may be about to get a file."""
    new = logs / "dag_id=a" / "run_id=3"
    new.mkdir()
    clean_logs(logs, KEPT)
    emptied = logs / "dag_id=a" / "run_id=1" / "task_id=t"
    assert emptied.is_dir()
    at = time.time() - 86_400
    os.utime(emptied, (at, at))
    clean_logs(logs, KEPT)
    assert not emptied.exists()
    assert new.is_dir()


def test_no_folder_is_no_trouble(tmp_path: Path) -> None:
    """A worker that has logged nothing yet has none."""
    assert clean_logs(tmp_path / "none", KEPT) == {"files": 0, "bytes": 0}
