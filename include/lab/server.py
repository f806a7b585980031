"""The query API of Cortex over a market, at `/prometheus/api/v1` and at `/api/v1`."""

from __future__ import annotations

import socket
from collections.abc import Callable
from datetime import datetime
from typing import cast
from urllib.parse import parse_qsl

import numpy as np
import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import QueryParams
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from include.errors import LaunchError
from include.lab import answers
from include.lab.answers import BadData, ExecutionFailed, NoOrgId, Refusal
from include.lab.clock import LabClock
from include.lab.engine import Evaluation, raw_samples
from include.lab.market import Integers, Market
from include.lab.promql import Expression, RangeSelector, Selector, parse, parse_duration_ms, type_of
from include.lab.series import Querier

ROOTS = ("/prometheus", "")
HOST = "127.0.0.1"
MAX_POINTS = 11_000
# of all series of one answer: about 35 MB of JSON
MAX_RAW_SAMPLES = 1_000_000
# epoch seconds beyond which milliseconds are no longer exact in a double
FURTHEST_SECONDS = 2**53 / 1000


def create_app(market: Market, clock: LabClock, tenant: str | None = None, since: float | None = None) -> Starlette:
    """The lab as an ASGI application.

    Parameters
    ----------
    market
        What is published.
    clock
        Lab time; nothing later than its now is visible.
    tenant
        The `X-Scope-OrgID` that sees the market; another one sees nothing, none is refused. None: the header is not
        looked at.
    since
        First visible sample time, epoch seconds; None: the market's first.
    """
    api = _Api(market, clock, tenant, since)
    return Starlette(
        routes=[route for root in ROOTS for route in _routes(f"{root}/api/v1", api)],
        middleware=[Middleware(GZipMiddleware, minimum_size=1024, compresslevel=1)],
        exception_handlers={NoOrgId: _no_org_id, Refusal: _refused},
    )


def serve(
    market: Market,
    clock: LabClock,
    *,
    port: int,
    tenant: str | None = None,
    since: float | None = None,
    announce: Callable[[str], None] = lambda address: None,
) -> None:
    """Serves the lab on 127.0.0.1 until SIGTERM or SIGINT.

    Parameters
    ----------
    port
        0 for any free one.
    announce
        Is given the API root once the port is bound.

    Raises
    ------
    LaunchError
        The port is in use.
    """
    listener = _listen(port)
    announce(f"http://{HOST}:{listener.getsockname()[1]}{ROOTS[0]}")
    config = uvicorn.Config(
        create_app(market, clock, tenant, since),
        log_level="warning",
        access_log=False,
        lifespan="off",
        # longer than a minute: a client that asks every minute keeps its connection
        timeout_keep_alive=75,
        timeout_graceful_shutdown=2,
    )
    uvicorn.Server(config).run(sockets=[listener])


def _listen(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise LaunchError(
            f"The lab cannot listen on {HOST}:{port} ({error.strerror}); choose another port with --port."
        ) from error
    return listener


def _routes(base: str, api: _Api) -> list[Route]:
    endpoints = {
        "query": api.query,
        "query_range": api.query_range,
        "series": api.series,
        "labels": api.labels,
        "label/{name}/values": api.label_values,
        "status/buildinfo": api.buildinfo,
    }
    return [Route(f"{base}/{path}", endpoint, methods=["GET", "POST"]) for path, endpoint in endpoints.items()]


class _Api:
    """The endpoints. They run on the event loop: an answer is processor work that threads would only interleave."""

    def __init__(self, market: Market, clock: LabClock, tenant: str | None, since: float | None) -> None:
        self._market = market
        self._clock = clock
        self._tenant = tenant
        self._since = since

    async def query(self, request: Request) -> Response:
        """Instant query: `query`, and `time`, by default the lab's now."""
        asked, querier = await _parameters(request), self._querier(request)
        expression = parse(asked.get("query", ""))
        at_ms = _milliseconds(asked, "time", self._clock.now())
        return _json(answers.success(_instant(querier, expression, at_ms)))

    async def query_range(self, request: Request) -> Response:
        """Range query: `query` at `start`, `start + step`, …, `end`; both ends belong to it."""
        asked, querier = await _parameters(request), self._querier(request)
        grid = _grid(_milliseconds(asked, "start"), _milliseconds(asked, "end"), _step_ms(asked))
        expression = parse(asked.get("query", ""))
        if isinstance(expression, RangeSelector):
            raise BadData('invalid expression type "range vector" for range query, must be Scalar or instant Vector')
        return _json(answers.success(_range(Evaluation(querier, grid), expression, grid)))

    async def series(self, request: Request) -> Response:
        """Label sets that match one of `match[]` between `start` and `end`."""
        asked = await _parameters(request)
        if not asked.getlist("match[]"):
            raise BadData("no match[] parameter provided")
        return _json(answers.success(self._label_sets(request, asked)))

    async def labels(self, request: Request) -> Response:
        """Label names."""
        found = self._label_sets(request, await _parameters(request))
        return _json(answers.success(sorted({name for labels in found for name in labels})))

    async def label_values(self, request: Request) -> Response:
        """Values of the label in the path."""
        found = self._label_sets(request, await _parameters(request))
        name = request.path_params["name"]
        return _json(answers.success(sorted({labels[name] for labels in found if name in labels})))

    async def buildinfo(self, request: Request) -> Response:
        """Prometheus's shape, and what the lab is under `lab`."""
        self._querier(request)
        return _json(answers.success(self._buildinfo()))

    def _buildinfo(self) -> dict[str, object]:
        lab = {
            "kind": self._market.kind,
            "seed": self._market.seed,
            "file": self._market.file_sha256,
            "now": self._clock.now(),
        }
        nothing = dict.fromkeys(("version", "revision", "branch", "buildUser", "buildDate", "goVersion"), "")
        return {"application": "cortex-signals lab", **nothing, "features": {}, "lab": lab}

    def _querier(self, request: Request) -> Querier:
        """What the request's tenant may see."""
        given = request.headers.get("X-Scope-OrgID")
        if self._tenant is not None and not given:
            raise NoOrgId("no org id")
        stranger = self._tenant is not None and given != self._tenant
        return Querier(self._market, self._since, -FURTHEST_SECONDS if stranger else self._clock.now())

    def _label_sets(self, request: Request, asked: QueryParams) -> list[answers.Labels]:
        querier = self._querier(request)
        start = _milliseconds(asked, "start", -FURTHEST_SECONDS)
        end = _milliseconds(asked, "end", FURTHEST_SECONDS)
        selectors = [_selector(text) for text in asked.getlist("match[]")] or [Selector(())]
        if not querier.has_samples(start / 1000, end / 1000):
            return []
        found = {labels["__name__"]: labels for selector in selectors for labels in querier.select(selector.matchers)}
        return [found[metric] for metric in sorted(found)]


def _instant(querier: Querier, expression: Expression, at_ms: int) -> dict[str, object]:
    if isinstance(expression, RangeSelector):
        return _raw(querier, expression, at_ms)
    at = np.array([at_ms], dtype=np.int64)
    evaluation = Evaluation(querier, at)
    if type_of(expression) == "scalar":
        return answers.scalar(answers.points(at, evaluation.scalar(expression))[0])
    found = evaluation.vector(expression)
    return answers.vector([(series.labels, answers.points(at, series.values)[0]) for series in found])


def _raw(querier: Querier, expression: RangeSelector, at_ms: int) -> dict[str, object]:
    if expression.range_ms / 60_000 * len(querier.select(expression.selector.matchers)) > MAX_RAW_SAMPLES:
        raise ExecutionFailed("query processing would load too many samples into memory in query execution")
    found = raw_samples(querier, expression, at_ms)
    return answers.matrix([(labels, answers.points(samples.times, samples.values)) for labels, samples in found])


def _range(evaluation: Evaluation, expression: Expression, grid: Integers) -> dict[str, object]:
    if type_of(expression) == "scalar":
        return answers.matrix([({}, answers.points(grid, evaluation.scalar(expression)))])
    held = [(series, ~np.isnan(series.values)) for series in evaluation.vector(expression)]
    return answers.matrix([(series.labels, answers.points(grid[at], series.values[at])) for series, at in held])


async def _parameters(request: Request) -> QueryParams:
    """Of the address and of the form body."""
    form = parse_qsl((await request.body()).decode("utf-8", "replace"), keep_blank_values=True)
    return QueryParams([*request.query_params.multi_items(), *form])


def _milliseconds(asked: QueryParams, name: str, default: float | None = None) -> int:
    """An instant given as epoch seconds or RFC 3339, as epoch milliseconds."""
    text = asked.get(name)
    if text is None and default is not None:
        return round(default * 1000)
    seconds = _number(text or "")
    seconds = _rfc3339(text or "") if seconds is None else seconds
    if seconds is None or not abs(seconds) <= FURTHEST_SECONDS:
        raise BadData(f'invalid parameter "{name}": cannot parse "{text or ""}" to a valid timestamp')
    return round(seconds * 1000)


def _step_ms(asked: QueryParams) -> int:
    text = asked.get("step", "")
    seconds = _number(text)
    milliseconds = parse_duration_ms(text) if seconds is None else _whole_milliseconds(seconds)
    if milliseconds is None:
        raise BadData(f'invalid parameter "step": cannot parse "{text}" to a valid duration')
    if milliseconds <= 0:
        raise BadData(
            'invalid parameter "step": zero or negative query resolution step widths are not accepted. '
            "Try a positive integer"
        )
    return milliseconds


def _whole_milliseconds(seconds: float) -> int | None:
    return int(seconds * 1e9) // 1_000_000 if abs(seconds) <= FURTHEST_SECONDS else None


def _grid(start_ms: int, end_ms: int, step_ms: int) -> Integers:
    """start, start + step, … up to and including end."""
    if end_ms < start_ms:
        raise BadData('invalid parameter "end": end timestamp must not be before start time')
    if (end_ms - start_ms) // step_ms > MAX_POINTS:
        raise BadData(
            "exceeded maximum resolution of 11,000 points per timeseries. "
            "Try decreasing the query resolution (?step=XX)"
        )
    return np.arange(start_ms, end_ms + 1, step_ms, dtype=np.int64)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _rfc3339(text: str) -> float | None:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        return None
    return instant.timestamp() if instant.tzinfo is not None else None


def _selector(text: str) -> Selector:
    expression = parse(text)
    if not isinstance(expression, Selector):
        raise BadData(f'invalid parameter "match[]": "{text}" is not a series selector')
    return expression


def _json(body: bytes, status: int = 200) -> Response:
    return Response(body, status, media_type="application/json")


async def _refused(request: Request, error: Exception) -> Response:
    refusal = cast(Refusal, error)
    return _json(answers.failure(refusal), refusal.status)


async def _no_org_id(request: Request, refusal: Exception) -> Response:
    return PlainTextResponse(f"{refusal}\n", NoOrgId.status)
