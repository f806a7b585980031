"""The query API of Cortex over a market, at `/prometheus/api/v1` and at `/api/v1`; its newest samples at `/metrics`."""

from __future__ import annotations

import socket
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import cast
from urllib.parse import parse_qsl

import numpy as np
import uvicorn
from starlette.datastructures import QueryParams
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from include.errors import LaunchError
from include.lab import answers
from include.lab.absence import held
from include.lab.answers import (
    BadData,
    BlocksMissing,
    ConnectionDropped,
    ExecutionFailed,
    Labels,
    NoOrgId,
    Refusal,
    TimedOut,
    TooManyRequests,
)
from include.lab.clock import LabClock
from include.lab.connection import Application, dropped
from include.lab.engine import Evaluation, raw_samples
from include.lab.faults import Faults
from include.lab.layout import Layout
from include.lab.limits import Limits
from include.lab.market import Floats, Integers, Market
from include.lab.promql import Aggregation, Call, Expression, RangeSelector, Selector, parse, parse_duration_ms, type_of
from include.lab.publication import Publication, View, publish
from include.lab.series import BASES, LAB_INFO

ROOTS = ("/prometheus", "")
HOST = "127.0.0.1"
# of all series of one answer: about 35 MB of JSON
MAX_RAW_SAMPLES = 1_000_000
# epoch seconds beyond which milliseconds are no longer exact in a double
FURTHEST_SECONDS = 2**53 / 1000
# by status, what a share of the requests can be answered with
ERRORS: Mapping[int, type[Refusal]] = {429: TooManyRequests, 500: BlocksMissing, 503: TimedOut}


# one series of an answer: its labels, times in epoch milliseconds, and values
Answered = tuple[answers.Labels, Integers, Floats]


def create_app(
    market: Market,
    clock: LabClock,
    tenant: str | None = None,
    since: float | None = None,
    *,
    layout: Layout | None = None,
    faults: Faults | None = None,
    limits: Limits | None = None,
    further: Mapping[str, Market] | None = None,
) -> Application:
    """The lab as an ASGI application.

    Parameters
    ----------
    market
        What is published, under the layout's symbol.
    clock
        Lab time; nothing later than its now is visible.
    tenant
        The `X-Scope-OrgID` that sees the market; another one sees nothing, none is refused. None: the header is not
        looked at.
    since
        First visible sample time, epoch seconds; None: the market's first.
    layout
        How the series are labelled; None: `symbol="BTCUSDT"` and no more.
    faults
        What is wrong with samples and answers; None: nothing.
    limits
        How much one query may ask; None: as a Cortex without limits of its own.
    further
        Markets of further symbols, by symbol.
    """
    faults = faults or Faults()
    publication = publish(market, further or {}, layout or Layout(), faults)
    api = _Api(market, publication, _Troubles(faults), limits or Limits(), clock, tenant, since)
    return Application(
        routes=[
            *(route for root in ROOTS for route in _routes(f"{root}/api/v1", api)),
            Route("/metrics", api.exposition, methods=["GET"]),
        ],
        middleware=[Middleware(GZipMiddleware, minimum_size=1024, compresslevel=1)],
        exception_handlers={
            NoOrgId: _refused_in_plain_text,
            TooManyRequests: _refused_in_plain_text,
            Refusal: _refused,
            ConnectionDropped: dropped,
        },
    )


def serve(
    market: Market,
    clock: LabClock,
    *,
    port: int,
    host: str = HOST,
    tenant: str | None = None,
    since: float | None = None,
    layout: Layout | None = None,
    faults: Faults | None = None,
    limits: Limits | None = None,
    further: Mapping[str, Market] | None = None,
    announce: Callable[[str], None] = lambda address: None,
) -> None:
    """Serves the lab until SIGTERM or SIGINT.

    Parameters
    ----------
    port
        0 for any free one.
    host
        The address to listen on.
    announce
        Is given the API root once the port is bound.

    Raises
    ------
    LaunchError
        The port is in use.
    """
    listener = _listen(host, port)
    announce(f"http://{host}:{listener.getsockname()[1]}{ROOTS[0]}")
    config = uvicorn.Config(
        create_app(market, clock, tenant, since, layout=layout, faults=faults, limits=limits, further=further),
        log_level="warning",
        access_log=False,
        lifespan="off",
        # longer than a minute: a client that asks every minute keeps its connection
        timeout_keep_alive=75,
        timeout_graceful_shutdown=2,
    )
    uvicorn.Server(config).run(sockets=[listener])


def _listen(host: str, port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise LaunchError(
            f"The lab cannot listen on {host}:{port} ({error.strerror}); choose another port with --port."
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


class _Troubles:
    """Raises the error of the faults for their share of the requests, drawn one after another."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._random = np.random.default_rng(faults.seed)

    def meet(self) -> None:
        if self._faults.error_share and self._random.random() < self._faults.error_share:
            raise ERRORS[int(self._random.choice(self._faults.error_statuses))]


class _Api:
    """The endpoints. They run on the event loop: an answer is processor work that threads would only interleave."""

    def __init__(
        self,
        market: Market,
        publication: Publication,
        troubles: _Troubles,
        limits: Limits,
        clock: LabClock,
        tenant: str | None,
        since: float | None,
    ) -> None:
        self._market = market
        self._publication = publication
        self._troubles = troubles
        self._limits = limits
        self._clock = clock
        self._tenant = tenant
        self._since = since

    async def query(self, request: Request) -> Response:
        """Instant query: `query`, and `time`, by default the lab's now."""
        asked, now = await _parameters(request), self._clock.now()
        view = self._view(request, now, self._limits.oldest(now))
        expression = parse(asked.get("query", ""))
        at_ms = _milliseconds(asked, "time", now)
        return _json(answers.success(_instant(view, self._limits, expression, at_ms)))

    async def query_range(self, request: Request) -> Response:
        """Range query: `query` at `start`, `start + step`, …, `end`; both ends belong to it."""
        asked, now = await _parameters(request), self._clock.now()
        view = self._view(request, now)
        grid = _grid(self._limits, now, _milliseconds(asked, "start"), _milliseconds(asked, "end"), _step_ms(asked))
        expression = parse(asked.get("query", ""))
        if isinstance(expression, RangeSelector):
            raise BadData('invalid expression type "range vector" for range query, must be Scalar or instant Vector')
        found = _range(Evaluation(view, grid), expression, grid)
        self._limits.check_answer(_points(found))
        return _json(answers.success(_matrix(found)))

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
        self._view(request, self._clock.now())
        return _json(answers.success(self._buildinfo()))

    def _buildinfo(self) -> dict[str, object]:
        lab = {**self._lab(), "now": self._clock.now()}
        nothing = dict.fromkeys(("version", "revision", "branch", "buildUser", "buildDate", "goVersion"), "")
        return {"application": "cortex-signals lab", **nothing, "features": {}, "lab": lab}

    def _lab(self) -> dict[str, object]:
        """What tells this lab from others."""
        lab: dict[str, object] = {
            "kind": self._market.kind,
            "seed": self._market.seed,
            "file": self._market.file_sha256,
        }
        return lab | ({"market": self._market.variant} if self._market.variant else {})

    async def exposition(self, request: Request) -> Response:
        """The newest sample of each base series, with its own time, for a Prometheus that scrapes: no rules, no history.

        Beside them which lab it is, of the time of the scrape, for who reads them from where they are kept.
        """
        now = self._clock.now()
        newest = self._view(request, now).newest(BASES, round(1000 * now))
        samples: list[tuple[Labels, float, int | None]] = list(newest)
        if samples:
            lab = {name: str(value) for name, value in self._lab().items() if value is not None}
            samples.append(({"__name__": LAB_INFO, **lab}, 1.0, None))
        return PlainTextResponse("".join(answers.exposition(samples)))

    def _view(self, request: Request, now: float, oldest: float | None = None) -> View:
        """What the request's tenant may see at that lab time, epoch seconds, of the samples from `oldest` on."""
        self._troubles.meet()
        given = request.headers.get("X-Scope-OrgID")
        if self._tenant is not None and not given:
            raise NoOrgId("no org id")
        stranger = self._tenant is not None and given != self._tenant
        return View(self._publication, self._limits, self._since, -FURTHEST_SECONDS if stranger else now, oldest)

    def _label_sets(self, request: Request, asked: QueryParams) -> list[answers.Labels]:
        view = self._view(request, self._clock.now())
        start = _milliseconds(asked, "start", -FURTHEST_SECONDS)
        end = _milliseconds(asked, "end", FURTHEST_SECONDS)
        selectors = [_selector(text) for text in asked.getlist("match[]")] or [Selector(())]
        matching = [stream for selector in selectors for stream in view.matching(selector.matchers)]
        found = {
            tuple(stream.labels.items()) for stream in matching if view.has_samples(stream, start / 1000, end / 1000)
        }
        return [dict(labels) for labels in sorted(found)]


def _instant(view: View, limits: Limits, expression: Expression, at_ms: int) -> dict[str, object]:
    limits.check_range_selector(_range_ms(expression))
    if isinstance(expression, RangeSelector):
        return _raw(view, limits, expression, at_ms)
    at = np.array([at_ms], dtype=np.int64)
    evaluation = Evaluation(view, at)
    if type_of(expression) == "scalar":
        return answers.scalar(answers.points(at, evaluation.scalar(expression))[0])
    found = evaluation.vector(expression)
    return answers.vector([(series.labels, answers.points(at, series.values)[0]) for series in found])


def _range_ms(expression: Expression) -> int:
    """The length of the range selector in an expression, milliseconds; 0 for none."""
    if isinstance(expression, RangeSelector):
        return expression.range_ms
    return _range_ms(expression.argument) if isinstance(expression, Call | Aggregation) else 0


def _raw(view: View, limits: Limits, expression: RangeSelector, at_ms: int) -> dict[str, object]:
    if expression.range_ms / 60_000 * len(view.select(expression.selector.matchers)) > MAX_RAW_SAMPLES:
        raise ExecutionFailed("query processing would load too many samples into memory in query execution")
    found = [(labels, samples.times, samples.values) for labels, samples in raw_samples(view, expression, at_ms)]
    limits.check_answer(_points(found))
    return _matrix(found)


def _range(evaluation: Evaluation, expression: Expression, grid: Integers) -> list[Answered]:
    if type_of(expression) == "scalar":
        return [({}, grid, evaluation.scalar(expression))]
    found = [(series, held(series.values)) for series in evaluation.vector(expression)]
    return [(series.labels, grid[at], series.values[at]) for series, at in found]


def _points(found: list[Answered]) -> int:
    return sum(len(times) for _, times, _ in found)


def _matrix(found: list[Answered]) -> dict[str, object]:
    return answers.matrix([(labels, answers.points(times, values)) for labels, times, values in found])


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


def _grid(limits: Limits, now: float, start_ms: int, end_ms: int, step_ms: int) -> Integers:
    """start, start + step, … up to and including end; `now` is lab time, epoch seconds."""
    if end_ms < start_ms:
        raise BadData('invalid parameter "end": end timestamp must not be before start time')
    limits.check_resolution(start_ms, end_ms, step_ms)
    start_ms = limits.cut(start_ms, end_ms, now)
    limits.check_length(start_ms, end_ms)
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


async def _refused_in_plain_text(request: Request, error: Exception) -> Response:
    return PlainTextResponse(f"{error}\n", cast(Refusal, error).status)
