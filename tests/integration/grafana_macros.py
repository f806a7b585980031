"""What Grafana sends to PostgreSQL: a panel's query with its variables and macros expanded as Grafana expands them.

After grafana.com/docs/grafana/latest/datasources/postgres (query-editor, Macros; template-variables) and, where the docs
are silent, Grafana's own macros of that data source without TimescaleDB: a variable of one value is put in as it is, its
quotes doubled; `$__interval` next; then each `$name(arguments)`, whose arguments hold no closing parenthesis.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
MACRO = re.compile(r"\$([_a-zA-Z0-9]+)\(([^)]*)\)")


@dataclass(frozen=True)
class Shown:
    """What a person looks at: the time [start, end], the values of the variables, and a panel's interval such as 5m."""

    start: datetime
    end: datetime
    variables: Mapping[str, str]
    interval: str = "1m"

    def expand(self, raw: str) -> str:
        """The statement; raises ValueError on a macro or variable that Grafana would not know."""
        text = raw
        for name in sorted(self.variables, key=len, reverse=True):
            value = self.variables[name].replace("'", "''")
            text = re.sub(rf"\$\{{{name}\}}|\${name}\b", lambda _, value=value: value, text)
        text = text.replace("$__interval_ms", str(1000 * seconds_of(self.interval))).replace(
            "$__interval", self.interval
        )
        text = MACRO.sub(lambda found: self._macro(found[1], [part.strip() for part in found[2].split(",")]), text)
        if left := re.findall(r"\$\{?[_a-zA-Z]\w*", text):
            raise ValueError(f"not expanded: {left}")
        return text

    def _macro(self, name: str, arguments: list[str]) -> str:
        start, end = (instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") for instant in (self.start, self.end))
        match name:
            case "__timeFilter":
                return f"{arguments[0]} BETWEEN '{start}' AND '{end}'"
            case "__timeFrom":
                return f"'{start}'"
            case "__timeTo":
                return f"'{end}'"
            case "__timeGroup" | "__timeGroupAlias":
                return time_group(arguments) + (' AS "time"' if name.endswith("Alias") else "")
        raise ValueError(f"unknown macro ${name}")


def time_group(arguments: list[str]) -> str:
    """Begin of the interval, epoch seconds; a third argument is what Grafana fills empty intervals with."""
    column, interval, *fill = arguments
    if fill and not re.fullmatch(r"NULL|previous|-?\d+(\.\d+)?", fill[0]):
        raise ValueError(f"no such fill: {fill[0]}")
    seconds = seconds_of(interval.strip("'"))
    return f"floor(extract(epoch from {column})/{seconds})*{seconds}"


def seconds_of(interval: str) -> int:
    number, unit = re.fullmatch(r"(\d+)([smhd])", interval).groups()  # type: ignore[union-attr]
    return int(number) * SECONDS[unit]
