"""The documentation as a site: it is built strictly, leads out to nowhere, and its reference is that of the code."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from docs.site.reference import as_cell, settings
from include.cli.main import parser

ROOT = Path(__file__).resolve().parents[3]


def build(checkout: Path, site: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(site)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    return subprocess.run(command, cwd=checkout, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site: every page is in the navigation, and every link and anchor is there."""
    folder = tmp_path_factory.mktemp("site")
    done = build(ROOT, folder)
    assert done.returncode == 0, done.stderr
    return folder


def test_nothing_is_fetched_from_elsewhere(site: Path) -> None:
    """Scripts, styles, fonts and pictures are files of the site: it works without a network."""
    asked = re.compile(r"""(?:src=|<link[^>]* href=|url\(|@import )["']?(?:https?:)?//[^"') >]+""")
    for file in [*site.rglob("*.html"), *site.rglob("*.css")]:
        assert [found for found in asked.findall(file.read_text(encoding="utf-8")) if "canonical" not in found] == []
    assert (site / "search" / "search_index.json").exists()


def test_pages_of_the_repository_are_pages_of_the_site(site: Path) -> None:
    """A link to the README leads to the start page, one to a source file is its name."""
    training = (site / "training.html").read_text(encoding="utf-8")
    assert '<code title="include/settings.toml">include/settings.toml</code>' in training
    assert 'href="index.html#the-way-of-the-data"' in (site / "architecture.html").read_text(encoding="utf-8")
    assert 'src="signals-page.png"' in (site / "index.html").read_text(encoding="utf-8")
    assert "../include" not in training


def test_every_command_is_in_the_reference(site: Path) -> None:
    """With its own heading and each of its options."""
    page = (site / "reference" / "commands.html").read_text(encoding="utf-8")
    [commands] = [action.choices for action in parser()._actions if action.metavar == "COMMAND"]
    for name, command in dict(commands or {}).items():
        assert f'<h2 id="{name}">' in page
        shown = page[page.index(f'<h2 id="{name}">') :].partition("<h2")[2].partition("<h2")[0]
        for option in set(re.findall(r"--[a-z-]+", command.format_usage())):
            assert option in shown, (name, option)


def test_every_setting_is_in_the_reference() -> None:
    """All that the shipped file sets has a row under its section, in the file's order."""
    tree = tomllib.loads((ROOT / "include" / "settings.toml").read_text(encoding="utf-8"))
    rows = [name for name in re.findall(r"^\| `(\w+)` ", settings(), re.MULTILINE) if name != "replicas"]
    assert rows == list(keys(tree))


def keys(tree: dict[str, object]) -> Iterator[str]:
    """Names of the settings, sections and lists of tables looked into once."""
    for name, value in tree.items():
        if isinstance(value, dict):
            yield from value
        elif name == "symbols" and isinstance(value, list):
            yield from value[0]
        else:
            yield name


def test_a_cell_shows_what_is_written() -> None:
    """What Markdown would take for its own is not taken."""
    assert as_cell("a|b * __c__ <d>") == "a\\|b \\* \\__c\\__ &lt;d>"


def test_a_link_that_leads_nowhere_fails_the_build(tmp_path: Path) -> None:
    """A page, an anchor, a source file and a page outside the navigation, each of which is not there."""
    for part in ROOT.iterdir():
        if part.name not in {"docs", ".git", ".cortex-signals"}:
            (tmp_path / part.name).symlink_to(part)
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    with (tmp_path / "docs" / "lab.md").open("a", encoding="utf-8") as page:
        page.write("\n[a](nowhere.md) [b](training.md#nowhere) [c](../include/nowhere.py) [d](../README.md#nowhere)\n")
    (tmp_path / "docs" / "lost.md").write_text("# Lost\n", encoding="utf-8")
    done = build(tmp_path, tmp_path / "site")
    assert done.returncode != 0
    for trouble in ("docs/nowhere.md", "training.md#nowhere", "include/nowhere.py", "index.md#nowhere", "lost.md"):
        assert trouble in done.stderr
