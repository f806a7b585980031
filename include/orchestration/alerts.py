"""Alerts: opened when a task or a check fails, ended when it is well again, and told by Airflow's own hooks.

Told once when an alert opens, again each day that it stays open, and when it has ended for half an hour, over the connections `alert_webhook`
(HTTP; gets JSON) and `alert_mail` (SMTP; extra: from_email, to). A connection that is not there tells nobody.
Nothing here fails a task: what cannot be told now is told by the task `tell` of monitor_pipeline.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from airflow.sdk import BaseHook, Connection
from airflow.sdk.exceptions import AirflowNotFoundException, AirflowRuntimeError

from include.errors import CheckFailed, CortexSignalsError, SettingsError
from include.hosts import is_metadata

if TYPE_CHECKING:
    from include.warehouse.connection import Warehouse
    from include.watching.result import CheckResult

log = logging.getLogger(__name__)

WEBHOOK, MAIL = "alert_webhook", "alert_mail"
PATIENCE_SECONDS = 5.0
LIVE_PATIENCE = timedelta(minutes=3)  # the next runs do the work of one that failed
RUNBOOK = "docs/runbook.md"


def on_failure(context: Any) -> None:
    """Open the task's alert; where a check looked and is not ok, the check opened its own, and the task is well."""
    _on_failure(context)


def on_live_failure(context: Any) -> None:
    """The same of a task of each minute, told where it has not succeeded again by the third minute after."""
    _on_failure(context, LIVE_PATIENCE)


def _on_failure(context: Any, patience: timedelta = timedelta(0)) -> None:
    error, ti = context.get("exception"), context["task_instance"]
    if isinstance(error, CheckFailed):
        on_success(context)
    else:
        _safely(lambda warehouse: raise_alert(warehouse, _key(ti), _sentence(ti, error), ti.dag_id, patience))


def on_success(context: Any) -> None:
    """End the task's alert, where one is open."""
    from include.warehouse.alerts import close_alert

    ti = context["task_instance"]
    _safely(lambda warehouse: close_alert(warehouse, _key(ti)))


def follow_check(warehouse: Warehouse, name: str, results: Sequence[CheckResult]) -> None:
    """Open an alert for each trouble that a run of the check found, and end those of what is ok.

    What it did not look at, a cell or a symbol that is gone from the settings, ends too, and what is unknown for a day.
    Failed tasks have alerts of their own, which `failed_runs` counts and does not repeat.
    """
    from include.warehouse.alerts import close_alert, close_unchecked

    if name == "failed_runs":
        return
    for result in results:
        if result.is_trouble:
            raise_alert(warehouse, result.alert_key, result.detail, result.runbook)
        elif result.status == "ok":
            close_alert(warehouse, result.alert_key)
    unknown = [result.alert_key for result in results if result.status == "unknown"]
    close_unchecked(warehouse, name, [result.alert_key for result in results], unknown)


def raise_alert(warehouse: Warehouse, key: str, summary: str, runbook: str, patience: timedelta = timedelta(0)) -> None:
    """Open it, or note that it was seen again; tell of it where nobody was told and `patience` is over."""
    from include.warehouse.alerts import open_alert

    number = open_alert(warehouse, key, summary, runbook, patience)
    if number is not None:
        tell_open(warehouse, number)


def tell_open(warehouse: Warehouse, number: int | None = None) -> int:
    """Tell what is to be told, of that alert alone or of all; how many were told."""
    from include.warehouse.alerts import tell_alerts

    ways = [way for way in (_webhook(), _mail()) if way]
    return tell_alerts(warehouse, lambda alert: _told(ways, message(alert)), number) if ways else 0


def message(alert: Any) -> dict[str, Any]:
    """What is sent of a row of alerts."""
    ended = alert.closed_at is not None
    return {
        "alert": alert.alert_key,
        "status": "ended" if ended else "open",
        "summary": alert.summary,
        "since": alert.opened_at.isoformat(),
        "ended": alert.closed_at.isoformat() if ended else None,
        "seen": alert.seen,
        "runbook": f"{RUNBOOK}#{alert.runbook}",
    }


def _safely(act: Callable[[Warehouse], None]) -> None:
    """A callback that fails says so in the log and changes nothing for its task."""
    from include.orchestration.connections import pipeline

    try:
        act(pipeline().warehouse)
    except Exception as error:  # noqa: BLE001  whatever it is, the task's own result stands
        log.warning("The alert was not written: %s: %s", type(error).__name__, error)


def _key(ti: Any) -> str:
    index = "" if ti.map_index in {None, -1} else f"[{ti.map_index}]"
    return f"task:{ti.dag_id}.{ti.task_id}{index}"


def _sentence(ti: Any, error: object) -> str:
    """Our own errors are written for people; of any other only its class, since its text may hold anything."""
    said = str(error) if isinstance(error, CortexSignalsError) else f"{type(error).__name__}; its log tells more."
    return f"The task {ti.task_id} of {ti.dag_id} failed: {said}"


def _told(ways: Sequence[Callable[[dict[str, Any]], None]], what: dict[str, Any]) -> bool:
    """Whether any way took it in time; all are tried at once. One that is dead does not make the others repeat."""
    done: list[str] = []
    threads = [threading.Thread(target=_try, args=(way, what, done), daemon=True) for way in ways]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_SECONDS)
    return bool(done)


def _try(way: Callable[[dict[str, Any]], None], what: dict[str, Any], done: list[str]) -> None:
    try:
        way(what)
    except Exception as error:  # noqa: BLE001  told again later, whatever it is
        said = (
            error if isinstance(error, CortexSignalsError) else type(error).__name__
        )  # other texts may hold the address
        log.warning("Nobody was told by %s: %s", way.__name__, said)
    else:
        done.append(way.__name__)


def _webhook() -> Callable[[dict[str, Any]], None] | None:
    if _connection(WEBHOOK) is None:
        return None
    from airflow.providers.http.hooks.http import HttpHook  # takes seconds, which are not the receiver's

    def webhook(what: dict[str, Any]) -> None:
        """By the hook's session alone: what it sends by itself follows redirects with headers that hold a key, reads a
        body whatever its size, and writes an address into the log that may be the secret."""
        hook = HttpHook(http_conn_id=WEBHOOK)
        address = hook.url_from_endpoint(None)
        if is_metadata(urlsplit(address).hostname or ""):
            raise SettingsError("the connection names a link-local address, where no receiver is")
        options: dict[str, Any] = {"timeout": PATIENCE_SECONDS, "stream": True, "allow_redirects": False}
        with hook.get_conn() as session, session.post(address, json=what, **options) as sent:
            if not 200 <= sent.status_code < 300:
                raise CortexSignalsError(f"it answered {sent.status_code}")

    return webhook


def _mail() -> Callable[[dict[str, Any]], None] | None:
    connection = _connection(MAIL)
    to = connection.extra_dejson.get("to") if connection else None
    if not to:
        return None
    from airflow.providers.smtp.notifications.smtp import SmtpNotifier

    def mail(what: dict[str, Any]) -> None:
        SmtpNotifier(
            smtp_conn_id=MAIL,
            to=to,
            subject=f"cortex-signals: {what['alert']} {what['status']}",
            html_content=_html(what),
        ).notify({})

    return mail


def _html(what: dict[str, Any]) -> str:
    from html import escape

    return "<br>\n".join(f"{name}: {escape(str(value))}" for name, value in what.items() if value is not None)


def _connection(name: str) -> Connection | None:
    try:
        return BaseHook.get_connection(name)
    except (AirflowNotFoundException, AirflowRuntimeError):
        return None
