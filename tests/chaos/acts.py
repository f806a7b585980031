"""The faults, done to a running stack as a machine would: signals, cut connections, a full disk, clocks that jump."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from contextlib import suppress

import psycopg

from tests.chaos.stack import ChaosStack, NothingThereError, kill_any

JUMP_SECONDS = 90
TRAINING_WITHIN_SECONDS = 45
CONNECTED_WITHIN_SECONDS = 65
# the server keeps WAL segments of old to write into again: a full disk is felt once they are used up
SPARE_SEGMENTS = 100
CUT = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"
USE_UP = "SELECT pg_logical_emit_message(FALSE, 'chaos', 'x'), pg_switch_wal()"

Act = Callable[[ChaosStack, random.Random], str]


def begin(kind: str, stack: ChaosStack, rng: random.Random) -> str:
    """Does it; what exactly was hit. Raises OSError, psutil.Error, psycopg.Error or RuntimeError where it cannot be done."""
    return BEGIN[kind](stack, rng)


def end(kind: str, stack: ChaosStack) -> None:
    """Undoes what lasts; raises as `begin`."""
    if kind in END:
        END[kind](stack)


def _kill(service: str) -> Act:
    return lambda stack, rng: stack.kill(service)


def _kill_databases(stack: ChaosStack, _: random.Random) -> str:
    """Where there are two servers, both at once."""
    return ", ".join(f"{name}: {stack.kill(name)}" for name in stack.database_services())


def _kill_worker(stack: ChaosStack, rng: random.Random) -> str:
    """Any of what runs tasks; busy or not is luck, as it is of an out-of-memory killer."""
    return stack.kill_worker(rng)


def _kill_training(stack: ChaosStack, rng: random.Random) -> str:
    """The command that computes, once it is there."""
    until = time.monotonic() + TRAINING_WITHIN_SECONDS
    while not (found := list(stack.processes("include.cli", "train", "--horizon"))):
        if time.monotonic() > until:
            raise NothingThereError("no training ran")
        time.sleep(0.5)
    return f"process {kill_any(found, rng)}"


def _cut(what: str) -> Act:
    """As soon as somebody is connected: the warehouse's sessions are short."""

    def act(stack: ChaosStack, _: random.Random) -> str:
        dsn, database = stack.administrator(what)
        until = time.monotonic() + CONNECTED_WITHIN_SECONDS
        with psycopg.connect(dsn, autocommit=True, connect_timeout=5) as connection:
            while time.monotonic() < until:
                row = connection.execute(CUT, [database]).fetchone()
                if row and row[0]:
                    return f"{row[0]} connections"
                time.sleep(0.05)
        raise NothingThereError("nobody was connected")

    return act


def _fill_disk(stack: ChaosStack, _: random.Random) -> str:
    megabytes = stack.disk.fill()
    return f"{megabytes} MB filled, {_use_up(stack)} spare segments used up"


def _use_up(stack: ChaosStack) -> int:
    """Writes until the server refuses or breaks, as hours of writing would."""
    dsn, _ = stack.administrator("warehouse")
    used = 0
    with suppress(psycopg.Error), psycopg.connect(dsn, autocommit=True, connect_timeout=5) as connection:
        while used < SPARE_SEGMENTS:
            connection.execute(USE_UP)
            used += 1
    return used


def _jump(whose: str, seconds: int) -> Act:
    def act(stack: ChaosStack, _: random.Random) -> str:
        stack.clocks.move(whose, stack.clocks.seconds[whose] + seconds)
        return f"{stack.clocks.seconds[whose]:+d} s"

    return act


def _jump_back(whose: str, seconds: int) -> Callable[[ChaosStack], None]:
    return lambda stack: stack.clocks.move(whose, stack.clocks.seconds[whose] - seconds)


BEGIN: Mapping[str, Act] = {
    "kill-scheduler": _kill("scheduler"),
    "kill-worker": _kill_worker,
    "kill-training": _kill_training,
    "kill-api-server": _kill("api-server"),
    "kill-dag-processor": _kill("dag-processor"),
    "kill-triggerer": _kill("triggerer"),
    "kill-source": _kill("source"),
    "kill-redis": _kill("redis"),
    "kill-database": _kill_databases,
    "cut-warehouse": _cut("warehouse"),
    "cut-metadata": _cut("metadata"),
    "disk-full": _fill_disk,
    "pipeline-ahead": _jump("pipeline", JUMP_SECONDS),
    "pipeline-behind": _jump("pipeline", -JUMP_SECONDS),
    "source-ahead": _jump("source", JUMP_SECONDS),
    "source-behind": _jump("source", -JUMP_SECONDS),
}
END: Mapping[str, Callable[[ChaosStack], None]] = {
    "disk-full": lambda stack: stack.disk.free(),
    "pipeline-ahead": _jump_back("pipeline", JUMP_SECONDS),
    "pipeline-behind": _jump_back("pipeline", -JUMP_SECONDS),
    "source-ahead": _jump_back("source", JUMP_SECONDS),
    "source-behind": _jump_back("source", -JUMP_SECONDS),
}
