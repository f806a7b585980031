"""Bodies and refusals of the query API, in the words and with the status codes of Cortex."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np
import orjson

from include.lab.market import Floats, Integers

Labels = Mapping[str, str]


class Refusal(Exception):
    """The answer is an error; the text is what the caller reads."""

    status = 500
    error_type = "internal"


class BadData(Refusal):
    """The parameters or the expression cannot be understood."""

    status = 400
    error_type = "bad_data"


class ExecutionFailed(Refusal):
    """The expression is understood and cannot be evaluated."""

    status = 422
    error_type = "execution"


class NoOrgId(Refusal):
    """The lab has a tenant and the request names none."""

    status = 401


class TooManyRequests(Refusal):
    """The queue of queries is full."""

    status = 429

    def __init__(self) -> None:
        super().__init__("too many outstanding requests")


class BlocksMissing(Refusal):
    """The store lacks a block that the query needs."""

    def __init__(self) -> None:
        super().__init__("consistency check failed because some blocks were not queried")


class TimedOut(Refusal):
    """The query takes longer than it may."""

    status = 503
    error_type = "timeout"

    def __init__(self) -> None:
        super().__init__("query timed out in expression evaluation")


class ConnectionDropped(Exception):
    """There is no answer: the connection is closed."""


def success(data: object) -> bytes:
    return orjson.dumps({"status": "success", "data": data})


def failure(refusal: Refusal) -> bytes:
    return orjson.dumps({"status": "error", "errorType": refusal.error_type, "error": str(refusal)})


def points(times: Integers, values: Floats) -> list[tuple[float, str]]:
    """Pairs of epoch seconds and the value as text; `times` are epoch milliseconds."""
    return list(zip(_seconds(times), format_values(values), strict=True))


def matrix(series: list[tuple[Labels, list[tuple[float, str]]]]) -> dict[str, Any]:
    return {"resultType": "matrix", "result": [{"metric": labels, "values": values} for labels, values in series]}


def vector(series: list[tuple[Labels, tuple[float, str]]]) -> dict[str, Any]:
    return {"resultType": "vector", "result": [{"metric": labels, "value": value} for labels, value in series]}


def scalar(value: tuple[float, str]) -> dict[str, Any]:
    return {"resultType": "scalar", "result": value}


def exposition(samples: Iterable[tuple[Labels, float, int | None]]) -> Iterator[str]:
    """Lines of Prometheus' text format; times are epoch milliseconds, None: that of the scrape."""
    for labels, value, time in samples:
        # a JSON text of ASCII has the escapes of a label's value
        pairs = ",".join(f"{name}={orjson.dumps(text).decode()}" for name, text in labels.items() if name != "__name__")
        at = "" if time is None else f" {time}"
        yield f"{labels['__name__']}{{{pairs}}} {format_values(np.array([value]))[0]}{at}\n"


def format_values(values: Floats) -> list[str]:
    """The shortest decimal that reads back as the value, as Go writes it: no trailing `.0`, no exponent below 1e21."""
    if not len(values):
        return []
    text = orjson.dumps(np.ascontiguousarray(values), option=orjson.OPT_SERIALIZE_NUMPY).decode()
    texts = (text[1:-1] + ",").replace(".0,", ",")[:-1].split(",")
    # orjson has other words for NaN and for the very large and the very small
    for odd in (i for i, each in enumerate(texts) if "e" in each or each == "null"):
        texts[odd] = _format_odd(float(values[odd]))
    return texts


def _format_odd(value: float) -> str:
    if np.isnan(value):
        return "NaN"
    if np.isinf(value):
        return "+Inf" if value > 0 else "-Inf"
    if 1e-6 <= abs(value) < 1e21:
        return np.format_float_positional(value, trim="-")
    return repr(value)


def _seconds(times: Integers) -> list[float]:
    if (times % 1000).any():
        return [time // 1000 if time % 1000 == 0 else time / 1000 for time in times.tolist()]
    seconds: list[float] = (times // 1000).tolist()
    return seconds
