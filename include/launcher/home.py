"""The one folder that holds everything a checkout keeps, who may use it, and the lock of whoever changes it."""

from __future__ import annotations

import fcntl
import hashlib
import os
import pwd
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from include.errors import LaunchError
from include.launcher.binaries import everyone_may_enter, running_as_root
from include.settings import PACKAGE

CHECKOUT = PACKAGE.parent
SYSTEM_DATA = Path("/var/lib/cortex-signals")
LONGEST_SOCKET_PATH = 90  # Linux takes 107 bytes, and supervisor binds to a longer temporary name first


@dataclass(frozen=True)
class Home:
    """Names of what lies in the folder; nothing here is made but by `prepare`."""

    folder: Path

    @property
    def logs(self) -> Path:
        return self.folder / "logs"

    @property
    def airflow(self) -> Path:
        return self.folder / "airflow"

    @property
    def secrets(self) -> Path:
        return self.folder / "secrets.json"

    @property
    def addresses(self) -> Path:
        return self.folder / "addresses.json"

    @property
    def ports(self) -> Path:
        return self.folder / "ports.json"

    @property
    def processes(self) -> Path:
        return self.folder / "processes.json"

    @property
    def first_loads(self) -> Path:
        return self.folder / "first_loads.json"

    @property
    def program_environments(self) -> Path:
        return self.folder / "environments.json"

    @property
    def launched(self) -> Path:
        return self.folder / "launched"

    @property
    def supervisor_config(self) -> Path:
        return self.folder / "supervisord.conf"

    @property
    def lock(self) -> Path:
        return self.folder / "lock"

    @property
    def socket(self) -> Path:
        """Where supervisord listens: here, or in a private folder where this path is too long for a socket."""
        here = self.folder / "supervisor.sock"
        if len(os.fsencode(here)) <= LONGEST_SOCKET_PATH:
            return here
        recorded = self.folder / "socket"
        if not recorded.exists():
            recorded.write_text(tempfile.mkdtemp(prefix="cortex-signals-"), encoding="utf-8")
        return Path(recorded.read_text(encoding="utf-8")) / "supervisor.sock"

    @property
    def database(self) -> Path:
        """The folder of the embedded PostgreSQL: here, or below /var/lib where its user may not enter here.

        The one of the two that holds data keeps being used, whatever the modes of the folders are now.
        """
        here, system = self.folder / "postgres", self.system_database
        if (here / "data").exists():
            return here
        outside = system.exists() or (running_as_root() and not everyone_may_enter(self.folder))
        return system if outside else here

    @property
    def system_database(self) -> Path:
        return SYSTEM_DATA / hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:16]

    def prepare(self) -> None:
        """Makes the folders; raises LaunchError where they cannot be made or are another user's."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._check_owner()
            for private in (self.logs, self.airflow):
                private.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise LaunchError(
                f"{self.folder} cannot be used ({error.strerror}); set CORTEX_SIGNALS_HOME to a folder of your own."
            ) from error

    def _check_owner(self) -> None:
        kept = self.secrets if self.secrets.exists() else self.folder
        owner = kept.stat().st_uid
        if owner != os.geteuid() and (kept == self.secrets or not os.access(self.folder, os.W_OK)):
            raise LaunchError(
                f"{self.folder} belongs to the user {_user_name(owner)}; run as that user, or set CORTEX_SIGNALS_HOME "
                f"to a folder of your own."
            )

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keeps a second `up`, `down` or `clean` out; the system frees the lock of a process that dies."""
        with self.lock.open("a+", encoding="utf-8") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                file.seek(0)
                raise LaunchError(
                    f"Another command ({file.read().strip() or 'just started'}) is at work in {self.folder}; "
                    f"wait until it ends, or end it with Ctrl-C where it runs."
                ) from None
            file.truncate(0)
            file.write(f"process {os.getpid()}")
            file.flush()
            yield
            file.truncate(0)


def _user_name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
