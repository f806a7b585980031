"""Becomes a supervised program: ``python -m include.launcher.run_program ENVIRONMENTS NAME COMMAND…``.

The environment comes from a private file, so that no secret stands in a command line or in supervisord's
configuration, and nothing of the shell that ran `up` gets into the program unasked.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

# Read by hand: this runs before each start of a program and imports nothing heavy.
TAG = "SUPERVISOR_SERVER_URL"


def main() -> None:
    file, name, *command = sys.argv[1:]
    environment = json.loads(Path(file).read_text(encoding="utf-8"))[name]
    tag = {TAG: os.environ[TAG]} if TAG in os.environ else {}
    os.execve(command[0], command, {**environment, **tag})  # noqa: S606  no shell on purpose


if __name__ == "__main__":
    main()
