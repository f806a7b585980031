"""A sign of life for a monitor outside: its silence is what is told of, also when all of this machine is gone."""

from __future__ import annotations

import logging
from threading import Thread

import httpx

from include.errors import SettingsError
from include.hosts import is_metadata

log = logging.getLogger(__name__)

TIMEOUT_SECONDS = 3.0


def beat(url: str) -> bool:
    """GET the address; whether it answered with a status below 400 within 3 s. A failure is logged, never raised.

    The address may hold a secret and is not logged. The answer's body is not read.
    """
    statuses: list[int] = []
    # httpx's time-outs are of one read each, and a name is looked up without any: only leaving the thread ends all of it
    asking = Thread(target=_ask, args=(url, statuses), daemon=True)
    asking.start()
    asking.join(TIMEOUT_SECONDS)
    if asking.is_alive():
        _warn(f"was not heard within {TIMEOUT_SECONDS:g} s")
    return bool(statuses) and statuses[0] < 400


def _ask(url: str, statuses: list[int]) -> None:
    try:
        with (
            httpx.Client(timeout=TIMEOUT_SECONDS, follow_redirects=True, event_hooks={"request": [_check]}) as client,
            client.stream("GET", url) as answer,
        ):
            statuses.append(answer.status_code)
    except Exception as error:  # noqa: BLE001 - a proxy, a certificate file or a host's name raise what httpx has no name for
        _warn(f"was not heard: {type(error).__name__}")
    if statuses and statuses[0] >= 400:
        _warn(f"was answered with {statuses[0]}")


def _check(request: httpx.Request) -> None:
    """Also of each address that a receiver redirects to."""
    if is_metadata(request.url.host):
        raise SettingsError("A link-local address is no monitor's.")


def _warn(what: str) -> None:
    log.warning("The heartbeat %s. See CORTEX_SIGNALS_HEARTBEAT_URL.", what)
