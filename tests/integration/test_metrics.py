"""Prometheus metrics: what a scrape holds, what it holds when the warehouse is away, and that Prometheus takes it."""

from __future__ import annotations

import shutil
import subprocess
import time
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from prometheus_server import missing_programs
from stored_prices import MINUTE
from watched import answer, crown, settle_days, store, this_minute, watched, write

from include.errors import SettingsError
from include.launcher.ports import any_free_port
from include.pipeline import Pipeline
from include.prometheus.collector import WarehouseCollector
from include.prometheus.server import serve
from include.warehouse.connection import Warehouse
from include.watching.checks import run_checks
from tests.system.console import end

YAML = Path(__file__).resolve().parents[2] / "include" / "prometheus"
Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]
CELL = {"symbol": "BTCUSDT", "horizon_minutes": "15", "threshold": "0.003"}
SYMBOL = {"symbol": "BTCUSDT"}


@pytest.fixture
def pipeline(migrated_database: str) -> Pipeline:
    return watched(migrated_database)


def scraped(url: str) -> Samples:
    """Values by name without its prefix, and labels."""
    answer = httpx.get(url)
    assert answer.status_code == 200
    return {
        (sample.name.removeprefix("cortex_signals_"), frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def named(name: str, **labels: str) -> tuple[str, frozenset[tuple[str, str]]]:
    return name, frozenset(labels.items())


def scrape(warehouse: Warehouse) -> Samples:
    with serve(warehouse, "127.0.0.1", 0) as url:
        return scraped(url)


def test_an_empty_warehouse_is_up_and_has_no_invented_number(pipeline: Pipeline) -> None:
    """No signal, no minute: no sample, never a 0 for what is not known."""
    found = scrape(pipeline.warehouse)
    assert found[named("warehouse_up")] == 1
    assert found[named("source_info", kind="cortex")] == 1
    assert found[named("is_simulated")] == 0
    assert found[named("open_alerts")] == 0
    assert {name for name, _ in found} == {"warehouse_up", "source_info", "is_simulated", "open_alerts"}


def test_a_warehouse_that_is_away_is_a_number_and_no_error(new_database: str) -> None:
    """Neither an address where nothing answers nor an absent schema is a 500."""
    for dsn in ("postgresql://nobody@127.0.0.1:9/none", new_database):
        assert scrape(Warehouse(dsn)) == {named("warehouse_up"): 0}


def test_what_is_there_is_told_with_its_labels(pipeline: Pipeline) -> None:
    """Freshness, holes, the newest answer, the live skill with its events, the champion's age, checks and alerts."""
    now = this_minute()
    store(pipeline, 300, now, missing=[100, 101])
    write(
        pipeline.warehouse,
        "INSERT INTO metric_catalogue (symbol, metric, query) VALUES ('BTCUSDT', 'last_price', 'p')",
    )
    model = crown(pipeline, None)
    answer(pipeline, now, "stale_input", count=3)
    settle_days(pipeline, model, [(50.0, 49, 0.475)] * 3)
    write(
        pipeline.warehouse,
        "INSERT INTO signal_commits SELECT 'BTCUSDT', %(ts)s::timestamptz - make_interval(mins => g), 6, now(), now(), g, FALSE "
        "FROM generate_series(0, 20) AS g",
        {"ts": now},
    )
    write(
        pipeline.warehouse,
        "INSERT INTO pipeline_checks (checked_at, name, symbol, status, is_blocking, detail, runbook) "
        "VALUES (now() - INTERVAL '1 hour', 'gaps', 'GONE', 'alert', FALSE, '', 'gaps')",
    )
    run_checks(pipeline, ["gaps"])
    found = scrape(pipeline.warehouse)
    gaps = {**SYMBOL, "check": "gaps", "horizon_minutes": "", "threshold": ""}
    assert found[named("newest_minute_timestamp_seconds", **SYMBOL)] == now.timestamp()
    assert 0 <= found[named("newest_minute_age_seconds", **SYMBOL)] < 120
    assert found[named("missing_seconds", **SYMBOL)] == 120
    assert found[named("last_signal_timestamp_seconds", **CELL)] == now.timestamp()
    assert found[named("side", **CELL, side="ABSTAIN")] == 1
    assert found[named("side", **CELL, side="BUY")] == 0
    assert named("probability_ratio", **CELL, outcome="up") not in found, "abstained: there is none"
    assert found[named("answers_last_hour", **SYMBOL, side="ABSTAIN", reason_code="stale_input")] == 3
    assert found[named("live_log_loss_skill_ratio", **CELL)] == pytest.approx(0.05)
    assert found[named("live_events", **CELL)] == 15
    assert found[named("champion_age_seconds", **CELL, candidate="lightgbm", model_id=str(model))] == pytest.approx(
        60 * 86_400, abs=120
    )
    assert found[named("commit_latency_last_seconds", **SYMBOL)] == 0
    assert found[named("commit_latency_p95_seconds", **SYMBOL)] == 19
    assert found[named("check_status", **gaps, status="ok")] == 1
    assert found[named("check_status", **gaps, status="failed")] == 0
    assert not any("GONE" in str(name) for name in found), "the newest run did not look at it any more"


def test_scrapes_within_seconds_read_once(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two Prometheus servers do not double the warehouse's work."""
    reads = []
    real = WarehouseCollector._read
    monkeypatch.setattr(WarehouseCollector, "_read", lambda self: reads.append(1) or real(self))
    with serve(pipeline.warehouse, "127.0.0.1", 0) as url:
        assert scraped(url) == scraped(url)
    assert reads == [1]
    fresh = WarehouseCollector(pipeline.warehouse, cache_seconds=0)
    assert len(list(fresh.collect())) == len(list(fresh.collect()))
    assert len(reads) == 3


def test_a_taken_port_is_said(pipeline: Pipeline) -> None:
    """The sentence names the address and the option."""
    with serve(pipeline.warehouse, "127.0.0.1", 0) as url:
        port = int(url.split(":")[2].split("/")[0])
        with pytest.raises(SettingsError, match=f"{port}.*--port"), serve(pipeline.warehouse, "127.0.0.1", port):
            pass


needs_prometheus = pytest.mark.skipif(bool(missing_programs()), reason="Debian's package prometheus is not installed")


@needs_prometheus
@pytest.mark.parametrize(("kind", "file"), [("rules", "rules.yaml"), ("config", "scrape.yaml")])
def test_promtool_takes_the_examples(kind: str, file: str) -> None:
    """The example scrape job and the rules are valid as they are shipped."""
    done = subprocess.run(["promtool", "check", kind, str(YAML / file)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@needs_prometheus
def test_the_metrics_keep_prometheus_conventions(pipeline: Pipeline) -> None:
    """promtool finds nothing to complain of in a scrape with every family in it."""
    store(pipeline, 30, this_minute())
    crown(pipeline, None)
    answer(pipeline, this_minute(), "no_edge")
    with serve(pipeline.warehouse, "127.0.0.1", 0) as url:
        text = "".join(line + "\n" for line in httpx.get(url).text.splitlines())
    done = subprocess.run(["promtool", "check", "metrics"], input=text, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@needs_prometheus
def test_a_real_prometheus_scrapes_it_and_records(pipeline: Pipeline, tmp_path: Path) -> None:
    """The shipped job, at another target and faster, brings samples; the shipped rules record from them."""
    store(pipeline, 30, this_minute())
    answer(pipeline, this_minute() - MINUTE, "stale_input")
    shutil.copy(YAML / "rules.yaml", tmp_path)
    (tmp_path / "rules.yaml").write_text((YAML / "rules.yaml").read_text().replace("interval: 1m", "interval: 1s"))
    with serve(pipeline.warehouse, "127.0.0.1", 0) as url:
        config = (YAML / "scrape.yaml").read_text().split("# The way back")[0]
        config = config.replace("127.0.0.1:9464", url.split("/")[2]).replace("30s", "1s").replace("10s", "1s")
        (tmp_path / "prometheus.yml").write_text(config)
        port = any_free_port()
        command = [
            "prometheus",
            "--config.file=prometheus.yml",
            f"--web.listen-address=127.0.0.1:{port}",
            "--log.level=error",
        ]
        with subprocess.Popen(command, cwd=tmp_path) as process:
            try:
                query = 'job:cortex_signals_side:last{side="ABSTAIN"}'
                [sample] = asked(f"http://127.0.0.1:{port}/api/v1/query", query)
            finally:
                end(process)
    assert sample["metric"]["symbol"] == "BTCUSDT"
    assert sample["value"][1] == "1"


def asked(api: str, query: str, seconds: float = 60) -> list[dict[str, dict[str, str]]]:
    """The answer to a query, once there is one."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            if found := httpx.get(api, params={"query": query}).json()["data"]["result"]:
                return list(found)
        except (httpx.TransportError, ValueError, KeyError):
            pass  # it starts
        time.sleep(0.2)
    raise AssertionError(f"Prometheus has no answer to {query}")
