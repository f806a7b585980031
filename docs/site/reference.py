"""The pages of reference that are made from the code when the site is built."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

from include.cli.main import parser

SETTINGS = Path(__file__).resolve().parents[2] / "include" / "settings.toml"
SETTING = re.compile(
    r"""
    (?P<above>^\#\ [^=\n]*\n)?                                # a comment of its own line
    ^(?P<unset>\#\ )?(?P<name>[a-z]\w*)\ *=\ *
    (?P<value>\[\n(?:.*\n)*?\]|[^#\n]*?)\ *
    (?:\#\ (?P<beside>.*))?$
    """,
    re.MULTILINE | re.VERBOSE,
)


def commands() -> str:
    """Every command of `cortex-signals` with its usage and options, as its parser has them."""
    [found] = [action for action in parser()._actions if isinstance(action, argparse._SubParsersAction)]
    told = {choice.dest: choice.help for choice in found._choices_actions}
    return "\n\n".join(
        [
            "# Commands",
            "`./cortex-signals COMMAND`: the same plain functions that the DAGs' tasks call, without Airflow. Exit 0 done, "
            "1 failed with one sentence on stderr, 2 bad usage. `--debug` shows tracebacks and one log line a window. "
            "What each is for stands in the [README](../../README.md#commands); `COMMAND --help` prints what is here.",
            *(_command(name, told[name] or "", sub) for name, sub in found.choices.items()),
        ]
    )


def _command(name: str, told: str, sub: argparse.ArgumentParser) -> str:
    actions = [action for action in sub._actions if action.help is not argparse.SUPPRESS and action.dest != "help"]
    table = ["| | |", "|---|---|", *(_option(action) for action in actions)] if actions else []
    usage = " ".join(sub.format_usage().removeprefix("usage:").split()).replace(" [-h]", "")
    return "\n".join([f"## {name}", "", f"{told[0].upper()}{told[1:]}.", "", f"```text\n{usage}\n```", "", *table])


def _option(action: argparse.Action) -> str:
    choices = "|".join(str(choice) for choice in action.choices or ())
    value = str(action.metavar or choices or action.dest.upper()) if action.nargs != 0 else ""
    names = ", ".join(f"{option} {value}".strip() for option in action.option_strings) or value
    told = (action.help or "") % vars(action) + " (required)" * (action.required and bool(action.option_strings))
    return f"| `{names}` | {as_cell(told)} |"


def as_cell(text: str) -> str:
    """Plain text as it looks in a table's cell."""
    return re.sub(r"([|*]|__)", r"\\\1", text).replace("<", "&lt;")


def settings() -> str:
    """The sections of the shipped settings file: its comments are the reference."""
    return "\n".join(
        [
            "# Settings",
            "",
            "What is loaded, learned and signalled: the file [include/settings.toml](../../include/settings.toml) as it is "
            "shipped. `CORTEX_SIGNALS_SETTINGS` names another one, TOML or YAML; each value is checked when it is read. "
            "Addresses and secrets come from the [environment](../../README.md#settings).",
            *(line for section in _sections(SETTINGS.read_text(encoding="utf-8")) for line in _section(section)),
            "",
        ]
    )


def _sections(text: str) -> list[str]:
    """The tables of a TOML file, each with the comments above its header."""
    return re.split(r"\n\n(?=(?:#[^\n]*\n)*\[)", text[text.index("\n\n") :].strip())


def _section(text: str) -> Iterator[str]:
    header = re.search(r"^(?P<above>(?:#.*\n)*)(?P<name>\[.*\])(?: *# (?P<beside>.*))?\n", text)
    yield f"\n## {header['name'].strip('[]')}\n" if header else "\n## At the top\n"
    if header and (told := " ".join(re.findall(r"^# (.*)", header["above"], re.MULTILINE)) or header["beside"]):
        yield f"{told[0].upper()}{told[1:]}.\n"
    yield "| setting | as shipped | is |\n|---|---|---|"
    for found in SETTING.finditer(text[header.end() :] if header else text):
        value = " ".join(found["value"].split()).removesuffix(",")
        told = found["beside"] or (found["above"] or "").removeprefix("# ").strip()
        yield f"| `{found['name']}` | {'not set; such as ' * bool(found['unset'])}`{value}` | {as_cell(told)} |"
