"""The warehouse's password in failures of every kind: neither the sentence nor the traceback of --debug holds it."""

from __future__ import annotations

import traceback
from pathlib import Path
from urllib.parse import quote

import pytest

from include.cli.main import main
from include.errors import CortexSignalsError
from include.launcher.databases import check_warehouse
from include.launcher.postgres import EmbeddedPostgres

PASSWORD = "pl4nted @/:%'é\\"
QUOTED = quote(PASSWORD, safe="")
DSNS = {
    "nobody there": f"postgresql://me:{QUOTED}@127.0.0.1:1/x",
    "no such host": f"postgresql://me:{QUOTED}@db.invalid/x",
    "not encoded": "postgresql://me:pl4nted%zz@127.0.0.1:1/x",
    "a slash in it": "postgresql://me:pl4nted/word@127.0.0.1:1/x",
    "a port of letters": f"postgresql://me:{QUOTED}@127.0.0.1:port/x",
    "an unknown option": f"postgresql://me:{QUOTED}@127.0.0.1:1/x?pl4nted=1",
    "a quote without end": "host=127.0.0.1 port=1 password='pl4nted",
    "a space in it": "host=127.0.0.1 port=1 dbname=x password=of pl4nted",
    "an at sign in it": "postgresql://me:of@pl4nted@127.0.0.1:1/x",
    "a question mark in it": "postgresql://me:of?pl4nted@127.0.0.1:1/x",
    "a colon in it": "postgresql://me:of:pl4nted@127.0.0.1:1/x",
}


def said_by(arguments: list[str], capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> str:
    """All that a command writes, and the traceback where it raises."""
    try:
        main(arguments)
        raised = ""
    except CortexSignalsError as error:
        raised = "".join(traceback.format_exception(error))
    captured = capsys.readouterr()
    return captured.out + captured.err + raised + caplog.text


@pytest.mark.parametrize("kind", DSNS)
@pytest.mark.parametrize("debug", [[], ["--debug"]])
def test_a_dsn_that_does_not_work_is_told_without_its_password(
    kind: str,
    debug: list[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """By the commands, and by the launcher before it starts anything."""
    monkeypatch.setenv("WAREHOUSE_DSN", DSNS[kind])
    monkeypatch.setenv("CORTEX_URL", "http://127.0.0.1:1")
    monkeypatch.setenv("CORTEX_SIGNALS_HOME", str(tmp_path))
    for command in (["status", "--json"], ["dsn"], ["migrate"]):
        said = said_by([*debug, *command], capsys, caplog)
        assert "WAREHOUSE_DSN" in said, (command, said)
        assert "pl4nted" not in said, (command, said)
    with pytest.raises(CortexSignalsError) as refused:
        check_warehouse(DSNS[kind])
    assert "pl4nted" not in "".join(traceback.format_exception(refused.value))


def test_a_refused_login_is_told_without_its_password(
    postgres: EmbeddedPostgres,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """By a real server; nor does the server's log hold it."""
    monkeypatch.setenv("WAREHOUSE_DSN", postgres.dsn(user="me", password=PASSWORD))
    monkeypatch.setenv("CORTEX_URL", "http://127.0.0.1:1")
    said = said_by(["--debug", "status"], capsys, caplog)
    assert "password authentication failed" in said
    assert "pl4nted" not in said + postgres.log.read_text(errors="replace")
