"""A server for the whole training runs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from include.launcher.postgres import EmbeddedPostgres
from tests.integration.conftest import DEFAULT_VERSION, running_server


@pytest.fixture(scope="session")
def server() -> Iterator[EmbeddedPostgres]:
    """PostgreSQL, started when it is first asked for."""
    with running_server(DEFAULT_VERSION) as started:
        yield started
