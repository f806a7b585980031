"""Files that belong together: a folder of them is there whole, or not at all."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import tempfile
from collections.abc import Mapping
from pathlib import Path

from include.errors import CortexSignalsError

TAKEN = (errno.ENOTEMPTY, errno.EEXIST, errno.ENOTDIR)


class FolderRefused(CortexSignalsError):
    """A folder cannot be written, or does not hold what it should: name another one."""


def require_free(folder: Path) -> None:
    """That `write_folder` may write it: absent, or empty; raises FolderRefused. For before the work."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise FolderRefused(f"{folder} is there and is no folder; name one that is new or empty.")
    if folder.is_dir() and any(folder.iterdir()):
        raise FolderRefused(f"The folder {folder} is not empty; name one that is new or empty.")


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the files into a new or empty folder; a kill midway leaves at most a hidden `.….part` folder beside it.

    Raises
    ------
    FolderRefused
        It is not empty, or cannot be written; nothing is left behind.
    """
    require_free(folder)
    target = folder.absolute()
    part = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent))
        for name, content in files.items():
            _write(part / name, content)
        part.chmod(0o755)
        part.rename(target)
    except OSError as error:
        if part is not None:
            shutil.rmtree(part, ignore_errors=True)
        if error.errno in TAKEN:
            require_free(folder)
        raise FolderRefused(f"The folder {folder} cannot be written ({error.strerror}); name another.") from error


def require_absent(path: Path) -> None:
    """That `write_file` may write it; raises FolderRefused. For before the work."""
    if path.exists() or path.is_symlink():
        raise _is_there(path)


def _is_there(path: Path) -> FolderRefused:
    return FolderRefused(f"{path} is there already; name another file.")


def write_file(path: Path, content: bytes) -> None:
    """Write a file that is not there, into a folder that is.

    Raises
    ------
    FolderRefused
        It is there, or cannot be written; nothing is left behind.
    """
    try:
        _write(path, content)
    except FileExistsError as error:
        raise _is_there(path) from error
    except OSError as error:
        path.unlink(missing_ok=True)
        raise FolderRefused(f"{path} cannot be written ({error.strerror}); name another file.") from error


def _write(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _open_at_once(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NONBLOCK)


def read_file(path: Path, largest_bytes: int) -> bytes:
    """The content of a file of at most that size; raises FolderRefused that says what is wrong with it."""
    try:
        # a pipe would be waited for, and a device has no end and no size
        with open(path, "rb", opener=_open_at_once) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise FolderRefused(f"{path} is no file; name a folder of `cortex-signals export`.")
            content = file.read(largest_bytes + 1)
    except OSError as error:
        raise FolderRefused(
            f"{path} cannot be read ({error.strerror}); name a folder of `cortex-signals export`."
        ) from error
    if len(content) > largest_bytes:
        raise FolderRefused(f"{path} has more than the {largest_bytes:,} bytes that are read.")
    return content
