"""The README is held to the code: what it names is there."""

from __future__ import annotations

import argparse
import inspect
import re
from pathlib import Path

import pytest

from include import settings
from include.cli.main import parser
from include.warehouse.features import assemble, groups
from include.warehouse.statements import sql_files

ROOT = Path(__file__).resolve().parents[3]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def commands() -> dict[str, argparse.ArgumentParser]:
    actions = [action for action in parser()._actions if isinstance(action, argparse._SubParsersAction)]
    return dict(actions[0].choices)


def test_every_variable_is_read_and_every_one_read_is_told() -> None:
    """The table of variables is the list that settings.py reads."""
    told = set(re.findall(r"`((?:CORTEX|WAREHOUSE)_[A-Z_]+)`", README))
    read = set(re.findall(r'value\("([A-Z_]+)"\)', inspect.getsource(settings)))
    assert told == read


def test_every_command_is_told_and_works() -> None:
    """The table of commands is the command line's own list, with options that exist."""
    table = README[README.index("## Commands") : README.index("## The lab")]
    assert set(re.findall(r"`([a-z-]+)(?= |`)", table)) & set(commands()) == set(commands())
    for name, usage in re.findall(r"^\| `([a-z-]+)( [^`]*)?`", table, re.MULTILINE):
        for option in re.findall(r"--[a-z-]+", usage):
            assert option in commands()[name].format_help(), (name, option)


def test_every_dag_and_view_is_there() -> None:
    """Names in the tables are names of files."""
    dags = {path.stem for path in (ROOT / "dags").glob("*.py")}
    assert (
        set(re.findall(r"`([a-z]+_(?:warehouse|metrics|signals|candidates|gaps|pipeline))`", README))
        - {"minute_metrics", "coverage_gaps"}
        == dags
    )
    views = {Path(name).stem for name, _ in sql_files("views")} | {"minute_features"}
    read_this = README[README.index("| read this") : README.index("A signal's `side`")]
    assert (
        set(re.findall(r"`([a-z_]+)[(`]", read_this)) - {"prediction_correct", "net_return", "ts", "opens_position"}
        <= views
    )


def test_the_features_are_told_as_they_are() -> None:
    """The count and the table of groups are those of the files."""
    found = groups(own=False)
    assert f"the {sum(len(group.comments) for group in found)} features" in README
    assert f"has {sum(len(group.comments) for group in found)} features" in README
    table = re.findall(r"^\| \[[a-z ]+\]\(include/sql/features/(\S+)\) \| (\d+) \| (\d+) min \|", README, re.MULTILINE)
    expected = [(g.path, len(g.comments), max(assemble([g]).lookbacks)) for g in found]
    assert [(path, int(count), int(reach)) for path, count, reach in table] == expected


@pytest.mark.parametrize(
    "name", [name for folder in ("statements", "views", "features", "timescale") for name, _ in sql_files(folder)]
)
def test_every_statement_and_view_has_its_header(name: str) -> None:
    """name, grain, keys and reads stand at the top of each file."""
    [text] = [
        text
        for folder in ("statements", "views", "features", "timescale")
        for found, text in sql_files(folder)
        if found == name
    ]
    keys = [line.split(":")[0] for line in text.splitlines()[:4]]
    assert keys == ["-- name", "-- grain", "-- keys", "-- reads"]
