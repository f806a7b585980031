"""Which source and which warehouse a run gets from the environment."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import httpx
import pytest

from include.cortex.address import Cortex
from include.cortex.client import CortexClient
from include.errors import SettingsError, SourceRefused, SourceUnreachable
from include.launcher import source as source_module
from include.launcher.databases import check_dsn, connection_parts
from include.launcher.source import Source, choose_source, source_time
from include.settings import read_environment

CORTEX = "http://cortex.example:9009/prometheus"


def test_nothing_set_is_the_simulated_market() -> None:
    """Its address is the lab's, its database its own."""
    source = choose_source(read_environment({}), lab_port=7000, allow_simulated=False)
    assert (source.kind, source.cortex.url, source.database) == (
        "simulated",
        "http://127.0.0.1:7000",
        "signals_simulated",
    )
    assert source.lab_options == ()


def test_the_simulated_market_takes_the_switches_of_the_lab(tmp_path: Path) -> None:
    """As they are written in a shell, beside the tenant; a replay has its own."""
    given = {"CORTEX_SIGNALS_LAB_ARGS": "--late 0.05 --outage '2025-07-01 00:00/2025-07-02'", "CORTEX_TENANT": "team"}
    options = choose_source(read_environment(given), lab_port=7000, allow_simulated=False).lab_options
    assert options == ("--tenant", "team", "--late", "0.05", "--outage", "2025-07-01 00:00/2025-07-02")
    replayed = read_environment({**given, "CORTEX_SIGNALS_REPLAY": str(tmp_path)})
    replay_options = choose_source(replayed, lab_port=7000, allow_simulated=False).lab_options
    assert replay_options == ("--tenant", "team", "--replay", str(tmp_path))


def test_cortex_url_starts_no_lab() -> None:
    environment = read_environment({"CORTEX_URL": CORTEX, "CORTEX_TENANT": "team", "CORTEX_TOKEN": "t"})
    source = choose_source(environment, lab_port=7000, allow_simulated=False)
    assert source == Source("cortex", Cortex(CORTEX, "team", token="t"))
    assert not source.is_lab
    assert source.database == "signals_cortex"


def test_the_lab_is_not_given_the_login_of_a_cortex() -> None:
    """Only the tenant, which it has."""
    given = {"CORTEX_TENANT": "team", "CORTEX_TOKEN": "t", "CORTEX_HEADERS": '{"X-Key": "k"}', "CORTEX_USERNAME": "u"}
    source = choose_source(read_environment(given), lab_port=7000, allow_simulated=False)
    assert source.cortex == Cortex("http://127.0.0.1:7000", "team")
    assert source.lab_options == ("--tenant", "team")


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


@pytest.mark.parametrize("name", ["BTCUSDT-1m-2024-01.csv", "BTCUSDT-1m-2024-01.zip", "months"])
def test_replay_of_klines(name: str, tmp_path: Path) -> None:
    """A file or a folder of Binance's, as the lab's own --replay takes them."""
    candles = tmp_path / name
    candles.touch() if candles.suffix else candles.mkdir()
    given = {"CORTEX_SIGNALS_REPLAY": str(candles), "CORTEX_SIGNALS_HOME": str(tmp_path)}
    source = choose_source(read_environment(given), lab_port=7000, allow_simulated=False)
    assert source.lab_options == ("--replay", str(candles))


def test_replay_of_an_absent_file() -> None:
    """Said with what may be given."""
    with pytest.raises(
        SettingsError, match=r"/nowhere\.parquet, which is not there; .* Binance CSV or zip, or a folder"
    ):
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

    monkeypatch.setattr(source_module, "CortexClient", partial(CortexClient, transport=httpx.MockTransport(handle)))
    return seen


def test_time_of_the_source(monkeypatch: pytest.MonkeyPatch) -> None:
    """A scalar of Prometheus; tenant, login and headers go along."""
    scalar = {"status": "success", "data": {"resultType": "scalar", "result": [1735689600.5, "1735689600.5"]}}
    seen = answer_with(monkeypatch, httpx.Response(200, json=scalar))
    cortex = Cortex(CORTEX, "team", username="u", password="p", extra_headers={"X-Key": "k"})
    assert source_time(Source("cortex", cortex)) == datetime(2025, 1, 1, 0, 0, 0, 500_000, UTC)
    assert str(seen[0].url) == f"{CORTEX}/api/v1/query?query=time%28%29"
    assert seen[0].headers["X-Scope-OrgID"] == "team"
    assert seen[0].headers["X-Key"] == "k"
    assert seen[0].headers["Authorization"].startswith("Basic ")


@pytest.mark.parametrize(
    ("answer", "error", "words"),
    [
        (httpx.ConnectError("refused"), SourceUnreachable, r"cannot be reached \(refused\); check CORTEX_URL"),
        (
            httpx.Response(401, text="no org id"),
            SourceRefused,
            r"refused the login with 401 \(no org id\); set CORTEX_TENANT",
        ),
        (httpx.Response(503), SourceUnreachable, "answered 503"),
        (
            httpx.Response(404, text="page not found"),
            SourceRefused,
            r"404 \(page not found\); CORTEX_URL must be the API root",
        ),
        (httpx.Response(200, text="<html>"), SourceRefused, "instead of JSON; CORTEX_URL must be the API root"),
        (httpx.Response(200, json={"data": {"result": []}}), SourceRefused, "did not answer as a Prometheus API does"),
    ],
)
def test_source_that_does_not_serve(
    monkeypatch: pytest.MonkeyPatch, answer: httpx.Response | Exception, error: type[Exception], words: str
) -> None:
    """One sentence that names the setting to correct, after one request, without the login that stood in the address."""
    seen = answer_with(monkeypatch, answer)
    with pytest.raises(error, match=words) as raised:
        source_time(Source("cortex", Cortex(CORTEX.replace("://", "://me:s3cr3t@"))))
    assert "s3cr3t" not in str(raised.value)
    assert len(seen) == 1


def test_a_file_of_tls_that_is_not_there_is_said_before_anything_is_asked(tmp_path: Path) -> None:
    """As every command says it."""
    environment = read_environment({"CORTEX_URL": "https://cortex.example", "CORTEX_CA_FILE": str(tmp_path / "ca.pem")})
    with pytest.raises(SettingsError, match=r"CORTEX_CA_FILE .*/ca\.pem, which cannot be read"):
        source_time(choose_source(environment, lab_port=0, allow_simulated=False))
