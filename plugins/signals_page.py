"""The page 'Signals' of the web UI: registration and read-only routes under /signals/.

Every Airflow process loads this file, so FastAPI and the database driver are imported where only the API server comes.
A mounted app is open to anyone unless it asks for the login itself: all routes do, and for the right to read the DAG
predict_signals.
"""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, ClassVar

from airflow.plugins_manager import AirflowPlugin

if TYPE_CHECKING:
    from collections.abc import Callable

    from fastapi import FastAPI, Response

    from include.warehouse.connection import Connection, Warehouse

PAGE = Path(__file__).with_name("signals_page.html")
DAG_ID = "predict_signals"
KEPT_SECONDS = 2.0
PATIENCE = timedelta(seconds=3)  # for each statement of a card
CARDS_AT_ONCE = 2
UNSEEN = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
CLOSED = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
HEADERS = {**UNSEEN, "Content-Security-Policy": f"{CLOSED}; script-src 'unsafe-inline'; connect-src 'self'"}
CARD_HEADERS = {**UNSEEN, "Content-Security-Policy": CLOSED}


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

    cards = CapacityLimiter(CARDS_AT_ONCE)

    @app.get("/models", response_model=None)
    async def models(ids: str = "") -> Response:
        status, html = await to_thread.run_sync(read_models, ids, limiter=cards)
        return HTMLResponse(html, status, CARD_HEADERS)

    @app.get("/models/{model_id}", response_model=None)
    async def model(model_id: str) -> Response:
        status, html = await to_thread.run_sync(read_card, model_id, limiter=cards)
        return HTMLResponse(html, status, CARD_HEADERS)

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


def read_models(ids: str) -> tuple[int, str]:
    """HTTP status and HTML: the index of all models, or of those whose numbers stand in `ids` between commas."""
    from include.model_card.card import models_page

    asked = [int(number) for number in ids.split(",") if is_number(number)]
    return read_page(lambda connection: models_page(connection, asked if ids else None))


def read_card(model_id: str) -> tuple[int, str]:
    """HTTP status and HTML of a model's card; 404 where no model has the number."""
    from include.model_card.card import model_card, sorry_page

    if not is_number(model_id):
        return 404, sorry_page("The address of a model's card ends with the model's number.", "../models")
    return read_page(lambda connection: model_card(connection, int(model_id), index="../models"), "../models")


def is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 20


def read_page(page: Callable[[Connection], str], index: str | None = None) -> tuple[int, str]:
    """The page, read in one snapshot as the reader; else the sentence that says what is wrong, as a page."""
    from include.errors import CortexSignalsError, UnknownModel
    from include.model_card.card import sorry_page
    from include.settings import load_settings
    from include.warehouse.connection import limit_time

    try:
        place = warehouse(load_settings().schema)
        with place.transaction("reader", one_snapshot=True) as connection:
            limit_time(connection, PATIENCE)
            return 200, page(connection)
    except UnknownModel as error:
        return 404, sorry_page(str(error), index)
    except CortexSignalsError as error:
        return 503, sorry_page(str(error), index)


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
