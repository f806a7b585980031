"""`make clean`: removes what this checkout keeps, after asking, and nothing that we did not put there."""

from __future__ import annotations

import shutil
import sys
from contextlib import suppress
from pathlib import Path

from include.errors import LaunchError
from include.launcher.home import CHECKOUT, Home
from include.launcher.stack import stop_everything
from include.launcher.terminal import Terminal

# Entries of the home folder that `make setup` and `make up` make.
OURS = (
    "postgres", "airflow", "logs", "secrets.json", "addresses.json", "ports.json", "processes.json", "first_loads.json",
    "environments.json", "launched", "supervisord.conf", "supervisord.pid", "supervisor.sock", "socket", "lock",
    "setup.lock", "venv", "uv-cache", "replay.json",
)  # fmt: skip


def clean(home: Home, terminal: Terminal, *, asked: bool) -> None:
    """Stops everything and removes the environment, the databases, logs and secrets.

    Parameters
    ----------
    asked
        The answer was given already (``--yes``).
    """
    places = [place for place in (home.folder, home.system_database) if place.exists()]
    if not places:
        terminal.say("There is nothing to remove.")
        return
    if not (asked or _confirmed(places)):
        raise LaunchError("Nothing was removed; answer y, or run `make clean ARGS=--yes`.")
    home.prepare()
    with home.locked():
        stop_everything(home)
        left = _remove(home)
    # From here on this program's own environment is gone: nothing may be imported.
    sys.stdout.write(f"Removed.{f' These files in {home.folder} are not ours and stay: {left}' if left else ''}\n")


def _confirmed(places: list[Path]) -> bool:
    where = " and ".join(map(str, places))
    sys.stdout.write(f"Remove {where}, with all minutes, models and signals in it? [y/N] ")
    sys.stdout.flush()
    return sys.stdin.readline().strip().lower() in {"y", "yes"}


def _remove(home: Home) -> str:
    """Removes our entries; returns the names of what else is in the folder."""
    outside = [home.system_database] + ([home.socket.parent] if home.socket.parent != home.folder else [])
    for path in [*outside, *(home.folder / name for name in OURS)]:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    for made in [CHECKOUT / "cortex_signals.egg-info", *CHECKOUT.glob("[dipt]*/**/__pycache__")]:
        shutil.rmtree(made, ignore_errors=True)
    with suppress(OSError):  # other checkouts may have theirs beside it
        home.system_database.parent.rmdir()
    left = sorted(path.name for path in home.folder.iterdir())
    if not left:
        home.folder.rmdir()
    return ", ".join(left)
