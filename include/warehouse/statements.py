"""SQL text by name: the files under ``include/sql`` are the one place where SQL stands."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import LiteralString

SQL = files("include") / "sql"


@cache
def statement(name: str) -> LiteralString:
    """The text of ``include/sql/statements/<name>.sql``; values are bound by ``%(name)s``."""
    return (SQL / "statements" / f"{name}.sql").read_text(encoding="utf-8")


def sql_files(folder: str) -> list[tuple[str, str]]:
    """(path below the folder, text) of every ``.sql`` file in it and its subfolders, in order of path."""
    return sorted(_walk(SQL / folder, ""))


def _walk(place: Traversable, prefix: str) -> list[tuple[str, str]]:
    found = []
    for entry in place.iterdir():
        if entry.is_dir():
            found += _walk(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(".sql"):
            found.append((prefix + entry.name, entry.read_text(encoding="utf-8")))
    return found
