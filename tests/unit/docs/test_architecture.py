"""The architecture page is held to the code: packages, arrows of imports, contracts, the instants of a minute."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from include.settings import load_settings

ROOT = Path(__file__).resolve().parents[3]
TEXT = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
PACKAGES = TEXT[TEXT.index("## Packages") : TEXT.index("Held by import-linter")]
FIRST_CELLS = re.findall(r"^\| (.*?) \| ", PACKAGES, re.MULTILINE)[1:]
ROWS = [re.findall(r"[`\[]([a-z_]+)[`\]]", cell) for cell in FIRST_CELLS]
PLACE = {name: place for place, names in enumerate(ROWS) for name in names}


def modules() -> set[str]:
    """What lies in include/, by its name there."""
    found = {path.name.removesuffix(".py") for path in (ROOT / "include").iterdir() if path.suffix in {".py", ""}}
    return found - {"__init__", "__pycache__"}


def imports(name: str) -> Iterator[tuple[Path, str]]:
    """(file, name in include/) of each import of ours that its files make, inside functions too."""
    package = ROOT / "include" / name
    for file in package.rglob("*.py") if package.is_dir() else [package.with_suffix(".py")]:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.partition(".")[0] == "include":
                parts = node.module.split(".")[1:2] or [alias.name for alias in node.names]
                yield from ((file, part) for part in parts)


def test_every_package_is_in_the_table_once() -> None:
    """What is in include/ is told, and what is told is there."""
    assert sorted(name for names in ROWS for name in names) == sorted(modules())


@pytest.mark.parametrize("name", sorted(modules()))
def test_imports_go_down_the_table(name: str) -> None:
    """None goes up."""
    for file, imported in imports(name):
        assert PLACE[imported] >= PLACE[name], f"{file.relative_to(ROOT)} imports include.{imported}"


def test_the_contracts_are_told() -> None:
    """Word for word as import-linter has them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    told = TEXT[TEXT.index("Held by import-linter") : TEXT.index("## One minute")]
    assert re.findall(r"^- (.*)$", told, re.MULTILINE) == [contract["name"] for contract in contracts]


def test_a_minute_is_told_with_the_settings_as_shipped() -> None:
    """Each instant in the table is its setting's."""
    clock = load_settings().clock
    for seconds, setting in re.findall(r"^\| 12:0(\d:\d\d) .* \| `time\.(\w+)_seconds` \|$", TEXT, re.MULTILINE):
        minutes, rest = seconds.split(":")
        assert (int(minutes) - 1) * 60 + int(rest) == getattr(clock, setting).total_seconds(), setting
