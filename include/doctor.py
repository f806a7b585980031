"""Checks of settings, source, warehouse and champions; each that fails says what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from include.cortex.client import CortexClient
from include.cortex.minutes import MINUTE, fetch_minutes
from include.errors import CortexSignalsError
from include.ingest import floor_minute
from include.pipeline import Pipeline
from include.status import status
from include.warehouse import reports
from include.warehouse.migrate import pending
from include.warehouse.minutes import known_source

ROLES = """CREATE ROLE market_writer NOLOGIN; CREATE ROLE market_reader NOLOGIN; -- those that are not there yet
ALTER ROLE market_reader SET statement_timeout = '60s'; GRANT market_writer, market_reader TO "{login}";"""


@dataclass(frozen=True)
class Check:
    """One finding: `ok` None is for information, False needs the `fix`."""

    name: str
    ok: bool | None
    found: str
    fix: str = ""

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


def doctor(pipeline: Pipeline) -> list[Check]:
    """All checks, whatever fails."""
    checks: list[Check] = []
    for look in (_settings, _source, _server, _schema, _same_source, _champions):
        checks += _guarded(look, pipeline)
    return checks


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
    with pipeline.source() as client:
        identity = client.identity()
        yield Check("source", True, f"{pipeline.cortex.url} answers: {identity}")
        apart = abs((client.time() - datetime.now(UTC)).total_seconds())
        if identity.kind == "cortex":
            yield Check("clocks", apart < 2, f"source and this machine differ by {apart:.1f} s", "set both by NTP")
        now = pipeline.now(client, identity)
        yield from _series(pipeline, client, now)


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


def _server(pipeline: Pipeline) -> Iterator[Check]:
    server = reports.server(pipeline.warehouse)
    yield Check(
        "warehouse", True, f"PostgreSQL {server['version']}, database {server['database']}, login {server['login']}"
    )
    yield Check(
        "TimescaleDB",
        None,
        f"version {server['timescaledb']}; its features are not used yet"
        if server["timescaledb"]
        else "not there; not needed",
    )
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
