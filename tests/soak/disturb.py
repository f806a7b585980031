"""The disturbances, done to a running stack as a machine or a person would: signals, the supervisor, the REST API, SQL."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Mapping

import psycopg

from include.launcher.home import Home
from tests.system.running_stack import RunningStack

SWITCH = "INSERT INTO kill_switch (is_on, reason, set_by) VALUES (%s, 'a soak tries it', 'soak')"
# what the lab of a stack that is to be given faults is started with: no other argument of a program is like it
NO_FAULTS = "--fault-seed 0"
Action = Callable[[RunningStack], None]


def give_faults(stack: RunningStack, arguments: str) -> None:
    """The lab, and it alone, is started again with those arguments; when faults begin is known only once all runs."""
    config = Home(stack.home).supervisor_config
    text = config.read_text(encoding="utf-8")
    assert text.count(NO_FAULTS) == 1, "the lab was not started with NO_FAULTS"
    config.write_text(text.replace(NO_FAULTS, arguments), encoding="utf-8")
    supervise(stack, "update", "lab")
    supervise(stack, "start", "lab")


def begin(kind: str, stack: RunningStack) -> None:
    """Does it; raises OSError, SubprocessError, psycopg.Error or LaunchError where it cannot be done."""
    BEGIN[kind](stack)


def end(kind: str, stack: RunningStack) -> None:
    """Undoes it, where it does not end by itself; raises as `begin`."""
    if kind in END:
        END[kind](stack)


def supervise(stack: RunningStack, *words: str) -> str:
    """What supervisorctl says to that."""
    command = [sys.executable, "-m", "supervisor.supervisorctl", "-s", f"unix://{Home(stack.home).socket}", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60).stdout


def program_states(stack: RunningStack) -> dict[str, str]:
    """RUNNING, BACKOFF, FATAL, … of each program."""
    lines = (line.split() for line in supervise(stack, "status").splitlines())
    return {words[0]: words[1] for words in lines if len(words) > 1}


def starts(stack: RunningStack) -> Counter[str]:
    """How often supervisord has started each program."""
    log = (stack.home / "logs" / "supervisord.log").read_text(encoding="utf-8")
    return Counter(re.findall(r"spawned: '([\w-]+)'", log))


def _send(program: str, number: signal.Signals) -> Action:
    return lambda stack: os.kill(int(supervise(stack, "pid", program)), number)


def _supervisor(*words: str) -> Action:
    return lambda stack: _ignore(supervise(stack, *words))


def _ignore(_: str) -> None:
    """What it said does not matter: the minutes tell whether it worked."""


def _train(stack: RunningStack) -> None:
    with stack.api() as api:
        api.trigger("train_candidates")


def _switch(is_on: bool) -> Action:
    def act(stack: RunningStack) -> None:
        with psycopg.connect(stack.addresses["warehouse"]["owner"]) as connection:
            connection.execute(SWITCH, (is_on,))

    return act


BEGIN: Mapping[str, Action] = {
    "kill-scheduler": _send("scheduler", signal.SIGKILL),
    "kill-api-server": _send("api-server", signal.SIGKILL),
    "kill-lab": _send("lab", signal.SIGKILL),
    "kill-postgres": _send("postgres", signal.SIGKILL),
    "hang-lab": _send("lab", signal.SIGSTOP),
    "stop-lab": _supervisor("stop", "lab"),
    "kill-switch": _switch(True),
    "training": _train,
}
END: Mapping[str, Action] = {
    "hang-lab": _send("lab", signal.SIGCONT),
    "stop-lab": _supervisor("start", "lab"),
    "kill-switch": _switch(False),
}
