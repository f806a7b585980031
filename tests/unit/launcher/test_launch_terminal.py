"""What a person sees while things start."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from include.launcher import terminal as terminal_module
from include.launcher.terminal import Terminal, how_far, how_long


@pytest.mark.parametrize(("seconds", "text"), [(0.2, "0 s"), (59.4, "59 s"), (59.6, "1 min 0 s"), (200, "3 min 20 s")])
def test_durations(seconds: float, text: str) -> None:
    assert how_long(seconds) == text


def test_progress_tells_rate_and_rest() -> None:
    """12,000 in 4 s is 3,000 a second; 48,000 are left, so 16 s."""
    assert how_far(12_000, 60_000, "minutes", 4.0) == "12,000 of 60,000 minutes, 3,000 a second, 16 s left"


def test_progress_before_anything_is_done() -> None:
    assert how_far(0, 60_000, "minutes", 4.0) == "0 of 60,000 minutes"


def test_more_than_was_asked_is_not_late() -> None:
    assert how_far(61_000, 60_000, "minutes", 10.0).endswith("0 s left")


@pytest.mark.parametrize("is_terminal", [True, False])
def test_step_says_when_it_ended(is_terminal: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal and in a log alike."""
    monkeypatch.setattr(terminal_module, "PLAIN_LINE_SECONDS", 0)
    written = io.StringIO()
    terminal = Terminal(Console(file=written, force_terminal=is_terminal, width=100, highlight=False))
    with terminal.step("Loading") as step:
        step.advance(1, 2, "minutes")
    assert "Loading: 0 s" in written.getvalue()
    assert is_terminal or "1 of 2 minutes" in written.getvalue()
