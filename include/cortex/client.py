"""Cortex's query API (Prometheus-compatible) over HTTP, errors translated once.

Connection errors, broken answers, 429 and 5xx are tried again with exponential back-off and jitter; 400, 401, 404 and
422 are not, since they will answer the same next time. A limit or a time-out is said as such, so that the caller can
ask for less.
"""

from __future__ import annotations

import html
import json
import logging
import re
import ssl
from base64 import b64encode
from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Self, TypeVar
from urllib.parse import quote, quote_plus, unquote
from urllib.request import getproxies, proxy_bypass

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
Cause = TypeVar("Cause", bound=BaseException)
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
HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
HEADER_VALUE = re.compile(r"([\x21-\x7e]([\x20-\x7e\t]*[\x21-\x7e])?)?")
TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)
# OpenSSL's X509_V_ERR_HOSTNAME_MISMATCH and _IP_ADDRESS_MISMATCH, and _CERT_NOT_YET_VALID and _CERT_HAS_EXPIRED
OTHER_NAME = {62, 64}
OUT_OF_DATE = {9, 10}
# how a server tells, after the handshake or in it, that it wants another certificate of the client
WANTS_CERTIFICATE = re.compile(r"ALERT_(CERTIFICATE_|BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|UNKNOWN_CA)")


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

    Raises
    ------
    SettingsError
        What stands before the host in the URL is not percent-encoded, or the URL has a query; neither is repeated.
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
        if "@" in self.url:
            raise SettingsError(
                "CORTEX_URL is not an address such as http://user:password@host:9009/prometheus; percent-encode what stands before "
                "its host (/ is %2F, @ is %40), or give CORTEX_USERNAME and CORTEX_PASSWORD."
            )
        if "?" in self.url or "#" in self.url:
            raise SettingsError(
                "CORTEX_URL holds a ? or #, which an API root such as http://host:9009/prometheus has not; "
                "what a gateway wants to see with every request goes into CORTEX_HEADERS."
            )

    @property
    def is_local(self) -> bool:
        """Whether it is on this machine's loopback: asked without a proxy, and without packing the answers."""
        host = httpx.URL(self.url).host
        try:
            return host == "localhost" or ip_address(host).is_loopback
        except ValueError:
            return False

    def headers(self) -> httpx.Headers:
        """What every request carries; the tenant and the token go before extra headers of those names.

        Raises
        ------
        SettingsError
            One cannot be sent; its value is not repeated.
        """
        headers = httpx.Headers({"Accept": "application/json"})
        for name, value in self.extra_headers.items():
            if not HEADER_NAME.fullmatch(name):
                raise SettingsError(f"CORTEX_HEADERS (in Airflow, secret_headers) names {name!r}, which is no header.")
            headers[name] = _sendable("CORTEX_HEADERS (in Airflow, secret_headers)", value)
        if self.is_local:
            headers["Accept-Encoding"] = "identity"  # packing costs the source more than the loopback saves
        if self.tenant:
            headers["X-Scope-OrgID"] = _sendable("CORTEX_TENANT (in Airflow, tenant)", self.tenant)
        if self.token:
            headers["Authorization"] = f"Bearer {_sendable('CORTEX_TOKEN (in Airflow, token)', self.token)}"
        return headers

    def auth(self) -> httpx.BasicAuth | None:
        if self.token or not self.username:
            return None
        return httpx.BasicAuth(self.username, self.password or "")

    def tls(self) -> ssl.SSLContext | bool:
        """What to verify the server by and to show it; raises SettingsError where a file is not usable."""
        if not self.url.lower().startswith("https:"):
            return True
        if self.client_key and not self.client_cert:
            raise SettingsError("CORTEX_CLIENT_KEY is set and CORTEX_CLIENT_CERT is not; a key needs its certificate.")
        context = ssl.create_default_context()
        if self.ca_file:
            _check_readable("CORTEX_CA_FILE (in Airflow, ca_file)", self.ca_file)
            try:
                context.load_verify_locations(self.ca_file)
            except ssl.SSLError as error:
                raise SettingsError(
                    f"CORTEX_CA_FILE (in Airflow, ca_file) names {self.ca_file}, which holds no certificate; give a PEM file of the "
                    "authority that issued the certificate of Cortex or of its gateway."
                ) from error
        if self.client_cert:
            key = self.client_key or self.client_cert
            _check_readable("CORTEX_CLIENT_CERT (in Airflow, client_cert)", self.client_cert)
            _check_readable("CORTEX_CLIENT_KEY (in Airflow, client_key)", key)
            try:
                # without a password OpenSSL would ask for one at the terminal
                context.load_cert_chain(self.client_cert, key, password="")
            except ssl.SSLError as error:
                raise SettingsError(
                    f"{self.client_cert} and {key} are not a certificate and its key; CORTEX_CLIENT_CERT and CORTEX_CLIENT_KEY "
                    "(in Airflow: client_cert and client_key) must be PEM files that belong together, the key without a passphrase."
                ) from error
        return context

    def redact(self, text: str) -> str:
        """The text without any secret of this address, should a gateway have echoed one, as it is or encoded."""
        values = list(self.extra_headers.values())
        secrets = [self.password, self.token, *values, *(value.partition(" ")[2] for value in values)]
        if self.username:
            secrets.append(b64encode(f"{self.username}:{self.password or ''}".encode()).decode())
        forms = {form for secret in secrets if secret for form in _forms(secret)}
        for form in sorted(forms, key=len, reverse=True):
            text = re.sub(re.escape(form), HIDDEN, text, flags=re.IGNORECASE)
        return text


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
            url = httpx.URL(cortex.url)
        except (httpx.InvalidURL, UnicodeError) as error:
            raise self._no_address() from error
        if url.scheme not in {"http", "https"} or not url.host:
            raise self._no_address()
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
        except httpx.DecodingError as error:
            raise SourceUnreachable(
                f"Cortex at {self.cortex.url}, or a gateway before it, packed its answer in a way that cannot be unpacked "
                f"({self.cortex.redact(str(error))}); it is safe to run this again."
            ) from error
        except httpx.HTTPError as error:
            raise self._no_answer(error) from error
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
            raise self._not_the_api(f"answered with {self._page(response, body)} instead of JSON") from error
        if envelope.status != "success":
            raise self._not_the_api("did not answer as a Prometheus API does")
        for warning in envelope.warnings:
            log.info("Cortex at %s: %s", self.cortex.url, self.cortex.redact(warning))
        try:
            return read(envelope.data)
        except (msgspec.DecodeError, ValueError) as error:
            raise self._broken_off() from error

    def _error(
        self, response: httpx.Response, body: bytes, params: Mapping[str, str | int]
    ) -> SourceRefused | SourceUnreachable:
        status, words = response.status_code, _words(response, body)
        said = self._one_line(words, 200) or self._one_line(response.reason_phrase, 200)
        words = " ".join(words.split())[:200]  # by which it is understood, secrets or not
        answered = f"Cortex at {self.cortex.url} answered {status} ({said})"
        if status in {503, 504} and TIMED_OUT.search(words):
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
            if status == 400 and TOO_LONG.search(words):
                return SourceLimit(refused, status, "minutes")
            if status != 400 and TOO_MUCH.search(words):
                return SourceLimit(refused, status, "metrics" if "series" in words.lower() else "minutes")
            return SourceRefused(refused, status)
        if response.has_redirect_location:
            return self._not_the_api(f"redirects with {status} to {self._redirected_to(response)}", status)
        if status == 407:
            return SourceRefused(
                f"The proxy before Cortex at {self.cortex.url} wants a login ({said}); put it into HTTP_PROXY and HTTPS_PROXY, "
                "such as http://user:password@host:3128, percent-encoded.",
                status,
            )
        return self._not_the_api(f"answered {status} ({said})", status)

    def _no_answer(self, error: httpx.HTTPError) -> SourceRefused | SourceUnreachable:
        """Why no answer came: a certificate, which the next attempt would not change, or the way to it."""
        url, tls = self.cortex.url, _cause(error, ssl.SSLError)
        if isinstance(tls, ssl.SSLCertVerificationError):
            if tls.verify_code in OTHER_NAME:
                advice = "CORTEX_URL must name a host that the certificate is for"
            elif tls.verify_code in OUT_OF_DATE:
                advice = "it must be renewed, or this machine's clock set"
            else:
                advice = "set CORTEX_CA_FILE (in Airflow, ca_file of the connection cortex) to a PEM file of the authority that issued it"
            return SourceRefused(
                f"The certificate of Cortex at {url} is not trusted ({tls.verify_message.rstrip('.')}); {advice}."
            )
        if tls and WANTS_CERTIFICATE.search(tls.reason or ""):
            mine = self.cortex.client_cert
            shown = f"does not accept the certificate {mine}" if mine else "wants a client certificate"
            return SourceRefused(
                f"Cortex at {url} {shown} ({tls.reason}); set CORTEX_CLIENT_CERT and CORTEX_CLIENT_KEY "
                "(in Airflow: client_cert and client_key of the connection cortex) to PEM files of one that it accepts."
            )
        is_dropped = isinstance(error, httpx.RemoteProtocolError | httpx.ReadError)
        reason = (self.cortex.redact(str(error)) or type(error).__name__).rstrip(".")
        check = "CORTEX_URL (in Airflow, the connection cortex)"
        if self._has_proxy():
            check += ", NO_PROXY and the proxy that it is asked through"
        if url.lower().startswith("https:") and (is_dropped or (tls and "HANDSHAKE_FAILURE" in (tls.reason or ""))):
            check += ", CORTEX_CLIENT_CERT (who wants a client certificate may hang up without a word)"
        unreachable = SourceUnreachable(
            f"Cortex at {url} cannot be reached ({reason}); check {check} and that it runs."
        )
        unreachable.is_dropped = is_dropped
        return unreachable

    def _has_proxy(self) -> bool:
        """Whether the environment has requests go through a proxy, as urllib reads it."""
        url, proxies = httpx.URL(self.cortex.url), getproxies()
        named = proxies.get(url.scheme) or proxies.get("all")
        return bool(named) and not self.cortex.is_local and not proxy_bypass(url.netloc.decode())

    def _redirected_to(self, response: httpx.Response) -> str:
        """The address without what may hold a token."""
        to = response.url.join(response.headers["location"])
        return self.cortex.redact(str(to.copy_with(query=None, fragment=None, userinfo=b"")))

    def _page(self, response: httpx.Response, body: bytes) -> str:
        """What kind of page came, and from whom: its type, its title and the server's name."""
        kind = response.headers.get("content-type", "").partition(";")[0] or "something"
        title, server = self._one_line(_title(_text(response, body)), 80), response.headers.get("server", "")
        said = kind + (f" titled '{title}'" if title else "") + (f" from the gateway {server}" if server else "")
        return self.cortex.redact(said)

    def _one_line(self, text: str, longest: int) -> str:
        """Secrets are taken out before it is cut, lest the beginning of one stays."""
        return " ".join(self.cortex.redact(text).split())[:longest]

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


def _text(response: httpx.Response, body: bytes) -> str:
    return body.decode(response.encoding or "utf-8", "replace")


def _title(text: str) -> str:
    """Of an HTML page, else empty."""
    found = TITLE.search(text[:4000])
    return html.unescape(found[1]).strip() if found else ""


def _words(response: httpx.Response, body: bytes) -> str:
    """What the body says: Cortex answers JSON, or text for 401 and 404; a gateway a page."""
    try:
        return msgspec.json.decode(body, type=_Envelope).error
    except (msgspec.DecodeError, UnicodeDecodeError):
        text = _text(response, body)
        return _title(text) or html.unescape(text)


def _forms(secret: str) -> set[str]:
    """A text as it stands, in a URL and in JSON, and read in the wrong encoding."""
    escaped = (json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1])
    misread = (secret.encode("latin-1", "replace").decode("utf-8", "replace"), secret.encode().decode("latin-1"))
    return {secret, quote(secret), quote(secret, safe=""), quote_plus(secret), *escaped, *misread}


def _sendable(setting: str, value: str) -> str:
    if not HEADER_VALUE.fullmatch(value):
        raise SettingsError(
            f"{setting} holds what no header can carry: a line break, a letter beyond ASCII, or a space at an end."
        )
    return value


def _check_readable(setting: str, file: str) -> None:
    try:
        with Path(file).open("rb"):
            pass
    except OSError as error:
        raise SettingsError(
            f"{setting} names {file}, which cannot be read ({error.strerror}); give a PEM file that this user may read."
        ) from error


def _cause(error: BaseException | None, kind: type[Cause]) -> Cause | None:
    """The first of that kind among an error and those that it came from."""
    while error is not None and not isinstance(error, kind):
        error = error.__cause__ or error.__context__
    return error
