"""Who may log in to the web UI: the administrator, and those that the shell names."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from include.launcher import airflow


@pytest.mark.parametrize(
    ("named", "users"),
    [
        ("", []),
        ("ann:viewer", ["ann:viewer"]),
        ("ann:viewer,bob:op,nobody,", ["ann:viewer", "bob:op"]),
        ("admin:viewer", []),
    ],
)
def test_further_users_are_those_that_the_shell_names(
    monkeypatch: pytest.MonkeyPatch, named: str, users: list[str]
) -> None:
    """Airflow's own variable; the administrator stays one, and a name without a role is none."""
    monkeypatch.setenv("AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS", named)
    assert airflow.further_users() == users


def test_passwords_outlive_the_next_up_and_airflow_makes_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The administrator's is the secret's, a known user's stays, and a new user has one before Airflow starts, which would log it."""
    monkeypatch.setenv("AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS", "ann:viewer,bob:op")
    home: Any = SimpleNamespace(airflow=tmp_path)
    passwords = tmp_path / "passwords.json"
    passwords.write_text(json.dumps({"ann": "kept", "admin": "older"}))
    secrets: Any = SimpleNamespace(admin_password="ours")
    airflow.prepare_files(home, secrets)
    written = json.loads(passwords.read_text())
    assert len(written.pop("bob")) >= 16
    assert written == {"ann": "kept", "admin": "ours"}
    assert passwords.stat().st_mode & 0o077 == 0
