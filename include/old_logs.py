"""Airflow's log files of tasks, DAG processor and triggerer: those that nobody wrote to for long are removed."""

from __future__ import annotations

import os
import re
import stat
import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from include.errors import SettingsError

YOUNG = timedelta(hours=12)
LOG_FILE = re.compile(r"\.log(\.|$)")  # attempt=1.log, attempt=1.log.trigger.7.log, ingest_metrics.py.log


def clean_logs(folder: Path, kept: timedelta, *, dry_run: bool = False) -> dict[str, int]:
    """Remove log files last written before `kept` ago, links that lead nowhere, and folders that are empty then.

    No link is followed, so that nothing outside the folder is touched, whatever lies in it; other files stay.

    Returns
    -------
    files and bytes that went, or would go.

    Raises
    ------
    SettingsError
        The folder is there and cannot be read.
    """
    root, before = folder.resolve(), time.time() - kept.total_seconds()
    gone = {"files": 0, "bytes": 0}
    if not root.is_dir():
        return gone
    for place, folders, files, here in os.fwalk(root, topdown=False, follow_symlinks=False, onerror=_unreadable):
        for name in (*files, *folders):
            with suppress(FileNotFoundError):  # another run, or Airflow's own rotation, was first
                size = _remove(name, here, before, dry_run=dry_run)
                gone["files"] += size is not None
                gone["bytes"] += size or 0
        if not dry_run and Path(place) != root:
            _remove_empty(Path(place))
    return gone


def _remove(name: str, here: int, before: float, *, dry_run: bool) -> int | None:
    """The size of what was removed; None: it stays."""
    entry = os.stat(name, dir_fd=here, follow_symlinks=False)
    if stat.S_ISLNK(entry.st_mode):
        is_old = not _leads_somewhere(name, here)
    else:
        is_old = stat.S_ISREG(entry.st_mode) and entry.st_mtime < before and LOG_FILE.search(name) is not None
    if not is_old:
        return None
    if not dry_run:
        os.unlink(name, dir_fd=here)
    return entry.st_size


def _leads_somewhere(name: str, here: int) -> bool:
    try:
        os.stat(name, dir_fd=here)
    except FileNotFoundError:
        return False
    return True


def _remove_empty(place: Path) -> None:
    """The next day's run removes what this one emptied: a young folder may be about to get its first file."""
    with suppress(OSError):  # it is not empty, or gone
        if place.stat(follow_symlinks=False).st_mtime < time.time() - YOUNG.total_seconds():
            place.rmdir()


def _unreadable(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError):
        raise SettingsError(f"The log folder {error.filename} cannot be read ({error.strerror}); run as who writes it.")
