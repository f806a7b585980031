"""Checks of settings, source, warehouse and champions; each that fails says what to do."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta

from include.cortex.client import CortexClient
from include.cortex.minutes import MINUTE, fetch_minutes
from include.delays import measure_delays
from include.errors import CortexSignalsError
from include.ingest import floor_minute
from include.parity import parity
from include.pipeline import Pipeline
from include.status import status
from include.warehouse import reports, timescale
from include.warehouse.migrate import pending
from include.warehouse.minutes import known_limits, known_source
from include.warehouse.schema_drift import compare

SAMPLE = timedelta(hours=2)
ALIKE = 1e-6  # relative: recorded and computed by one engine from the same samples
WATCHED_SECONDS = 130.0

ROLES = """CREATE ROLE market_writer NOLOGIN; CREATE ROLE market_reader NOLOGIN; -- those that are not there yet
ALTER ROLE market_reader SET statement_timeout = '60s'; GRANT market_writer, market_reader TO "{login}";"""


# How the way to the warehouse is protected, as include/warehouse/tls.py tells it.
WAYS = {
    None: (True, "it is on this machine"),
    "checked": (True, "encrypted, and the server's certificate is checked"),
    "encrypted": (
        None,
        "encrypted, but the server's certificate is not checked: who is in between could be the server",
    ),
    "plain": (
        None,
        "not encrypted: who is in between reads the password's exchange and all rows, and could be the server",
    ),
}


@dataclass(frozen=True)
class Check:
    """One finding: `ok` None is for information, False needs the `fix`."""

    name: str
    ok: bool | None
    found: str
    fix: str = ""

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


def doctor(pipeline: Pipeline, *, delays: bool = False) -> list[Check]:
    """All checks, whatever fails; with `delays` also when each metric's samples come, which takes up to two minutes."""
    checks: list[Check] = []
    for look in (_settings, _source, _server, _schema, _same_source, _limits, _gaps, _champions):
        checks += _guarded(look, pipeline)
    return checks + (_guarded(_delays, pipeline) if delays else [])


def _guarded(look: Callable[[Pipeline], Iterator[Check]], pipeline: Pipeline) -> list[Check]:
    """The checks of one kind; an expected error is a failed check that carries its own sentence."""
    found: list[Check] = []
    try:
        found += look(pipeline)
    except CortexSignalsError as error:
        found.append(Check(look.__name__.strip("_").replace("_", " "), False, str(error)))
    return found


def _settings(pipeline: Pipeline) -> Iterator[Check]:
    settings = pipeline.settings
    yield Check(
        "settings",
        True,
        f"{len(settings.symbols)} symbols, {len(settings.metrics)} metrics, {len(settings.signals.live)} live cells",
    )
    from include.models.candidates import RECIPES  # imports what trains, which no other check needs

    unknown = [name for name in settings.training.candidates if name not in RECIPES]
    if unknown:
        yield Check(
            "candidates",
            False,
            f"{', '.join(unknown)} unknown",
            f"name some of {', '.join(RECIPES)} in training.candidates",
        )


def _source(pipeline: Pipeline) -> Iterator[Check]:
    if pipeline.cortex.is_exposed:
        yield Check(
            "way to Cortex",
            None,
            "the login goes to another machine unencrypted",
            "give CORTEX_URL (in Airflow, the connection cortex) an address that begins with https://",
        )
    with pipeline.source() as client:
        identity = client.identity()
        yield Check("source", True, f"{pipeline.cortex.url} answers: {identity}")
        apart = abs((client.time() - datetime.now(UTC)).total_seconds())
        if identity.kind == "cortex":
            yield Check("clocks", apart < 2, f"source and this machine differ by {apart:.1f} s", "set both by NTP")
        now = pipeline.now(client, identity)
        yield from _series(pipeline, client, now)
        yield from _parity(pipeline, client, now)


def _series(pipeline: Pipeline, client: CortexClient, now: datetime) -> Iterator[Check]:
    end = floor_minute(now)
    for symbol in pipeline.settings.symbols:
        minutes = fetch_minutes(client, symbol, pipeline.settings.metrics, end - 10 * MINUTE, end)
        held = {column: minutes.count(column) for column in pipeline.settings.metrics}
        lacking = [f"{column} ({count} of 10)" for column, count in held.items() if count < 10]
        yield Check(
            f"series of {symbol.name}",
            not lacking,
            "every metric in each of the last 10 minutes" if not lacking else f"missing minutes: {', '.join(lacking)}",
            "compare [[symbols]], [metrics] and CORTEX_TENANT with the source; late series need a longer time.settle_deadline_seconds",
        )


def _parity(pipeline: Pipeline, client: CortexClient, now: datetime) -> Iterator[Check]:
    """Recorded values against their expressions, over a sample of two hours."""
    end = floor_minute(now) - 5 * MINUTE
    for symbol in pipeline.settings.symbols:
        found = [
            one for one in parity(client, symbol, dict(pipeline.settings.metrics), end - SAMPLE, end) if one.minutes
        ]
        if not found:
            continue
        worst = max(found, key=lambda one: one.largest)
        yield Check(
            f"rules of {symbol.name}",
            True if worst.largest < ALIKE else None,
            f"{len(found)} rules against their expressions over 2 hours: the largest relative difference is {worst.largest:.1e} "
            f"({worst.metric.column} at {worst.at:%H:%M} UTC)",
            "compare the expression in [metrics] with the recording rule; a ruler that evaluates between the minutes' ends, or a "
            "Prometheus before 3 that recorded for another engine, differs as well",
        )


def _delays(pipeline: Pipeline) -> Iterator[Check]:
    """When each metric's samples come, and what time.settle_delay_seconds and settle_deadline_seconds should be."""
    settings = pipeline.settings
    with pipeline.source() as client:
        identity = client.identity()
        for symbol in settings.symbols:
            found = measure_delays(
                client, symbol, dict(settings.metrics), lambda: pipeline.now(client, identity), WATCHED_SECONDS
            )
            for one in found:
                deadline = settings.metrics[one.column].deadline.total_seconds()
                waited = one.offset + (one.delay or 0.0) if one.offset < 1 else one.delay or 0.0
                came = "no new sample came" if one.delay is None else f"readable {one.delay:.0f} s later"
                yield Check(
                    f"delay of {symbol.name} {one.column}",
                    one.delay is not None and waited <= deadline,
                    f"a sample each {one.interval:.0f} s, {one.offset:.0f} s after the full minute, {came}",
                    f"set settle_deadline_seconds = {math.ceil(waited) + 5} for it in [metrics] (now {deadline:.0f})",
                )
            bases = [one.delay or 0.0 for one in found if settings.metrics[one.column].expression is None]
            if bases:
                yield Check(
                    f"settle delay of {symbol.name}",
                    None,
                    f"base metrics were readable {max(bases):.0f} s after their time at the latest",
                    f"time.settle_delay_seconds = {math.ceil(max(bases)) + 1} asks for a minute when it is there",
                )


def _limits(pipeline: Pipeline) -> Iterator[Check]:
    known = known_limits(pipeline.warehouse)
    text = ", ".join(f"{fitted} {name}" for name, fitted in sorted(known.items()))
    yield Check(
        "limits", None, f"the source was found to allow {text} a request" if known else "none met in the last week"
    )


def _gaps(pipeline: Pipeline) -> Iterator[Check]:
    """What is missing, by the reason why."""
    reasons = reports.gap_reasons(pipeline.warehouse)
    if not reasons:
        yield Check("gaps", True, "no minute of any metric is missing between the first and the last")
    for reason, runs in reasons.items():
        unasked = "cortex-signals repair" in reason
        yield Check("gaps", None, f"{runs:,} runs: {reason}", "run `cortex-signals repair`" if unasked else "")


def _server(pipeline: Pipeline) -> Iterator[Check]:
    server = reports.server(pipeline.warehouse)
    yield Check(
        "warehouse", True, f"PostgreSQL {server['version']}, database {server['database']}, login {server['login']}"
    )
    is_safe, found = WAYS[server["protection"]]
    yield Check(
        "way to the warehouse",
        is_safe,
        found,
        "set sslmode=verify-full in WAREHOUSE_DSN (in Airflow, in the extra of the connection warehouse), once the server has a certificate",
    )
    if server["public_is_open"]:
        yield Check(
            "schema public",
            None,
            "every login may make functions and tables in it, which the owner's queries could meet",
            "an administrator may run: REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        )
    for ok, found, fix in timescale.report(pipeline.warehouse, pipeline.settings.timescale):
        yield Check("TimescaleDB", ok, found, fix)
    missing = [role for role in ("market_writer", "market_reader") if role not in server["roles"]]
    yield Check(
        "roles",
        None if missing else True,
        f"this login may not act as {' and '.join(missing)}: all runs under the login"
        if missing
        else "the pipeline writes as market_writer and reads as market_reader",
        f"an administrator may run: {ROLES.format(login=server['login'])} then `cortex-signals migrate`",
    )


def _schema(pipeline: Pipeline) -> Iterator[Check]:
    waiting = pending(pipeline.warehouse)
    yield Check(
        "schema",
        not waiting,
        f"{pipeline.warehouse.schema} is up to date" if not waiting else f"not applied: {', '.join(waiting)}",
        "run `cortex-signals migrate`",
    )
    yield from _drift(pipeline)


def _drift(pipeline: Pipeline) -> Iterator[Check]:
    """What somebody changed in the schema since the last migrate."""
    found = compare(pipeline.warehouse)
    if not found.drift:
        yield Check("drift", True, f"{found.recorded} objects stand as migrate left them")
    for one in found.drift:
        yield Check("drift", False, one.found, one.fix)
    if found.others:
        names = ", ".join(f"{one.kind} {one.name}" for one in found.others)
        yield Check("drift", None, f"in the schema and not made by migrate: {names}")


def _same_source(pipeline: Pipeline) -> Iterator[Check]:
    known = known_source(pipeline.warehouse)
    with pipeline.source() as client:
        identity = client.identity()
    if known:
        same = known == (identity.kind, identity.name)
        yield Check(
            "same source",
            same,
            f"the warehouse holds {known[0]} ({known[1]})",
            "set WAREHOUSE_DSN to another database, or --adopt-source",
        )


def _champions(pipeline: Pipeline) -> Iterator[Check]:
    state = status(pipeline)
    yield Check(
        "champions",
        state["champions"] == state["live_cells"],
        f"{state['champions']} of {state['live_cells']} live cells have one",
        "run `cortex-signals train`",
    )
