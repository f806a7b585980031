"""Which source and which warehouse a run gets from the environment."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from include.errors import SettingsError, SourceRefused, SourceUnreachable
from include.launcher import source as source_module
from include.launcher.databases import check_dsn, connection_parts
from include.launcher.source import Source, choose_source, source_time
from include.settings import read_environment

CORTEX = "http://cortex.example:9009/prometheus"


def test_nothing_set_is_the_simulated_market() -> None:
    """Its address is the lab's, its database its own."""
    source = choose_source(read_environment({}), lab_port=7000, allow_simulated=False)
    assert (source.kind, source.url, source.database) == ("simulated", "http://127.0.0.1:7000", "signals_simulated")
    assert source.lab_options == ()


def test_cortex_url_starts_no_lab() -> None:
    environment = read_environment({"CORTEX_URL": CORTEX, "CORTEX_TENANT": "team", "CORTEX_TOKEN": "t"})
    source = choose_source(environment, lab_port=7000, allow_simulated=False)
    assert source == Source("cortex", CORTEX, "team", token="t")
    assert not source.is_lab
    assert source.database == "signals_cortex"


def test_replay_has_a_database_of_its_own(tmp_path: Path) -> None:
    """Its further options reach the lab as they are written in a shell."""
    candles = tmp_path / "some candles.parquet"
    candles.touch()
    given = {
        "CORTEX_SIGNALS_REPLAY": str(candles),
        "CORTEX_SIGNALS_REPLAY_ARGS": "--now '2025-01-01 00:00' --speed 60",
        "CORTEX_TENANT": "team",
    }
    given["CORTEX_SIGNALS_HOME"] = str(tmp_path)
    source = choose_source(read_environment(given), lab_port=7000, allow_simulated=False)
    assert source.database == "signals_replay"
    expected = ("--tenant", "team", "--replay", str(candles), "--now", "2025-01-01 00:00", "--speed", "60")
    assert source.lab_options is not None
    assert source.lab_options[:-2] == expected


def test_a_replay_that_is_started_again_goes_on(tmp_path: Path) -> None:
    """With the same arguments it has begun when it first did, at a whole minute; with others it begins anew."""
    candles = tmp_path / "candles.parquet"
    candles.touch()
    (tmp_path / "replay.json").write_text('{"arguments": ["--now", "2025-01-01"], "begun": "2025-06-01T00:00Z"}')
    given = {"CORTEX_SIGNALS_REPLAY": str(candles), "CORTEX_SIGNALS_HOME": str(tmp_path)}
    for arguments, again in (("--now 2025-01-01", True), ("--now 2025-02-01", False)):
        environment = read_environment({**given, "CORTEX_SIGNALS_REPLAY_ARGS": arguments})
        options = choose_source(environment, lab_port=7000, allow_simulated=False).lab_options
        assert options is not None
        assert (options[-1] == "2025-06-01T00:00Z") is again


def test_replay_of_an_absent_file() -> None:
    with pytest.raises(SettingsError, match=r"CORTEX_SIGNALS_REPLAY names /nowhere\.parquet"):
        choose_source(read_environment({"CORTEX_SIGNALS_REPLAY": "/nowhere.parquet"}), 7000, allow_simulated=False)


def test_simulated_minutes_enter_no_warehouse_of_the_user_unasked() -> None:
    """Refused with both ways out; allowed when asked for."""
    environment = read_environment({"WAREHOUSE_DSN": "postgresql://u:p@db/x"})
    with pytest.raises(SettingsError, match=r"set CORTEX_URL, or run `make up ARGS=--allow-simulated`"):
        choose_source(environment, 7000, allow_simulated=False)
    assert choose_source(environment, 7000, allow_simulated=True).kind == "simulated"


@pytest.mark.parametrize("dsn", ["db.example", "http://db.example/x", "postgresql://u:p@db:5432", "postgresql:///x"])
def test_dsn_that_is_not_usable(dsn: str) -> None:
    """Said with the form it should have, never repeated: it may hold a password."""
    with pytest.raises(SettingsError, match=r"postgresql://user:password@host:5432/database") as error:
        check_dsn(dsn)
    assert dsn not in str(error.value)


def test_dsn_as_an_airflow_connection() -> None:
    """Escapes are undone, options without a field of their own are kept."""
    assert connection_parts("postgresql://m%40:p%2Fw@db:6543/prices?sslmode=require") == {
        "conn_type": "postgres",
        "host": "db",
        "login": "m@",
        "password": "p/w",
        "port": 6543,
        "schema": "prices",
        "extra": {"sslmode": "require"},
    }


def answer_with(monkeypatch: pytest.MonkeyPatch, answer: httpx.Response | Exception) -> list[httpx.Request]:
    """Every request gets that answer; the requests are returned as they come."""
    seen: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def get(url: str, auth: tuple[str, str] | None = None, timeout: float = 0, **options: object) -> httpx.Response:
        with httpx.Client(transport=httpx.MockTransport(handle), auth=auth) as client:
            return client.get(url, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(source_module.httpx, "get", get)
    return seen


def test_time_of_the_source(monkeypatch: pytest.MonkeyPatch) -> None:
    """A scalar of Prometheus; tenant and login go along."""
    scalar = {"status": "success", "data": {"resultType": "scalar", "result": [1735689600.5, "1735689600.5"]}}
    seen = answer_with(monkeypatch, httpx.Response(200, json=scalar))
    now = source_time(Source("cortex", CORTEX, "team", username="u", password="p"))
    assert now == datetime(2025, 1, 1, 0, 0, 0, 500_000, UTC)
    assert str(seen[0].url) == f"{CORTEX}/api/v1/query?query=time%28%29"
    assert seen[0].headers["X-Scope-OrgID"] == "team"
    assert seen[0].headers["Authorization"].startswith("Basic ")


@pytest.mark.parametrize(
    ("answer", "error", "words"),
    [
        (httpx.ConnectError("refused"), SourceUnreachable, "does not answer .* check CORTEX_URL"),
        (httpx.Response(401, text="no org id"), SourceRefused, "refuses the login .* CORTEX_TENANT"),
        (httpx.Response(503), SourceUnreachable, "answers 503"),
        (httpx.Response(404, text="page not found"), SourceRefused, "no Prometheus API .* root without /api/v1"),
        (httpx.Response(200, text="<html>"), SourceRefused, "no Prometheus API"),
        (httpx.Response(200, json={"data": {"result": []}}), SourceRefused, "no Prometheus API"),
    ],
)
def test_source_that_does_not_serve(
    monkeypatch: pytest.MonkeyPatch, answer: httpx.Response | Exception, error: type[Exception], words: str
) -> None:
    """One sentence that names the setting to correct."""
    answer_with(monkeypatch, answer)
    with pytest.raises(error, match=words):
        source_time(Source("cortex", CORTEX, None))
