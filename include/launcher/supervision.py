"""Programs under a detached supervisord of our own, which restarts what crashes and rotates its log."""

from __future__ import annotations

import http.client
import os
import shlex
import subprocess
import sys
import time
import xmlrpc.client  # nosec B411  # spoken to our own supervisord, over its private socket
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
from supervisor.xmlrpc import SupervisorTransport

from include.errors import LaunchError
from include.launcher import processes
from include.launcher.files import write_private
from include.launcher.home import Home

ANSWER_SECONDS = 20
# The pause before each try is a second longer: twelve hours of a full disk, and five minutes at most once it is free.
RETRIES = 300
SHUTDOWN_SECONDS = 60

HEAD = """\
[unix_http_server]
file={socket}
chmod=0700

[supervisord]
logfile={logs}/supervisord.log
logfile_maxbytes=5MB
logfile_backups=2
pidfile={home}/supervisord.pid
childlogdir={logs}
umask=077
silent=true
{user}

[rpcinterface:supervisor]
supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface
"""

PROGRAM = """
[program:{name}]
command={command}
directory={folder}
priority={priority}
autostart=false
autorestart=true
startsecs=1
startretries={retries}
stopsignal={stop_signal}
stopwaitsecs={stop_seconds}
stopasgroup={as_group}
killasgroup={as_group}
redirect_stderr=true
stdout_logfile={logs}/{name}.log
stdout_logfile_maxbytes=10MB
stdout_logfile_backups=2
"""


@dataclass(frozen=True)
class Program:
    """One supervised program. As root, `user` names whom it runs as."""

    name: str
    command: list[str]
    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    user: str | None = None
    stop_signal: str = "TERM"
    stop_seconds: int = 8
    as_group: bool = True


def render(home: Home, programs: Iterable[Program]) -> str:
    """The text of supervisord's configuration; programs are stopped in the reverse of their order."""
    user = "user=root" if os.geteuid() == 0 else ""
    head = HEAD.format(socket=_escape(home.socket), logs=_escape(home.logs), home=_escape(home.folder), user=user)
    return head + "".join(_section(home, program, priority) for priority, program in enumerate(programs, start=1))


def _section(home: Home, program: Program, priority: int) -> str:
    text = PROGRAM.format(
        name=program.name,
        command=_escape(shlex.join(program.command)),
        folder=_escape(program.folder),
        priority=priority,
        retries=RETRIES,
        stop_signal=program.stop_signal,
        stop_seconds=program.stop_seconds,
        as_group=str(program.as_group).lower(),
        logs=_escape(home.logs),
    )
    pairs = ",".join(f'{name}="{_escape(value)}"' for name, value in program.environment.items())
    return text + (f"environment={pairs}\n" if pairs else "") + (f"user={program.user}\n" if program.user else "")


def _escape(value: object) -> str:
    return str(value).replace("%", "%%")


class Supervisor:
    """The supervisord of one home, spoken to over its private socket."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.url = f"unix://{home.socket}"

    def start(self, config: str) -> None:
        """Starts it detached from this terminal; it starts no program yet."""
        write_private(self.home.supervisor_config, config)
        command = [sys.executable, "-m", "supervisor.supervisord", "-c", str(self.home.supervisor_config)]
        result = subprocess.run(command, cwd=self.home.folder, capture_output=True, text=True, check=False)
        if result.returncode or not self._answers_soon():
            raise LaunchError(
                f"supervisord did not start: {result.stderr.strip() or 'no answer'}; "
                f"{self.home.logs}/supervisord.log tells more."
            )
        self.record()

    def _answers_soon(self) -> bool:
        until = time.monotonic() + ANSWER_SECONDS
        while not self.leader():
            if time.monotonic() > until:
                return False
            time.sleep(0.05)
        return True

    def leader(self) -> psutil.Process | None:
        """Our supervisord, if it runs and answers."""
        with suppress(OSError, http.client.HTTPException, xmlrpc.client.Error, psutil.Error):
            return psutil.Process(int(self._call("getPID")))
        return None

    def _call(self, method: str, *arguments: Any) -> Any:
        transport = SupervisorTransport(None, None, self.url)
        try:
            # The host is never looked up: the transport speaks over the socket.
            proxy = xmlrpc.client.ServerProxy("http://127.0.0.1", transport=transport)
            return getattr(proxy.supervisor, method)(*arguments)
        finally:
            transport.close()

    def record(self) -> None:
        """Keeps the identity of everything that runs now, for the next `up` or `down` if this supervisord is killed."""
        leader = self.leader()
        if leader:
            processes.record(self.home.processes, leader)

    def start_program(self, name: str) -> None:
        """Starts the program unless it runs; whether it is healthy is for the caller to ask."""
        if self.state(name) not in {"RUNNING", "STARTING"}:
            with suppress(xmlrpc.client.Fault):
                self._call("startProcess", name, False)
        self.record()

    def state(self, name: str) -> str:
        """RUNNING, STARTING, BACKOFF (crashed, tried again soon), FATAL (given up), STOPPED or ABSENT."""
        try:
            return str(self._call("getProcessInfo", name)["statename"])
        except (OSError, http.client.HTTPException, xmlrpc.client.Error):
            return "ABSENT"

    def states(self) -> dict[str, str]:
        """The state of each program; empty when no supervisord answers."""
        try:
            return {info["name"]: info["statename"] for info in self._call("getAllProcessInfo")}
        except (OSError, http.client.HTTPException, xmlrpc.client.Error):
            return {}

    def shutdown(self, together: Iterable[str] = ()) -> None:
        """Stops the programs `together` at once, the others in reverse order, then supervisord itself.

        Returns when it is gone or time is up.
        """
        leader = self.leader()
        if leader is None:
            return
        self.record()
        with suppress(OSError, http.client.HTTPException, xmlrpc.client.Error):
            for name in set(together) & self.states().keys():
                with suppress(xmlrpc.client.Fault):  # it does not run
                    self._call("stopProcess", name, False)
            self._call("shutdown")
        psutil.wait_procs([leader], timeout=SHUTDOWN_SECONDS)
