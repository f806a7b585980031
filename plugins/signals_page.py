"""The page 'Signals' of the web UI: registration and read-only routes under /signals/.

Every Airflow process loads this file, so FastAPI and the database driver are imported where only the API server comes.
A mounted app is open to anyone unless it asks for the login itself: all routes do, and for the right to read the DAG
predict_signals.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, ClassVar

from airflow.plugins_manager import AirflowPlugin

if TYPE_CHECKING:
    from fastapi import FastAPI, Response

    from include.warehouse.connection import Warehouse

PAGE = Path(__file__).with_name("signals_page.html")
DAG_ID = "predict_signals"
KEPT_SECONDS = 2.0
HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
}


class SignalsPage(AirflowPlugin):
    name = "signals"
    external_views: ClassVar[list[Any]] = [
        {
            "name": "Signals",
            "href": "signals/",  # relative to Airflow's base, which may be below a path
            "url_route": "signals",
            "destination": "nav",
            "nav_top_level": True,
        }
    ]

    @cached_property
    def fastapi_apps(self) -> list[Any]:
        """Built when the API server asks for it."""
        return [{"app": create_app(), "url_prefix": "/signals", "name": "signals"}]


def create_app() -> FastAPI:
    """The routes, all behind Airflow's login and the right to read predict_signals."""
    from airflow.api_fastapi.core_api.security import get_user, requires_access_dag
    from anyio import CapacityLimiter, to_thread
    from fastapi import Depends, FastAPI
    from fastapi.responses import HTMLResponse, Response

    guards = [Depends(get_user), Depends(requires_access_dag("GET", param_dag_id=DAG_ID))]
    app = FastAPI(dependencies=guards, docs_url=None, redoc_url=None, openapi_url=None)
    newest, one_read = NewestState(), CapacityLimiter(1)

    @app.get("/", response_model=None)
    def page() -> Response:
        return HTMLResponse(PAGE.read_text(encoding="utf-8"), headers=HEADERS)

    @app.get("/state", response_model=None)
    async def state() -> Response:
        status, body = await to_thread.run_sync(newest.read, limiter=one_read)
        return Response(body, status, HEADERS, "application/json")

    return app


class NewestState:
    """What the page shows, read at most once every two seconds however many look at it; one caller at a time."""

    def __init__(self) -> None:
        self._kept: tuple[int, bytes] = (503, b"")
        self._until = 0.0

    def read(self) -> tuple[int, bytes]:
        """HTTP status and JSON: the state, or 503 with the sentence that says what is wrong."""
        if monotonic() >= self._until:
            self._kept = read_state()
            self._until = monotonic() + KEPT_SECONDS
        return self._kept


def read_state() -> tuple[int, bytes]:
    import orjson

    from include.errors import CortexSignalsError
    from include.settings import load_settings
    from include.warehouse.page import page_state

    try:
        settings = load_settings()
        return 200, orjson.dumps(page_state(warehouse(settings.schema), settings))
    except CortexSignalsError as error:
        return 503, orjson.dumps({"error": str(error)})


def warehouse(schema: str) -> Warehouse:
    """The connection `warehouse` as the API server finds it: environment, secrets backend or metadata database."""
    from airflow.exceptions import AirflowNotFoundException
    from airflow.models.connection import Connection

    from include.errors import SettingsError
    from include.orchestration.connections import warehouse_dsn
    from include.warehouse.connection import Warehouse

    try:
        connection = Connection.get_connection_from_secrets("warehouse")
    except AirflowNotFoundException as error:
        raise SettingsError(
            "Airflow has no connection warehouse; make it under Admin, Connections, or set AIRFLOW_CONN_WAREHOUSE."
        ) from error
    return Warehouse(warehouse_dsn(connection), schema)
