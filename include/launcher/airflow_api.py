"""Airflow's REST API, as far as the launcher asks it: health, DAGs, runs, pools, and why a task failed."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import httpx

from include.errors import LaunchError

RUN_PREFIX = "make_up__"
FINISHED = {"success", "failed"}
RUN_POLL_SECONDS = 1.0
# of a question; one that changes something is sent once
ATTEMPTS = 3


class AirflowApi:
    """A client with the login of the web page.

    Parameters
    ----------
    transport
        For tests: what answers in place of the network.
    """

    def __init__(self, url: str, username: str, password: str, transport: httpx.BaseTransport | None = None) -> None:
        self.url = url
        self._login = {"username": username, "password": password}
        # Proxies of the environment are for the world outside, not for our own loopback address.
        self._client = httpx.Client(base_url=url, timeout=30, trust_env=False, transport=transport)
        self._token: str | None = None

    def close(self) -> None:
        self._client.close()

    def version(self) -> str | None:
        """Airflow's version, or None while its API server does not answer as such."""
        try:
            answer = self._client.get("/api/v2/version", timeout=5)
            return str(answer.json()["version"]) if answer.is_success else None
        except (httpx.HTTPError, ValueError, KeyError, TypeError):
            return None

    def health(self) -> dict[str, str | None]:
        """The status of each process: "healthy", "unhealthy" or None; empty while the API server does not answer."""
        try:
            answer = self._client.get("/api/v2/monitor/health", timeout=5).raise_for_status().json()
        except (httpx.HTTPError, ValueError):
            return {}
        return {name: (entry or {}).get("status") for name, entry in answer.items()}

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        """An answer, whatever its status; the token is asked for first, and anew when it expired.

        Raises LaunchError where Airflow does not answer at all.
        """
        try:
            answer = self._asked(method, path, options)
            if answer.status_code == httpx.codes.UNAUTHORIZED:
                self._token = None
                answer = self._asked(method, path, options)
        except httpx.HTTPError as error:
            raise LaunchError(f"Airflow at {self.url} does not answer ({error}); `make up` starts it again.") from error
        return answer

    def _asked(self, method: str, path: str, options: dict[str, Any]) -> httpx.Response:
        """A busy machine may let a question time out that is answered the next time."""
        for _ in range(ATTEMPTS - 1 if method == "GET" else 0):
            with suppress(httpx.TimeoutException):
                return self._authorised(method, path, options)
        return self._authorised(method, path, options)

    def _authorised(self, method: str, path: str, options: dict[str, Any]) -> httpx.Response:
        if self._token is None:
            answer = self._client.post("/auth/token", json=self._login).raise_for_status()
            self._token = str(answer.json()["access_token"])
        headers = {"Authorization": f"Bearer {self._token}", **options.get("headers", {})}
        return self._client.request(method, f"/api/v2{path}", **{**options, "headers": headers})

    def json(self, method: str, path: str, **options: Any) -> dict[str, Any]:
        """The parsed answer; raises LaunchError where Airflow refuses the request."""
        answer = self.request(method, path, **options)
        if not answer.is_success:
            raise LaunchError(f"Airflow refused {method} {path}: {answer.status_code} {answer.text[:300]}")
        return dict(answer.json())

    def dag_ids(self) -> set[str]:
        """DAGs that were parsed and are in the folder now."""
        return {dag["dag_id"] for dag in self._dags()}

    def paused(self) -> set[str]:
        """Those of dag_ids that are turned off."""
        return {dag["dag_id"] for dag in self._dags() if dag["is_paused"]}

    def _dags(self) -> list[dict[str, Any]]:
        dags: list[dict[str, Any]] = self.json("GET", "/dags", params={"limit": 100})["dags"]
        return [dag for dag in dags if not dag["is_stale"]]

    def import_errors(self) -> list[str]:
        """One line for each DAG file that does not parse."""
        errors = self.json("GET", "/importErrors")["import_errors"]
        return [f"{error['filename']}: {last_words(error['stack_trace'])}" for error in errors]

    def unpause(self, dag_id: str) -> None:
        self.json("PATCH", f"/dags/{dag_id}", params={"update_mask": "is_paused"}, json={"is_paused": False})

    def ensure_pool(self, name: str, slots: int, description: str) -> None:
        """Makes the pool; one that is there keeps the slots that somebody gave it."""
        if self.request("GET", f"/pools/{name}").status_code == httpx.codes.NOT_FOUND:
            body = {"name": name, "slots": slots, "description": description}
            self.json("POST", "/pools", json=body)

    def is_due(self, dag_id: str) -> bool:
        """Whether its schedule lets a run begin as soon as it is not paused."""
        due = self.json("GET", f"/dags/{dag_id}")["next_dagrun_run_after"]
        return due is not None and datetime.fromisoformat(due) <= datetime.now(UTC)

    def unfinished_run(self, dag_id: str) -> str | None:
        """The newest run of `trigger` or of the schedule that waits or runs; not one that somebody made by hand."""
        params = {"state": ["running", "queued"], "order_by": "-run_after", "limit": 50}
        runs = self.json("GET", f"/dags/{dag_id}/dagRuns", params=params)["dag_runs"]
        ids = (str(run["dag_run_id"]) for run in runs)
        return next((run_id for run_id in ids if run_id.startswith((RUN_PREFIX, "scheduled__"))), None)

    def trigger(self, dag_id: str, conf: dict[str, Any] | None = None) -> str:
        """Starts a run and returns its id."""
        run_id = f"{RUN_PREFIX}{datetime.now(UTC).isoformat()}"
        body = {"dag_run_id": run_id, "logical_date": None, "conf": conf or {}}
        return str(self.json("POST", f"/dags/{dag_id}/dagRuns", json=body)["dag_run_id"])

    def run_state(self, dag_id: str, run_id: str) -> str:
        return str(self.json("GET", f"/dags/{dag_id}/dagRuns/{run_id}")["state"])

    def wait(self, dag_id: str, run_id: str, meanwhile: Callable[[], bool] = lambda: False) -> None:
        """Returns when the run succeeded, or `meanwhile`, which is called all the time, says that it has done enough.

        Raises
        ------
        LaunchError
            The run failed; the sentence names the task and repeats its error.
        """
        while (state := self.run_state(dag_id, run_id)) not in FINISHED:
            if meanwhile():
                return
            time.sleep(RUN_POLL_SECONDS)
        if state == "failed":
            raise LaunchError(self._why_failed(dag_id, run_id))

    def _why_failed(self, dag_id: str, run_id: str) -> str:
        path = f"/dags/{dag_id}/dagRuns/{run_id}/taskInstances"
        failed = self.json("GET", path, params={"state": ["failed"]})["task_instances"]
        if not failed:
            return f"The run {run_id} of the DAG {dag_id} failed before any task ran; look at {self.url}/dags/{dag_id}."
        task = failed[0]
        log = self.request(
            "GET",
            f"{path}/{task['task_id']}/logs/{task['try_number']}",
            params={"map_index": task["map_index"]},
            headers={"Accept": "application/json"},
        )
        reason = error_in_log(log.json().get("content", [])) if log.is_success else ""
        return f"The task {task['task_id']} of the DAG {dag_id} failed: {reason or f'see {self.url}/dags/{dag_id}'}"


def error_in_log(entries: list[Any]) -> str:
    """The text of the last exception in a task's log, without its traceback; empty where there is none."""
    for entry in reversed(entries):
        details = entry.get("error_detail") if isinstance(entry, dict) else None
        if details:
            return str(details[0].get("exc_value") or details[0].get("exc_type"))
    errors = [entry for entry in entries if isinstance(entry, dict) and entry.get("level") in {"error", "critical"}]
    return str(errors[-1]["event"]) if errors else ""


def last_words(text: str) -> str:
    """The last line of a traceback."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else ""
