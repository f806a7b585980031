"""SECURITY.md names tests that are there, and the repository holds no secret."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from include.launcher.secrets import generate_secrets

ROOT = Path(__file__).resolve().parents[3]
SECURITY = (ROOT / "SECURITY.md").read_text(encoding="utf-8")

# What secrets look like, of the kinds that somebody might have at hand here.
SECRETS = {
    "a private key": r"-----BEGIN ([A-Z]+ )?PRIVATE KEY-----",
    "a key of AWS": r"\b(AKIA|ASIA)[0-9A-Z]{16}\b",
    "a token of GitHub": r"\b(gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{60,})\b",
    "a token of GitLab": r"\bglpat-[A-Za-z0-9_-]{20,}",
    "a token of PyPI": r"\bpypi-[A-Za-z0-9_-]{50,}",
    "a webhook of Slack": r"hooks\.slack\.com/services/T[A-Z0-9]+/B[A-Z0-9]+/\w+",
    "a token of Slack": r"\bxox[abprs]-[A-Za-z0-9-]{10,}",
    "a signed token": r"\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{20,}",
    "a Fernet key": r"(?<![A-Za-z0-9_/+-])[A-Za-z0-9_-]{43}=(?![A-Za-z0-9_=-])",
    "a password in an address": r"\b(?:postgresql|postgres|https?|redis|amqp)://[^\s:/@'\"{}<>$]+:[^\s@/'\"{}<>$*…]{14,}@(?!127\.0\.0\.1|(?:host|db)\b)",
}


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("this is no checkout of git")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_every_test_that_is_named_is_there() -> None:
    """Each row of the threat model is tried by a file that exists and holds tests."""
    named = set(re.findall(r"`(tests/[\w/]+\.py)`", SECURITY))
    assert len(named) > 10
    for name in named:
        assert re.search(r"^\s*def test_", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE), name
    rows = [line.split("|") for line in SECURITY.splitlines() if line.startswith("|")]
    threats = rows[2 : next(number for number, row in enumerate(rows) if row[1].strip() == "where")]
    assert all("`tests/" in row[4] for row in threats)


def test_the_secrets_that_are_told_of_are_those_that_are_made() -> None:
    """Each generated one has its place in the steps of renewal."""
    for name in vars(generate_secrets()):
        assert f"`{name}`" in SECURITY or name.startswith("market_"), name


def test_the_repository_holds_no_secret() -> None:
    """No key, token or password in any tracked file."""
    found = [
        (path.relative_to(ROOT).as_posix(), what)
        for path in tracked()
        for what, pattern in SECRETS.items()
        if re.search(pattern, path.read_text(encoding="utf-8", errors="ignore"))
    ]
    assert found == []


@pytest.mark.parametrize("what", SECRETS)
def test_a_secret_would_be_found(what: str) -> None:
    """The patterns know one when they see it."""
    word = "Ab1" * 30
    shown = {
        "a private key": "-----BEGIN " + "EC PRIVATE KEY-----",
        "a key of AWS": "AKIA" + "A1B2C3D4" * 2,
        "a token of GitHub": "ghp_" + word,
        "a token of GitLab": "glpat-" + word,
        "a token of PyPI": "pypi-" + word,
        "a webhook of Slack": "https://hooks.slack.com/services/" + "T0ABC/B0ABC/" + word,
        "a token of Slack": "xoxb-" + word,
        "a signed token": "eyJ" + word + ".eyJ" + word + "." + word,
        "a Fernet key": generate_secrets().fernet_key,
        "a password in an address": "postgresql://me:" + word + "@db9.example/x",
    }[what]
    assert re.search(SECRETS[what], f" {shown} ")
