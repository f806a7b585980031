"""Cortex's query API (Prometheus-compatible) over HTTP, errors translated once.

Connection errors, broken answers, 429 and 5xx are tried again with exponential back-off and jitter; 400, 401, 404 and
422 are not, since they will answer the same next time. A limit or a time-out is said as such, so that the caller can
ask for less.
"""

from __future__ import annotations

import logging
import re
import ssl
from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from typing import Self, TypeVar
from urllib.parse import unquote

import httpx
import msgspec
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.csv
from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt, wait_random_exponential

from include.errors import SettingsError, SourceLimit, SourceRefused, SourceTimedOut, SourceUnreachable

log = logging.getLogger(__name__)

Answer = TypeVar("Answer")
Numbers = npt.NDArray[np.float64]

# a point [1700000000,"1.5"], becomes the line ,1700000000,1.5 of three fields, the first of them empty
LINES = bytes.maketrans(b"]", b"\n")
READ_OPTIONS = pa.csv.ReadOptions(use_threads=False, column_names=["nothing", "time", "value"])
CONVERT_OPTIONS = pa.csv.ConvertOptions(
    column_types={"time": pa.float64(), "value": pa.float64()}, include_columns=["time", "value"], null_values=[]
)
MAX_WAIT_SECONDS = 30.0
BACK_OFF = wait_random_exponential(multiplier=0.2, max=MAX_WAIT_SECONDS)
# what Cortex, Mimir, Thanos and Prometheus say when a request spans too much time, or holds too much
TOO_LONG = re.compile(r"maximum resolution|query time range|query length|exceeds the limit \(query", re.IGNORECASE)
TOO_MUCH = re.compile(r"limit|exceed|too many", re.IGNORECASE)
TIMED_OUT = re.compile(r"timed? ?out|deadline exceeded", re.IGNORECASE)
HIDDEN = "***"


@dataclass(frozen=True)
class Cortex:
    """Where Cortex is and how to be let in. `url` is the API root without ``/api/v1``.

    Parameters
    ----------
    username, password
        Basic authentication; they may also stand in the URL, from where they are taken out.
    token
        Bearer token; goes before basic authentication.
    ca_file, client_cert, client_key
        Paths of PEM files: the authority to trust beside the system's, and what this client shows.
    extra_headers
        Sent with every request, for a gateway; their values are secrets.
    in_flight, requests_per_second
        Instead of the settings' `ingest.in_flight` and `ingest.requests_per_second`.
    """

    url: str
    tenant: str | None = None
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    token: str | None = field(default=None, repr=False)
    ca_file: str | None = None
    client_cert: str | None = None
    client_key: str | None = None
    extra_headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    in_flight: int | None = None
    requests_per_second: float | None = None

    def __post_init__(self) -> None:
        scheme, separator, rest = self.url.partition("://")
        login, at, place = rest.partition("/")[0].rpartition("@")
        if separator and at:
            username, _, password = login.partition(":")
            object.__setattr__(self, "url", f"{scheme}://{place}{rest[len(login) + len(at) + len(place) :]}")
            object.__setattr__(self, "username", self.username or unquote(username))
            object.__setattr__(self, "password", self.password or unquote(password))

    def headers(self) -> dict[str, str]:
        headers = {"Accept": "application/json", **self.extra_headers}
        if self._is_local():
            headers["Accept-Encoding"] = "identity"  # packing costs the source more than the loopback saves
        if self.tenant:
            headers["X-Scope-OrgID"] = self.tenant
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        return headers

    def auth(self) -> httpx.BasicAuth | None:
        if self.token or not self.username:
            return None
        return httpx.BasicAuth(self.username, self.password or "")

    def tls(self) -> ssl.SSLContext | bool:
        """What to verify the server by and to show it; raises SettingsError where a file is not usable."""
        if not self.url.startswith("https:"):
            return True
        try:
            context = ssl.create_default_context()
            if self.ca_file:
                context.load_verify_locations(self.ca_file)
            if self.client_cert:
                context.load_cert_chain(self.client_cert, self.client_key)
        except (OSError, ssl.SSLError) as error:
            raise SettingsError(
                f"The TLS files for Cortex cannot be used ({error}); check CORTEX_CA_FILE, CORTEX_CLIENT_CERT and CORTEX_CLIENT_KEY "
                "(in Airflow: ca_file, client_cert and client_key of the connection cortex): PEM files that this user may read."
            ) from error
        return context

    def redact(self, text: str) -> str:
        """The text without any secret of this address, should a gateway have echoed one."""
        secrets = [self.password, self.token, *self.extra_headers.values()]
        for secret in sorted((s for s in secrets if s), key=len, reverse=True):
            text = text.replace(secret, HIDDEN)
        return text

    def _is_local(self) -> bool:
        host = httpx.URL(self.url).host if self.url.startswith("http") else ""
        try:
            return host == "localhost" or ip_address(host).is_loopback
        except ValueError:
            return False


@dataclass(frozen=True)
class Identity:
    """Which data a source serves: `kind` is simulated, replay or cortex; `name` tells it from others of its kind."""

    kind: str
    name: str

    def __str__(self) -> str:
        return f"{self.kind} ({self.name})"


@dataclass(frozen=True)
class Series:
    """One series of a range answer: its labels, sample times (epoch seconds) and values, float64 in order of time."""

    metric: Mapping[str, str]
    times: Numbers
    values: Numbers


class _Matrix(msgspec.Struct):
    result: list[_Entry]


class _Entry(msgspec.Struct):
    metric: dict[str, str]
    values: msgspec.Raw


class _Scalar(msgspec.Struct):
    result: tuple[float, str]


class _Envelope(msgspec.Struct):
    """What every answer is wrapped in; `data` is decoded when the status is known."""

    status: str
    data: msgspec.Raw = msgspec.Raw(b"null")
    error: str = ""
    warnings: list[str] = []


class CortexClient:
    """A session with one Cortex, for any number of threads; counts its requests and retries.

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
        try:
            self._http = httpx.Client(
                base_url=cortex.url, headers=cortex.headers(), auth=cortex.auth(), transport=transport,
                verify=cortex.tls(), timeout=httpx.Timeout(timeout_seconds, connect=min(10.0, timeout_seconds)),
            )  # fmt: skip
        except (httpx.InvalidURL, UnicodeError) as error:
            raise self._no_address() from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def counting(self) -> CortexClient:
        """The same session with counters of its own, that begin at 0."""
        client = copy(self)
        client.requests = client.retries = 0
        return client

    def query_range(self, query: str, start: datetime, end: datetime, step: timedelta) -> list[Series]:
        """The answer of `query` at start, start + step, … up to and including `end`; empty: nothing matched.

        Raises
        ------
        SourceUnreachable
            No whole answer after all attempts.
        SourceTimedOut
            The source took too long; asked once, since the same would take as long again.
        SourceLimit
            The request holds more than the source allows.
        SourceRefused
            An answer that will not change by asking again.
        """
        params: dict[str, str | int] = {
            "query": query,
            "start": _epoch(start),
            "end": _epoch(end),
            "step": int(step.total_seconds()),
        }
        return self._get("query_range", params, _series)

    def query_samples(self, selector: str, at: datetime) -> list[Series]:
        """The raw samples of a range selector such as ``x[5m]`` at an instant, with their own times; raises as query_range."""
        return self._get("query", {"query": selector, "time": _epoch(at)}, _series)

    def time(self) -> datetime:
        """The source's own now, UTC."""
        return self._get("query", {"query": "time()"}, _instant)

    def identity(self) -> Identity:
        """Which data the source serves: the bundled lab says what it is, any other is a Cortex at its address."""
        if self._identity is None:
            self._identity = self._ask_identity()
        return self._identity

    def _ask_identity(self) -> Identity:
        try:
            data = self._get("status/buildinfo", {}, msgspec.json.decode)
        except SourceRefused as error:
            if error.status not in {404, 405}:  # some gateways offer the query API alone
                raise
            data = {}
        lab = data.get("lab") if isinstance(data, dict) else None
        if lab:
            name = f"file {lab['file'][:16]}" if lab["kind"] == "replay" else f"seed {lab['seed']}"
            return Identity(lab["kind"], name)
        return Identity("cortex", f"{self.cortex.url} tenant {self.cortex.tenant or 'none'}")

    def _get(self, path: str, params: Mapping[str, str | int], read: Callable[[msgspec.Raw], Answer]) -> Answer:
        """What `read` makes of the answer's data; a body that is cut short or of another shape is asked for again."""
        retrying = Retrying(
            stop=stop_after_attempt(self._attempts),
            wait=_wait,
            retry=retry_if_exception(lambda e: isinstance(e, SourceUnreachable) and not isinstance(e, SourceTimedOut)),
            reraise=True,
        )
        for attempt in retrying:
            with attempt:
                self.retries += attempt.retry_state.attempt_number > 1
                return self._get_once(path, params, read)
        raise AssertionError("tenacity ends by a result or an exception")

    def _get_once(self, path: str, params: Mapping[str, str | int], read: Callable[[msgspec.Raw], Answer]) -> Answer:
        self.requests += 1
        try:
            # read apart from the response, which is part of a cycle and would keep its body until the collector comes
            with self._http.stream("GET", f"/api/v1/{path}", params=dict(params)) as response:
                body = b"".join(response.iter_bytes())
        except httpx.ReadTimeout as error:
            raise SourceTimedOut(
                f"Cortex at {self.cortex.url} took longer than {self._http.timeout.read:g} s over {_asked(params)}; "
                "lower ingest.window_days or raise ingest.timeout_seconds."
            ) from error
        except httpx.HTTPError as error:
            reason = self.cortex.redact(str(error)) or type(error).__name__
            unreachable = SourceUnreachable(
                f"Cortex at {self.cortex.url} cannot be reached ({reason}); check CORTEX_URL (in Airflow, the connection cortex) and that it runs."
            )
            unreachable.is_dropped = isinstance(error, httpx.RemoteProtocolError | httpx.ReadError)
            raise unreachable from error
        except (httpx.InvalidURL, UnicodeError) as error:
            raise self._no_address() from error
        if response.status_code != 200:
            raise self._error(response, body, params)
        return self._read(response, body, read)

    def _read(self, response: httpx.Response, body: bytes, read: Callable[[msgspec.Raw], Answer]) -> Answer:
        try:
            envelope = msgspec.json.decode(body, type=_Envelope)
        except msgspec.ValidationError as error:
            raise self._not_the_api("did not answer as a Prometheus API does") from error
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            if response.headers.get("content-type", "").startswith("application/json"):
                raise self._broken_off() from error
            raise self._not_the_api(f"answered with {_page(response, body)} instead of JSON") from error
        if envelope.status != "success":
            raise self._not_the_api("did not answer as a Prometheus API does")
        for warning in envelope.warnings:
            log.info("Cortex at %s: %s", self.cortex.url, self.cortex.redact(warning))
        try:
            return read(envelope.data)
        except (msgspec.DecodeError, pa.ArrowInvalid) as error:
            raise self._broken_off() from error

    def _error(
        self, response: httpx.Response, body: bytes, params: Mapping[str, str | int]
    ) -> SourceRefused | SourceUnreachable:
        status, said = response.status_code, self.cortex.redact(_first_words(response, body))
        answered = f"Cortex at {self.cortex.url} answered {status} ({said})"
        if status in {503, 504} and TIMED_OUT.search(said):
            return SourceTimedOut(f"{answered} to {_asked(params)}; lower ingest.window_days, or its load.")
        if status == 429 or status >= 500:
            error = SourceUnreachable(f"{answered} after {self._attempts} attempts; try later, or lower its load.")
            error.retry_after = _retry_after(response)
            return error
        if status in {401, 403}:
            return SourceRefused(
                f"Cortex at {self.cortex.url} refused the login with {status} ({said}); set CORTEX_TENANT "
                f"(now {self.cortex.tenant or 'not set'}) and CORTEX_TOKEN or CORTEX_USERNAME and CORTEX_PASSWORD "
                "(in Airflow: tenant and token in the extra, login and password of the connection cortex).",
                status,
            )
        if status in {400, 413, 422} and params:
            refused = f"Cortex at {self.cortex.url} refused {_asked(params)} with {status} ({said}); check [metrics] and ingest.window_days."
            if status == 400 and TOO_LONG.search(said):
                return SourceLimit(refused, status, "minutes")
            if status != 400 and TOO_MUCH.search(said):
                return SourceLimit(refused, status, "metrics" if "series" in said.lower() else "minutes")
            return SourceRefused(refused, status)
        if response.is_redirect:
            to = httpx.URL(response.headers.get("location", "")).copy_with(query=None, userinfo=b"")
            return self._not_the_api(f"redirects with {status} to {self.cortex.redact(str(to))}", status)
        return self._not_the_api(f"answered {status} ({said})", status)

    def _broken_off(self) -> SourceUnreachable:
        return SourceUnreachable(f"Cortex at {self.cortex.url} broke off its answer; it is safe to run this again.")

    def _no_address(self) -> SourceRefused:
        return SourceRefused(f"CORTEX_URL is {self.cortex.url}, not an address such as http://host:9009/prometheus.")

    def _not_the_api(self, what: str, status: int | None = None) -> SourceRefused:
        return SourceRefused(
            f"{self.cortex.url} {what}; CORTEX_URL must be the API root without /api/v1, such as http://host:9009/prometheus, "
            "and any gateway before it must let the requests through.",
            status,
        )


def _series(data: msgspec.Raw) -> list[Series]:
    return [Series(entry.metric, *_numbers(entry.values)) for entry in msgspec.json.decode(data, type=_Matrix).result]


def _numbers(points: msgspec.Raw) -> tuple[Numbers, Numbers]:
    """Times and values of ``[[seconds,"value"],…]``: brackets and quotes aside it is a table, which pyarrow reads fastest.

    Its numbers are the nearest doubles, NaN and ±Inf included, as PostgreSQL would read them.
    """
    table = b"," + bytes(points).translate(LINES, delete=b'[" \t\r\n')
    if len(table) < len(b",0,0\n"):
        return np.empty(0), np.empty(0)
    # the system's memory pool: pyarrow's own keeps what it has had, in each thread
    memory = pa.system_memory_pool()
    read = pa.csv.read_csv(pa.BufferReader(table), READ_OPTIONS, convert_options=CONVERT_OPTIONS, memory_pool=memory)
    return read["time"].to_numpy(), read["value"].to_numpy()


def _instant(data: msgspec.Raw) -> datetime:
    return datetime.fromtimestamp(float(msgspec.json.decode(data, type=_Scalar).result[1]), UTC)


def _wait(state: RetryCallState) -> float:
    """Exponential back-off with jitter, or what the source asked for in Retry-After, under the same cap."""
    error = state.outcome.exception() if state.outcome else None
    asked = getattr(error, "retry_after", None) or 0.0
    return max(BACK_OFF(state), min(asked, MAX_WAIT_SECONDS))


def _retry_after(response: httpx.Response) -> float | None:
    text = response.headers.get("retry-after", "")
    return float(text) if text.isdecimal() else None


def _epoch(instant: datetime) -> int:
    return int(instant.timestamp())


def _asked(params: Mapping[str, str | int]) -> str:
    if "start" not in params:
        return "a query"
    start, end = (datetime.fromtimestamp(int(params[name]), UTC) for name in ("start", "end"))
    return f"a query from {start:%Y-%m-%d %H:%M} to {end:%Y-%m-%d %H:%M} UTC"


def _page(response: httpx.Response, body: bytes) -> str:
    """What kind of page came, and from whom: its type, its title and the server's name."""
    kind = response.headers.get("content-type", "").partition(";")[0] or "something"
    title = re.search(r"<title>(.{1,80}?)</title>", body[:4000].decode("utf-8", "replace"), re.IGNORECASE | re.DOTALL)
    server = response.headers.get("server", "")
    return (
        kind
        + (f" titled '{' '.join(title[1].split())}'" if title else "")
        + (f" from the gateway {server}" if server else "")
    )


def _first_words(response: httpx.Response, body: bytes) -> str:
    """What the body says, one short line: Cortex answers JSON, or text for 401 and 404."""
    try:
        said = msgspec.json.decode(body, type=_Envelope).error
    except (msgspec.DecodeError, UnicodeDecodeError):
        said = body.decode("utf-8", "replace")
    return " ".join(said.split())[:200] or response.reason_phrase
