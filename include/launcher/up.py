"""`make up`: everything runs until signals appear, whatever an earlier run left."""

from __future__ import annotations

import shlex
import shutil
from dataclasses import dataclass

from include.errors import SettingsError
from include.launcher.airflow import USERNAME
from include.launcher.databases import check_dsn, check_warehouse
from include.launcher.files import read_json
from include.launcher.first_run import FirstRun
from include.launcher.home import Home
from include.launcher.plan import Plan, make_plan
from include.launcher.ports import choose_ports, remembered_ports
from include.launcher.source import choose_source, source_time
from include.launcher.stack import Stack, stop_everything
from include.launcher.supervision import Supervisor
from include.launcher.terminal import Terminal
from include.settings import Environment, Settings

QUERIES = {
    "the newest signal of each cell": (
        "SELECT ts, symbol, horizon_minutes, threshold, side, prediction, round(confidence::numeric, 3) AS confidence, "
        "reason FROM {schema}signals_latest ORDER BY symbol, horizon_minutes"
    ),
    "signals of the last minutes and how late they were": (
        "SELECT ts, count(*) AS signals, round(max(latency_seconds)::numeric, 2) AS latency_seconds FROM {schema}signals "
        "WHERE NOT is_shadow GROUP BY ts ORDER BY ts DESC LIMIT 10"
    ),
    "the models against their baselines": (
        "SELECT symbol, horizon_minutes, threshold, candidate, is_baseline, is_champion, "
        "round(log_loss_skill::numeric, 4) AS skill, events FROM {schema}model_leaderboard "
        "ORDER BY symbol, horizon_minutes, threshold, log_loss_skill DESC"
    ),
}


@dataclass(frozen=True)
class UpOptions:
    """`web_port` None: the last one, or the first free one from 8080 on."""

    web_port: int | None = None
    allow_simulated: bool = False


def up(home: Home, environment: Environment, settings: Settings, options: UpOptions, terminal: Terminal) -> None:
    """Starts what does not run, loads, trains, and returns when signals are written; safe to run again."""
    home.prepare()
    with home.locked():
        plan = _running_plan(home, environment, options) or _fresh_plan(home, environment, options, terminal)
        stack = Stack(plan, settings, terminal)
        first_run = FirstRun(plan, settings, stack.api, terminal)
        if stack.is_running() and first_run.has_signals():
            terminal.say(f"Everything runs already; nothing was changed.{first_run.told_paused()}")
        else:
            stack.start()
            first_run.run()
    _say_where(plan, settings, terminal)


def _running_plan(home: Home, environment: Environment, options: UpOptions) -> Plan | None:
    """The plan of the processes that run, if these settings and this code ask for no other."""
    ports = remembered_ports(home.ports)
    if ports is None or options.web_port not in {None, ports.web} or not Supervisor(home).leader():
        return None
    plan = make_plan(home, environment, ports, options.allow_simulated)
    return plan if plan.is_launched() else None


def _fresh_plan(home: Home, environment: Environment, options: UpOptions, terminal: Terminal) -> Plan:
    """A plan on free ports, after whatever an earlier run left was ended."""
    _check_addresses(home, environment, options)
    if ended := stop_everything(home):
        terminal.say(f"Ended {ended} processes of an earlier run that was killed or had other settings or code.")
    return make_plan(home, environment, choose_ports(home.ports, options.web_port), options.allow_simulated)


def _check_addresses(home: Home, environment: Environment, options: UpOptions) -> None:
    """The addresses of others answer; a mistake in them is said before anything is stopped or started."""
    source = choose_source(environment, lab_port=0, allow_simulated=options.allow_simulated)
    last = read_json(home.addresses, {})
    if source.is_lab and last.get("source_kind_expected") == "cortex" and not options.allow_simulated:
        raise SettingsError(
            f"The last `make up` here loaded from Cortex at {last['cortex_url']}, and CORTEX_URL is not set now, so the bundled lab "
            "would take its place; set again what was set then, or run `make up ARGS=--allow-simulated` if you want the lab."
        )
    if environment.warehouse_dsn:
        check_dsn(environment.warehouse_dsn)
        check_warehouse(environment.warehouse_dsn)
    if not source.is_lab:
        source_time(source)


def _say_where(plan: Plan, settings: Settings, terminal: Terminal) -> None:
    terminal.say()
    if plan.source.kind == "simulated":
        terminal.say("The market is SIMULATED: no price here was ever paid. Set CORTEX_URL to load your own metrics.")
    if plan.source.kind == "replay":
        terminal.say("The market is a REPLAY of recorded candles. Set CORTEX_URL to load your own metrics.")
    terminal.say(f"Airflow   {plan.web_url}")
    terminal.say(f"Signals   {plan.web_url}/signals/")
    terminal.say(f"Login     {USERNAME} / {plan.secrets.admin_password}")
    terminal.say(f"Metrics   {plan.metrics_url} (for Prometheus)")
    terminal.say("Signals are written each minute. Three queries to try:")
    # In the embedded database the schema is on the search path.
    schema = "" if plan.embedded_warehouse else f"{settings.schema}."
    for what, query in QUERIES.items():
        statement = query.format(schema=schema)
        terminal.say(f'\n  # {what}\n  {_psql(plan)} "$(./cortex-signals dsn)" -c "{statement}"')
    terminal.say("\n`make down` stops it and keeps the data; `make up` goes on from there.")


def _psql(plan: Plan) -> str:
    """The psql on PATH, else the one beside the server's programs."""
    return "psql" if shutil.which("psql") else shlex.quote(plan.postgres.binaries.program("psql"))
