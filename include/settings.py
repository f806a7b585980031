"""The settings file and the environment, read here and nowhere else.

The file (``include/settings.toml``, or the path in ``CORTEX_SIGNALS_SETTINGS``; TOML or YAML) says what is loaded,
learned and signalled. The environment says where: addresses and secrets. Every value is checked when it is read.
"""

from __future__ import annotations

import json
import math
import os
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from include.errors import SettingsError
from include.hosts import is_metadata
from include.upkeep_settings import Upkeep, parse_upkeep

PACKAGE = Path(__file__).resolve().parent
VOLATILITY_MINUTES = 60  # what the volatility baseline and the barriers of a signal need
LONGEST_LOOKBACK_MINUTES = 240  # for a settings file of before it could be set
SHADOWS = ("none", "runner_up")
LAB_MARKETS = ("usual", "noise", "edge")  # the bundled lab's simulated ones
SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
IDENTIFIER = re.compile(r"[a-z_][a-z0-9_]{0,62}")


@dataclass(frozen=True)
class Symbol:
    """One market: its name here and the label pairs that select its series at the source."""

    name: str
    label: str
    value: str
    matchers: Mapping[str, str] = field(default_factory=dict)
    replicas: tuple[str, ...] = ()

    def selector(self, *first: str) -> str:
        """PromQL's braces with those matchers and the symbol's own."""
        pairs = {self.label: self.value, **self.matchers}
        return "{" + ",".join([*first, *(f"{label}={quoted(value)}" for label, value in pairs.items())]) + "}"


@dataclass(frozen=True)
class Metric:
    """A column of minute_metrics and how it is asked for.

    Parameters
    ----------
    promql
        Name of its series at the source.
    expression
        PromQL over the base metric `base` (of the column `base_column`), asked where the recording rule has no value;
        None: a base metric itself.
    lookback
        How far back the expression sees.
    deadline
        How long after a minute's end its recorded value may come; later the expression is asked, or the minute answered
        without it.
    """

    column: str
    promql: str
    expression: str | None = None
    base: str = ""
    base_column: str = ""
    lookback: timedelta = timedelta(0)
    deadline: timedelta = timedelta(0)

    def query(self, symbol: Symbol) -> str:
        """The selector of its series."""
        return f"{self.promql}{symbol.selector()}"

    def expression_of(self, symbol: Symbol) -> str:
        """The expression with the symbol's matchers at each place where it reads the base metric."""
        base = re.compile(rf"(?<![\w:]){re.escape(self.base)}(?![\w:])(\s*\{{\s*\}})?(\s*\{{)?")

        def with_matchers(found: re.Match[str]) -> str:
            return self.base + (symbol.selector()[:-1] + "," if found[2] else symbol.selector())

        return base.sub(with_matchers, self.expression or "")


@dataclass(frozen=True, order=True)
class Cell:
    """One question: does the price move by more than `threshold` (a fraction) within `horizon_minutes`?"""

    horizon_minutes: int
    threshold: Decimal

    @property
    def horizon(self) -> timedelta:
        return timedelta(minutes=self.horizon_minutes)

    def __str__(self) -> str:
        return f"{self.horizon_minutes} min ±{(self.threshold * 100).normalize():f} %"


@dataclass(frozen=True)
class Clock:
    """When a minute is read and answered. `source` is "wall" or "source" (the source's own time())."""

    source: str
    settle_delay: timedelta
    settle_deadline: timedelta
    late_after: timedelta


@dataclass(frozen=True)
class Ingest:
    window: timedelta
    overlap: timedelta
    first_load: timedelta
    timeout_seconds: float
    attempts: int
    in_flight: int
    requests_per_second: float
    repair_lookback: timedelta
    max_price_jump: float


@dataclass(frozen=True)
class Training:
    candidates: tuple[str, ...]
    longest_lookback: timedelta
    history: timedelta
    min_train: timedelta
    folds: int
    test_share: float
    embargo: timedelta
    stride_minutes: int
    seed: int
    tuning_trials: int
    min_skill_margin: float
    max_skill_margin: float
    max_calibration_error: float
    min_deflated_sharpe: float
    pooled: tuple[str, ...]
    approval: bool
    min_events: int
    min_event_days: int


@dataclass(frozen=True)
class Signals:
    cost_bps_per_side: float
    catch_up: timedelta
    stop_loss_volatilities: float
    take_profit_volatilities: float
    live: tuple[Cell, ...]
    stale_after: timedelta = timedelta(minutes=15)
    range_margin: float = 1.0
    max_model_age: timedelta = timedelta(days=45)
    shadow: str = "none"


@dataclass(frozen=True)
class Watching:
    """Beyond which the checks are not ok; `calibration_events`: fewer tell nothing."""

    freshness: timedelta
    missing_minutes: int
    bad_input_share: float
    drift: timedelta
    drift_stability_index: float
    calibration: timedelta
    calibration_events: int
    replayed_signals: int
    replayed: timedelta


@dataclass(frozen=True)
class Timescale:
    """What is made of TimescaleDB where a server has it; `use` is "auto" or "off".

    Parameters
    ----------
    move_bytes
        `migrate` moves a table of minutes up to so large into chunks, while loads and reads wait.
    chunk
        Time that a chunk holds.
    compress_after
        A chunk whose end is older goes into the columnstore.
    stored_candles
        Whether candles_5m_stored and candles_1h_stored are made, from continuous aggregates where there can be any.
    """

    use: str = "auto"
    move_bytes: int = 5 * 10**9
    chunk: timedelta = timedelta(days=180)
    compress_after: timedelta = timedelta(days=30)
    stored_candles: bool = False


@dataclass(frozen=True)
class Settings:
    schema: str
    clock: Clock
    lab_clock: Clock
    lab_seed: int
    lab_market: str
    bi_statement_timeout: timedelta
    ingest: Ingest
    symbols: tuple[Symbol, ...]
    metrics: Mapping[str, Metric]
    horizons_minutes: tuple[int, ...]
    thresholds: tuple[Decimal, ...]
    signals: Signals
    training: Training
    watching: Watching
    timescale: Timescale
    upkeep: Upkeep

    def symbol(self, name: str) -> Symbol:
        """The entry of that name; raises SettingsError that lists the known ones."""
        for symbol in self.symbols:
            if symbol.name == name:
                return symbol
        known = ", ".join(s.name for s in self.symbols)
        raise SettingsError(
            f"The symbol {name} is not in the settings; known: {known}. Add a [[symbols]] entry for it."
        )

    def cells(
        self, horizons: Sequence[int] = (), thresholds: Sequence[Decimal] = (), *, grid: bool = False
    ) -> list[Cell]:
        """The cells to train: the live ones, or of the whole grid with `grid` or thresholds; empty choices mean all.

        Raises SettingsError where none matches.
        """
        cells = [
            cell
            for cell in (self.grid if grid or thresholds else self.signals.live)
            if (not horizons or cell.horizon_minutes in horizons) and (not thresholds or cell.threshold in thresholds)
        ]
        if not cells:
            raise SettingsError(
                "No cell of the settings has that horizon and threshold; see labels.horizons_minutes and labels.thresholds."
            )
        return cells

    @property
    def base_metrics(self) -> tuple[Metric, ...]:
        """The metrics that nothing can replace: those without an expression that others are computed from, or alone."""
        return tuple(metric for metric in self.metrics.values() if metric.expression is None)

    @property
    def grid(self) -> tuple[Cell, ...]:
        """Every horizon × threshold, live or not."""
        return tuple(Cell(h, t) for h in self.horizons_minutes for t in self.thresholds)


@dataclass(frozen=True)
class Environment:
    """Addresses and secrets. None: not set, so the bundled lab and the embedded PostgreSQL are used."""

    home: Path
    cortex_url: str | None
    cortex_tenant: str | None
    cortex_username: str | None
    cortex_password: str | None
    cortex_token: str | None
    cortex_ca_file: str | None
    cortex_client_cert: str | None
    cortex_client_key: str | None
    cortex_extra_headers: Mapping[str, str]
    warehouse_dsn: str | None
    settings_file: Path
    replay_file: Path | None
    replay_arguments: str | None
    lab_arguments: str | None
    allow_simulated: bool
    web_port: int | None
    debug: bool
    heartbeat_url: str | None = None
    training_queue: str | None = None
    training_executor: str | None = None
    warehouse_direct_dsn: str | None = None
    backups: Path | None = None
    airflow_logs: Path | None = None

    def __repr__(self) -> str:
        return f"Environment(home={self.home}, settings_file={self.settings_file})"


def read_environment(environ: Mapping[str, str] | None = None) -> Environment:
    """The environment variables of this process, empty ones taken as not set."""
    given = os.environ if environ is None else environ

    def value(name: str) -> str | None:
        return given.get(name, "").strip() or None

    replay = value("CORTEX_SIGNALS_REPLAY")
    return Environment(
        home=Path(value("CORTEX_SIGNALS_HOME") or PACKAGE.parent / ".cortex-signals").resolve(),
        cortex_url=(value("CORTEX_URL") or "").rstrip("/") or None,
        cortex_tenant=value("CORTEX_TENANT"),
        cortex_username=value("CORTEX_USERNAME"),
        cortex_password=value("CORTEX_PASSWORD"),
        cortex_token=value("CORTEX_TOKEN"),
        cortex_ca_file=_path(value("CORTEX_CA_FILE")),
        cortex_client_cert=_path(value("CORTEX_CLIENT_CERT")),
        cortex_client_key=_path(value("CORTEX_CLIENT_KEY")),
        cortex_extra_headers=parse_headers("CORTEX_HEADERS", value("CORTEX_HEADERS")),
        warehouse_dsn=value("WAREHOUSE_DSN"),
        settings_file=Path(value("CORTEX_SIGNALS_SETTINGS") or PACKAGE / "settings.toml"),
        replay_file=Path(replay).resolve() if replay else None,
        replay_arguments=value("CORTEX_SIGNALS_REPLAY_ARGS"),
        lab_arguments=value("CORTEX_SIGNALS_LAB_ARGS"),
        allow_simulated=value("CORTEX_SIGNALS_ALLOW_SIMULATED") is not None,
        web_port=_port(value("CORTEX_SIGNALS_WEB_PORT")),
        debug=value("CORTEX_SIGNALS_DEBUG") is not None,
        heartbeat_url=_heartbeat_url(value("CORTEX_SIGNALS_HEARTBEAT_URL")),
        training_queue=value("CORTEX_SIGNALS_TRAINING_QUEUE"),
        training_executor=value("CORTEX_SIGNALS_TRAINING_EXECUTOR"),
        warehouse_direct_dsn=value("WAREHOUSE_DIRECT_DSN"),
        backups=Path(folder).resolve() if (folder := value("CORTEX_SIGNALS_BACKUPS")) else None,
        airflow_logs=_airflow_logs(given),
    )


def parse_headers(name: str, given: object) -> dict[str, str]:
    """Headers from a JSON object, as text or already read; raises SettingsError, which does not repeat the secret."""
    try:
        headers = json.loads(given) if isinstance(given, str) else given or {}
    except ValueError:
        headers = None
    if not isinstance(headers, dict) or not all(isinstance(value, str) for value in headers.values()):
        raise SettingsError(f'{name} is not a JSON object of header names and values such as {{"X-Scope": "value"}}.')
    return headers


def _path(text: str | None) -> str | None:
    """Absolute, since the processes that are given it run in other folders; a link stays one, and may be renewed."""
    return str(Path(text).absolute()) if text else None


def _airflow_logs(given: Mapping[str, str]) -> Path | None:
    """Where the Airflow of this environment writes its logs, as far as its variables say."""
    if named := given.get("AIRFLOW__LOGGING__BASE_LOG_FOLDER", "").strip():
        return Path(named)
    home = given.get("AIRFLOW_HOME", "").strip()
    return Path(home) / "logs" if home else None


def _heartbeat_url(text: str | None) -> str | None:
    if text and not text.startswith(("http://", "https://")):
        raise SettingsError("CORTEX_SIGNALS_HEARTBEAT_URL is not an address that begins with http:// or https://.")
    if text and is_metadata(urlsplit(text).hostname or ""):
        raise SettingsError("CORTEX_SIGNALS_HEARTBEAT_URL is a link-local address, where no monitor is.")
    return text


def _port(text: str | None) -> int | None:
    if text is None:
        return None
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise SettingsError(f"CORTEX_SIGNALS_WEB_PORT is {text!r}, not a port number from 1 to 65535.")
    return int(text)


@cache
def load_settings(path: Path | None = None) -> Settings:
    """The checked settings of that file (default: the environment's).

    Raises SettingsError with the file and the setting's name.
    """
    file = path or read_environment().settings_file
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        raise SettingsError(
            f"The settings file {file} cannot be read ({error.strerror}); set CORTEX_SIGNALS_SETTINGS."
        ) from error
    try:
        return parse_settings(_parse_text(file, text))
    except (KeyError, TypeError, ValueError, ArithmeticError) as error:
        what = f"the entry {error} is missing" if isinstance(error, KeyError) else str(error)
        raise SettingsError(
            f"The settings file {file} is not usable: {what}. Compare it with include/settings.toml."
        ) from error


def _parse_text(file: Path, text: str) -> dict[str, Any]:
    if file.suffix in {".yaml", ".yml"}:
        import yaml  # comes with Airflow

        try:
            return dict(yaml.safe_load(text))
        except yaml.YAMLError as error:
            raise ValueError(str(error)) from error
    return tomllib.loads(text)


def parse_settings(tree: Mapping[str, Any]) -> Settings:
    """Settings from the parsed file; raises KeyError, TypeError or ValueError that names the entry."""
    time, lab, ingest = tree["time"], tree["lab"], tree["ingest"]
    labels, signals, training = tree["labels"], tree["signals"], tree["training"]
    clock = _clock(time)
    settings = Settings(
        schema=_identifier("schema", tree["schema"]),
        clock=clock,
        lab_clock=_clock({**time, **{k: v for k, v in lab.items() if k in time}}),
        lab_seed=int(lab["seed"]),
        lab_market=_lab_market(lab.get("market", "usual")),
        bi_statement_timeout=_bi_statement_timeout(tree.get("bi", {})),
        ingest=Ingest(
            window=timedelta(days=_positive("ingest.window_days", ingest["window_days"])),
            overlap=timedelta(minutes=_positive("ingest.overlap_minutes", ingest["overlap_minutes"])),
            first_load=timedelta(days=_positive("ingest.first_load_days", ingest["first_load_days"])),
            timeout_seconds=_positive("ingest.timeout_seconds", ingest["timeout_seconds"]),
            attempts=int(_positive("ingest.attempts", ingest["attempts"])),
            in_flight=int(_positive("ingest.in_flight", ingest["in_flight"])),
            requests_per_second=_positive("ingest.requests_per_second", ingest["requests_per_second"]),
            repair_lookback=timedelta(days=_positive("ingest.repair_lookback_days", ingest["repair_lookback_days"])),
            max_price_jump=_positive("ingest.max_price_jump", ingest["max_price_jump"]),
        ),
        symbols=tuple(_symbol(entry) for entry in tree["symbols"]),
        metrics=_metrics(tree["metrics"], clock.settle_deadline),
        horizons_minutes=tuple(int(_positive("labels.horizons_minutes", h)) for h in labels["horizons_minutes"]),
        thresholds=tuple(_threshold(t) for t in labels["thresholds"]),
        signals=Signals(
            cost_bps_per_side=float(signals["cost_bps_per_side"]),
            catch_up=timedelta(hours=_positive("signals.catch_up_hours", signals["catch_up_hours"])),
            stop_loss_volatilities=_positive("signals.stop_loss_volatilities", signals["stop_loss_volatilities"]),
            take_profit_volatilities=_positive("signals.take_profit_volatilities", signals["take_profit_volatilities"]),
            live=tuple(Cell(int(c["horizon_minutes"]), _threshold(c["threshold"])) for c in signals["live"]),
            stale_after=_stale_after(signals.get("stale_after_minutes", 15)),
            range_margin=_positive("signals.range_margin", signals.get("range_margin", 1.0)),
            max_model_age=timedelta(
                days=_positive("signals.max_model_age_days", signals.get("max_model_age_days", 45))
            ),
            shadow=_shadow(signals.get("shadow", "none")),
        ),
        training=_training(training),
        watching=_watching(tree.get("watching", {})),
        timescale=_timescale(tree.get("timescale", {}), float(ingest["repair_lookback_days"])),
        upkeep=_upkeep(tree),
    )
    _check(settings)
    return settings


def _clock(entry: Mapping[str, Any]) -> Clock:
    if entry["clock"] not in {"wall", "source"}:
        raise ValueError(f'time.clock is {entry["clock"]!r}, not "wall" or "source"')
    return Clock(
        source=entry["clock"],
        settle_delay=timedelta(seconds=float(entry["settle_delay_seconds"])),
        settle_deadline=timedelta(seconds=_positive("time.settle_deadline_seconds", entry["settle_deadline_seconds"])),
        late_after=timedelta(seconds=_positive("time.late_after_seconds", entry["late_after_seconds"])),
    )


def _lab_market(name: object) -> str:
    if name not in LAB_MARKETS:
        raise ValueError(f"lab.market is {name!r}, not one of {', '.join(LAB_MARKETS)}")
    return str(name)


def _stale_after(minutes: Any) -> timedelta:
    if not (float(minutes) >= 2 and float(minutes) == int(minutes)):
        raise ValueError(f"signals.stale_after_minutes is {minutes}, not a whole number from 2 on")
    return timedelta(minutes=int(minutes))


def _shadow(name: object) -> str:
    if name not in SHADOWS:
        raise ValueError(f"signals.shadow is {name!r}, not one of {', '.join(SHADOWS)}")
    return str(name)


def _bi_statement_timeout(entry: Mapping[str, Any]) -> timedelta:
    seconds = _positive("bi.statement_timeout_seconds", entry.get("statement_timeout_seconds", 60))
    if not 0.001 <= seconds <= 86_400:
        raise ValueError(f"bi.statement_timeout_seconds is {seconds:g}, not between a millisecond and a day")
    return timedelta(seconds=seconds)


def _longest_lookback(minutes: float) -> timedelta:
    if not minutes >= VOLATILITY_MINUTES:
        raise ValueError(
            f"training.longest_lookback_minutes is {minutes:g}; the volatility baseline looks back {VOLATILITY_MINUTES} minutes"
        )
    return timedelta(minutes=minutes)


def _training(entry: Mapping[str, Any]) -> Training:
    share = float(entry["test_share"])
    if not 0 < share < 1:
        raise ValueError(f"training.test_share is {share}, not between 0 and 1")
    return Training(
        candidates=tuple(entry["candidates"]),
        longest_lookback=_longest_lookback(float(entry.get("longest_lookback_minutes", LONGEST_LOOKBACK_MINUTES))),
        history=timedelta(days=_positive("training.history_days", entry["history_days"])),
        min_train=timedelta(days=_positive("training.min_train_days", entry["min_train_days"])),
        folds=int(_positive("training.folds", entry["folds"])),
        test_share=share,
        embargo=timedelta(minutes=float(entry["embargo_minutes"])),
        stride_minutes=int(_positive("training.stride_minutes", entry["stride_minutes"])),
        seed=int(entry["seed"]),
        tuning_trials=int(_positive("training.tuning_trials", entry.get("tuning_trials", 12))),
        min_skill_margin=float(entry["min_skill_margin"]),
        max_skill_margin=float(entry["max_skill_margin"]),
        max_calibration_error=float(entry.get("max_calibration_error", 0.02)),
        min_deflated_sharpe=float(entry.get("min_deflated_sharpe", 0.95)),
        pooled=tuple(entry.get("pooled", ())),
        approval=bool(entry.get("approval", False)),
        min_events=int(entry["min_events"]),
        min_event_days=int(entry["min_event_days"]),
    )


WATCHING = {
    "freshness_minutes": 5,
    "missing_minutes": 10,
    "bad_input_share": 0.1,
    "drift_days": 14,
    "drift_stability_index": 1.2,
    "calibration_days": 28,
    "calibration_events": 30,
    "replayed_signals": 200,
    "replayed_days": 7,
}  # for a settings file of before they could be set


def _watching(entry: Mapping[str, Any]) -> Watching:
    if unknown := entry.keys() - WATCHING.keys():
        raise ValueError(f"[watching] holds {', '.join(sorted(unknown))}; known: {', '.join(WATCHING)}")
    value = {name: float(entry.get(name, default)) for name, default in WATCHING.items()}
    for name in WATCHING.keys() - {"missing_minutes"}:
        _positive(f"watching.{name}", value[name])
    if value["missing_minutes"] < 0:
        raise ValueError(f"watching.missing_minutes is {value['missing_minutes']:g}, below 0")
    return Watching(
        freshness=timedelta(minutes=value["freshness_minutes"]),
        missing_minutes=int(value["missing_minutes"]),
        bad_input_share=value["bad_input_share"],
        drift=timedelta(days=value["drift_days"]),
        drift_stability_index=value["drift_stability_index"],
        calibration=timedelta(days=value["calibration_days"]),
        calibration_events=int(value["calibration_events"]),
        replayed_signals=int(value["replayed_signals"]),
        replayed=timedelta(days=value["replayed_days"]),
    )


TIMESCALE = {"use": "auto", "move_gigabytes": 5, "chunk_days": 180, "compress_after_days": 30, "stored_candles": False}


def _timescale(entry: Mapping[str, Any], repair_days: float) -> Timescale:
    if unknown := entry.keys() - TIMESCALE.keys():
        raise ValueError(f"[timescale] holds {', '.join(sorted(unknown))}; known: {', '.join(TIMESCALE)}")
    # where it is not set, what the nightly repair reads again stays as it is, however far that looks back
    given = {**TIMESCALE, "compress_after_days": max(30, math.ceil(repair_days)), **entry}
    if given["use"] not in {"auto", "off"}:
        raise ValueError(f'timescale.use is {given["use"]!r}, not "auto" or "off"')
    days = {name: _whole_days(f"timescale.{name}", given[name]) for name in ("chunk_days", "compress_after_days")}
    if days["compress_after_days"] < timedelta(days=repair_days):
        raise ValueError(
            f"timescale.compress_after_days is under ingest.repair_lookback_days ({repair_days:g}): each night's repair would "
            "read what was just compressed"
        )
    return Timescale(
        use=given["use"],
        move_bytes=int(_positive("timescale.move_gigabytes", given["move_gigabytes"]) * 1e9),
        chunk=days["chunk_days"],
        compress_after=days["compress_after_days"],
        stored_candles=bool(given["stored_candles"]),
    )


def _whole_days(name: str, days: Any) -> timedelta:
    if not 1 <= float(days) == int(days):
        raise ValueError(f"{name} is {days}, not a whole number of days from 1 on")
    return timedelta(days=int(days))


def _upkeep(tree: Mapping[str, Any]) -> Upkeep:
    read = [tree["training"]["history_days"], tree["ingest"]["repair_lookback_days"], tree["ingest"]["first_load_days"]]
    return parse_upkeep(tree.get("upkeep", {}), timedelta(days=max(float(days) for days in read)))


def _symbol(entry: Mapping[str, Any]) -> Symbol:
    name = str(entry["name"])
    return Symbol(
        name=name,
        label=str(entry.get("label", "symbol")),
        value=str(entry.get("value", name)),
        matchers=dict(entry.get("matchers", {})),
        replicas=(entry["replicas"],) if isinstance(entry.get("replicas"), str) else tuple(entry.get("replicas", ())),
    )


def _metrics(entries: Mapping[str, Any], deadline: timedelta) -> dict[str, Metric]:
    """Metrics by column; an entry is a PromQL name, or a table with promql, expression and settle_deadline_seconds."""
    tables = {column: {"promql": entry} if isinstance(entry, str) else entry for column, entry in entries.items()}
    bases = {str(table["promql"]): column for column, table in tables.items() if "expression" not in table}
    return {_identifier("metrics", column): _metric(column, table, bases, deadline) for column, table in tables.items()}


def _metric(column: str, table: Mapping[str, Any], bases: Mapping[str, str], deadline: timedelta) -> Metric:
    name = f"metrics.{column}"
    if "settle_deadline_seconds" in table:
        deadline = timedelta(seconds=_positive(f"{name}.settle_deadline_seconds", table["settle_deadline_seconds"]))
    if "expression" not in table:
        return Metric(column, str(table["promql"]), deadline=deadline)
    expression = str(table["expression"])
    read = [base for base in bases if re.search(rf"(?<![\w:]){re.escape(base)}(?![\w:])", expression)]
    ranges = [int(number) * SECONDS[unit] for number, unit in re.findall(r"\[\s*(\d+)([smhd])", expression)]
    if len(read) != 1 or not ranges or max(ranges) % 60:
        raise ValueError(
            f"{name}.expression is {expression!r}, not one over exactly one base metric of [metrics] with a range of whole minutes, "
            "such as deriv(crypto_last_price[5m])"
        )
    return Metric(
        column,
        str(table["promql"]),
        expression,
        base=read[0],
        base_column=bases[read[0]],
        lookback=timedelta(seconds=max(ranges)),
        deadline=deadline,
    )


def _check(settings: Settings) -> None:
    if not settings.symbols:
        raise ValueError("[[symbols]] is empty")
    for kind, names in {
        "symbols": [s.name for s in settings.symbols],
        "signals.live": [str(c) for c in settings.signals.live],
    }.items():
        twice = {n for n in names if names.count(n) > 1}
        if twice:
            raise ValueError(f"{kind} holds {', '.join(sorted(twice))} twice")
    for cell in settings.signals.live:
        if cell not in settings.grid:
            raise ValueError(f"signals.live holds {cell}, which is not in labels.horizons_minutes × labels.thresholds")
    latest = max(metric.deadline for metric in settings.metrics.values())
    if min(settings.clock.late_after, settings.lab_clock.late_after) < latest:
        raise ValueError(
            f"time.late_after_seconds is shorter than the longest settle_deadline_seconds ({latest.total_seconds():g}): every signal would be late"
        )
    if max(settings.clock.late_after, settings.lab_clock.late_after) > timedelta(minutes=50):
        raise ValueError(
            "time.late_after_seconds is over 3000: an entry is looked for up to an hour after the minute that a signal answers"
        )
    if settings.ingest.window > timedelta(minutes=11_000):
        raise ValueError("ingest.window_days is longer than the 11,000 points that Cortex answers (7.6 days)")


def _identifier(name: str, value: object) -> str:
    if not IDENTIFIER.fullmatch(str(value)):
        raise ValueError(f"{name} is {value!r}, not a lower-case SQL name")
    return str(value)


def quoted(value: str) -> str:
    """A PromQL string."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _positive(name: str, value: Any) -> float:
    if not float(value) > 0:
        raise ValueError(f"{name} is {value}, not above 0")
    return float(value)


def _threshold(value: Any) -> Decimal:
    threshold = Decimal(str(value))
    if not 0 < threshold < 1 or threshold != threshold.quantize(Decimal("0.00001")):
        raise ValueError(
            f"the threshold {value} is not a fraction between 0 and 1 with at most 5 places (0.005 is 0.5 %)"
        )
    return threshold.normalize()
