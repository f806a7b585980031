"""What is made of what a server has of TimescaleDB."""

from __future__ import annotations

from dataclasses import replace

import pytest

from include.warehouse.timescale import Extension

THERE = Extension("2.29.2", "public", "timescale", "2.29.2", True, False, "me", "market")
AVAILABLE = Extension(None, None, None, "2.29.2", True, True, "me", "market")


@pytest.mark.parametrize(
    "found",
    [
        THERE,
        AVAILABLE,
        replace(THERE, is_preloaded=None),
        replace(THERE, version="2.23.0-dev"),
        replace(THERE, version="2.20.0"),
    ],
)
def test_it_is_used_where_it_is_there_or_may_be_created(found: Extension) -> None:
    """A login that may not see the libraries uses what is created, whatever rights it has."""
    assert found.obstacle is None


@pytest.mark.parametrize(
    ("found", "said", "fix"),
    [
        (replace(THERE, version=None, available=None), "not there; not needed", ""),
        (replace(THERE, version="2.9.3"), "2.9.3 is there and older than 2.20: not used", "update it to 2.20"),
        (replace(AVAILABLE, available="2.19.1"), "older than 2.20", "update it to 2.20"),
        (replace(THERE, license="apache"), "under the license apache", "community edition"),
        (replace(AVAILABLE, is_preloaded=None), "the login me may not see", "CREATE EXTENSION timescaledb"),
        (replace(AVAILABLE, is_preloaded=False), "creating it would end the session", "shared_preload_libraries"),
        (replace(AVAILABLE, may_create=False), "the login me may not create it", "CREATE EXTENSION timescaledb"),
    ],
)
def test_it_is_not_used_where_something_is_in_the_way(found: Extension, said: str, fix: str) -> None:
    """The finding says what, and the fix what would change it."""
    obstacle = found.obstacle
    assert obstacle is not None
    assert said in obstacle[0]
    assert fix in obstacle[1]
