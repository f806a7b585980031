"""The audit of the pinned packages: what passes, what fails, and that silence is no pass."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
TODAY = date(2026, 6, 1)
CLEAN = {"name": "httpx", "version": "1.0", "vulns": []}
SKIPPED = {"name": "numpy", "skip_reason": "Dependency not found on PyPI and could not be audited: numpy (2.4)"}
BAD = {"name": "pillow", "version": "9.0", "vulns": [{"id": "PYSEC-1", "aliases": ["CVE-1"], "fix_versions": ["9.1"]}]}


@pytest.fixture(scope="module")
def audit() -> ModuleType:
    spec = importlib.util.spec_from_file_location("audit", ROOT / ".ci" / "audit.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def excused(until: date, package: str = "pillow", name: str = "CVE-1") -> dict[str, dict[str, Any]]:
    return {name: {"package": package, "why": "No picture is read.", "until": until}}


@pytest.mark.parametrize(
    ("found", "excuses", "code", "said"),
    [
        ([CLEAN], {}, 0, "1 packages were audited; nothing is known"),
        ([], {}, 3, "NOTHING WAS AUDITED"),
        ([SKIPPED], {}, 3, "NOTHING WAS AUDITED"),
        ([CLEAN, SKIPPED], {}, 3, "NOT AUDITED: numpy. Of the other 1 packages nothing is known"),
        ([CLEAN, BAD], {}, 1, "pillow 9.0: PYSEC-1, fixed in 9.1\n"),
        ([SKIPPED, BAD], {}, 1, "pillow 9.0: PYSEC-1, fixed in 9.1\n"),
        ([CLEAN, BAD], excused(TODAY), 0, "2 packages were audited"),
        ([CLEAN, BAD], excused(date(2026, 5, 31)), 1, "(its excuse ended 2026-05-31)"),
        ([CLEAN, BAD], excused(TODAY, package="httpx"), 1, "PYSEC-1"),
        ([CLEAN], excused(TODAY), 0, "The excuse for CVE-1 is not needed any more."),
    ],
)
def test_only_a_whole_answer_without_a_finding_passes(
    audit: ModuleType, found: list[Any], excuses: dict[str, Any], code: int, said: str
) -> None:
    """A finding fails unless it is excused until today or later; what could not be asked about is no pass."""
    given, lines = audit.verdict(found, excuses, TODAY)
    assert given == code
    assert said in "\n".join([*lines, ""])


def test_every_excuse_has_its_reason_and_its_end(audit: ModuleType, tmp_path: Path) -> None:
    """In the file that is committed; one without an end cannot be read."""
    for excuse in audit.read_excuses(audit.EXCUSES).values():
        assert len(excuse["why"]) > 20
        assert isinstance(excuse["until"], date)
    (tmp_path / "excuses.toml").write_text('[[excused]]\nid = "CVE-1"\npackage = "x"\nwhy = "because"\n')
    with pytest.raises(KeyError, match="until"):
        audit.read_excuses(tmp_path / "excuses.toml")


def test_pip_audit_is_asked_about_every_requirement(
    audit: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its real program, over a file of one package and a service that nobody runs: nothing was audited, and it says so."""
    pinned = tmp_path / "requirements.txt"
    pinned.write_text(f"httpx==0.28.1 --hash=sha256:{'0' * 64}\n")
    monkeypatch.setattr(audit, "REQUIREMENTS", (str(pinned),))
    found = audit.ask(["--vulnerability-service=osv", "--osv-url=http://127.0.0.1:1", "--timeout=1"])
    assert audit.verdict(found, {}, TODAY)[0] == 3


def test_every_exception_of_bandit_has_its_reason() -> None:
    """In its line, after the number; and bandit finds nothing else."""
    lines = [
        (str(path), line)
        for folder in ("include", "dags", "plugins")
        for path in sorted((ROOT / folder).rglob("*.py"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if "# nosec" in line
    ]
    without = [(path, line) for path, line in lines if not re.search(r"# nosec B\d{3}(,B\d{3})*  # \w+", line)]
    assert len(lines) > 5
    assert without == []
    command = [sys.executable, "-m", "bandit", "-q", "-c", "pyproject.toml", "-r", "include", "dags", "plugins"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
