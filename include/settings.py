"""The settings file and the environment, read here and nowhere else.

The file (``include/settings.toml``, or the path in ``CORTEX_SIGNALS_SETTINGS``; TOML or YAML) says what is loaded,
learned and signalled. The environment says where: addresses and secrets. Every value is checked when it is read.
"""

from __future__ import annotations

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

from include.errors import SettingsError

PACKAGE = Path(__file__).resolve().parent
IDENTIFIER = re.compile(r"[a-z_][a-z0-9_]{0,62}")


@dataclass(frozen=True)
class Symbol:
    """One market: its name here and the label pairs that select its series at the source."""

    name: str
    label: str
    value: str
    matchers: Mapping[str, str] = field(default_factory=dict)
    replicas: str | None = None


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


@dataclass(frozen=True)
class Training:
    candidates: tuple[str, ...]
    history: timedelta
    min_train: timedelta
    folds: int
    test_share: float
    embargo: timedelta
    stride_minutes: int
    seed: int
    min_skill_margin: float
    max_skill_margin: float
    min_events: int
    min_event_days: int


@dataclass(frozen=True)
class Signals:
    cost_bps_per_side: float
    catch_up: timedelta
    stop_loss_volatilities: float
    take_profit_volatilities: float
    live: tuple[Cell, ...]


@dataclass(frozen=True)
class Settings:
    schema: str
    clock: Clock
    lab_clock: Clock
    lab_seed: int
    ingest: Ingest
    symbols: tuple[Symbol, ...]
    metrics: Mapping[str, str]
    horizons_minutes: tuple[int, ...]
    thresholds: tuple[Decimal, ...]
    signals: Signals
    training: Training

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
    warehouse_dsn: str | None
    settings_file: Path
    replay_file: Path | None
    replay_arguments: str | None
    allow_simulated: bool
    web_port: int | None
    debug: bool

    def __repr__(self) -> str:
        return f"Environment(home={self.home}, cortex_url={self.cortex_url}, settings_file={self.settings_file})"


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
        warehouse_dsn=value("WAREHOUSE_DSN"),
        settings_file=Path(value("CORTEX_SIGNALS_SETTINGS") or PACKAGE / "settings.toml"),
        replay_file=Path(replay).resolve() if replay else None,
        replay_arguments=value("CORTEX_SIGNALS_REPLAY_ARGS"),
        allow_simulated=value("CORTEX_SIGNALS_ALLOW_SIMULATED") is not None,
        web_port=_port(value("CORTEX_SIGNALS_WEB_PORT")),
        debug=value("CORTEX_SIGNALS_DEBUG") is not None,
    )


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
        ingest=Ingest(
            window=timedelta(days=_positive("ingest.window_days", ingest["window_days"])),
            overlap=timedelta(minutes=_positive("ingest.overlap_minutes", ingest["overlap_minutes"])),
            first_load=timedelta(days=_positive("ingest.first_load_days", ingest["first_load_days"])),
            timeout_seconds=_positive("ingest.timeout_seconds", ingest["timeout_seconds"]),
            attempts=int(_positive("ingest.attempts", ingest["attempts"])),
        ),
        symbols=tuple(_symbol(entry) for entry in tree["symbols"]),
        metrics={_identifier("metrics", column): str(promql) for column, promql in tree["metrics"].items()},
        horizons_minutes=tuple(int(_positive("labels.horizons_minutes", h)) for h in labels["horizons_minutes"]),
        thresholds=tuple(_threshold(t) for t in labels["thresholds"]),
        signals=Signals(
            cost_bps_per_side=float(signals["cost_bps_per_side"]),
            catch_up=timedelta(hours=_positive("signals.catch_up_hours", signals["catch_up_hours"])),
            stop_loss_volatilities=_positive("signals.stop_loss_volatilities", signals["stop_loss_volatilities"]),
            take_profit_volatilities=_positive("signals.take_profit_volatilities", signals["take_profit_volatilities"]),
            live=tuple(Cell(int(c["horizon_minutes"]), _threshold(c["threshold"])) for c in signals["live"]),
        ),
        training=_training(training),
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


def _training(entry: Mapping[str, Any]) -> Training:
    share = float(entry["test_share"])
    if not 0 < share < 1:
        raise ValueError(f"training.test_share is {share}, not between 0 and 1")
    return Training(
        candidates=tuple(entry["candidates"]),
        history=timedelta(days=_positive("training.history_days", entry["history_days"])),
        min_train=timedelta(days=_positive("training.min_train_days", entry["min_train_days"])),
        folds=int(_positive("training.folds", entry["folds"])),
        test_share=share,
        embargo=timedelta(minutes=float(entry["embargo_minutes"])),
        stride_minutes=int(_positive("training.stride_minutes", entry["stride_minutes"])),
        seed=int(entry["seed"]),
        min_skill_margin=float(entry["min_skill_margin"]),
        max_skill_margin=float(entry["max_skill_margin"]),
        min_events=int(entry["min_events"]),
        min_event_days=int(entry["min_event_days"]),
    )


def _symbol(entry: Mapping[str, Any]) -> Symbol:
    name = str(entry["name"])
    return Symbol(
        name=name,
        label=str(entry.get("label", "symbol")),
        value=str(entry.get("value", name)),
        matchers=dict(entry.get("matchers", {})),
        replicas=entry.get("replicas"),
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
    if settings.ingest.window > timedelta(minutes=11_000):
        raise ValueError("ingest.window_days is longer than the 11,000 points that Cortex answers (7.6 days)")


def _identifier(name: str, value: object) -> str:
    if not IDENTIFIER.fullmatch(str(value)):
        raise ValueError(f"{name} is {value!r}, not a lower-case SQL name")
    return str(value)


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
