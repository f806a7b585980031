"""What a server's Airflow needs before it starts: ``python -m include.orchestration.install``, safe to run at each start.

Airflow's tables and those of its logins, the first user, the pools, and the warehouse's schema.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from urllib.parse import urlsplit

from include.errors import CortexSignalsError, SettingsError
from include.settings import PACKAGE

ADMIN = "admin"
PROFILES_SOURCE = "source"  # the alias of the lab under the profile demo, of Cortex under cortex


def main() -> int:
    """0 done, 1 failed with a sentence on stderr."""
    try:
        know_source(os.environ.get("CORTEX_URL", ""))
        run("airflow", "db", "migrate")
        ensure_admin(os.environ.get("ADMIN_PASSWORD", ""))
        ensure_pools()
        run("include.cli", "migrate")
    except CortexSignalsError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def know_source(url: str) -> None:
    """Raises SettingsError where there is no source: no address, or that of a profile's own and no such container.

    A host of the user's whose name is not known now is told and no more: a source that is away costs late minutes, and
    Airflow, the page and what is held are there meanwhile.
    """
    host = urlsplit(url).hostname or ""
    try:
        socket.getaddrinfo(host, None)
    except (OSError, UnicodeError) as error:
        if host not in {"", PROFILES_SOURCE}:
            sys.stderr.write(
                f"The host {host} of CORTEX_URL is not known here now ({error}); no minute comes until it is.\n"
            )
            return
        raise SettingsError(
            f"There is no host {host!r} for the source ({url or 'CORTEX_URL is empty'}). Set CORTEX_URL in .env to the API "
            "root of your Cortex, such as http://cortex.internal:9009/prometheus, or COMPOSE_PROFILES=demo for the "
            "bundled lab, which is simulated."
        ) from error


def run(module: str, *arguments: str) -> None:
    """A program of this environment; raises CortexSignalsError where it fails, after what it said itself."""
    if code := subprocess.run([sys.executable, "-m", module, *arguments], check=False).returncode:
        raise CortexSignalsError(f"`{module} {' '.join(arguments)}` ended with {code}; its last lines above say why.")


def ensure_admin(password: str) -> None:
    """The first login with all rights; one that is there keeps its password and roles.

    Not by `airflow users create`, whose argument would show the password to whoever lists the processes.
    """
    from airflow.providers.fab.auth_manager.cli_commands.utils import get_application_builder

    with get_application_builder() as builder:
        logins = builder.sm
        if logins.find_user(ADMIN):
            return
        if not password:
            raise SettingsError("There is no login yet and ADMIN_PASSWORD is empty; give the first login a password.")
        email = f"{ADMIN}@localhost"
        if not logins.add_user(ADMIN, ADMIN, ADMIN, email, logins.find_role("Admin"), password):
            raise CortexSignalsError("Airflow made no login admin; its lines above say why.")


def ensure_pools() -> None:
    """The pools of the DAGs; one that is there keeps the slots that somebody gave it."""
    from airflow.models.pool import Pool

    for name, pool in json.loads((PACKAGE / "pools.json").read_text(encoding="utf-8")).items():
        if Pool.get_pool(name) is None:
            Pool.create_or_update_pool(name, pool["slots"], pool["description"], pool["include_deferred"])


if __name__ == "__main__":
    sys.exit(main())
