"""Backups of the warehouse: a file and its checksum, there whole or not at all, and the way back into an empty database."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from hashlib import file_digest
from pathlib import Path

from include.folders import FolderRefused
from include.settings import Timescale
from include.warehouse import dumps
from include.warehouse.connection import Warehouse
from include.warehouse.migrate import migrate
from include.warehouse.minutes import known_source
from include.warehouse.upkeep import own_tables, vacuum

NAME = re.compile(r"cortex-signals-(\d{8}T\d{6}Z)\.dump")
UNFINISHED = ".{name}.part"
ABANDONED = timedelta(days=1)


@dataclass(frozen=True)
class BackedUp:
    """What was written: the file, its size in bytes and SHA-256, and how many older ones were removed."""

    file: str
    bytes: int
    sha256: str
    removed: int

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


@dataclass(frozen=True)
class Restored:
    """What a database holds after a restore: the kind and identity of its source (None: nothing was loaded), and counts."""

    source_kind: str | None
    source: str | None
    minutes: int
    models: int
    signals: int
    outcomes: int

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


def back_up(warehouse: Warehouse, folder: Path, keep: int) -> BackedUp:
    """Write a backup into the folder, named by the time in UTC, and remove all but the newest `keep`.

    A file of mode 0600 grows under a hidden name and is renamed when it is whole, on disk and has its checksum beside it:
    what is killed midway leaves no backup, and the next one removes what was left a day ago.

    Raises
    ------
    FolderRefused
        The folder cannot be written; nothing is left behind.
    NotReady, WarehouseRefused, WarehouseError
        As `dumps.dump`.
    """
    stem = f"cortex-signals-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    name = f"{stem}.dump"
    part = folder / UNFINISHED.format(name=f"{stem}-{os.getpid()}.dump")  # what a killed one left is not in the way
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        try:
            dumps.dump(warehouse, part)
            digest = _sync(part)
            _write_checksum(folder / f"{name}.sha256", f"{digest}  {name}\n")
            size = part.stat().st_size
            part.rename(folder / name)
            _sync_folder(folder)
        finally:
            part.unlink(missing_ok=True)
        return BackedUp(str(folder / name), size, digest, _prune(folder, keep))
    except OSError as error:
        raise FolderRefused(
            f"The folder {folder} cannot be written ({error.strerror}); name another with --to, or in CORTEX_SIGNALS_BACKUPS."
        ) from error


def restore(warehouse: Warehouse, file: Path, use_of_timescale: Timescale) -> Restored:
    """Make the schema of a backup in an empty database, bring it to this version and to the settings, and count.

    Raises
    ------
    FolderRefused
        The file cannot be read, has no checksum beside it, or another one.
    WarehouseRefused, NotReady, WarehouseError
        As `dumps.restore`; the database is as it was.
    """
    dumps.require_empty(warehouse)
    _require_whole(file)
    dumps.restore(warehouse, file)
    migrate(warehouse, use_of_timescale)
    vacuum(
        warehouse, own_tables(warehouse)
    )  # a dump has no statistics: without them the first queries take what is there for nothing
    kind, identity = known_source(warehouse) or (None, None)
    return Restored(kind, identity, **dumps.row_counts(warehouse))


def _require_whole(file: Path) -> None:
    beside = Path(f"{file}.sha256")
    try:
        written = beside.read_text(encoding="ascii").split()[:1]
        with file.open("rb") as content:
            found = file_digest(content, "sha256").hexdigest()
    except (OSError, UnicodeDecodeError) as error:
        path = getattr(error, "filename", None) or beside
        raise FolderRefused(
            f"{path} cannot be read ({getattr(error, 'strerror', None) or 'it is no text'}); a backup is FILE and FILE.sha256, which "
            "`sha256sum FILE > FILE.sha256` makes for a file that you know."
        ) from error
    if written != [found]:
        raise FolderRefused(
            f"{file} is not what was written: its SHA-256 is {found[:12]}…, and {beside.name} says {''.join(written)[:12] or 'nothing'}…; "
            "take another backup."
        )


def _sync(path: Path) -> str:
    """The file's SHA-256, once all of it is on disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
        return file_digest(file, "sha256").hexdigest()


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write_checksum(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _prune(folder: Path, keep: int) -> int:
    """Remove older backups of ours, and what killed runs left a day ago; how many backups went."""
    backups = sorted(path for path in folder.iterdir() if NAME.fullmatch(path.name) and path.is_file())
    for path in backups[:-keep]:
        path.unlink(missing_ok=True)
        Path(f"{path}.sha256").unlink(missing_ok=True)
    for path in [
        *folder.glob(UNFINISHED.format(name="cortex-signals-*.dump")),
        *folder.glob("cortex-signals-*.sha256"),
    ]:
        if not path.with_suffix("").exists() and _is_old(path):
            path.unlink(missing_ok=True)
    return len(backups[:-keep])


def _is_old(path: Path) -> bool:
    with suppress(FileNotFoundError):
        return path.lstat().st_mtime < (datetime.now(UTC) - ABANDONED).timestamp()
    return False
