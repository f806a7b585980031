"""Commands in a process of their own: what they answer, and what their failures are to Airflow's retries."""

from __future__ import annotations

import json

import pytest

from include.errors import CortexSignalsError, NotReady, ProcessKilled, SourceUnreachable
from include.orchestration import processes


@pytest.mark.parametrize("kind", [SourceUnreachable, NotReady])
def test_an_error_keeps_its_class_and_sentence(kind: type[CortexSignalsError]) -> None:
    """What is worth another try in a task is worth it in a process."""
    told = json.dumps({"error": kind.__name__, "message": "why"})
    error = processes._why("train", 1, told, ["progress"])
    assert type(error) is kind
    assert str(error) == "why"


def test_a_killed_process_is_said_and_retried() -> None:
    """A signal is no answer, and a progress line is no error."""
    error = processes._why("train", -9, "", ["0 of 1 done; BTCUSDT 30 min"])
    assert type(error) is ProcessKilled
    assert "signal 9" in str(error)


def test_an_end_without_a_word_is_said() -> None:
    """A crash before the command line began shows the last line."""
    assert "ImportError: x" in str(processes._why("train", 1, "", ["ImportError: x"]))
