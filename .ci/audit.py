"""Asks for known vulnerabilities of every pinned package; an answer that is none is not taken for a good one.

Exit code 0: all were audited, and what is known is excused. 1: something is known that is not. 3: not all could be
asked about, as without the internet, and of those nothing is known. An excuse in audit-excuses.toml ends by itself.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
REQUIREMENTS = ("requirements.txt", "requirements-server.txt", "requirements-dev.txt")
EXCUSES = HERE / "audit-excuses.toml"
GOOD, KNOWN, NOT_AUDITED = 0, 1, 3

Dependency = Mapping[str, Any]


def main() -> int:
    """Audit, and say what came of it."""
    code, said = verdict(ask(sys.argv[1:]), read_excuses(EXCUSES), datetime.now(UTC).date())
    for line in said:
        print(line)  # noqa: T201  what this program is for
    return code


def ask(further: Sequence[str]) -> list[Dependency]:
    """What pip-audit knows of each package of the files, once each; empty where it knows of none."""
    found = [one for name in REQUIREMENTS for one in _ask_about(HERE.parent / name, further)]
    return list({(one["name"], one.get("version")): one for one in found}.values())


def _ask_about(requirements: Path, further: Sequence[str]) -> list[Dependency]:
    """One file at a time, since pip-audit refuses two versions of a package."""
    options = ["--require-hashes", "--disable-pip", "--progress-spinner=off", "--format=json"]
    command = [sys.executable, "-m", "pip_audit", "-r", str(requirements), *options, *further]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        return list(json.loads(done.stdout)["dependencies"])
    except (ValueError, KeyError):
        print(done.stderr.strip()[-2000:], file=sys.stderr)  # noqa: T201
        return []


def read_excuses(file: Path) -> dict[str, dict[str, Any]]:
    """Each excused vulnerability by its id: `package`, `why`, `until`; raises KeyError where one is not whole."""
    entries = tomllib.loads(file.read_text(encoding="utf-8")).get("excused", [])
    return {entry["id"]: {name: entry[name] for name in ("package", "why", "until")} for entry in entries}


def verdict(
    found: Sequence[Dependency], excuses: Mapping[str, Mapping[str, Any]], today: date
) -> tuple[int, list[str]]:
    """The exit code, and what is to be said."""
    skipped = [one["name"] for one in found if "skip_reason" in one]
    audited = len(found) - len(skipped)
    bad = [line for one in found for line in _not_excused(one, excuses, today)]
    if bad:
        return KNOWN, [*bad, f"{audited} packages were audited, {len(bad)} vulnerabilities are known and not excused."]
    if not audited:
        return NOT_AUDITED, ["NOTHING WAS AUDITED: the service of advisories could not be asked. This is no pass."]
    if skipped:
        return NOT_AUDITED, [f"NOT AUDITED: {', '.join(skipped)}. Of the other {audited} packages nothing is known."]
    unneeded = excuses.keys() - {name for one in found for name in _names(one["vulns"])}
    said = [f"{audited} packages were audited; nothing is known of them that is not excused."]
    return GOOD, [*said, *(f"The excuse for {name} is not needed any more." for name in sorted(unneeded))]


def _not_excused(dependency: Dependency, excuses: Mapping[str, Mapping[str, Any]], today: date) -> Iterable[str]:
    for vulnerability in dependency.get("vulns", []):
        excuse = next((excuses[name] for name in _names([vulnerability]) if name in excuses), None)
        if excuse and excuse["package"] == dependency["name"] and today <= excuse["until"]:
            continue
        ended = f" (its excuse ended {excuse['until']})" if excuse else ""
        fixed = ", ".join(vulnerability.get("fix_versions", [])) or "no version yet"
        yield f"{dependency['name']} {dependency['version']}: {vulnerability['id']}, fixed in {fixed}{ended}"


def _names(vulnerabilities: Iterable[Mapping[str, Any]]) -> list[str]:
    """An id and its aliases: one vulnerability has several."""
    return [name for one in vulnerabilities for name in (one["id"], *one.get("aliases", []))]


if __name__ == "__main__":
    sys.exit(main())
