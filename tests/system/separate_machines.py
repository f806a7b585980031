"""The compose file's services with each worker on what is to it a machine of its own: a host name, and nobody else's files."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil
import psycopg

from include.launcher.airflow_api import AirflowApi
from tests.compose.natively import NativeCompose

WORKERS = ("worker-1", "worker-2")
NEEDED = ("redis-server", "unshare", "nice")
# In a mount namespace of its own: what another service keeps, and what all of a machine share, is empty here.
APART = """\
hostname "$1"
shift
while [ "$1" != -- ]; do
    mount -t tmpfs -o size=64m tmpfs "$1"
    shift
done
shift
exec "$@"
"""


def lacking() -> str | None:
    """Why it cannot run here, as a sentence; None where it can."""
    if absent := [program for program in NEEDED if shutil.which(program) is None]:
        return f"{' and '.join(absent)} is not installed."
    done = subprocess.run(["unshare", "--mount", "--uts", "true"], capture_output=True, text=True, check=False)
    return f"A mount namespace may not be made here: {done.stderr.strip()}." if done.returncode else None


class SeparateMachines(NativeCompose):
    """Workers see neither each other's folders, nor any other service's, nor /tmp and /dev/shm."""

    def command(self, name: str) -> list[str]:
        whole = super().command(name)
        if name not in WORKERS:
            return whole
        return ["unshare", "--mount", "--uts", "sh", "-c", APART, "sh", name, *self._hidden_from(name), "--", *whole]

    def _hidden_from(self, name: str) -> Iterator[str]:
        for kept in ("home", "tmp", "volumes"):
            yield from (str(path) for path in sorted((self.folder / kept).iterdir()) if not path.name.endswith(name))
        yield from ("/tmp", "/dev/shm")

    def is_healthy(self, name: str) -> bool:
        """A worker once it says so: its health check starts a program, which takes longer than it may where all cores are busy."""
        if name not in WORKERS:
            return super().is_healthy(name)
        said = self.log(name).read_text(encoding="utf-8", errors="replace") if self.log(name).exists() else ""
        return self.pid(name) is not None and f"celery@{name} ready." in said.rpartition("start worker")[2]

    def lose(self, name: str) -> None:
        """The machine is gone: everything on it dies at once, and nothing starts it anew."""
        self.instances[name].wanted = False
        self.kill(name)

    def rows(self, query: str, values: Any = None) -> list[tuple[Any, ...]]:
        """Of the warehouse."""
        with psycopg.connect(self.warehouse_dsn("owner")) as connection:
            return connection.execute(query, values).fetchall()  # type: ignore[arg-type]

    @contextmanager
    def api(self) -> Iterator[AirflowApi]:
        api = AirflowApi(self.web_url, "admin", self.secret("admin_password").strip())
        try:
            yield api
        finally:
            api.close()

    def tasks(self, run: str, task: str = "train") -> list[dict[str, Any]]:
        """The task instances of a run of train_candidates as they are now, in the order of their map index."""
        with self.api() as api:
            path = f"/dags/train_candidates/dagRuns/{run}/taskInstances"
            found = api.json("GET", path, params={"task_id": task, "limit": 100})["task_instances"]
        return sorted((one for one in found if one["map_index"] >= 0), key=lambda one: int(one["map_index"]))

    def tries(self, run: str, map_index: int) -> list[dict[str, Any]]:
        """Each try of a training task, the first one first."""
        with self.api() as api:
            path = f"/dags/train_candidates/dagRuns/{run}/taskInstances/train/{map_index}/tries"
            tries = api.json("GET", path)["task_instances"]
        return sorted(tries, key=lambda one: int(one["try_number"]))

    def trains(self, name: str) -> bool:
        """Whether the worker has a training's process."""
        for each in self.processes(name):
            with suppress(psutil.Error):  # it has just ended
                if "include.cli" in each.cmdline():
                    return True
        return False


def make_folder(folder: Path) -> Path:
    """One that the database's user may enter, and that is none of those which are hidden."""
    folder.mkdir(parents=True)
    folder.chmod(0o755)
    return folder
