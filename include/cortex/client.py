"""Cortex's query API (Prometheus-compatible) over HTTP, errors translated once.

Connection errors, broken answers, 429 and 5xx are tried again with exponential back-off and jitter; 400, 401, 404 and
422 are not, since they will answer the same next time. A limit or a time-out is said as such, so that the caller can
ask for less.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Self, TypeVar

import httpx
import msgspec
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.csv
from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt, wait_random_exponential

from include.cortex import refusals
from include.cortex.address import Cortex
from include.errors import SettingsError, SourceRefused, SourceTimedOut, SourceUnreachable
from include.hosts import is_metadata

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
# Unpacked: 11,000 minutes of a hundred metrics are 35 MB. Of a refusal more is not read than can be understood.
LARGEST_ANSWER_BYTES = 64_000_000
LARGEST_REFUSAL_BYTES = 65_536
# What the bundled lab publishes beside its market, so that whoever reads it from a Cortex that scraped it knows it too.
LAB_INFO = "crypto_lab_info"
BACK_OFF = wait_random_exponential(multiplier=0.2, max=MAX_WAIT_SECONDS)


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


class _Labelled(msgspec.Struct):
    metric: dict[str, str]


class _Vector(msgspec.Struct):
    result: list[_Labelled]


class _Scalar(msgspec.Struct):
    result: tuple[float, str]


class _Envelope(msgspec.Struct):
    """What every answer is wrapped in; `data` is decoded when the status is known."""

    status: str
    data: msgspec.Raw = msgspec.Raw(b"null")
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
        self._pace, self._next_at = 0.0, 0.0  # seconds, monotonic clock
        try:
            url = httpx.URL(cortex.url)
        except (httpx.InvalidURL, UnicodeError) as error:
            raise refusals.no_address(self.cortex) from error
        if url.scheme not in {"http", "https"} or not url.host:
            raise refusals.no_address(self.cortex)
        if is_metadata(url.host):
            raise refusals.metadata_address(self.cortex)
        headers, tls = cortex.headers(), cortex.tls()
        try:
            self._http = httpx.Client(
                base_url=url, headers=headers, auth=cortex.auth(), transport=transport, verify=tls,
                timeout=httpx.Timeout(timeout_seconds, connect=min(10.0, timeout_seconds)), trust_env=not cortex.is_local,
            )  # fmt: skip
        except (httpx.InvalidURL, ValueError, ImportError):
            # what httpx says may hold the proxy's password
            raise SettingsError(
                "The proxy that HTTP_PROXY, HTTPS_PROXY or ALL_PROXY names cannot be used; give an address such as "
                "http://user:password@host:3128, percent-encoded, or take Cortex out with NO_PROXY. SOCKS is not spoken."
            ) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def counting(self, seconds_a_request: float = 0.0) -> CortexClient:
        """The same session with counters of its own that begin at 0, and requests at least so far apart."""
        client = copy(self)
        client.requests = client.retries = 0
        client._pace, client._next_at = seconds_a_request, 0.0
        return client

    def rest(self) -> None:
        """Wait until the last request's time is over."""
        time.sleep(max(0.0, self._next_at - time.monotonic()))

    def answers(self) -> bool:
        """Whether the source answers the simplest question, asked once."""
        client = self.counting()
        client._attempts = 1
        try:
            client.time()
        except SourceUnreachable:
            return False
        return True

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
        """Which data the source serves: the bundled lab says what it is, also through a Cortex that was fed by it within
        the last day; any other is a Cortex at its address.
        """
        if self._identity is None:
            self._identity = self._ask_identity()
        return self._identity

    def _ask_identity(self) -> Identity:
        data = self._get_if_offered("status/buildinfo", {}, msgspec.json.decode)
        lab = data.get("lab") if isinstance(data, dict) else None
        lab = lab or self._get_if_offered("query", {"query": f"last_over_time({LAB_INFO}[1d])"}, _lab_behind)
        if lab:
            return Identity(lab["kind"], _name_of_lab(lab))
        return Identity("cortex", f"{self.cortex.url} tenant {self.cortex.tenant or 'none'}")

    def _get_if_offered(
        self, path: str, params: Mapping[str, str | int], read: Callable[[msgspec.Raw], Answer]
    ) -> Answer | None:
        """Like _get; None where a gateway offers a part of the API alone."""
        try:
            return self._get(path, params, read)
        except SourceRefused as error:
            if error.status not in {404, 405}:
                raise
            return None

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
        self.rest()
        self._next_at = time.monotonic() + self._pace
        self.requests += 1
        try:
            # read apart from the response, which is part of a cycle and would keep its body until the collector comes
            with self._http.stream("GET", f"/api/v1/{path}", params=dict(params)) as response:
                body = self._body(response, params)
        except httpx.ReadTimeout as error:
            raise refusals.too_slow(self.cortex, params, self._http.timeout.read) from error
        except httpx.DecodingError as error:
            raise refusals.not_unpacked(self.cortex, error) from error
        except httpx.HTTPError as error:
            raise refusals.no_answer(self.cortex, error) from error
        except (httpx.InvalidURL, UnicodeError) as error:
            raise refusals.no_address(self.cortex) from error
        if response.status_code != 200:
            raise refusals.refusal(self.cortex, response, body, params, self._attempts)
        return self._read(response, body, read)

    def _body(self, response: httpx.Response, params: Mapping[str, str | int]) -> bytes:
        """The unpacked body, no more of it than an answer, or a refusal, may have.

        Other packings than the one that is offered, and several one in another, are not unpacked: they grow without bound.
        """
        packed = response.headers.get("content-encoding", "")
        if packed.lower() not in {"", "identity", "gzip"}:
            raise httpx.DecodingError(f"Content-Encoding: {packed}")
        is_answer = response.status_code == 200
        largest = LARGEST_ANSWER_BYTES if is_answer else LARGEST_REFUSAL_BYTES
        parts, size = [], 0
        for part in response.iter_bytes():
            parts.append(part)
            size += len(part)
            if size > largest and is_answer:
                raise refusals.too_large(self.cortex, params, largest)
            if size > largest:
                break
        return b"".join(parts)

    def _read(self, response: httpx.Response, body: bytes, read: Callable[[msgspec.Raw], Answer]) -> Answer:
        try:
            envelope = msgspec.json.decode(body, type=_Envelope)
        except msgspec.ValidationError as error:
            raise refusals.not_the_api(self.cortex) from error
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            if response.headers.get("content-type", "").startswith("application/json"):
                raise refusals.broken_off(self.cortex) from error
            raise refusals.not_json(self.cortex, response, body) from error
        if envelope.status != "success":
            raise refusals.not_the_api(self.cortex)
        for warning in envelope.warnings:
            log.info("Cortex at %s: %s", self.cortex.url, self.cortex.redact(warning))
        try:
            return read(envelope.data)
        except (msgspec.DecodeError, ValueError) as error:
            raise refusals.broken_off(self.cortex) from error


def _name_of_lab(lab: Mapping[str, Any]) -> str:
    """The replayed file, or the seed and, where it is not the usual one, the market that is simulated of it."""
    if lab["kind"] == "replay":
        return f"file {lab['file'][:16]}"
    variant = lab.get("market")
    return f"{variant}, seed {lab['seed']}" if variant else f"seed {lab['seed']}"


def _lab_behind(data: msgspec.Raw) -> Mapping[str, str] | None:
    """The labels of the lab's info series; of several that of a simulated market, so that it is told in any case."""
    found = [entry.metric for entry in msgspec.json.decode(data, type=_Vector).result]
    return max(found, key=lambda labels: labels.get("kind") == "simulated", default=None)


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


def _epoch(instant: datetime) -> int:
    return int(instant.timestamp())
