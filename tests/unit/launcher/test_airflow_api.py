"""What the launcher makes of the answers of Airflow's REST API."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import httpx
import pytest

from include.errors import LaunchError
from include.launcher import airflow_api
from include.launcher.airflow_api import AirflowApi, error_in_log, last_words

Handler = Callable[[httpx.Request], httpx.Response]


class FakeAirflow:
    """Answers by (method, path); a list is used up one answer after the other, its last one stays."""

    def __init__(self) -> None:
        self.answers: dict[tuple[str, str], list[httpx.Response]] = {}
        self.seen: list[httpx.Request] = []
        self.tokens = 0

    def on(self, method: str, path: str, *answers: object) -> None:
        self.answers[method, path] = [
            answer if isinstance(answer, httpx.Response) else httpx.Response(200, json=answer) for answer in answers
        ]

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.seen.append(request)
        if request.url.path == "/auth/token":
            self.tokens += 1
            return httpx.Response(201, json={"access_token": f"token-{self.tokens}"})
        answers = self.answers[request.method, request.url.path.removeprefix("/api/v2")]
        return answers.pop(0) if len(answers) > 1 else answers[0]


@pytest.fixture
def fake() -> FakeAirflow:
    return FakeAirflow()


@pytest.fixture
def api(fake: FakeAirflow, monkeypatch: pytest.MonkeyPatch) -> Iterator[AirflowApi]:
    monkeypatch.setattr(airflow_api, "RUN_POLL_SECONDS", 0)
    client = AirflowApi("http://airflow.test", "admin", "secret", httpx.MockTransport(fake))
    yield client
    client.close()


def test_one_token_for_many_requests(fake: FakeAirflow, api: AirflowApi) -> None:
    fake.on("GET", "/dags/a/dagRuns/r", {"state": "running"})
    assert [api.run_state("a", "r") for _ in range(3)] == ["running"] * 3
    assert fake.tokens == 1
    assert json.loads(fake.seen[0].content) == {"username": "admin", "password": "secret"}


def test_expired_token_is_replaced(fake: FakeAirflow, api: AirflowApi) -> None:
    """401 asks for a new token once."""
    fake.on("GET", "/dags/a/dagRuns/r", httpx.Response(401), {"state": "success"})
    assert api.run_state("a", "r") == "success"
    assert fake.seen[-1].headers["Authorization"] == "Bearer token-2"


@pytest.mark.parametrize(("method", "times"), [("GET", 3), ("POST", 1)])
def test_a_question_that_times_out_is_asked_again(method: str, times: int) -> None:
    """Three times, then it is said; what starts something is sent once."""
    asked = []

    def busy(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/auth/token":
            return httpx.Response(201, json={"access_token": "t"})
        asked.append(request.method)
        raise httpx.ReadTimeout("timed out", request=request)

    with pytest.raises(LaunchError, match="does not answer"):
        AirflowApi("http://airflow.test", "admin", "secret", httpx.MockTransport(busy)).request(method, "/dags")
    assert asked == [method] * times


def test_refusal_is_repeated_in_the_error(fake: FakeAirflow, api: AirflowApi) -> None:
    fake.on("PATCH", "/dags/a", httpx.Response(404, json={"detail": "The Dag with ID: `a` was not found"}))
    with pytest.raises(LaunchError, match=r"refused PATCH /dags/a: 404 .*was not found"):
        api.unpause("a")


def test_something_else_on_the_port_is_not_airflow(fake: FakeAirflow, api: AirflowApi) -> None:
    """A page of another server has no version and no health."""
    fake.on("GET", "/version", httpx.Response(200, text="<html>"))
    fake.on("GET", "/monitor/health", httpx.Response(404))
    assert api.version() is None
    assert api.health() == {}


def test_health_of_a_process_that_never_ran(fake: FakeAirflow, api: AirflowApi) -> None:
    fake.on("GET", "/monitor/health", {"scheduler": {"status": "healthy"}, "triggerer": {"status": None}, "x": None})
    assert api.health() == {"scheduler": "healthy", "triggerer": None, "x": None}


def test_existing_pool_keeps_its_slots(fake: FakeAirflow, api: AirflowApi) -> None:
    """No POST where the pool is there."""
    fake.on("GET", "/pools/live", {"name": "live", "slots": 9})
    api.ensure_pool("live", 4, "")
    assert not any(request.method == "POST" and request.url.path.endswith("/pools") for request in fake.seen)


def test_absent_pool_is_made(fake: FakeAirflow, api: AirflowApi) -> None:
    fake.on("GET", "/pools/live", httpx.Response(404))
    fake.on("POST", "/pools", httpx.Response(201, json={}))
    api.ensure_pool("live", 4, "every minute")
    assert json.loads(fake.seen[-1].content) == {"name": "live", "slots": 4, "description": "every minute"}


def test_waiting_for_a_run(fake: FakeAirflow, api: AirflowApi) -> None:
    """`meanwhile` is called while the run goes on, not after it."""
    fake.on("GET", "/dags/a/dagRuns/r", {"state": "queued"}, {"state": "running"}, {"state": "success"})
    calls: list[None] = []
    api.wait("a", "r", lambda: calls.append(None))
    assert len(calls) == 2


def test_a_run_that_did_enough_is_not_waited_for(fake: FakeAirflow, api: AirflowApi) -> None:
    """A run may go on for days, with a question to a person; `meanwhile` says when it has done what is needed."""
    fake.on("GET", "/dags/a/dagRuns/r", {"state": "running"})
    enough = iter([False, False, True])
    api.wait("a", "r", lambda: next(enough))
    assert next(enough, None) is None


def test_failed_run_tells_the_error_of_its_task(fake: FakeAirflow, api: AirflowApi) -> None:
    """DAG, task, and the exception's own sentence; no traceback."""
    task = {"task_id": "load", "try_number": 2, "map_index": 3}
    error = {"exc_type": "SourceRefused", "exc_value": "The source refuses; check CORTEX_TENANT.", "frames": [{}]}
    log = [
        {"event": "begins", "level": "info"},
        {"event": "Task failed", "level": "error", "error_detail": [error]},
        {"event": "ends", "level": "info"},
    ]
    fake.on("GET", "/dags/a/dagRuns/r", {"state": "failed"})
    fake.on("GET", "/dags/a/dagRuns/r/taskInstances", {"task_instances": [task]})
    fake.on("GET", "/dags/a/dagRuns/r/taskInstances/load/logs/2", {"content": log})
    expected = r"^The task load of the DAG a failed: The source refuses; check CORTEX_TENANT\.$"
    with pytest.raises(LaunchError, match=expected):
        api.wait("a", "r")
    assert fake.seen[-1].url.params["map_index"] == "3"


def test_failed_run_without_a_log(fake: FakeAirflow, api: AirflowApi) -> None:
    """Where nothing can be told, the page is named."""
    fake.on("GET", "/dags/a/dagRuns/r", {"state": "failed"})
    fake.on("GET", "/dags/a/dagRuns/r/taskInstances", {"task_instances": []})
    with pytest.raises(LaunchError, match=r"look at http://airflow\.test/dags/a"):
        api.wait("a", "r")


def test_last_error_of_a_log_without_exceptions() -> None:
    assert error_in_log([{"event": "one", "level": "error"}, {"event": "two", "level": "error"}, "text"]) == "two"
    assert error_in_log(["text"]) == ""


def test_last_words_of_a_traceback() -> None:
    assert last_words("Traceback:\n  File x\nModuleNotFoundError: No module named 'y'\n\n").endswith("'y'")
    assert last_words("") == ""
