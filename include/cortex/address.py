"""Where Cortex is and how to be let in: the address, the login, the headers and the files of TLS, and none of it said."""

from __future__ import annotations

import json
import re
import ssl
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, quote_plus, unquote

import httpx

from include.errors import SettingsError
from include.hosts import is_loopback

HIDDEN = "***"
HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
HEADER_VALUE = re.compile(r"([\x21-\x7e]([\x20-\x7e\t]*[\x21-\x7e])?)?")


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
        return is_loopback(httpx.URL(self.url).host)

    @property
    def is_exposed(self) -> bool:
        """Whether a login or a header goes unencrypted to another machine."""
        has_secret = bool(self.token or self.username or self.extra_headers)
        return has_secret and not self.is_local and not self.url.lower().startswith("https:")

    def headers(self) -> httpx.Headers:
        """What every request carries; the tenant and the token go before extra headers of those names.

        Raises
        ------
        SettingsError
            One cannot be sent; its value is not repeated.
        """
        headers = httpx.Headers({"Accept": "application/json", "Accept-Encoding": "gzip"})
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
            _trust(context, self.ca_file)
        if self.client_cert:
            _show(context, self.client_cert, self.client_key or self.client_cert)
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


def _trust(context: ssl.SSLContext, ca_file: str) -> None:
    _check_readable("CORTEX_CA_FILE (in Airflow, ca_file)", ca_file)
    try:
        context.load_verify_locations(ca_file)
    except ssl.SSLError as error:
        raise SettingsError(
            f"CORTEX_CA_FILE (in Airflow, ca_file) names {ca_file}, which holds no certificate; give a PEM file of the "
            "authority that issued the certificate of Cortex or of its gateway."
        ) from error


def _show(context: ssl.SSLContext, certificate: str, key: str) -> None:
    _check_readable("CORTEX_CLIENT_CERT (in Airflow, client_cert)", certificate)
    _check_readable("CORTEX_CLIENT_KEY (in Airflow, client_key)", key)
    try:
        # with none OpenSSL would ask for one at the terminal
        context.load_cert_chain(certificate, key, password="")
    except ssl.SSLError as error:
        raise SettingsError(
            f"{certificate} and {key} are not a certificate and its key; CORTEX_CLIENT_CERT and CORTEX_CLIENT_KEY "
            "(in Airflow: client_cert and client_key) must be PEM files that belong together, the key without a passphrase."
        ) from error
