"""Wall clocks that are off, each by the seconds in a file, for the programs of a stack and nobody else."""

from __future__ import annotations

import shutil
import struct
import subprocess
from collections.abc import Mapping
from pathlib import Path

SOURCE = Path(__file__).with_name("moved_clock.c")
WHOSE = ("pipeline", "source")


class Clocks:
    """The library that programs preload, built into `folder`, and a file for each of WHOSE."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.library = folder / "moved_clock.so"
        self.seconds = dict.fromkeys(WHOSE, 0)

    @staticmethod
    def why_not() -> str | None:
        """Why no clock can be moved here; None: they can."""
        return None if shutil.which("cc") else "no C compiler (cc) is here to build the clock that is moved"

    def build(self) -> None:
        """Compiles the library; every clock is right at first."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o755)
        command = ["cc", "-O2", "-shared", "-fPIC", "-o", str(self.library), str(SOURCE), "-ldl"]
        subprocess.run(command, check=True, capture_output=True)
        for whose in WHOSE:
            self.move(whose, 0)

    def environment(self, whose: str) -> Mapping[str, str]:
        """What a program is started with so that its clock can be moved."""
        return {"LD_PRELOAD": str(self.library), "MOVED_CLOCK": str(self.folder / whose)}

    def move(self, whose: str, seconds: int) -> None:
        """From now on that clock is so many seconds ahead of this machine's; negative: behind."""
        file = self.folder / whose
        with file.open("r+b" if file.exists() else "wb") as clock:
            clock.write(struct.pack("q", seconds))
        file.chmod(0o644)
        self.seconds[whose] = seconds
