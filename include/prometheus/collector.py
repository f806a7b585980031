"""The warehouse as Prometheus metrics: read when they are scraped, at most every few seconds."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from include.errors import CortexSignalsError
from include.warehouse.connection import Warehouse
from include.warehouse.metrics import read_metrics

log = logging.getLogger(__name__)

CACHE_SECONDS = 5.0
CELL = ("symbol", "horizon_minutes", "threshold")
SIDES = ("BUY", "SELL", "HOLD", "ABSTAIN")
STATUSES = ("ok", "alert", "failed", "unknown")
Rows = Sequence[Any]


class WarehouseCollector(Collector):
    """Metrics of one warehouse. What is not known has no sample; a warehouse that is away has `warehouse_up` 0 alone."""

    def __init__(self, warehouse: Warehouse, cache_seconds: float = CACHE_SECONDS) -> None:
        self._warehouse = warehouse
        self._cache_seconds = cache_seconds
        self._lock = threading.Lock()
        self._read_at = -cache_seconds
        self._families: list[Metric] = []

    def describe(self) -> list[Metric]:
        """Nothing, so that registering it reads nothing."""
        return []

    def collect(self) -> Iterator[Metric]:
        """All families, as of the newest read."""
        with self._lock:
            if time.monotonic() - self._read_at >= self._cache_seconds:
                self._families = self._read()
                self._read_at = time.monotonic()
            families = self._families
        yield from families

    def _read(self) -> list[Metric]:
        try:
            found = read_metrics(self._warehouse)
        except CortexSignalsError as error:
            log.warning("%s", error)
            return [_up(False)]
        return [_up(True), *families(found)]


def _up(is_up: bool) -> Metric:
    return GaugeMetricFamily("cortex_signals_warehouse_up", "1: the warehouse answered this scrape", value=float(is_up))


def families(found: Mapping[str, Rows]) -> Iterator[Metric]:
    """The metrics of what was read."""
    yield from _source(found["source"])
    yield from _signals(found["cells"])
    yield from _minutes(found["symbols"])
    yield from _latency(found["symbols"])
    yield _gauge(
        "answers_last_hour",
        "Answers of the newest hour",
        ("symbol", "side", "reason_code"),
        found["answers"],
        "answers",
    )
    yield from _performance(found["skill"], found["champions"])
    yield from _checks(found["checks"])
    yield _gauge("open_alerts", "Alerts that are open", (), found["alerts"], "open_alerts")


def _source(rows: Rows) -> Iterator[Metric]:
    kinds = _family("source_info", "What the minutes are of: simulated, replay or cortex", ("kind",))
    simulated = _family("is_simulated", "1: the market is the bundled lab's; no price in it was ever paid", ())
    for row in rows:
        kinds.add_metric([row.kind], 1.0)
        simulated.add_metric([], float(row.kind == "simulated"))
    yield from (kinds, simulated)


def _signals(rows: Rows) -> Iterator[Metric]:
    yield _gauge(
        "last_signal_timestamp_seconds", "Minute that the newest signal answers", CELL, rows, "timestamp_seconds"
    )
    yield _gauge("last_signal_age_seconds", "Its age by the database server's clock", CELL, rows, "age_seconds")
    probability = _family(
        "probability_ratio", "Probability of the newest signal; absent: abstained", (*CELL, "outcome")
    )
    side = _family("side", "1: the side of the newest signal", (*CELL, "side"))
    for row in rows:
        for outcome in ("up", "sideways", "down"):
            _add(probability, [*_labels(row, CELL), outcome], getattr(row, f"p_{outcome}"))
        for one in SIDES:
            side.add_metric([*_labels(row, CELL), one], float(row.side == one))
    yield from (probability, side)


def _minutes(rows: Rows) -> Iterator[Metric]:
    where = ("symbol",)
    yield _gauge("newest_minute_timestamp_seconds", "Newest loaded minute", where, rows, "newest_minute")
    yield _gauge(
        "newest_minute_age_seconds", "Its age by the database server's clock", where, rows, "minute_age_seconds"
    )
    yield _gauge(
        "missing_seconds", "Time of the newest 24 h in whose minutes a metric lacks", where, rows, "missing_seconds"
    )


def _latency(rows: Rows) -> Iterator[Metric]:
    where = ("symbol",)
    yield _gauge(
        "commit_latency_last_seconds", "From a minute's end to its committed signals", where, rows, "latency_last"
    )
    yield _gauge("commit_latency_p95_seconds", "Its 95th percentile over an hour", where, rows, "latency_p95")


def _performance(skill: Rows, champions: Rows) -> Iterator[Metric]:
    yield _gauge(
        "live_log_loss_skill_ratio",
        "Live skill over the base rates, 30 days; read it with the events",
        CELL,
        skill,
        "skill",
    )
    yield _gauge("live_events", "UP and DOWN events that the live skill rests on", CELL, skill, "events")
    yield _gauge("live_settled", "Settled live signals that the live skill rests on", CELL, skill, "settled")
    labels = (*CELL, "candidate", "model_id")
    yield _gauge(
        "champion_age_seconds", "From the end of its training to the newest minute", labels, champions, "age_seconds"
    )


def _checks(rows: Rows) -> Iterator[Metric]:
    labels = ("name", *CELL)
    named = ("check", *CELL)
    status = _family("check_status", "1: what the check found last", (*named, "status"))
    checked = _family("check_timestamp_seconds", "When the check ran last", named)
    for row in rows:
        for one in STATUSES:
            status.add_metric([*_labels(row, labels), one], float(row.status == one))
        checked.add_metric(_labels(row, labels), row.checked_at)
    yield from (status, checked)


def _gauge(name: str, text: str, labels: Sequence[str], rows: Rows, column: str) -> Metric:
    family = _family(name, text, labels)
    for row in rows:
        _add(family, _labels(row, labels), getattr(row, column))
    return family


def _family(name: str, text: str, labels: Sequence[str]) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"cortex_signals_{name}", text, labels=labels)


def _add(family: GaugeMetricFamily, labels: Sequence[str], value: float | None) -> None:
    """Nothing where the value is not known."""
    if value is not None:
        family.add_metric(labels, value)


def _labels(row: Any, names: Sequence[str]) -> list[str]:
    return [_label(getattr(row, name)) for name in names]


def _label(value: Any) -> str:
    if value is None:
        return ""
    return f"{value.normalize():f}" if hasattr(value, "normalize") else str(value)
