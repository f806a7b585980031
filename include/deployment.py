"""Which code and which settings a process runs with: the machines that share a training run must have the same."""

from __future__ import annotations

import socket
from functools import cache
from hashlib import sha256
from importlib.metadata import version

from include.errors import SettingsError
from include.settings import PACKAGE, read_environment


@cache
def code_revision() -> str:
    """The package's version and a hash of its Python and SQL text: two trainings with one revision ran the same code."""
    digest = sha256()
    for path in sorted([*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.sql")]):
        digest.update(path.read_bytes())
    return f"{version('cortex-signals')}+{digest.hexdigest()[:12]}"


def settings_revision() -> str:
    """A hash of the settings file's text; raises SettingsError where it cannot be read."""
    file = read_environment().settings_file
    try:
        return sha256(file.read_bytes()).hexdigest()[:12]
    except OSError as error:
        raise SettingsError(f"The settings file {file} cannot be read ({error.strerror}).") from error


def deployment() -> str:
    """Both, as `require_deployment` takes them."""
    return f"{code_revision()}/{settings_revision()}"


def require_deployment(planned: str) -> None:
    """That this process has the code and the settings with which a run was planned.

    Raises
    ------
    SettingsError
        It has others: half of the run's cells would be judged by another gate, and nothing would say so.
    """
    if planned == (here := deployment()):
        return
    raise SettingsError(
        f"The run was planned with the code and settings {planned}, and {socket.gethostname()} has {here} "
        f"({read_environment().settings_file}): give all workers the same image and settings file, then clear the run's "
        "task `plan` with what follows it."
    )
