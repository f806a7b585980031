"""An installed package has all that a checkout has."""

from __future__ import annotations

import subprocess
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def test_every_file_that_is_no_module_is_packaged() -> None:
    """Each file below include that git tracks is a module or matches a pattern of the package's data."""
    tracked = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "include"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    data = {ROOT / name for name in tracked.stdout.splitlines() if not name.endswith(".py")}
    patterns = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["package-data"]["include"]
    packaged = {path for pattern in patterns for path in (ROOT / "include").glob(pattern)}
    assert len(data) > 100
    assert data - packaged == set()


def test_no_pattern_is_idle() -> None:
    """A pattern that matches nothing is a name that has changed."""
    patterns = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["package-data"]["include"]
    assert [pattern for pattern in patterns if not any((ROOT / "include").glob(pattern))] == []
