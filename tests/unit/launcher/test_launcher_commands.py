"""The launcher's own command line: exit codes, and one sentence for what a person can correct."""

from __future__ import annotations

import io
import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from include.launcher.__main__ import main
from include.launcher.home import CHECKOUT


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own and none of the caller's addresses."""
    for name in ("CORTEX_URL", "WAREHOUSE_DSN", "CORTEX_SIGNALS_REPLAY", "CORTEX_SIGNALS_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CORTEX_SIGNALS_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.mark.parametrize("arguments", [[], ["sideways"], ["up", "--port", "many"], ["up", "--port", "70000"]])
def test_bad_usage(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2


def test_down_where_nothing_ever_ran(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    """No error, and nothing is made."""
    assert main(["down"]) == 0
    assert "Nothing runs" in capsys.readouterr().out
    assert not home.exists()


def test_status_where_nothing_runs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status"]) == 0
    assert "`make up` starts it" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"WAREHOUSE_DSN": "postgresql://u:secret@127.0.0.1:1/x"}, "--allow-simulated"),
        ({"WAREHOUSE_DSN": "nonsense:secret", "CORTEX_URL": "http://127.0.0.1:1"}, "WAREHOUSE_DSN"),
        ({"WAREHOUSE_DSN": "postgresql://u:secret@127.0.0.1:1/x", "CORTEX_URL": "http://x"}, "check WAREHOUSE_DSN"),
        ({"CORTEX_URL": "http://127.0.0.1:1"}, "check CORTEX_URL"),
        ({"CORTEX_SIGNALS_HOME": "/dev/null/home"}, "set CORTEX_SIGNALS_HOME"),
    ],
)
def test_mistake_in_the_environment(
    environment: dict[str, str],
    words: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """One line that names the setting, no traceback, no password, exit code 1; nothing was started."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert main(["up"]) == 1
    said = capsys.readouterr().err
    assert words in said
    assert "secret" not in said
    assert said.count("\n") == 1


def test_debug_shows_where(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """--debug and CORTEX_SIGNALS_DEBUG add the traceback."""
    monkeypatch.setenv("CORTEX_URL", "http://127.0.0.1:1")
    assert main(["up", "--debug"]) == 1
    assert "Traceback" in capsys.readouterr().err


def test_taken_web_port(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The one that was asked for in the environment."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        monkeypatch.setenv("CORTEX_SIGNALS_WEB_PORT", str(port))
        assert main(["up"]) == 1
    assert f"The port {port} for the web page is taken" in capsys.readouterr().err


def test_clean_asks(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], home: Path) -> None:
    """Without a yes nothing is removed; with one all that is ours, and a file of the user's stays."""
    home.mkdir()
    (home / "secrets.json").write_text("{}")
    (home / "notes.txt").write_text("the user's")
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert main(["clean"]) == 1
    assert (home / "secrets.json").exists()
    assert main(["clean", "--yes"]) == 0
    assert [path.name for path in home.iterdir()] == ["notes.txt"]
    assert "notes.txt" in capsys.readouterr().out


def test_clean_leaves_no_folder(home: Path) -> None:
    (home / "logs").mkdir(parents=True)
    assert main(["clean", "--yes"]) == 0
    assert not home.exists()


def test_clean_where_nothing_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["clean"]) == 0
    assert "nothing to remove" in capsys.readouterr().out


def test_the_lab_takes_no_cortexs_place_unasked(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where the last run read from a Cortex that the environment no longer names; nothing is started."""
    home.mkdir()
    known = {"source_kind_expected": "cortex", "cortex_url": "https://cortex.example/prometheus"}
    (home / "addresses.json").write_text(json.dumps(known), encoding="utf-8")
    assert main(["up"]) == 1
    said = capsys.readouterr().err
    assert "https://cortex.example/prometheus, and CORTEX_URL is not set now" in said
    assert said.count("\n") == 1
    assert not (home / "secrets.json").exists()


def test_airflows_own_commands_want_an_airflow(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["airflow", "dags", "list"]) == 1
    assert f"There is no Airflow in {home} yet; run `make up` first." in capsys.readouterr().err


def test_airflows_own_commands_run_in_its_environment(home: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """That of the file, in Airflow's folder, with what was asked for; of the shell nothing gets in."""
    (home / "airflow").mkdir(parents=True)
    place = home / "packages"
    (place / "airflow").mkdir(parents=True)
    shown = "import os, sys; print(sys.argv[1:], os.getcwd(), sorted(os.environ))"
    (place / "airflow" / "__init__.py").touch()
    (place / "airflow" / "__main__.py").write_text(shown, encoding="utf-8")
    (home / "environments.json").write_text(json.dumps({"airflow": {"PYTHONPATH": str(place)}}), encoding="utf-8")
    child = subprocess.run(
        [sys.executable, "-m", "include.launcher", "airflow", "dags", "list", "--output", "json"],
        cwd=CHECKOUT,
        check=True,
    )
    said = capfd.readouterr().out
    assert child.returncode == 0
    assert f"['dags', 'list', '--output', 'json'] {home / 'airflow'}" in said
    assert "CORTEX_SIGNALS_HOME" not in said
