"""A disk in memory that is small enough to be filled."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path

BLOCK = 1 << 20


class SmallDisk:
    """A tmpfs on `folder`, which only root may mount."""

    def __init__(self, folder: Path, megabytes: int) -> None:
        self.folder = folder
        self.megabytes = megabytes
        self.filler = folder / "filler"

    @staticmethod
    def why_not() -> str | None:
        """Why nothing can be mounted here; None: it can."""
        if os.geteuid() or not shutil.which("mount"):
            return "only root may mount the small disk"
        return None

    def mount(self) -> None:
        """Mounts it, empty, unless it is there."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if not self.folder.is_mount():
            size = f"size={self.megabytes}m,mode=0755"
            subprocess.run(["mount", "-t", "tmpfs", "-o", size, "cortex-signals-chaos", str(self.folder)], check=True)

    def unmount(self) -> None:
        if self.folder.is_mount():
            subprocess.run(["umount", "--lazy", str(self.folder)], check=True)

    def fill(self) -> int:
        """Leaves no byte; how many MB were taken."""
        with self.filler.open("ab", buffering=0) as filler:
            for size in (BLOCK, 4096):
                with suppress(_Full):
                    while True:
                        _write(filler.fileno(), bytes(size))
        return self.filler.stat().st_size // BLOCK

    def free(self) -> None:
        self.filler.unlink(missing_ok=True)


class _Full(Exception):
    pass


def _write(file: int, block: bytes) -> None:
    try:
        os.write(file, block)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise _Full from error
        raise
