"""docker-compose.yaml run without an engine: the same commands, variables and health checks, as processes of this machine.

Each container becomes a process with an address of its own in 127.0.0.0/8, so that every program listens on the port
that the file names. What differs from a container, and nothing else: names of services become those addresses, paths of
the image become folders below `folder` or of this checkout, programs run as this user (PostgreSQL as postgres), and no
limits of memory or rights hold. Workers share no folder with anything, as on machines of their own.

Grafana and Cortex are not run; Prometheus is where its program is installed.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import random
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import psutil

from tests.compose.compose_file import ROOT, Service, read_compose, services_of

VENV = Path(sys.executable).parent.parent
IMAGE = "cortex-signals:"
NOT_HERE = ("grafana/", "quay.io/cortexproject/")
POSTGRES_PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1:]
TAG = "NATIVE_COMPOSE"
POLL_SECONDS = 0.1
HOPELESS_RESTARTS = 4
START_SECONDS = 600.0
STOPPED_LAST = {"postgres", "redis"}
STOP_SECONDS = 10.0  # Docker's, where the file does not say
WHOLE = {signal.SIGKILL, signal.SIGSTOP, signal.SIGCONT}  # reach all of a container, the others its first process

# What the image's entrypoint does at a first start, as far as this project rests on it.
POSTGRES_ENTRYPOINT = """\
#!/bin/sh
set -eu
if [ ! -s "$PGDATA/PG_VERSION" ]; then
    mkdir -p "$(dirname "$PGDATA")"
    rm -rf "$PGDATA.new"
    initdb --pgdata="$PGDATA.new" --username="$POSTGRES_USER" --pwfile="$POSTGRES_PASSWORD_FILE" $POSTGRES_INITDB_ARGS
    echo 'host all all all scram-sha-256' >>"$PGDATA.new/pg_hba.conf"
    pg_ctl --pgdata="$PGDATA.new" --options="-c listen_addresses= -k $TMPDIR" --wait start
    PGHOST="$TMPDIR" PGPASSWORD="$(cat "$POSTGRES_PASSWORD_FILE")"
    export PGHOST PGPASSWORD
    sh "$INIT_SCRIPT"
    pg_ctl --pgdata="$PGDATA.new" --mode=fast --wait stop
    unset PGHOST PGPASSWORD
    mv "$PGDATA.new" "$PGDATA"
fi
# A container's lock file names process 1 and is known as stale; here its number may be another's by now.
rm -f "$PGDATA/postmaster.pid"
exec "$@" -D "$PGDATA" -h "$ADDRESS" -p 5432 -k "$TMPDIR"
"""


class ComposeFailed(Exception):
    """A service did not become what another waits for; the text has the end of its log."""


@dataclass
class Instance:
    """One container to be: a service, or one of its replicas."""

    name: str
    service: Service
    address: str
    paths: dict[str, Path] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    wanted: bool = False  # by `start_service`, until `stop_service`
    started_at: float = 0.0
    restarts: int = 0
    pause: float = POLL_SECONDS
    due_at: float = 0.0

    @property
    def is_ours(self) -> bool:
        return str(self.service["image"]).startswith(IMAGE)

    @property
    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None


class NativeCompose:
    """The services of docker-compose.yaml as processes.

    Parameters
    ----------
    folder
        Holds everything: secrets, volumes, logs. Others than its owner must be able to enter it.
    profiles
        As `docker compose --profile`.
    variables
        As in `.env`.
    scale
        Replicas by service, as `--scale`.
    extra_environment
        Given to every process, over its own.
    without
        Services that are left out.
    """

    def __init__(
        self,
        folder: Path,
        profiles: Collection[str] = (),
        variables: Mapping[str, str] | None = None,
        scale: Mapping[str, int] | None = None,
        extra_environment: Mapping[str, str] | None = None,
        without: Collection[str] = (),
    ) -> None:
        self.folder = folder.resolve()
        self._network = _free_network()
        self.variables = {
            "WEB_URL": f"http://{self._network}.1:8080",
            "CORTEX_SIGNALS_ALLOW_SIMULATED": "1",
            **(variables or {}),
        }
        tree = read_compose(self.variables)
        chosen = services_of(tree, profiles)
        self.services = {name: service for name, service in chosen.items() if name not in without}
        self._extra = dict(extra_environment or {})
        self._image = _image_settings()
        self._lock = threading.RLock()
        self._ended = threading.Event()
        self._supervisor: threading.Thread | None = None
        self._prepare_folder()
        self.instances = {one.name: one for one in self._instances(scale or {})}
        self._hosts = self._host_names()
        for one in self.instances.values():
            self._translate_files(one)
        atexit.register(self.stop)

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    # What is there

    def names(self) -> list[str]:
        """Instances in the order of their start."""
        return list(self.instances)

    def pid(self, name: str) -> int | None:
        """Of the instance's first process; None where it does not run."""
        one = self.instances[name]
        return one.process.pid if one.process and one.is_alive else None

    def processes(self, name: str) -> list[psutil.Process]:
        """All that runs in the instance, its first process first."""
        one = self.instances[name]
        found: dict[int, psutil.Process] = {}
        if one.process and one.is_alive:
            with contextlib.suppress(psutil.Error):
                first = psutil.Process(one.process.pid)
                found = {each.pid: each for each in [first, *first.children(recursive=True)]}
        tagged = {each.pid: each for each in psutil.process_iter() if _tag(each) == self._tag_of(one)}
        return list({**found, **tagged}.values())

    def exit_code(self, name: str) -> int | None:
        """Of the last process that ended; None while it runs or before it ran."""
        process = self.instances[name].process
        return process.poll() if process else None

    def restarts(self, name: str) -> int:
        """How often the policy started it anew."""
        return self.instances[name].restarts

    def log(self, name: str) -> Path:
        return self.folder / "logs" / f"{name}.log"

    @property
    def web_url(self) -> str:
        return f"http://{self.instances['api-server'].address}:8080"

    def secret(self, name: str) -> str:
        return (self.folder / "secrets" / name).read_text(encoding="utf-8")

    def warehouse_dsn(self, role: str = "reader") -> str:
        """A libpq URI for `owner`, `reader`, or `postgres`, the superuser; `airflow` leads to the metadata."""
        login = {"postgres": "postgres", "airflow": "airflow"}.get(role, f"market_{role}")
        files = {"postgres": "postgres_password", "airflow": "airflow_database_password"}
        password = self.secret(files.get(role, f"{login}_password"))
        database = "airflow" if role == "airflow" else "market"
        return f"postgresql://{login}:{password}@{self.instances['postgres'].address}:5432/{database}?sslmode=disable"

    # Start and stop

    def start(self) -> None:
        """Returns when every service with a health check is healthy, and those that end have ended well."""
        if self._supervisor is None:
            self._supervisor = threading.Thread(target=self._supervise, daemon=True)
            self._supervisor.start()
        for name in self.instances:
            self.start_service(name)
        for name, one in self.instances.items():
            if one.service.get("healthcheck"):
                self.wait_healthy(name)

    def stop(self) -> None:
        """Ends everything, the databases last."""
        self._ended.set()
        if self._supervisor:
            self._supervisor.join()
            self._supervisor = None
        with ThreadPoolExecutor() as stopping:
            list(stopping.map(self.stop_service, [name for name in self.instances if name not in STOPPED_LAST]))
        for name in STOPPED_LAST & self.instances.keys():
            self.stop_service(name)
        atexit.unregister(self.stop)

    def start_service(self, name: str) -> None:
        """Starts the instance once what it depends on is there; one that runs is left alone."""
        self._wait_dependencies(self.instances[name])
        with self._lock:
            one = self.instances[name]
            one.wanted, one.pause = True, POLL_SECONDS
            if not one.is_alive:
                self._launch(one)

    def stop_service(self, name: str) -> None:
        """As `docker compose stop`: the stop signal, then SIGKILL after the grace period; it is not started anew."""
        one = self.instances[name]
        with self._lock:
            one.wanted = False
        if one.process and one.is_alive:
            number = signal.Signals[one.service.get("stop_signal", "SIGTERM")]
            with contextlib.suppress(ProcessLookupError):
                one.process.send_signal(number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                one.process.wait(_seconds(one.service.get("stop_grace_period"), STOP_SECONDS))
        self._kill_all(name)

    def kill(self, name: str, number: signal.Signals = signal.SIGKILL) -> None:
        """SIGKILL, SIGSTOP and SIGCONT reach all processes of the instance, others its first; the policy holds after it."""
        if number is signal.SIGKILL:
            with self._lock:  # what is started anew is not killed with it
                self._kill_all(name)
        elif number in WHOLE:
            for process in self.processes(name):
                with contextlib.suppress(psutil.Error):
                    process.send_signal(number)
        elif pid := self.pid(name):
            os.kill(pid, number)

    def _kill_all(self, name: str) -> None:
        """Until none is left: one that is about to fork may do so once more."""
        while found := self.processes(name):
            for process in found:
                with contextlib.suppress(psutil.Error):
                    process.kill()
            one = self.instances[name]
            if one.process:
                one.process.poll()
            psutil.wait_procs(found, timeout=2)

    # Health

    def is_healthy(self, name: str) -> bool:
        """Runs the health check's command now; True for one without a check that runs."""
        one = self.instances[name]
        if not one.is_alive:
            return False
        check = one.service.get("healthcheck")
        return check is None or self._passes(one, check)

    def wait_healthy(self, name: str, seconds: float = START_SECONDS) -> None:
        """Raises ComposeFailed where it takes longer, or the service ends and its policy starts it no more."""
        one = self.instances[name]
        step = _seconds((one.service.get("healthcheck") or {}).get("start_interval"), 1.0)
        self._wait(name, lambda: self.is_healthy(name), seconds, step, "was not healthy")

    def wait_ended(self, name: str, seconds: float = START_SECONDS) -> None:
        """Returns when a service that ends has ended with 0; raises ComposeFailed where it did not."""
        self._wait(name, lambda: self.exit_code(name) == 0, seconds, POLL_SECONDS, "did not end well")

    def _passes(self, one: Instance, check: Mapping[str, Any]) -> bool:
        kind, *command = check["test"]
        words = ["sh", "-c", *command] if kind == "CMD-SHELL" else command
        seconds = _seconds(check.get("timeout"), 30.0)
        with self.log(f"{one.name}.health").open("ab") as log:
            try:
                done = self._run(one, words, stdout=log, stderr=log, timeout=seconds, check=False)
            except subprocess.TimeoutExpired:
                return False
        return done.returncode == 0

    def run(self, name: str, *command: str, **options: Any) -> subprocess.CompletedProcess[str]:
        """A command beside the instance's process, with its variables and secrets, as `docker compose exec` with with-secrets."""
        words = ["with-secrets", *command]
        return self._run(
            self.instances[name], words, **{"text": True, "capture_output": True, "check": False, **options}
        )

    def _run(self, one: Instance, command: Sequence[str], **options: Any) -> subprocess.CompletedProcess[Any]:
        words = [self._translated(one, word) for word in command]
        return subprocess.run(words, env=self.environment(one.name), cwd=self._home(one), **_account(one), **options)

    # How a container becomes a process

    def environment(self, name: str) -> dict[str, str]:
        """What the instance's process is given; secrets are still named, as in the file."""
        one = self.instances[name]
        folders = [str(self.folder / "bin"), str(VENV / "bin"), *map(str, POSTGRES_PROGRAMS), os.defpath, "/usr/sbin"]
        given = {str(key): str(value) for key, value in one.service.get("environment", {}).items()}
        image = self._image if one.is_ours else {}
        translated = {key: self._translated(one, value, key) for key, value in {**image, **given}.items()}
        home = str(self._home(one))
        return {
            **{key: os.environ[key] for key in ("LANG", "LD_LIBRARY_PATH") if key in os.environ},
            "HOME": home,
            **translated,
            "PATH": os.pathsep.join(folders),
            "TMPDIR": str(self.folder / "tmp" / one.name),
            "HOSTNAME": one.name,
            "ADDRESS": one.address,
            "INIT_SCRIPT": str(ROOT / "deploy" / "postgres" / "databases.sh"),
            "SECRETS_FOLDER": str(self.folder / "secrets"),
            "SPT_NOENV": "1",  # process titles must not overwrite the environment by which processes are found
            TAG: self._tag_of(one),
            **self._extra,
        }

    def command(self, name: str) -> list[str]:
        """The instance's whole command line."""
        one = self.instances[name]
        given = one.service.get("command", [])
        words = [self._translated(one, word) for word in (shlex.split(given) if isinstance(given, str) else given)]
        if one.is_ours:
            return [*_entrypoint(), *words]
        if name == "postgres":
            return ["sh", str(self.folder / "bin" / "postgres-entrypoint"), *words]
        return ["prometheus", *words] if name == "prometheus" else words  # the entrypoint of its image

    def _translated(self, one: Instance, text: str, key: str = "") -> str:
        for host, address in self._hosts.items():
            text = re.sub(rf"(?<=//|.@){re.escape(host)}(?=[:/]|$)", address, text)
            text = address if text == host and key.endswith("_HOST") else text
        text = re.sub(r"(?<![\d.])(0\.0\.0\.0|127\.0\.0\.1)(?![\d.])|(?<=//)localhost(?=[:/]|$)", one.address, text)
        return self._with_paths(one, text)

    def _with_paths(self, one: Instance, text: str) -> str:
        inside = "|".join(map(re.escape, sorted(one.paths, key=len, reverse=True)))  # the longest that fits
        return re.sub(rf"(?<![\w./-])({inside})(?![\w-])", lambda found: str(one.paths[found[0]]), text)

    def _launch(self, one: Instance) -> None:
        self._kill_all(one.name)
        with self.log(one.name).open("ab") as log:
            log.write(f"--- {time.strftime('%H:%M:%S')} start {one.name}\n".encode())
            log.flush()
            one.process = subprocess.Popen(
                self.command(one.name),
                env=self.environment(one.name),
                cwd=self._home(one),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **_account(one),
            )
        one.started_at = time.monotonic()

    def _supervise(self) -> None:
        """Starts anew what ended and whose policy says so, after a pause that doubles until it runs for 10 s."""
        while not self._ended.wait(POLL_SECONDS):
            with self._lock:
                for one in self.instances.values():
                    if one.wanted and not one.is_alive and _is_restarted(one):
                        self._restart(one)

    def _restart(self, one: Instance) -> None:
        now = time.monotonic()
        if not one.due_at:
            one.pause = POLL_SECONDS if now - one.started_at > 10 else min(2 * one.pause, 60.0)
            one.due_at = now + one.pause
        if now >= one.due_at:
            one.due_at, one.restarts = 0.0, one.restarts + 1
            self._launch(one)

    def _wait_dependencies(self, one: Instance) -> None:
        for service, how in (one.service.get("depends_on") or {}).items():
            for name, other in self.instances.items():
                if _service_of(name) != service or other is one:
                    continue
                if how["condition"] == "service_healthy":
                    self.wait_healthy(name)
                elif how["condition"] == "service_completed_successfully":
                    self.wait_ended(name)

    def _wait(self, name: str, done: Callable[[], bool], seconds: float, step: float, what: str) -> None:
        one, until = self.instances[name], time.monotonic() + seconds
        restarts = one.restarts
        while not done():
            is_over = one.process is not None and not one.is_alive and not _is_restarted(one) and not done()
            if is_over or one.restarts > restarts + HOPELESS_RESTARTS or time.monotonic() > until:
                raise ComposeFailed(f"{name} {what}: exit code {self.exit_code(name)}\n{_tail(self.log(name))}")
            time.sleep(step)

    # Folders, addresses, names

    def _prepare_folder(self) -> None:
        for name in ("logs", "volumes", "tmp", "home", "bin"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        subprocess.run(
            ["sh", ROOT / "deploy" / "make_secrets.sh", self.folder / "secrets"], check=True, capture_output=True
        )
        (self.folder / "secrets").chmod(0o755)  # PostgreSQL runs as another user and is given no single files here
        for name, file in {"with-secrets": "with_secrets.py", "healthy": "healthy.py"}.items():
            program = self.folder / "bin" / name
            program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{ROOT}/deploy/{file}" "$@"\n', encoding="utf-8")
            program.chmod(0o755)
        (self.folder / "bin" / "postgres-entrypoint").write_text(POSTGRES_ENTRYPOINT, encoding="utf-8")

    def _instances(self, scale: Mapping[str, int]) -> Iterator[Instance]:
        number = 2
        for name in _in_order(self.services):
            service = self.services[name]
            if not _is_here(service):
                continue
            replicas = (service.get("deploy") or {}).get("replicas")
            count = scale.get(name, int(replicas) if replicas else 1)
            names = [f"{name}-{i + 1}" for i in range(count)] if replicas else [name]
            for instance in names:
                own = 1 if instance == "api-server" else number
                one = Instance(instance, service, f"{self._network}.{own}")
                one.paths = self._paths(one)
                number += 1
                yield one

    def _paths(self, one: Instance) -> dict[str, Path]:
        """Where each path of the container lies here."""
        found = {
            "/opt/venv": VENV,
            "/opt/cortex-signals": ROOT,
            "/run/secrets": self.folder / "secrets",
            "/var/lib/airflow": self.folder / "home" / one.name,
            "/tmp": self.folder / "tmp" / one.name,
        }
        for volume in one.service.get("volumes", []):
            source, inside, *_ = volume.split(":")
            found[inside] = self._volume(one, source)
        for path in (found["/var/lib/airflow"], found["/tmp"]):
            path.mkdir(parents=True, exist_ok=True)
            _give(path, one)
        return found

    def _volume(self, one: Instance, source: str) -> Path:
        if source.startswith((".", "/")):
            return (ROOT / source).resolve()
        own = f"{source}-{one.name}" if one.name != _service_of(one.name) else source
        place = self.folder / "volumes" / own
        place.mkdir(parents=True, exist_ok=True)
        _give(place, one)
        return place

    def _translate_files(self, one: Instance) -> None:
        """Files that a program of others is configured by name services too."""
        for inside, place in one.paths.items():
            if not one.is_ours and place.suffix == ".yaml":
                text = place.read_text(encoding="utf-8")
                for host, address in self._hosts.items():
                    text = re.sub(rf"\b{re.escape(host)}(?=:\d)", address, text)
                own = self.folder / "home" / one.name / place.name
                one.paths[inside] = own
                own.write_text(self._with_paths(one, text), encoding="utf-8")

    def _home(self, one: Instance) -> Path:
        return self.folder / "home" / one.name

    def _host_names(self) -> dict[str, str]:
        found = {}
        for name, one in self.instances.items():
            aliases = ((one.service.get("networks") or {}).get("default") or {}).get("aliases", [])
            found |= dict.fromkeys([_service_of(name), *aliases], one.address)
        return found

    def _tag_of(self, one: Instance) -> str:
        return f"{self.folder} {one.name}"


def _image_settings() -> dict[str, str]:
    """The ENV of the Dockerfile's last stage, without PATH, which is this machine's."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    found: dict[str, str] = {}
    for line in text.rpartition("\nFROM ")[2].splitlines():
        if line.startswith("ENV "):
            found |= dict(word.split("=", 1) for word in shlex.split(line[4:]))
    return {name: value for name, value in found.items() if name != "PATH"}


def _entrypoint() -> list[str]:
    """Of the Dockerfile."""
    found = re.findall(r"^ENTRYPOINT (.*)$", (ROOT / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)
    return [str(word) for word in json.loads(found[-1])]


def _is_here(service: Service) -> bool:
    image = str(service["image"])
    return not image.startswith(NOT_HERE) and (not image.startswith("prom/") or bool(shutil.which("prometheus")))


def _is_restarted(one: Instance) -> bool:
    return one.service.get("restart", "no") in {"always", "unless-stopped"}


def _service_of(name: str) -> str:
    return re.sub(r"-\d+$", "", name)


def _in_order(services: Mapping[str, Service]) -> list[str]:
    """Each after those that it depends on."""
    found: dict[str, None] = {}

    def add(name: str) -> None:
        for other in services[name].get("depends_on") or {}:
            if other in services:
                add(other)
        found.setdefault(name)

    for name in services:
        add(name)
    return list(found)


def _account(one: Instance) -> dict[str, Any]:
    """PostgreSQL refuses to run as root."""
    return (
        {"user": "postgres", "group": "postgres", "extra_groups": []}
        if one.name == "postgres" and not os.geteuid()
        else {}
    )


def _give(path: Path, one: Instance) -> None:
    if _account(one):
        shutil.chown(path, "postgres", "postgres")


def _tag(process: psutil.Process) -> str:
    with contextlib.suppress(psutil.Error, OSError):
        return process.environ().get(TAG, "")
    return ""


def _seconds(text: str | None, otherwise: float) -> float:
    """Of a duration such as 10s or 500ms."""
    if text is None:
        return otherwise
    found = re.fullmatch(r"(\d+)(ms|s|m)", text)
    assert found, text
    return int(found[1]) * {"ms": 0.001, "s": 1.0, "m": 60.0}[found[2]]


def _tail(log: Path, lines: int = 30) -> str:
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:]) if log.exists() else ""


def _free_network() -> str:
    """The first three numbers of loopback addresses that nobody listens on."""
    while True:
        network = f"127.{random.randint(1, 254)}.{random.randint(1, 254)}"
        with socket.socket() as probe:
            probe.settimeout(0.2)
            if probe.connect_ex((f"{network}.1", 8080)) and probe.connect_ex((f"{network}.2", 5432)):
                return network
