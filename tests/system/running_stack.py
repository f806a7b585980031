"""A whole stack of its own for a test: PostgreSQL, lab and Airflow, started by the launcher as `make up` does."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psutil
import psycopg

from include.launcher.airflow_api import AirflowApi
from include.orchestration.training import CANDIDATES
from include.settings import PACKAGE

ROOT = PACKAGE.parent

# Little enough to be up in two minutes: a month of history, one candidate, two folds, two cells.
SMALLER = {
    "first_load_days = 180": "first_load_days = 30",
    "folds = 6": "folds = 2",
}
DROPPED = (
    *(f"horizon_minutes = {minutes}," for minutes in (45, 60, 120, 240)),
    *(f'    "{name}",' for name in CANDIDATES if name != "logistic"),
)
CELLS = 2
VIEWER = "viewer"  # of the web UI: may look and change nothing


@dataclass
class RunningStack:
    """The folder it keeps everything in, the environment of its commands, and what `up` printed last."""

    home: Path
    environment: dict[str, str]
    said: str = ""

    def launch(self, *arguments: str) -> str:
        """Run the launcher; what it printed. Fails the test where it fails."""
        done = subprocess.run(
            [sys.executable, "-m", "include.launcher", *arguments],
            cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def up(self) -> None:
        self.said = self.launch("up")

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """`cortex-signals` beside the running stack."""
        command = [sys.executable, "-m", "include.cli", *arguments]
        return subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)

    @property
    def settings_file(self) -> Path:
        return self.home / "settings.toml"

    @property
    def addresses(self) -> dict[str, Any]:
        return dict(json.loads((self.home / "addresses.json").read_text()))

    def rows(self, query: str, role: str = "reader") -> list[tuple[Any, ...]]:
        with psycopg.connect(self.addresses["warehouse"][role]) as connection:
            return connection.execute(query).fetchall()  # type: ignore[arg-type]

    @contextmanager
    def api(self) -> Iterator[AirflowApi]:
        login = self.addresses["airflow_login"]
        api = AirflowApi(self.addresses["airflow_url"], login["username"], login["password"])
        try:
            yield api
        finally:
            api.close()

    def page(self, path: str) -> str:
        """What a route of the web server answers to the login; fails where it refuses."""
        with httpx.Client(base_url=self.addresses["airflow_url"], trust_env=False, timeout=30) as client:
            token = client.post("/auth/token", json=self.addresses["airflow_login"]).raise_for_status().json()
            headers = {"Authorization": f"Bearer {token['access_token']}"}
            return client.get(f"/{path}", headers=headers).raise_for_status().text

    def processes(self, *words: str) -> list[psutil.Process]:
        """Processes of this stack whose command line holds all the words."""
        found = []
        for process in psutil.process_iter(["cmdline", "environ"]):
            line = " ".join(process.info["cmdline"] or [])
            of_ours = str(self.home) in line or (process.info["environ"] or {}).get("CORTEX_SIGNALS_HOME") == str(
                self.home
            )
            if of_ours and process.pid != os.getpid() and all(word in line for word in words):
                found.append(process)
        return found

    def remove(self) -> None:
        self.launch("down")
        shutil.rmtree(self.home)


def make_stack(smaller: bool = True, home: Path | None = None) -> RunningStack:
    """A folder that a database's unprivileged user may enter, and settings for a short first run or the shipped ones."""
    home = home or Path(tempfile.mkdtemp(prefix="cortex-signals-up-"))
    home.mkdir(parents=True, exist_ok=True)
    home.chmod(0o755)
    text = (PACKAGE / "settings.toml").read_text()
    (home / "settings.toml").write_text(smaller_settings(text) if smaller else text)
    own = ("CORTEX_", "WAREHOUSE_", "AIRFLOW")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    own_settings = {
        "CORTEX_SIGNALS_HOME": str(home),
        "CORTEX_SIGNALS_SETTINGS": str(home / "settings.toml"),
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": f"{VIEWER}:viewer",
    }
    return RunningStack(home, {**kept, **own_settings})


def smaller_settings(text: str) -> str:
    for shipped, instead in SMALLER.items():
        assert shipped in text, shipped
        text = text.replace(shipped, instead)
    return "\n".join(line for line in text.splitlines() if not any(dropped in line for dropped in DROPPED))


def wait_for(what: str, found: Callable[[], Any], seconds: float = 240) -> Any:
    """What `found` gives once it gives something; fails with `what` after a generous bound."""
    until = time.monotonic() + seconds
    while not (result := found()):
        assert time.monotonic() < until, f"{what} did not come within {seconds:.0f} s"
        time.sleep(1)
    return result
