"""Loads of one new minute, as the live pipeline makes them: of one symbol with everything loaded, and of fifty."""

from __future__ import annotations

import json
import time
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg

from bench.ingest.loads import Place
from bench.ingest.span import MANY_SYMBOLS, MINUTE, Span
from bench.processes import cortex_signals
from include.ingest import ingest
from include.pipeline import Pipeline, from_environment
from include.settings import PACKAGE, read_environment

WARMING = 10
MANY_MINUTES = 10
MANY_LOADED = timedelta(hours=1)  # held of each of the fifty before the minute that is measured


@dataclass(frozen=True)
class Minute:
    """One minute's load: all of it, and the part that was spent in PostgreSQL or on the way to it, connecting included."""

    wall_seconds: float
    database_seconds: float
    connecting_seconds: float


def one_minute_each(place: Place, after: datetime, minutes: int) -> list[Minute]:
    """So many successive minutes from `after` on, each by a call of its own, once the first few have warmed it."""
    pipeline = _pipeline(place.environment())
    untils = [after + number * MINUTE for number in range(WARMING + minutes)]
    return [_one_minute(pipeline, until, new=1) for until in untils][WARMING:]


def many_symbols(place: Place, last: datetime) -> tuple[list[Minute], float]:
    """Minutes of all fifty symbols after `last`, by calls; and the wall seconds of the next as a command of its own."""
    environment = place.environment() | {"CORTEX_SIGNALS_SETTINGS": str(_settings_of_many(place.home))}
    held = Span(last - MANY_LOADED, last + MINUTE)
    cortex_signals(environment, "backfill", "--from", held.start.isoformat(), "--to", held.end.isoformat())
    pipeline = _pipeline(environment)
    untils = [last + number * MINUTE for number in range(1, MANY_MINUTES + 2)]
    minutes = [_one_minute(pipeline, until, new=len(MANY_SYMBOLS)) for until in untils[:-1]]
    run = cortex_signals(environment, "ingest", "--until", untils[-1].isoformat())
    assert run.answer["minutes_new"] == len(MANY_SYMBOLS), run.answer
    return minutes, run.wall_seconds


def _settings_of_many(folder: Path) -> Path:
    """The shipped settings with fifty symbols, as JSON, which is YAML."""
    settings = tomllib.loads((PACKAGE / "settings.toml").read_text(encoding="utf-8"))
    settings["symbols"] = [{"name": name, "label": "symbol", "value": name} for name in MANY_SYMBOLS]
    file = folder / "settings.yaml"
    file.write_text(json.dumps(settings), encoding="utf-8")
    return file


def _pipeline(environment: dict[str, str]) -> Pipeline:
    return from_environment(read_environment(environment))


def _one_minute(pipeline: Pipeline, until: datetime, new: int) -> Minute:
    with _database_seconds() as (connecting, exchanging):
        began = time.monotonic()
        loaded = ingest(pipeline, until)
        wall = time.monotonic() - began
    assert loaded.minutes_new == new, loaded
    assert exchanging, "the loader talks to PostgreSQL by another driver than is timed here"
    return Minute(wall, sum(connecting) + sum(exchanging), sum(connecting))


@contextmanager
def _database_seconds() -> Iterator[tuple[list[float], list[float]]]:
    """The lists get the seconds of each connection made, and of each exchange over one: statements, COPY, commits."""
    connecting: list[float] = []
    exchanging: list[float] = []
    connect, wait = psycopg.connect, psycopg.Connection.wait
    psycopg.connect = _timed(connect, connecting)
    psycopg.Connection.wait = _timed(wait, exchanging)  # type: ignore[method-assign]
    try:
        yield connecting, exchanging
    finally:
        psycopg.connect = connect
        psycopg.Connection.wait = wait  # type: ignore[method-assign]


def _timed(function: Callable[..., Any], spent: list[float]) -> Callable[..., Any]:
    def call(*args: Any, **options: Any) -> Any:
        began = time.monotonic()
        try:
            return function(*args, **options)
        finally:
            spent.append(time.monotonic() - began)

    return call
