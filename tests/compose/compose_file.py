"""docker-compose.yaml as Docker Compose reads it: variables in their places, and the services of the chosen profiles."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
COMPOSE_FILE = ROOT / "docker-compose.yaml"
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")

Service = dict[str, Any]


class MissingVariable(Exception):
    """A variable is required and not set; the text is the file's own."""


def read_compose(variables: Mapping[str, str], file: Path = COMPOSE_FILE) -> dict[str, Any]:
    """The whole file with variables in their places; raises MissingVariable."""
    tree: dict[str, Any] = _interpolated(yaml.safe_load(file.read_text(encoding="utf-8")), variables)
    return tree


def services_of(tree: Mapping[str, Any], profiles: Collection[str]) -> dict[str, Service]:
    """Those without a profile and those of the chosen ones."""
    return {
        name: service
        for name, service in tree["services"].items()
        if "profiles" not in service or set(service["profiles"]) & set(profiles)
    }


def _interpolated(value: Any, variables: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return interpolate(value, variables)
    if isinstance(value, list):
        return [_interpolated(each, variables) for each in value]
    if isinstance(value, dict):
        return {key: _interpolated(each, variables) for key, each in value.items()}
    return value


def interpolate(text: str, variables: Mapping[str, str]) -> str:
    """`$$`, `$X`, `${X}`, and `${X:-default}`, `:?error`, `:+instead`, with or without the colon, nested too."""
    done, rest = "", text
    while "$" in rest:
        before, _, rest = rest.partition("$")
        done += before
        if rest.startswith("$"):
            done, rest = f"{done}$", rest[1:]
        elif rest.startswith("{"):
            end = _closing(rest)
            done += _substituted(rest[1:end], variables)
            rest = rest[end + 1 :]
        elif found := NAME.match(rest):
            done += variables.get(found[0], "")
            rest = rest[found.end() :]
        else:
            raise ValueError(f"invalid interpolation in {text!r}")
    return done + rest


def _closing(text: str) -> int:
    depth = 0
    for position, letter in enumerate(text):
        depth += {"{": 1, "}": -1}.get(letter, 0)
        if depth == 0:
            return position
    raise ValueError(f"a brace of {text!r} is not closed")


def _substituted(expression: str, variables: Mapping[str, str]) -> str:
    found = NAME.match(expression)
    if not found:
        raise ValueError(f"invalid interpolation ${{{expression}}}")
    name, operator = found[0], expression[found.end() :]
    value = variables.get(name)
    if operator.startswith(":"):
        operator, value = operator[1:], value or None
    kind, word = operator[:1], operator[1:]
    if kind == "+":
        return interpolate(word, variables) if value is not None else ""
    if value is None and kind == "?":
        raise MissingVariable(interpolate(word, variables))
    if value is None and kind == "-":
        return interpolate(word, variables)
    return value or ""
