"""Fixtures for every kind of test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import hypothesis
import pytest
from markets import Serve, served

# A busy machine is no failure.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Starts labs that end with the test; each call gives an API root."""
    with ExitStack() as stack:
        yield lambda *args, **kwargs: stack.enter_context(served(*args, **kwargs))
