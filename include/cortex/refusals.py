"""Why Cortex, or what stands before it, did not give what was asked: each answer and fault as one sentence with its remedy.

Secrets that a gateway echoes are taken out of all that is said.
"""

from __future__ import annotations

import html
import re
import ssl
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TypeVar
from urllib.request import getproxies, proxy_bypass

import httpx
import msgspec

from include.cortex.address import Cortex
from include.errors import SourceLimit, SourceRefused, SourceTimedOut, SourceUnreachable

Cause = TypeVar("Cause", bound=BaseException)
Params = Mapping[str, str | int]

# what Cortex, Mimir, Thanos and Prometheus say when a request spans too much time, or holds too much
TOO_LONG = re.compile(r"maximum resolution|query time range|query length|exceeds the limit \(query", re.IGNORECASE)
TOO_MUCH = re.compile(r"limit|exceed|too many", re.IGNORECASE)
TIMED_OUT = re.compile(r"timed?[- ]?out|deadline exceeded", re.IGNORECASE)
# Cortex begins what any of its limits says about a selector with "expanding series:"
TOO_MANY_SERIES = re.compile(r"(?<!expanding )series limit|number of series|too many series", re.IGNORECASE)
TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)
# OpenSSL's X509_V_ERR_HOSTNAME_MISMATCH and _IP_ADDRESS_MISMATCH, and _CERT_NOT_YET_VALID and _CERT_HAS_EXPIRED
OTHER_NAME = {62, 64}
OUT_OF_DATE = {9, 10}
# how a server tells, after the handshake or in it, that it wants another certificate of the client
WANTS_CERTIFICATE = re.compile(r"ALERT_(CERTIFICATE_|BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|UNKNOWN_CA)")


class _Failure(msgspec.Struct):
    """What the API answers beside a status that is not 200."""

    status: str
    error: str = ""


# -- answers that are none of the API's


def no_address(cortex: Cortex) -> SourceRefused:
    return SourceRefused(f"CORTEX_URL is {cortex.url}, not an address such as http://host:9009/prometheus.")


def metadata_address(cortex: Cortex) -> SourceRefused:
    return SourceRefused(
        f"CORTEX_URL is {cortex.url}: at link-local addresses clouds keep a machine's credentials, and no Cortex; give its address."
    )


def broken_off(cortex: Cortex) -> SourceUnreachable:
    return SourceUnreachable(f"Cortex at {cortex.url} broke off its answer; it is safe to run this again.")


def not_unpacked(cortex: Cortex, error: httpx.DecodingError) -> SourceUnreachable:
    return SourceUnreachable(
        f"Cortex at {cortex.url}, or a gateway before it, packed its answer in a way that cannot be unpacked "
        f"({cortex.redact(str(error))}); it is safe to run this again."
    )


def not_the_api(
    cortex: Cortex, what: str = "did not answer as a Prometheus API does", status: int | None = None
) -> SourceRefused:
    return SourceRefused(
        f"{cortex.url} {what}; CORTEX_URL must be the API root without /api/v1, such as http://host:9009/prometheus, "
        "and any gateway before it must let the requests through.",
        status,
    )


def not_json(cortex: Cortex, response: httpx.Response, body: bytes) -> SourceRefused:
    return not_the_api(cortex, f"answered with {_page(cortex, response, body)} instead of JSON")


def too_large(cortex: Cortex, params: Params, largest_bytes: int) -> SourceRefused:
    """A limit of our own, met as the source's are: by asking for fewer minutes."""
    said = f"Cortex at {cortex.url} answered {_asked(params)} with more than {largest_bytes // 1_000_000} MB"
    if "start" in params:
        return SourceLimit(f"{said}; lower ingest.window_days, or look at what answers there.", about="minutes")
    return SourceRefused(f"{said}; look at what answers there.")


# -- answers with a status that is not 200


def refusal(
    cortex: Cortex, response: httpx.Response, body: bytes, params: Params, attempts: int
) -> SourceRefused | SourceUnreachable:
    """What the answer to a request with those parameters means; `attempts`: how many there will have been."""
    status, words = response.status_code, _words(response, body)
    said = _one_line(cortex, words, 200) or _one_line(cortex, response.reason_phrase, 200)
    words = " ".join(words.split())[:200]  # by which it is understood, secrets or not
    answered = f"Cortex at {cortex.url} answered {status} ({said})"
    can_ask_for_less = "time" in params or "start" in params  # of what has no time there is no less: it is asked again
    if can_ask_for_less and (status == 504 or (status == 503 and TIMED_OUT.search(words))):
        return SourceTimedOut(f"{answered} to {_asked(params)}; lower ingest.window_days, or its load.")
    if status == 429 or status >= 500:
        error = SourceUnreachable(f"{answered} after {attempts} attempts; try later, or lower its load.")
        error.retry_after = _retry_after(response)
        return error
    if status in {401, 403}:
        return _no_login(cortex, status, said)
    if status in {400, 413, 422} and params:
        return _no_such_query(
            f"Cortex at {cortex.url} refused {_asked(params)} with {status} ({said}); check [metrics] and ingest.window_days.",
            status,
            words,
        )
    if response.has_redirect_location:
        return not_the_api(cortex, f"redirects with {status} to {_redirected_to(cortex, response)}", status)
    if status == 407:
        return _no_proxy_login(cortex, said)
    return not_the_api(cortex, f"answered {status} ({said})", status)


def _no_login(cortex: Cortex, status: int, said: str) -> SourceRefused:
    return SourceRefused(
        f"Cortex at {cortex.url} refused the login with {status} ({said}); set CORTEX_TENANT "
        f"(now {cortex.tenant or 'not set'}) and CORTEX_TOKEN or CORTEX_USERNAME and CORTEX_PASSWORD "
        "(in Airflow: tenant and token in the extra, login and password of the connection cortex).",
        status,
    )


def _no_proxy_login(cortex: Cortex, said: str) -> SourceRefused:
    return SourceRefused(
        f"The proxy before Cortex at {cortex.url} wants a login ({said}); put it into HTTP_PROXY and HTTPS_PROXY, "
        "such as http://user:password@host:3128, percent-encoded.",
        407,
    )


def _no_such_query(refused: str, status: int, words: str) -> SourceRefused:
    """A limit where the words are those of one."""
    if status == 400 and TOO_LONG.search(words):
        return SourceLimit(refused, status, "minutes")
    if status != 400 and TOO_MUCH.search(words):
        return SourceLimit(refused, status, "metrics" if TOO_MANY_SERIES.search(words) else "minutes")
    return SourceRefused(refused, status)


def _retry_after(response: httpx.Response) -> float | None:
    text = response.headers.get("retry-after", "")
    return float(text) if text.isdecimal() else None


def _redirected_to(cortex: Cortex, response: httpx.Response) -> str:
    """The address without what may hold a token."""
    to = response.url.join(response.headers["location"])
    return cortex.redact(str(to.copy_with(query=None, fragment=None, userinfo=b"")))


# -- no answer


def too_slow(cortex: Cortex, params: Params, timeout_seconds: float | None) -> SourceTimedOut:
    return SourceTimedOut(
        f"Cortex at {cortex.url} took longer than {timeout_seconds:g} s over {_asked(params)}; "
        "lower ingest.window_days or raise ingest.timeout_seconds."
    )


def no_answer(cortex: Cortex, error: httpx.HTTPError) -> SourceRefused | SourceUnreachable:
    """Why no answer came: a certificate, which the next attempt would not change, or the way to it."""
    tls = _cause(error, ssl.SSLError)
    if isinstance(tls, ssl.SSLCertVerificationError):
        return _not_trusted(cortex, tls)
    if tls and WANTS_CERTIFICATE.search(tls.reason or ""):
        return _wants_certificate(cortex, tls)
    is_dropped = isinstance(error, httpx.RemoteProtocolError | httpx.ReadError)
    hung_up = is_dropped or (tls is not None and "HANDSHAKE_FAILURE" in (tls.reason or ""))
    reason = (cortex.redact(str(error)) or type(error).__name__).rstrip(".")
    unreachable = SourceUnreachable(
        f"Cortex at {cortex.url} cannot be reached ({reason}); check {_suspects(cortex, hung_up)} and that it runs."
    )
    unreachable.is_dropped = is_dropped
    return unreachable


def _not_trusted(cortex: Cortex, error: ssl.SSLCertVerificationError) -> SourceRefused:
    if error.verify_code in OTHER_NAME:
        advice = "CORTEX_URL must name a host that the certificate is for"
    elif error.verify_code in OUT_OF_DATE:
        advice = "it must be renewed, or this machine's clock set"
    else:
        advice = "set CORTEX_CA_FILE (in Airflow, ca_file of the connection cortex) to a PEM file of the authority that issued it"
    return SourceRefused(
        f"The certificate of Cortex at {cortex.url} is not trusted ({error.verify_message.rstrip('.')}); {advice}."
    )


def _wants_certificate(cortex: Cortex, error: ssl.SSLError) -> SourceRefused:
    mine = cortex.client_cert
    shown = f"does not accept the certificate {mine}" if mine else "wants a client certificate"
    return SourceRefused(
        f"Cortex at {cortex.url} {shown} ({error.reason}); set CORTEX_CLIENT_CERT and CORTEX_CLIENT_KEY "
        "(in Airflow: client_cert and client_key of the connection cortex) to PEM files of one that it accepts."
    )


def _suspects(cortex: Cortex, hung_up: bool) -> str:
    """The settings that may keep it from being reached."""
    check = "CORTEX_URL (in Airflow, the connection cortex)"
    if _has_proxy(cortex):
        check += ", NO_PROXY and the proxy that it is asked through"
    if hung_up and cortex.url.lower().startswith("https:"):
        check += ", CORTEX_CLIENT_CERT (who wants a client certificate may hang up without a word)"
    return check


def _has_proxy(cortex: Cortex) -> bool:
    """Whether the environment has requests go through a proxy, as urllib reads it."""
    url, proxies = httpx.URL(cortex.url), getproxies()
    named = proxies.get(url.scheme) or proxies.get("all")
    return bool(named) and not cortex.is_local and not proxy_bypass(url.netloc.decode())


def _cause(error: BaseException | None, kind: type[Cause]) -> Cause | None:
    """The first of that kind among an error and those that it came from."""
    while error is not None and not isinstance(error, kind):
        error = error.__cause__ or error.__context__
    return error


# -- what was asked, and what was said


def _asked(params: Params) -> str:
    if "start" not in params:
        return "a query"
    start, end = (datetime.fromtimestamp(int(params[name]), UTC) for name in ("start", "end"))
    return f"a query from {start:%Y-%m-%d %H:%M} to {end:%Y-%m-%d %H:%M} UTC"


def _words(response: httpx.Response, body: bytes) -> str:
    """What the body says: Cortex answers JSON, or text for 401 and 404; a gateway a page."""
    try:
        return msgspec.json.decode(body, type=_Failure).error
    except (msgspec.DecodeError, UnicodeDecodeError):
        text = _text(response, body)
        return _title(text) or html.unescape(text)


def _page(cortex: Cortex, response: httpx.Response, body: bytes) -> str:
    """What kind of page came, and from whom: its type, its title and the server's name."""
    kind = response.headers.get("content-type", "").partition(";")[0] or "something"
    title, server = _one_line(cortex, _title(_text(response, body)), 80), response.headers.get("server", "")
    said = kind + (f" titled '{title}'" if title else "") + (f" from the gateway {server}" if server else "")
    return cortex.redact(said)


def _title(text: str) -> str:
    """Of an HTML page, else empty."""
    found = TITLE.search(text[:4000])
    return html.unescape(found[1]).strip() if found else ""


def _text(response: httpx.Response, body: bytes) -> str:
    return body.decode(response.encoding or "utf-8", "replace")


def _one_line(cortex: Cortex, text: str, longest: int) -> str:
    """Secrets are taken out before it is cut, lest the beginning of one stays."""
    return " ".join(cortex.redact(text).split())[:longest]
