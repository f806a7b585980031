"""The way to a PostgreSQL outside of this machine: its certificate is checked unless the DSN itself says otherwise.

libpq's own default, sslmode=prefer, checks nothing and falls back to plain text without a word.
"""

from __future__ import annotations

import os
import re
import ssl
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from pathlib import Path
from typing import Any
from urllib.parse import quote

import certifi
import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from include.errors import SettingsError
from include.hosts import is_loopback

URI = ("postgresql://", "postgres://")
NO_DSN = "WAREHOUSE_DSN is not a libpq URI such as postgresql://user:password@host:5432/database"
KNOWINGLY = "or, knowingly, in a network that is yours alone, sslmode=disable"
TRUST = f"add sslrootcert=FILE, the certificate of the authority that issued it, {KNOWINGLY}"
NO_TLS = re.compile(r"server does not support SSL")
OTHER_NAME = re.compile(r"server certificate for .* does not match host name", re.DOTALL)
NOT_TRUSTED = re.compile(r"certificate verify failed|root certificate file|sslrootcert|could not load system root")
BUNDLES = ("/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem")


def read_dsn(dsn: str) -> dict[str, Any]:
    """Its parts; raises SettingsError where libpq cannot read it, or would take a part of the password for the address.

    Neither is repeated, and what libpq says of it may hold the password.
    """
    login, at, _ = dsn.partition("?")[0].rpartition("@")
    if dsn.startswith(URI) and at and any(letter in login.partition("://")[2] for letter in "/@"):
        raise SettingsError(f"{NO_DSN}; percent-encode what stands before its host (/ is %2F, @ is %40).")
    try:
        return dict(conninfo_to_dict(dsn))
    except psycopg.ProgrammingError:
        raise SettingsError(f"{NO_DSN}.") from None


def verified(dsn: str) -> str:
    """The DSN, with sslmode=verify-full where a host of it is another machine and nothing says how to go there.

    What says it: sslmode in the DSN, PGSSLMODE, or a service, whose file has its own. Which authorities are trusted: by
    sslrootcert, PGSSLROOTCERT or ~/.postgresql/root.crt, else those of the system, as its file: the OpenSSL that psycopg
    brings does not find them where sslrootcert=system says so.
    """
    parts = read_dsn(dsn)
    if parts.get("sslrootcert") == "system":
        return with_parameters(dsn, {"sslrootcert": _system_authorities(), "sslmode": "verify-full"})
    if _given(parts, "sslmode") or _given(parts, "service") or all(map(_is_here, _hosts(parts))):
        return dsn
    has_own = _given(parts, "sslrootcert") or Path("~/.postgresql/root.crt").expanduser().exists()
    trusted = {} if has_own else {"sslrootcert": _system_authorities()}
    return with_parameters(dsn, {"sslmode": "verify-full", **trusted})


def with_parameters(dsn: str, parameters: Mapping[str, str]) -> str:
    """A URI stays a URI."""
    if not dsn.startswith(URI):
        return make_conninfo(dsn, **parameters)
    pairs = "&".join(f"{name}={quote(value, safe='')}" for name, value in parameters.items())
    return f"{dsn}{'&' if '?' in dsn else '?'}{pairs}"


def advice(error: psycopg.OperationalError) -> str | None:
    """What to do where a connection failed over TLS; None where it failed over something else."""
    said = str(error)
    if NO_TLS.search(said):
        return f"turn ssl on at the server, {KNOWINGLY}, in WAREHOUSE_DSN (in Airflow, the extra of the connection warehouse)"
    if OTHER_NAME.search(said):
        return (
            "WAREHOUSE_DSN (in Airflow, the connection warehouse) must name a host that the server's certificate is for"
        )
    if NOT_TRUSTED.search(said):
        return f"{TRUST}, to WAREHOUSE_DSN (in Airflow, the extra of the connection warehouse)"
    return None


def protection(connection: psycopg.Connection[object]) -> str | None:
    """ "checked" or "encrypted" (the certificate is not checked), "plain", or None where it stays on this machine."""
    parameters = connection.info.get_parameters()
    if all(map(_is_here, _hosts(parameters))):
        return None
    if not connection.pgconn.ssl_in_use:
        return "plain"
    return "checked" if parameters.get("sslmode") == "verify-full" else "encrypted"


def _given(parts: Mapping[str, object], name: str) -> bool:
    return bool(parts.get(name) or os.environ.get(f"PG{name.upper()}"))


def _hosts(parts: Mapping[str, object]) -> Iterator[str]:
    """Where libpq connects to, one a server; empty: its default, a socket of this machine."""
    hosts, addresses = (
        str(parts.get(name) or os.environ.get(f"PG{name.upper()}") or "").split(",") for name in ("host", "hostaddr")
    )
    for host, address in zip_longest(hosts, addresses, fillvalue=""):
        yield address or host


def _is_here(host: str) -> bool:
    return not host or host.startswith(("/", "@")) or is_loopback(host)


def _system_authorities() -> str:
    """The file of the authorities that this machine trusts, SSL_CERT_FILE where it is set; else those of certifi."""
    found = ssl.get_default_verify_paths().cafile
    return found or next((file for file in BUNDLES if Path(file).exists()), None) or certifi.where()
