"""Becomes a supervised program: ``python -m include.launcher.run_program ENVIRONMENTS NAME COMMAND…``.

The environment comes from a private file, so that no secret stands in a command line or in supervisord's
configuration, and nothing of the shell that ran `up` gets into the program unasked.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil

# Read by hand: this runs before each start of a program and imports nothing heavy.
TAG = "SUPERVISOR_SERVER_URL"


def main() -> None:
    file, name, *command = sys.argv[1:]
    environment = json.loads(Path(file).read_text(encoding="utf-8"))[name]
    tag = {TAG: os.environ[TAG]} if TAG in os.environ else {}
    end_orphans()
    os.execve(command[0], command, {**environment, **tag})  # noqa: S606  # nosec B606  # no shell on purpose


def end_orphans() -> None:
    """Kill what a killed program left behind, with all its descendants.

    A scheduler that is killed in a transaction leaves workers that hold its connection open by inheritance: its row
    locks would stay, and the scheduler that follows would wait for them for ever.
    """
    for orphan in list(_orphans(os.getsid(0))):
        with suppress(psutil.Error):
            for process in [*orphan.children(recursive=True), orphan]:
                with suppress(psutil.Error):
                    process.kill()


def _orphans(session: int) -> Iterator[psutil.Process]:
    """Processes of supervisord's session whose parent is no longer in it; supervisord leads the session."""
    for pid in psutil.pids():
        with suppress(psutil.Error, OSError):
            if os.getsid(pid) == session != pid and os.getsid(psutil.Process(pid).ppid()) != session:
                yield psutil.Process(pid)


if __name__ == "__main__":
    main()
