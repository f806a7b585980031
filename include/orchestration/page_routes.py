"""The routes of the page 'Signals', below /signals/ of Airflow's API server.

A mounted app is open to anyone unless it asks for the login itself: every route does, and for the right to read the DAG
predict_signals. All read the warehouse as market_reader, each statement three seconds at most, a few reads at once.
One route writes a row, the kill switch: for those who may edit that DAG, and for requests of this page alone.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

import orjson
from airflow.api_fastapi.core_api.security import GetUserDep, get_user, requires_access_dag
from airflow.configuration import conf
from airflow.models.connection import Connection as AirflowConnection
from airflow.sdk.exceptions import AirflowNotFoundException
from anyio import CapacityLimiter, to_thread
from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.responses import HTMLResponse, Response, StreamingResponse
from fastapi.staticfiles import StaticFiles

from include.errors import AskedWrongly, CortexSignalsError, SettingsError, UnknownModel
from include.model_card.card import model_card, models_page, sorry_page
from include.orchestration.connections import warehouse_dsn
from include.settings import PACKAGE, Settings, load_settings
from include.warehouse.connection import Connection, Warehouse, limit_time
from include.warehouse.page import page_state
from include.warehouse.page_coverage import cell_coverage
from include.warehouse.page_file import signals_csv
from include.warehouse.page_pipeline import pipeline_health
from include.warehouse.page_question import PageCell, asked_cell, asked_file_span, asked_symbol
from include.warehouse.page_rows import STATEMENT_TIMEOUT, Row, read_page
from include.warehouse.page_scores import cell_leaderboard, cell_performance
from include.warehouse.page_series import asked_hours, cell_series
from include.warehouse.scoring import append_switch
from include.warehouse.scoring import switches as kill_switches

FILES = PACKAGE / "page"
SERVED = (".css", ".js")
DAG_ID = "predict_signals"
KEPT_SECONDS = 2.0
READS_AT_ONCE = 3
LONGEST_REASON = 300
LARGEST_BODY = 4096

UNSEEN = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin"}
CLOSED = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
HEADERS = {
    **UNSEEN,
    "Content-Security-Policy": f"{CLOSED}; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'",
}
CARD_HEADERS = {**UNSEEN, "Content-Security-Policy": f"{CLOSED}; style-src 'unsafe-inline'"}
FILE_HEADERS = {**UNSEEN, "Cache-Control": "no-cache"}

may_read = requires_access_dag("GET", param_dag_id=DAG_ID)
may_edit = requires_access_dag("PUT", param_dag_id=DAG_ID)


def create_app() -> FastAPI:
    """The routes, all behind Airflow's login and the right to read predict_signals."""
    app = FastAPI(dependencies=[Depends(get_user), Depends(may_read)], docs_url=None, redoc_url=None, openapi_url=None)
    reads = CapacityLimiter(READS_AT_ONCE)

    async def json(read: Callable[[], Any]) -> Response:
        return await as_json(read, reads)

    def of_cell(read: Callable[[Connection, PageCell], Row]) -> Callable[..., Any]:
        async def route(symbol: str = "", horizon: str = "", threshold: str = "") -> Response:
            return await json(lambda: read_cell(read, symbol, horizon, threshold))

        return route

    page_routes(app, reads)
    switch_routes(app)
    newest, one_read = NewestState(), CapacityLimiter(1)

    @app.get("/state", response_model=None)
    async def state() -> Response:
        status, body = await to_thread.run_sync(newest.read, limiter=one_read)
        return Response(body, status, HEADERS, "application/json")

    @app.get("/series", response_model=None)
    async def series(symbol: str = "", horizon: str = "", threshold: str = "", hours: str = "") -> Response:
        return await json(
            lambda: read_cell(lambda c, cell: cell_series(c, cell, asked_hours(hours)), symbol, horizon, threshold)
        )

    app.get("/coverage", response_model=None)(of_cell(cell_coverage))
    app.get("/leaderboard", response_model=None)(of_cell(cell_leaderboard))
    app.get("/performance", response_model=None)(of_cell(cell_performance))

    @app.get("/pipeline", response_model=None)
    async def pipeline() -> Response:
        return await json(lambda: read(lambda connection, _: pipeline_health(connection)))

    @app.get("/signals.csv", response_model=None)
    async def signals_file(request: Request, symbol: str = "", horizon: str = "", threshold: str = "") -> Response:
        since, until = request.query_params.get("from", ""), request.query_params.get("to", "")
        return await file_of(lambda: begun_file(symbol, horizon, threshold, since, until), reads)

    return app


def switch_routes(app: FastAPI) -> None:
    """The kill switch; it waits for no other read, and turning it for nobody who looks."""
    one_look, one_act = CapacityLimiter(1), CapacityLimiter(1)

    @app.get("/kill-switch", response_model=None)
    async def kill_switch(request: Request, user: GetUserDep) -> Response:
        return await as_json(lambda: {"may_set": is_allowed(request, user), "switches": read(switches)}, one_look)

    @app.post("/kill-switch", response_model=None, dependencies=[Depends(may_edit), Depends(same_origin)])
    async def set_kill_switch(request: Request, user: GetUserDep) -> Response:
        body = await small_body(request)
        return await as_json(lambda: turn_switch(body, user.get_name()), one_act)


def page_routes(app: FastAPI, reads: CapacityLimiter) -> None:
    """What is shown as it is: the page, its styles and scripts, and the cards of models."""
    files = StaticFiles(directory=FILES)

    @app.get("/", response_model=None)
    def page() -> Response:
        return HTMLResponse((FILES / "page.html").read_text(encoding="utf-8"), headers=HEADERS)

    @app.get("/files/{path:path}", response_model=None)
    async def file(path: str, request: Request) -> Response:
        if not path.endswith(SERVED):
            raise HTTPException(404)
        found = await files.get_response(path, request.scope)
        found.headers.update(FILE_HEADERS)
        return found

    @app.get("/models", response_model=None)
    async def models(ids: str = "") -> Response:
        status, html = await to_thread.run_sync(read_models, ids, limiter=reads)
        return HTMLResponse(html, status, CARD_HEADERS)

    @app.get("/models/{model_id}", response_model=None)
    async def model(model_id: str) -> Response:
        status, html = await to_thread.run_sync(read_card, model_id, limiter=reads)
        return HTMLResponse(html, status, CARD_HEADERS)


class NewestState:
    """What the page asks for most, read at most once every two seconds however many look at it; one caller at a time."""

    def __init__(self) -> None:
        self._kept: tuple[int, bytes] = (503, b"")
        self._until = 0.0

    def read(self) -> tuple[int, bytes]:
        """As `answer`; an error is kept as long, so that a warehouse that is down is not asked by everybody."""
        if monotonic() >= self._until:
            self._kept = answer(read_state)
            self._until = monotonic() + KEPT_SECONDS
        return self._kept


def read_state() -> Row:
    settings = load_settings()
    return page_state(warehouse(settings.schema), settings)


async def as_json(read: Callable[[], Any], limiter: CapacityLimiter) -> Response:
    status, body = await to_thread.run_sync(answer, read, limiter=limiter)
    return Response(body, status, HEADERS, "application/json")


def answer(read: Callable[[], Any]) -> tuple[int, bytes]:
    """HTTP status and JSON: what was read, or the sentence that says what is wrong."""
    try:
        return 200, orjson.dumps(read())
    except CortexSignalsError as error:
        return refusal(error)


def refusal(error: CortexSignalsError) -> tuple[int, bytes]:
    return 400 if isinstance(error, AskedWrongly) else 503, orjson.dumps({"error": str(error)})


def read(read_rows: Callable[[Connection, Settings], Any]) -> Any:
    settings = load_settings()
    return read_page(warehouse(settings.schema), lambda connection: read_rows(connection, settings))


def read_cell(read_rows: Callable[[Connection, PageCell], Row], symbol: str, horizon: str, threshold: str) -> Row:
    settings = load_settings()
    cell = asked_cell(settings, symbol, horizon, threshold)
    found: Row = read_page(warehouse(settings.schema), lambda connection: read_rows(connection, cell))
    return found


def switches(connection: Connection, settings: Settings) -> list[Row]:
    return [switch.as_dict() for switch in kill_switches(connection)]


def is_allowed(request: Request, user: Any) -> bool:
    """Whether the user may turn the kill switch: whoever may edit predict_signals."""
    try:
        may_edit(request, user)
    except HTTPException:
        return False
    return True


def same_origin(request: Request) -> None:
    """Refuses what another site's page sends with the user's cookie, and what is not JSON, which a form cannot be."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise HTTPException(415, "The kill switch is turned by JSON: Content-Type: application/json.")
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    own = {request.headers.get("host"), urlsplit(conf.get("api", "base_url", fallback="")).netloc} - {"", None}
    if site not in {None, "same-origin"} or (origin is not None and urlsplit(origin).netloc not in own):
        raise HTTPException(403, "The kill switch is turned from Airflow's own address, [api] base_url, alone.")


async def small_body(request: Request) -> bytes:
    """The body; 413 where it is larger than a switch needs."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST_BODY:
            raise HTTPException(413, f"The kill switch takes {LARGEST_BODY} bytes at most.")
    return body


def turn_switch(body: bytes, set_by: str) -> Row:
    """Append the act that the JSON names; raises AskedWrongly where it names none."""
    settings = load_settings()
    try:
        asked = orjson.loads(body)
        is_on, reason, symbol = asked["is_on"], asked["reason"].strip(), asked["symbol"]
    except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
        raise AskedWrongly(
            "The kill switch takes is_on (true or false), symbol (null: all of them) and reason."
        ) from error
    if not isinstance(is_on, bool) or not 1 <= len(reason) <= LONGEST_REASON or not reason.isprintable():
        raise AskedWrongly(f"is_on is true or false, and reason a line of 1 to {LONGEST_REASON} characters.")
    symbol = asked_symbol(settings, symbol)
    with warehouse(settings.schema).transaction("writer") as connection:
        limit_time(connection, STATEMENT_TIMEOUT)
        return append_switch(connection, symbol, is_on, reason, set_by).as_dict()


async def file_of(begin: Callable[[], tuple[str, str, Iterator[str]]], limiter: CapacityLimiter) -> Response:
    """The file that `begin` begins; the limiter holds for each of its pages, and for no longer, however slow the reader."""
    try:
        name, first, parts = await to_thread.run_sync(begin, limiter=limiter)
    except CortexSignalsError as error:
        status, body = refusal(error)
        return Response(body, status, HEADERS, "application/json")
    headers = {**UNSEEN, "Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(paged(first, parts, limiter), 200, headers, "text/csv")


async def paged(first: str, parts: Iterator[str], limiter: CapacityLimiter) -> AsyncIterator[str]:
    part: str | None = first
    while part is not None:
        yield part
        part = await to_thread.run_sync(next, parts, None, limiter=limiter)


def begun_file(symbol: str, horizon: str, threshold: str, since: str, until: str) -> tuple[str, str, Iterator[str]]:
    """Name, first page and later pages of a cell's CSV: the first is read before the answer begins, so that an error is one."""
    settings = load_settings()
    cell = asked_cell(settings, symbol, horizon, threshold)
    start, end = asked_file_span(since, until)
    parts = signals_csv(warehouse(settings.schema), cell, start, end)
    name = f"signals_{cell.symbol}_{cell.horizon_minutes}m_{start:%Y%m%dT%H%M}_{end:%Y%m%dT%H%M}.csv"
    return name, next(parts), parts


def read_models(ids: str) -> tuple[int, str]:
    """HTTP status and HTML: the index of all models, or of those whose numbers stand in `ids` between commas."""
    asked = [int(number) for number in ids.split(",") if is_number(number)]
    return read_html(lambda connection: models_page(connection, asked if ids else None))


def read_card(model_id: str) -> tuple[int, str]:
    """HTTP status and HTML of a model's card; 404 where no model has the number."""
    if not is_number(model_id):
        return 404, sorry_page("The address of a model's card ends with the model's number.", "../models")
    return read_html(lambda connection: model_card(connection, int(model_id), index="../models"), "../models")


def is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 20


def read_html(page: Callable[[Connection], str], index: str | None = None) -> tuple[int, str]:
    """The page, read in one snapshot as the reader; else the sentence that says what is wrong, as a page."""
    try:
        return 200, read_page(warehouse(load_settings().schema), page)
    except UnknownModel as error:
        return 404, sorry_page(str(error), index)
    except CortexSignalsError as error:
        return 503, sorry_page(str(error), index)


def warehouse(schema: str) -> Warehouse:
    """The connection `warehouse` as the API server finds it: environment, secrets backend or metadata database."""
    try:
        connection = AirflowConnection.get_connection_from_secrets("warehouse")
    except AirflowNotFoundException as error:
        raise SettingsError(
            "Airflow has no connection warehouse; make it under Admin, Connections, or set AIRFLOW_CONN_WAREHOUSE."
        ) from error
    return Warehouse(warehouse_dsn(connection), schema)
