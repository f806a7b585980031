"""Which source of minutes this run loads from, and what must be said about it."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx

from include.errors import SettingsError, SourceRefused, SourceUnreachable
from include.launcher.files import read_json, write_private_json
from include.launcher.ports import LOOPBACK
from include.settings import Environment


@dataclass(frozen=True)
class Source:
    """`kind` is "simulated", "replay" or "cortex"; `lab_options` are those of the bundled lab, None without it."""

    kind: str
    url: str
    tenant: str | None
    username: str | None = None
    password: str | None = None
    token: str | None = None
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
        The lab would write into the warehouse of the user, and that was not asked for.
    """
    if environment.cortex_url:
        return Source(
            kind="cortex",
            url=environment.cortex_url,
            tenant=environment.cortex_tenant,
            username=environment.cortex_username,
            password=environment.cortex_password,
            token=environment.cortex_token,
        )
    if environment.warehouse_dsn and not allow_simulated:
        raise SettingsError(
            "WAREHOUSE_DSN is set and CORTEX_URL is not, so the simulated market would be written into your warehouse; "
            "set CORTEX_URL, or run `make up ARGS=--allow-simulated` if that is what you want."
        )
    return Source(
        kind="replay" if environment.replay_file else "simulated",
        url=f"http://{LOOPBACK}:{lab_port}",
        tenant=environment.cortex_tenant,
        lab_options=_lab_options(environment),
    )


def _lab_options(environment: Environment) -> tuple[str, ...]:
    tenant = ("--tenant", environment.cortex_tenant) if environment.cortex_tenant else ()
    if environment.replay_file is None:
        return tenant
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


def existing(file: Path) -> Path:
    if not file.is_file():
        raise SettingsError(f"CORTEX_SIGNALS_REPLAY names {file}, which is no file; give a Parquet file of candles.")
    return file.resolve()


def source_time(source: Source) -> datetime:
    """The source's own `time()`; the first request of a run, so it also tells a wrong address or login.

    Raises
    ------
    SourceUnreachable
        Nothing answers at the address, or with an error of its own.
    SourceRefused
        Something answers and it is no Prometheus API, or it wants other credentials.
    """
    headers = {"X-Scope-OrgID": source.tenant} if source.tenant else {}
    if source.token:
        headers["Authorization"] = f"Bearer {source.token}"
    login = (source.username, source.password or "") if source.username else None
    url = f"{source.url}/api/v1/query"
    try:
        answer = httpx.get(url, params={"query": "time()"}, headers=headers, auth=login, timeout=30)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise SourceUnreachable(f"The source at {source.url} does not answer ({error}); check CORTEX_URL.") from error
    return _time_of(source, answer)


def _time_of(source: Source, answer: httpx.Response) -> datetime:
    if answer.status_code in {401, 403}:
        raise SourceRefused(
            f"The source at {source.url} refuses the login ({answer.status_code}); check CORTEX_TENANT, "
            f"CORTEX_USERNAME, CORTEX_PASSWORD and CORTEX_TOKEN."
        )
    if answer.is_server_error or answer.status_code == httpx.codes.TOO_MANY_REQUESTS:
        raise SourceUnreachable(f"The source at {source.url} answers {answer.status_code}; try again when it is well.")
    try:
        return datetime.fromtimestamp(float(answer.json()["data"]["result"][0]), UTC)
    except (ValueError, LookupError, TypeError) as error:
        raise SourceRefused(
            f"What answers at {source.url} is no Prometheus API ({answer.status_code} for /api/v1/query); CORTEX_URL "
            f"is the API's root without /api/v1, such as http://host:9009/prometheus."
        ) from error
