"""The settings, the source and the warehouse of one run, and where their addresses come from outside Airflow."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from time import monotonic
from typing import Any

from include.cortex.address import Cortex
from include.cortex.client import CortexClient, Identity
from include.errors import SettingsError, SourceUnreachable
from include.settings import Clock, Environment, Settings, load_settings, read_environment
from include.warehouse.connection import Warehouse
from include.warehouse.minutes import check_source, require_source

IMPATIENT_SECONDS = 10.0
CORTEX_PARTS = (
    "tenant", "username", "password", "token", "ca_file", "client_cert", "client_key", "extra_headers"
)  # fmt: skip


@dataclass(frozen=True)
class Market:
    """What a stage knows of its time: the clock, the pipeline's now (UTC), and whether the market is simulated."""

    clock: Clock
    now: Callable[[], datetime]
    is_simulated: bool

    def asked_once(self) -> Market:
        """The same, whose now is asked for once and goes on as this machine's time does: for a run of a few seconds.

        What is written then has its time without a question to the source, which may fail after a commit.
        """

        @cache
        def told() -> tuple[datetime, float]:
            return self.now(), monotonic()

        def now() -> datetime:
            then, since = told()
            return then + timedelta(seconds=monotonic() - since)

        return replace(self, now=now)


@dataclass(frozen=True)
class Pipeline:
    """One run's settings and addresses; plain functions take it and open what they need.

    `allow_simulated`: whether the warehouse may begin with simulated minutes; `adopt_source`: whether a moved address
    of the same data is taken over. `heartbeat_url` is called after each committed live minute; None: nothing is.
    """

    settings: Settings
    cortex: Cortex
    warehouse: Warehouse
    allow_simulated: bool = False
    adopt_source: bool = False
    heartbeat_url: str | None = field(default=None, repr=False)

    def source(self, *, patient: bool = True, again: bool = False) -> CortexClient:
        """A client of the source, to be closed; an impatient one waits a few seconds and asks once, unless `again`."""
        ingest = self.settings.ingest
        if patient:
            return CortexClient(self.cortex, timeout_seconds=ingest.timeout_seconds, attempts=ingest.attempts)
        timeout_seconds = min(ingest.timeout_seconds, IMPATIENT_SECONDS)
        return CortexClient(self.cortex, timeout_seconds=timeout_seconds, attempts=ingest.attempts if again else 1)

    def recognise(self, client: CortexClient) -> Identity:
        """The source's identity; raises SourceMismatch where the warehouse holds another's minutes."""
        identity = client.identity()
        check_source(
            self.warehouse,
            (identity.kind, identity.name),
            allow_simulated=self.allow_simulated,
            adopt=self.adopt_source,
        )
        return identity

    @contextmanager
    def market(self) -> Iterator[Market]:
        """The time of the market whose minutes the warehouse holds, for the stages after raw.

        A source that does not answer is no obstacle where the wall clock is used, and asked again where its own is.

        Raises
        ------
        NotReady
            Nothing is loaded yet.
        SourceMismatch
            Another source answers at the address.
        SourceUnreachable
            The clock is the source's, and it does not answer.
        """
        kind, name = require_source(self.warehouse)
        clock = self.clock(kind)
        with self.source(patient=False, again=clock.source == "source") as client:
            try:
                self.recognise(client)
            except SourceUnreachable:
                if clock.source == "source":
                    raise
            yield Market(clock, lambda: self.now(client, Identity(kind, name)), kind == "simulated")

    def clock(self, kind: str) -> Clock:
        """The clock for a source of that kind: the lab has its own."""
        return self.settings.clock if kind == "cortex" else self.settings.lab_clock

    def now(self, client: CortexClient, identity: Identity) -> datetime:
        """The pipeline's now, UTC: the wall clock, or the source's own time."""
        return client.time() if self.clock(identity.kind).source == "source" else datetime.now(UTC)

    def source_now(self) -> datetime:
        """Like now, with a client of its own."""
        with self.source() as client:
            return self.now(client, client.identity())


def from_environment(
    environment: Environment | None = None, *, allow_simulated: bool = False, adopt_source: bool = False
) -> Pipeline:
    """The pipeline that the environment names, else the one that `make up` left running.

    Raises
    ------
    SettingsError
        Neither says where the source or the warehouse is.
    """
    environment = environment or read_environment()
    addresses = _addresses(environment.home)
    settings = load_settings(environment.settings_file)
    return Pipeline(
        settings=settings,
        cortex=_cortex(environment, addresses),
        warehouse=_warehouse(environment, settings.schema),
        allow_simulated=allow_simulated or environment.allow_simulated or environment.warehouse_dsn is None,
        adopt_source=adopt_source,
        heartbeat_url=environment.heartbeat_url,
    )


def _warehouse(environment: Environment, schema: str) -> Warehouse:
    if environment.warehouse_dsn is None:
        return Warehouse(_embedded_dsn("owner", environment), schema)
    return Warehouse(environment.warehouse_dsn, schema, environment.warehouse_direct_dsn)


def warehouse_dsn(role: str, environment: Environment | None = None) -> str:
    """The warehouse's libpq URI for the role reader, writer or owner, with which `SELECT * FROM signals` works."""
    environment = environment or read_environment()
    if environment.warehouse_dsn:
        settings = load_settings(environment.settings_file)
        longest = settings.bi_statement_timeout if role == "reader" else None
        return Warehouse(environment.warehouse_dsn, settings.schema).dsn_for(role, longest)
    return _embedded_dsn(role, environment)


def _embedded_dsn(role: str, environment: Environment) -> str:
    addresses = _addresses(environment.home)
    if "warehouse" not in addresses:
        raise SettingsError(
            "No warehouse is known: run `make up`, or set WAREHOUSE_DSN (postgresql://user:password@host:5432/database)."
        )
    return str(addresses["warehouse"][role])


def given_cortex(environment: Environment) -> Cortex | None:
    """The address that the environment names; raises SettingsError where it is none."""
    if environment.cortex_url is None:
        return None
    return Cortex(environment.cortex_url, **{part: getattr(environment, f"cortex_{part}") for part in CORTEX_PARTS})


def _cortex(environment: Environment, addresses: dict[str, Any]) -> Cortex:
    if given := given_cortex(environment):
        return given
    if "cortex_url" not in addresses:
        raise SettingsError(
            "No source is known: run `make up`, or set CORTEX_URL (http://host:9009/prometheus) and CORTEX_TENANT."
        )
    known = {part: addresses[f"cortex_{part}"] for part in CORTEX_PARTS if addresses.get(f"cortex_{part}")}
    return Cortex(addresses["cortex_url"], **known)


def _addresses(home: Path) -> dict[str, Any]:
    """What `make up` wrote about the processes it started; empty where it did not run."""
    try:
        return dict(json.loads((home / "addresses.json").read_text(encoding="utf-8")))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise SettingsError(f"{home / 'addresses.json'} cannot be read ({error}); run `make up` again.") from error
