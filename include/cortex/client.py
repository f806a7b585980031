"""Cortex's query API (Prometheus-compatible) over HTTP, errors translated once.

Connection errors, 429 and 5xx are tried again with exponential back-off and jitter; 400, 401, 404 and 422 are not,
since they will answer the same next time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Self

import httpx
import orjson
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from include.errors import SourceRefused, SourceUnreachable


@dataclass(frozen=True)
class Cortex:
    """Where Cortex is and how to be let in. `url` is the API root without ``/api/v1``."""

    url: str
    tenant: str | None = None
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    token: str | None = field(default=None, repr=False)

    def headers(self) -> dict[str, str]:
        headers = {"Accept": "application/json"}
        if self.tenant:
            headers["X-Scope-OrgID"] = self.tenant
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        return headers

    def auth(self) -> httpx.BasicAuth | None:
        if self.token or not self.username:
            return None
        return httpx.BasicAuth(self.username, self.password or "")


@dataclass(frozen=True)
class Identity:
    """Which data a source serves: `kind` is simulated, replay or cortex; `name` tells it from others of its kind."""

    kind: str
    name: str

    def __str__(self) -> str:
        return f"{self.kind} ({self.name})"


@dataclass(frozen=True)
class Series:
    """One series of a range answer: labels and (epoch seconds, value as text) in order of time."""

    labels: Mapping[str, str]
    values: list[tuple[float, str]]


class CortexClient:
    """A session with one Cortex; counts its requests and retries.

    Parameters
    ----------
    timeout_seconds, attempts
        Of one request.
    transport
        Where the requests go; None: the network.
    """

    def __init__(
        self,
        cortex: Cortex,
        *,
        timeout_seconds: float = 60,
        attempts: int = 4,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self.cortex = cortex
        self.requests = 0
        self.retries = 0
        self._identity: Identity | None = None
        self._attempts = attempts
        self._http = httpx.Client(
            base_url=cortex.url, headers=cortex.headers(), auth=cortex.auth(), transport=transport,
            timeout=httpx.Timeout(timeout_seconds, connect=10),
        )  # fmt: skip

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def query_range(self, query: str, start: datetime, end: datetime, step: timedelta) -> list[Series]:
        """The answer of `query` at start, start + step, … up to and including `end`; empty: nothing matched.

        Raises
        ------
        SourceUnreachable
            No answer after all attempts.
        SourceRefused
            An answer that will not change by asking again.
        """
        data = self._get(
            "query_range",
            {"query": query, "start": _epoch(start), "end": _epoch(end), "step": int(step.total_seconds())},
        )
        return [Series(entry["metric"], entry["values"]) for entry in data["result"]]

    def time(self) -> datetime:
        """The source's own now, UTC."""
        data = self._get("query", {"query": "time()"})
        return datetime.fromtimestamp(float(data["result"][1]), tz=UTC)

    def identity(self) -> Identity:
        """Which data the source serves: the bundled lab says what it is, any other is a Cortex at its address."""
        if self._identity is None:
            self._identity = self._ask_identity()
        return self._identity

    def _ask_identity(self) -> Identity:
        try:
            data = self._get("status/buildinfo", {})
        except SourceRefused as error:
            if error.status not in {404, 405}:  # some gateways offer the query API alone
                raise
            data = {}
        lab = data.get("lab") if isinstance(data, dict) else None
        if lab:
            name = f"file {lab['file'][:16]}" if lab["kind"] == "replay" else f"seed {lab['seed']}"
            return Identity(lab["kind"], name)
        return Identity("cortex", f"{self.cortex.url} tenant {self.cortex.tenant or 'none'}")

    def _get(self, path: str, params: Mapping[str, str | int]) -> Any:
        retrying = Retrying(
            stop=stop_after_attempt(self._attempts),
            wait=wait_random_exponential(multiplier=0.2, max=10),
            retry=retry_if_exception_type(SourceUnreachable),
            reraise=True,
        )
        for attempt in retrying:
            with attempt:
                self.retries += attempt.retry_state.attempt_number > 1
                return self._get_once(path, params)
        raise AssertionError("tenacity ends by a result or an exception")

    def _get_once(self, path: str, params: Mapping[str, str | int]) -> Any:
        self.requests += 1
        try:
            response = self._http.get(f"/api/v1/{path}", params=dict(params))
            return self._data(response, params)
        except httpx.HTTPError as error:
            reason = str(error) or type(error).__name__
            raise SourceUnreachable(
                f"Cortex at {self.cortex.url} cannot be reached ({reason}); check CORTEX_URL (in Airflow, the connection cortex) and that it runs."
            ) from error
        except (httpx.InvalidURL, UnicodeError) as error:
            raise SourceRefused(
                f"CORTEX_URL is {self.cortex.url}, not an address such as http://host:9009/prometheus."
            ) from error

    def _data(self, response: httpx.Response, params: Mapping[str, str | int]) -> Any:
        if response.status_code == 200:
            return self._json(response)["data"]
        raise self._error(response, params)

    def _json(self, response: httpx.Response) -> dict[str, Any]:
        try:
            body = orjson.loads(response.content)
        except orjson.JSONDecodeError as error:
            if response.headers.get("content-type", "").startswith("application/json"):
                raise SourceUnreachable(
                    f"Cortex at {self.cortex.url} broke off its answer; it is safe to run this again."
                ) from error
            raise self._not_the_api("answered with something other than JSON") from error
        if not isinstance(body, dict) or body.get("status") != "success":
            raise self._not_the_api("did not answer as a Prometheus API does")
        return body

    def _error(self, response: httpx.Response, params: Mapping[str, str | int]) -> SourceRefused | SourceUnreachable:
        status, said = response.status_code, _first_words(response)
        if status == 429 or status >= 500:
            return SourceUnreachable(
                f"Cortex at {self.cortex.url} answered {status} ({said}) after {self._attempts} attempts; try later, or lower its load."
            )
        if status in {401, 403}:
            return SourceRefused(
                f"Cortex at {self.cortex.url} refused the login with {status} ({said}); set CORTEX_TENANT "
                f"(now {self.cortex.tenant or 'not set'}) and CORTEX_TOKEN or CORTEX_USERNAME and CORTEX_PASSWORD "
                "(in Airflow: tenant and token in the extra, login and password of the connection cortex).",
                status,
            )
        if status in {400, 422} and params:
            asked = f"from {params.get('start', 'now')} to {params.get('end', 'now')}"
            return SourceRefused(
                f"Cortex at {self.cortex.url} refused a query {asked} with {status} ({said}); check [metrics] and ingest.window_days."
            )
        return self._not_the_api(f"answered {status} ({said})", status)

    def _not_the_api(self, what: str, status: int | None = None) -> SourceRefused:
        return SourceRefused(
            f"{self.cortex.url} {what}; CORTEX_URL must be the API root without /api/v1, such as http://host:9009/prometheus, "
            "and any gateway before it must let the requests through.",
            status,
        )


def _epoch(instant: datetime) -> int:
    return int(instant.timestamp())


def _first_words(response: httpx.Response) -> str:
    """What the body says, one short line: Cortex answers JSON, or text for 401 and 404."""
    try:
        said = str(orjson.loads(response.content)["error"])
    except (orjson.JSONDecodeError, KeyError, TypeError):
        said = response.text
    return " ".join(said.split())[:200] or response.reason_phrase
