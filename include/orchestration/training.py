"""The form of `train_candidates` as arguments of the command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def train_arguments(horizon: int, form: Mapping[str, Any]) -> list[str]:
    """`train` for one horizon, in minutes, with what the form says."""
    arguments = ["train", "--horizon", str(horizon)]
    if form["as_of"]:
        arguments += ["--as-of", form["as_of"]]
    for candidate in form["candidates"]:
        arguments += ["--candidate", candidate]
    if form["grid"]:
        arguments += ["--grid"]
    return arguments
