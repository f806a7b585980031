"""A sign of life for a monitor outside: its silence is what is told of, also when all of this machine is gone."""

from __future__ import annotations

import logging

import httpx

log = logging.getLogger(__name__)

TIMEOUT_SECONDS = 3.0


def beat(url: str) -> bool:
    """GET the address; whether it answered with a status below 400. A failure is logged, never raised.

    The address may hold a secret and is not logged.
    """
    try:
        status = httpx.get(url, timeout=TIMEOUT_SECONDS, follow_redirects=True).status_code
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        log.warning("The heartbeat was not heard: %s. See CORTEX_SIGNALS_HEARTBEAT_URL.", type(error).__name__)
        return False
    if status >= 400:
        log.warning("The heartbeat was answered with %d. See CORTEX_SIGNALS_HEARTBEAT_URL.", status)
    return status < 400
