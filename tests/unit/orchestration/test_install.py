"""What a server's Airflow needs before it starts."""

from __future__ import annotations

import pytest

from include.errors import SettingsError
from include.orchestration.install import know_source


@pytest.mark.parametrize("url", ["", "http://source:9009/prometheus"])
def test_without_a_source_nothing_is_installed(url: str) -> None:
    """No address, or the one of a profile that was not chosen: what to set is said."""
    with pytest.raises(SettingsError, match=r"Set CORTEX_URL in \.env .* or COMPOSE_PROFILES=demo"):
        know_source(url)


def test_a_cortex_whose_name_is_not_known_now_is_told_and_no_more(capsys: pytest.CaptureFixture[str]) -> None:
    """A source that is away costs late minutes, not the web UI."""
    know_source("http://cortex.invalid:9009/prometheus")
    assert "The host cortex.invalid of CORTEX_URL is not known here now" in capsys.readouterr().err


def test_a_source_that_is_known_is_not_spoken_of(capsys: pytest.CaptureFixture[str]) -> None:
    know_source("http://localhost:9009/prometheus")
    assert capsys.readouterr().err == ""
