"""Which source of minutes this run loads from, and what must be said about it."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from include.cortex.address import Cortex
from include.cortex.client import CortexClient
from include.errors import SettingsError
from include.launcher.files import read_json, write_private_json
from include.launcher.ports import LOOPBACK
from include.pipeline import given_cortex
from include.settings import Environment


@dataclass(frozen=True)
class Source:
    """`kind` is "simulated", "replay" or "cortex"; `lab_options` are those of the bundled lab, None without it."""

    kind: str
    cortex: Cortex
    lab_options: tuple[str, ...] | None = None

    @property
    def database(self) -> str:
        """Its own in the embedded PostgreSQL, so that simulated and real minutes never meet."""
        return f"signals_{self.kind}"

    @property
    def is_lab(self) -> bool:
        return self.lab_options is not None


def choose_source(environment: Environment, lab_port: int, allow_simulated: bool) -> Source:
    """The Cortex of the environment, else the bundled lab on `lab_port`.

    Raises
    ------
    SettingsError
        CORTEX_URL is no address; or the lab would write into the warehouse of the user, and that was not asked for.
    """
    if given := given_cortex(environment):
        return Source("cortex", given)
    if environment.warehouse_dsn and not allow_simulated:
        raise SettingsError(
            "WAREHOUSE_DSN is set and CORTEX_URL is not, so the simulated market would be written into your warehouse; "
            "set CORTEX_URL, or run `make up ARGS=--allow-simulated` if that is what you want."
        )
    return Source(
        kind="replay" if environment.replay_file else "simulated",
        cortex=Cortex(f"http://{LOOPBACK}:{lab_port}", tenant=environment.cortex_tenant),
        lab_options=_lab_options(environment),
    )


def _lab_options(environment: Environment) -> tuple[str, ...]:
    tenant = ("--tenant", environment.cortex_tenant) if environment.cortex_tenant else ()
    if environment.replay_file is None:
        return (*tenant, *shlex.split(environment.lab_arguments or ""))
    further = shlex.split(environment.replay_arguments or "")
    return (*tenant, "--replay", str(existing(environment.replay_file)), *further, *_begun(environment.home, further))


def _begun(home: Path, further: list[str]) -> tuple[str, ...]:
    """When the replay began, a whole minute of the wall clock so that its minutes end with the scheduler's.

    Kept beside the data for as long as the arguments stay the same: a lab that is started again goes on from where
    it would be.
    """
    if "--now" not in further:
        return ()
    file = home / "replay.json"
    known = read_json(file, {})
    if known.get("arguments") != further:
        known = {"arguments": further, "begun": f"{datetime.now(UTC):%Y-%m-%dT%H:%M}Z"}
        if home.is_dir():
            write_private_json(file, known)
    return ("--begun", known["begun"])


def existing(candles: Path) -> Path:
    """The file or folder, absolute; what it holds the lab finds out."""
    if not candles.exists():
        raise SettingsError(
            f"CORTEX_SIGNALS_REPLAY names {candles}, which is not there; give candles: Parquet, Binance CSV or zip, or a "
            "folder of them."
        )
    return candles.resolve()


def source_time(source: Source, attempts: int = 1) -> datetime:
    """The source's own `time()`; the first request of a run, so it also tells a wrong address, file or login.

    Parameters
    ----------
    attempts
        1 says at once what is wrong; more outlast a source that is busy for a moment.

    Raises
    ------
    SettingsError
        A header, a file of TLS or the proxy cannot be used.
    SourceUnreachable
        Nothing answers at the address, or with an error of its own.
    SourceRefused
        Something answers and it is no Prometheus API, or it wants other credentials.
    """
    with CortexClient(source.cortex, attempts=attempts, timeout_seconds=30) as client:
        return client.time()
