"""Alerts: one row a trouble, told once over a real HTTP server and a real SMTP one, ended when it is over."""

from __future__ import annotations

import json
import socketserver
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from email import message_from_string
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from typing import Any

import pytest
from pipelines import rows
from stored_prices import MINUTE
from watched import store, this_minute, watched, write

from include.errors import CheckFailed, WarehouseError
from include.pipeline import Pipeline
from include.warehouse.alerts import tell_alerts
from include.watching.checks import run_checks
from include.watching.result import CheckResult

SENTENCE = "The newest minute is 30 min behind."
LATE = CheckResult("freshness", "alert", SENTENCE, 30, 5, "BTCUSDT")
FRESH = CheckResult("freshness", "ok", "All is well.", 0, 5, "BTCUSDT")


@pytest.fixture(autouse=True)
def airflow_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIRFLOW_HOME", str(tmp_path_factory.mktemp("airflow")))


@pytest.fixture
def pipeline(migrated_database: str) -> Pipeline:
    return watched(migrated_database)


@contextmanager
def running(server: socketserver.BaseServer) -> Iterator[int]:
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]  # type: ignore[misc]
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def hooked(
    answer: Callable[[], int] = lambda: 200, headers: Mapping[str, str] | None = None, body: Iterable[bytes] = ()
) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    """A webhook's port, and what it was sent; it answers with those headers and that body."""
    sent: list[dict[str, Any]] = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status = answer()
            if status == 200:
                sent.append({"path": self.path, **body})
            self.send_response(status)
            for name, value in (headers or {"Content-Length": "0"}).items():
                self.send_header(name, value)
            self.end_headers()
            with suppress(OSError):  # who asked has gone
                for part in body:
                    self.wfile.write(part)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Hook)
    server.daemon_threads = True
    with running(server) as port:
        yield port, sent


@contextmanager
def mailed() -> Iterator[tuple[int, list[str]]]:
    """An SMTP server's port, and the messages that it took."""
    taken: list[str] = []

    class Mail(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 here\r\n")
            for line in self.rfile:
                verb = line.split()[0].upper() if line.split() else b""
                if verb == b"DATA":
                    self.wfile.write(b"354 go on\r\n")
                    taken.append("".join(iter(lambda: self.rfile.readline().decode(), ".\r\n")))
                self.wfile.write(b"221 bye\r\n" if verb == b"QUIT" else b"250 ok\r\n")
                if verb == b"QUIT":
                    return

    with running(socketserver.ThreadingTCPServer(("127.0.0.1", 0), Mail)) as port:
        yield port, taken


@pytest.fixture
def webhook(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[dict[str, Any]]]:
    with hooked() as (port, sent):
        name_webhook(monkeypatch, port)
        yield sent


def name_webhook(monkeypatch: pytest.MonkeyPatch, port: int) -> None:
    address = {"conn_type": "http", "host": f"http://127.0.0.1:{port}/services/x", "password": "not to be told"}
    monkeypatch.setenv("AIRFLOW_CONN_ALERT_WEBHOOK", json.dumps(address))


def follow(pipeline: Pipeline, *results: CheckResult) -> None:
    from include.orchestration.alerts import follow_check

    follow_check(pipeline.warehouse, "freshness", results)


def later(pipeline: Pipeline, minutes: int) -> None:
    """That time goes by: all that happened to alerts was so much longer ago."""
    columns = ("opened_at", "last_seen_at", "tell_from", "told_at", "closed_at")
    moved = ", ".join(f"{name} = {name} - INTERVAL '{minutes} minutes'" for name in columns)
    write(pipeline.warehouse, f"UPDATE alerts SET {moved}")


def tell(pipeline: Pipeline) -> int:
    from include.orchestration.alerts import tell_open

    return tell_open(pipeline.warehouse)


def alerts(pipeline: Pipeline) -> list[tuple[Any, ...]]:
    query = "SELECT alert_key, seen, told_at IS NOT NULL AS told, closed_at IS NOT NULL AS closed FROM alerts ORDER BY alert_id"
    return rows(pipeline.warehouse, query)


KEY = "check:freshness:BTCUSDT:-"


def test_a_trouble_is_told_once_and_when_it_ends(pipeline: Pipeline, webhook: list[dict[str, Any]]) -> None:
    """Three sights are one row and one message; the end is another, with the same key."""
    for _ in range(3):
        follow(pipeline, LATE)
    assert alerts(pipeline) == [(KEY, 3, True, False)]
    [first] = webhook
    assert (first["path"], first["status"], first["summary"]) == ("/services/x", "open", SENTENCE)
    assert first["runbook"] == "docs/runbook.md#freshness"
    follow(pipeline, FRESH)
    follow(pipeline, FRESH)
    assert alerts(pipeline) == [(KEY, 3, True, True)]
    assert (tell(pipeline), len(webhook)) == (0, 1), "it may come back"
    later(pipeline, 30)
    assert (tell(pipeline), tell(pipeline)) == (1, 0)
    assert [(one["alert"], one["status"]) for one in webhook] == [(KEY, "open"), (KEY, "ended")]
    follow(pipeline, LATE)
    assert len(alerts(pipeline)) == 2, "a new trouble is a new row"
    assert [one["status"] for one in webhook] == ["open", "ended", "open"]
    assert "not to be told" not in json.dumps(webhook)


def test_what_comes_and_goes_is_one_trouble(pipeline: Pipeline, webhook: list[dict[str, Any]]) -> None:
    """In turns not ok and ok, ten minutes apart: one row, one message, and one when it is over for good."""
    for _ in range(5):
        follow(pipeline, LATE)
        later(pipeline, 10)
        follow(pipeline, FRESH)
        later(pipeline, 10)
        assert tell(pipeline) == 0
    assert alerts(pipeline) == [(KEY, 5, True, True)]
    later(pipeline, 20)
    tell(pipeline)
    assert [one["status"] for one in webhook] == ["open", "ended"]


def test_what_is_not_looked_at_any_more_ends(pipeline: Pipeline, webhook: list[dict[str, Any]]) -> None:
    """A symbol that is gone from the settings has nobody who finds it well; other checks' alerts stay."""
    follow(pipeline, LATE)
    write(
        pipeline.warehouse,
        "INSERT INTO alerts (alert_key, summary, runbook) VALUES ('check:gaps:BTCUSDT:-', '', 'gaps')",
    )
    follow(pipeline, replace(FRESH, symbol="ETHUSDT"))
    assert [(key, over) for key, _, _, over in alerts(pipeline)] == [(KEY, True), ("check:gaps:BTCUSDT:-", False)]


def test_what_is_unknown_for_a_day_ends(pipeline: Pipeline, webhook: list[dict[str, Any]]) -> None:
    """Too little to tell is no sight of trouble; after a day of it nothing is left to act on."""
    unknown = replace(FRESH, status="unknown")
    follow(pipeline, LATE)
    later(pipeline, 23 * 60)
    follow(pipeline, unknown)
    assert alerts(pipeline) == [(KEY, 1, True, False)]
    later(pipeline, 61)
    follow(pipeline, unknown)
    assert alerts(pipeline) == [(KEY, 1, True, True)]


def test_telling_holds_up_nobody_and_what_is_told_stays_told(pipeline: Pipeline) -> None:
    """While one is told, its row can be written; of two, the first is told for good where the second fails."""
    follow(pipeline, LATE, replace(LATE, symbol="ETHUSDT"))
    told: list[str] = []

    def one_then_fail(alert: Any) -> bool:
        write(
            pipeline.warehouse,
            f"SET LOCAL lock_timeout = '2s'; UPDATE alerts SET closed_at = clock_timestamp() WHERE alert_id = {alert.alert_id}",
        )
        if told:
            raise KeyboardInterrupt
        told.append(alert.alert_key)
        return True

    with pytest.raises(KeyboardInterrupt):
        tell_alerts(pipeline.warehouse, one_then_fail)
    assert [is_told for _, _, is_told, _ in alerts(pipeline)] == [True, False]
    later(pipeline, 30)
    assert tell_alerts(pipeline.warehouse, lambda alert: alert.closed_at is not None) == 1, "it ended while it was told"


def test_what_stays_is_told_again_a_day_later(pipeline: Pipeline, webhook: list[dict[str, Any]]) -> None:
    """The task `tell` finds nothing to tell within 24 hours, and tells once after them."""
    follow(pipeline, LATE)
    assert tell(pipeline) == 0
    write(pipeline.warehouse, "UPDATE alerts SET told_at = told_at - INTERVAL '25 hours'")
    assert tell(pipeline) == 1
    assert tell(pipeline) == 0
    assert len(webhook) == 2


def test_unknown_changes_no_alert(pipeline: Pipeline, webhook: list[dict[str, Any]]) -> None:
    """Too little to tell neither opens nor ends one."""
    unknown = CheckResult("freshness", "unknown", "Nothing is loaded.", None, 5, "BTCUSDT")
    follow(pipeline, unknown)
    assert alerts(pipeline) == []
    follow(pipeline, LATE, unknown)
    assert alerts(pipeline) == [(KEY, 1, True, False)]


def test_runs_at_once_tell_once(pipeline: Pipeline, webhook: list[dict[str, Any]]) -> None:
    """Eight sights at the same time are one row and one message."""
    threads = [threading.Thread(target=follow, args=(pipeline, LATE)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert alerts(pipeline) == [(KEY, 8, True, False)]
    assert len(webhook) == 1


def test_without_a_connection_nobody_is_told(pipeline: Pipeline) -> None:
    """The row is there all the same, and is told once there is somebody."""
    follow(pipeline, LATE)
    assert alerts(pipeline) == [(KEY, 1, False, False)]


def test_a_dead_webhook_is_tried_again_by_the_next_run(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    """503 is no telling; the alert stays to be told, and is when the webhook is back."""
    status = [503]
    with hooked(lambda: status[0]) as (port, sent):
        name_webhook(monkeypatch, port)
        follow(pipeline, LATE)
        assert alerts(pipeline) == [(KEY, 1, False, False)]
        status[0] = 200
        assert tell(pipeline) == 1
        assert len(sent) == 1
    follow(pipeline, FRESH)
    assert alerts(pipeline) == [(KEY, 1, True, True)]


def test_a_webhook_that_hangs_is_not_waited_for(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that never answers is given up after the patience, and the row is kept."""
    from include.orchestration import alerts as module

    monkeypatch.setattr(module, "PATIENCE_SECONDS", 0.2)
    released = threading.Event()
    with hooked(lambda: 200 if released.wait(20) else 500) as (port, _):
        name_webhook(monkeypatch, port)
        started = time.monotonic()
        follow(pipeline, LATE)
        waited = time.monotonic() - started
        released.set()
    assert waited < 15
    assert alerts(pipeline) == [(KEY, 1, False, False)]


def address_webhook(monkeypatch: pytest.MonkeyPatch, host: str, **extra: str) -> None:
    connection = {"conn_type": "http", "host": host, "login": "me", "password": "s3cret", "extra": extra}
    monkeypatch.setenv("AIRFLOW_CONN_ALERT_WEBHOOK", json.dumps(connection))


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_webhook_that_sends_elsewhere_takes_no_login_along(
    status: int, pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither password nor header nor alert goes to the second address; it is no telling."""
    with hooked() as (second, elsewhere):
        moved = {"Location": f"http://127.0.0.1:{second}/", "Content-Length": "0"}
        with hooked(lambda: status, moved) as (first, _):
            address_webhook(monkeypatch, f"http://127.0.0.1:{first}/services/s3cret", **{"X-Key": "s3cret"})
            follow(pipeline, LATE)
    assert elsewhere == []
    assert alerts(pipeline) == [(KEY, 1, False, False)]
    assert f"Nobody was told by webhook: it answered {status}" in caplog.text


def test_a_webhook_s_answer_is_not_read(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    """One without an end is a telling like any other, and left."""
    written: list[bytes] = []
    body = (written.append(b"") or b"x" * 65_536 for _ in range(100_000))
    with hooked(lambda: 200, {"Content-Type": "text/plain"}, body) as (port, _):
        address_webhook(monkeypatch, f"http://127.0.0.1:{port}/services/x")
        follow(pipeline, LATE)
        assert alerts(pipeline) == [(KEY, 1, True, False)]
        assert len(written) < 1000


@pytest.mark.parametrize(
    ("host", "said"),
    [
        ("http://127.0.0.1:1/services/s3cret", "ConnectionError"),
        ("http://169.254.169.254/s3cret", "link-local"),
        ("http://[fd00:ec2::254]/s3cret", "link-local"),
        ("ftp://127.0.0.1/s3cret", "InvalidSchema"),
        ("http://127.0.0.1:port/s3cret", "InvalidURL"),
    ],
)
def test_a_webhook_that_cannot_be_told_keeps_its_secret(
    host: str, said: str, pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The address may be the secret itself, and no log holds it; where clouds keep credentials nothing is sent."""
    address_webhook(monkeypatch, host)
    with caplog.at_level("INFO"):
        follow(pipeline, LATE)
    assert alerts(pipeline) == [(KEY, 1, False, False)]
    assert said in caplog.text
    assert "s3cret" not in caplog.text


def test_what_an_alert_says_is_no_template(
    pipeline: Pipeline, webhook: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Words that came from a source are told as they are: no Jinja, and no HTML in a mail."""
    sentence = "Cortex said {{ 7 * 7 }} {% raw %} <script>alert(1)</script>"
    with mailed() as (port, taken):
        name_mail(monkeypatch, port)
        follow(pipeline, replace(LATE, detail=sentence))
    assert [one["summary"] for one in webhook] == [sentence]
    body = message_from_string(taken[0]).get_payload(0).get_payload(decode=True).decode()  # type: ignore[union-attr]
    assert "{{ 7 * 7 }} {% raw %} &lt;script&gt;" in body


def name_mail(monkeypatch: pytest.MonkeyPatch, port: int) -> None:
    extra = {"from_email": "signals@example.org", "to": "desk@example.org", "disable_tls": True, "disable_ssl": True}
    connection = {"conn_type": "smtp", "host": "127.0.0.1", "port": port, "extra": extra}
    monkeypatch.setenv("AIRFLOW_CONN_ALERT_MAIL", json.dumps(connection))


def test_a_dead_webhook_does_not_repeat_the_mail(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody was told: that is once, whatever the other way does."""
    with hooked(lambda: 503) as (hook, _), mailed() as (port, taken):
        name_webhook(monkeypatch, hook)
        name_mail(monkeypatch, port)
        follow(pipeline, LATE)
        assert tell(pipeline) == 0
    assert len(taken) == 1


def test_mail_is_sent_to_whom_the_connection_names(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    """Airflow's SMTP notifier sends key, sentence and section; no password stands in it."""
    with mailed() as (port, taken):
        name_mail(monkeypatch, port)
        follow(pipeline, LATE)
    [mail] = (message_from_string(text) for text in taken)
    assert (mail["Subject"], mail["To"]) == (f"cortex-signals: {KEY} open", "desk@example.org")
    body = mail.get_payload(0).get_payload(decode=True).decode()  # type: ignore[union-attr]
    assert SENTENCE in body
    assert "docs/runbook.md#freshness" in body
    assert alerts(pipeline) == [(KEY, 1, True, False)]


@pytest.fixture
def in_airflow(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> Pipeline:
    """The callbacks find the warehouse by the connections."""
    from include.orchestration import connections

    monkeypatch.setattr(connections, "pipeline", lambda: pipeline)
    return pipeline


def context(error: BaseException | None = None, index: int = -1) -> dict[str, Any]:
    ti = SimpleNamespace(dag_id="ingest_metrics", task_id="ingest", map_index=index)
    return {"task_instance": ti, "exception": error}


def test_a_failed_task_opens_an_alert_and_its_success_ends_it(in_airflow: Pipeline, webhook: list[Any]) -> None:
    """Our own error is told as it was written; the section is the DAG's."""
    from include.orchestration.alerts import on_failure, on_success

    on_failure(context(WarehouseError("The warehouse took too long.")))
    on_failure(context(WarehouseError("The warehouse took too long.")))
    [told] = webhook
    assert told["alert"] == "task:ingest_metrics.ingest"
    assert told["summary"] == "The task ingest of ingest_metrics failed: The warehouse took too long."
    assert told["runbook"] == "docs/runbook.md#ingest_metrics"
    [check] = run_checks(in_airflow, ["failed_runs"])
    assert (check.status, check.value) == ("alert", 1)
    assert "ingest_metrics.ingest" in check.detail
    on_success(context())
    assert alerts(in_airflow) == [("task:ingest_metrics.ingest", 2, True, True)]
    [check] = run_checks(in_airflow, ["failed_runs"])
    assert (check.status, check.value) == ("ok", 0)
    assert "1 tasks failed" in check.detail


def test_a_live_task_is_told_where_it_stays_failed_for_three_minutes(in_airflow: Pipeline, webhook: list[Any]) -> None:
    """Failing in turns with success tells nobody; failing on is told once, by the task itself."""
    from include.orchestration.alerts import on_live_failure, on_success

    for _ in range(5):
        on_live_failure(context(WarehouseError("away")))
        later(in_airflow, 1)
        on_success(context())
        later(in_airflow, 1)
        assert run_checks(in_airflow, ["failed_runs"])[0].status == "ok"
    assert (tell(in_airflow), webhook) == (0, [])
    for _ in range(5):
        on_live_failure(context(WarehouseError("away")))
        later(in_airflow, 1)
    assert [one["status"] for one in webhook] == ["open"]
    assert alerts(in_airflow) == [("task:ingest_metrics.ingest", 10, True, False)]


def test_an_unknown_error_s_text_is_not_told(in_airflow: Pipeline, webhook: list[Any]) -> None:
    """It may hold an address with its password: the class alone is said."""
    from include.orchestration.alerts import on_failure

    on_failure(context(ValueError("postgresql://me:secret@host/db is wrong"), index=3))
    [told] = webhook
    assert "secret" not in json.dumps(told)
    assert "ValueError" in told["summary"]
    assert told["alert"] == "task:ingest_metrics.ingest[3]"


def test_a_check_s_own_error_opens_no_second_alert(in_airflow: Pipeline, webhook: list[Any]) -> None:
    """The check has opened its own by then; that it could not look before is over."""
    from include.orchestration.alerts import on_failure

    on_failure(context(CheckFailed("too late")))
    assert alerts(in_airflow) == []
    on_failure(context(WarehouseError("away")))
    on_failure(context(CheckFailed("too late")))
    assert alerts(in_airflow) == [("task:ingest_metrics.ingest", 1, True, True)]


def test_a_warehouse_that_is_away_fails_no_callback(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The callback says so in the log, without the password, and returns."""
    from include.orchestration import connections
    from include.orchestration.alerts import on_failure, on_success
    from include.warehouse.connection import Warehouse

    away = SimpleNamespace(warehouse=Warehouse("postgresql://me:secret@127.0.0.1:9/db"))
    monkeypatch.setattr(connections, "pipeline", lambda: away)
    on_failure(context(WarehouseError("away")))
    on_success(context())
    assert "The alert was not written" in caplog.text
    assert "secret" not in caplog.text


def test_the_check_s_task_is_red_and_its_alert_told(
    in_airflow: Pipeline, webhook: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the task calls: rows, alert, then the error; well again it is green and the alert ends."""
    from include.orchestration import monitoring

    monkeypatch.setattr(monitoring, "pipeline", lambda: in_airflow)
    store(in_airflow, 30, this_minute() - 30 * MINUTE)
    for _ in range(2):
        with pytest.raises(CheckFailed, match="behind the clock"):
            monitoring.check("freshness")
    assert rows(in_airflow.warehouse, "SELECT status FROM pipeline_checks") == [("alert",)] * 2
    store(in_airflow, 1, this_minute())
    monitoring.check("freshness")
    later(in_airflow, 30)
    assert tell(in_airflow) == 1
    assert [one["status"] for one in webhook] == ["open", "ended"]
