"""The decision rule of the signals on minutes that its model has not seen: what it would have brought, after costs.

Nothing is written to the warehouse, and nothing at or after the end of the span is looked at.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson

from include.decide import Scored, decide
from include.equity_chart import Line, equity_chart
from include.errors import NotReady, SettingsError
from include.evaluation.decision import CutOffs, expected_edge_bps, predict_class
from include.evaluation.positions import Money, Order, Position, equity, hold, money, take_positions
from include.evaluation.scores import Evaluation, evaluate
from include.evaluation.trading import Prices, is_price
from include.folders import write_folder
from include.models.artifacts import load
from include.models.candidates import predict_proba
from include.models.classes import classify
from include.pipeline import Pipeline
from include.settings import Settings, Signals
from include.warehouse.connection import Connection
from include.warehouse.minutes import require_source
from include.warehouse.models import StoredModel, stored_model
from include.warehouse.snapshots import Features, FeatureVersion, kept_versions, read_labelled

VOLATILITY = "realised_volatility_60m"  # what the barriers of a signal need, beside the model's own inputs
MINUTE = timedelta(minutes=1)
AS_IT_STOOD, HYPOTHETICAL = "as_it_stood", "hypothetical"

Progress = Callable[[int, int], None]
Array = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Minutes:
    """The minutes of the span on a grid from the first to the last one with a price, and those that can be scored.

    Attributes
    ----------
    first_ts
        Epoch seconds of the grid's first minute.
    price
        Shape (minutes,), NaN for a minute that is not held.
    place
        The scored minutes' places on the grid, shape (scored,).
    p, volatility
        Their probabilities, shape (scored, 3), and volatility a minute.
    forward_log_return
        Over the model's horizon, NaN where it ends at or after the end of the span.
    """

    first_ts: int
    price: Array
    place: npt.NDArray[np.int64]
    p: Array
    volatility: Array
    forward_log_return: Array

    @property
    def ts(self) -> npt.NDArray[np.int64]:
        """Epoch seconds of the scored minutes."""
        return self.first_ts + 60 * self.place


@dataclass(frozen=True, eq=False)
class Reading:
    """One way of reading the rule: as it stood, or as if a model without a shown edge were let trade."""

    name: str
    positions: list[Position]
    worth: Array
    money: Money


@dataclass(frozen=True, eq=False)
class Backtest:
    """The rule of one model over [evaluated_from, evaluated_to): the part of the span that is held.

    Attributes
    ----------
    edges
        Scored minutes with an expected edge above 0.
    scores
        Of the probabilities, over the model's base rates.
    """

    model: StoredModel
    rules: Signals
    is_simulated: bool
    asked_from: datetime
    asked_to: datetime
    minutes: Minutes
    edges: int
    readings: tuple[Reading, Reading]
    flat: Money
    buy_and_hold: Reading
    scores: Evaluation

    @property
    def evaluated_from(self) -> datetime:
        return _instant(self.minutes.first_ts)

    @property
    def evaluated_to(self) -> datetime:
        return self.evaluated_from + len(self.minutes.price) * MINUTE

    @property
    def may_trade(self) -> bool:
        return bool(self.model.decision["may_trade"])

    def notes(self) -> list[str]:
        """What the numbers must not be read without."""
        notes = []
        if self.is_simulated:
            notes.append("The market is SIMULATED: these numbers say nothing about a real one.")
        if not self.may_trade:
            trades = self.model.decision["paper_trades"]["trades"]
            notes.append(
                f"The model may not trade ({trades} paper trades on unseen minutes have not shown an edge): as it stood, the rule "
                "opens nothing. The hypothetical reading trades wherever an edge is expected; nobody would have."
            )
        notes.append(
            "Stops and targets are judged on the minutes' last prices and fill at the next minute's; touches inside a minute are unseen."
        )
        return notes

    def as_dict(self) -> dict[str, Any]:
        price, model = self.minutes.price, self.model
        scores = self.scores.as_columns()
        scores |= {
            name: _iso(_instant(scores[name])) if scores[name] else None for name in ("evaluated_from", "evaluated_to")
        }
        return {
            "model_id": model.model_id,
            "candidate": model.candidate,
            "symbol": model.judged_symbol,
            "horizon_minutes": model.cell.horizon_minutes,
            "threshold": f"{model.cell.threshold:f}",
            "trained_to": _iso(model.trained_to),
            "may_trade": self.may_trade,
            "is_simulated": self.is_simulated,
            "asked_from": _iso(self.asked_from),
            "asked_to": _iso(self.asked_to),
            "evaluated_from": _iso(self.evaluated_from),
            "evaluated_to": _iso(self.evaluated_to),
            "minutes": len(price),
            "minutes_not_held": int(np.isnan(price).sum()),
            "minutes_scored": len(self.minutes.place),
            "minutes_with_edge": self.edges,
            "cost_bps_per_side": self.rules.cost_bps_per_side,
            "stop_loss_volatilities": self.rules.stop_loss_volatilities,
            "take_profit_volatilities": self.rules.take_profit_volatilities,
            "money": {
                **{reading.name: reading.money.as_dict() for reading in self.readings},
                "flat": self.flat.as_dict(),
                "buy_and_hold": self.buy_and_hold.money.as_dict(),
            },
            "base_rates": list(model.decision["base_rates"]),
            "scores": scores,
            "notes": self.notes(),
        }


def backtest(
    pipeline: Pipeline, model_id: int, start: datetime, end: datetime, progress: Progress | None = None
) -> Backtest:
    """The rule of a registered model over the minutes with ts in [start, end), UTC, minute-aligned.

    Parameters
    ----------
    progress
        Called with (minutes read, minutes of the span).

    Raises
    ------
    SettingsError
        The span is empty, or a training label of the model reaches into it.
    NotReady
        No such model, no minute of the span, or the model's features are not in the warehouse.
    ArtifactRefused
        The stored model is not what was registered.
    """
    if start >= end:
        raise SettingsError(f"--from {_iso(start)} is not before --to {_iso(end)}.")
    kind, _ = require_source(pipeline.warehouse)
    with pipeline.warehouse.transaction("reader", one_snapshot=True) as connection:
        model = stored_model(connection, model_id)
        _require_held_out(model, start)
        minutes = _read(connection, model, start, end, progress)
    rules, settings = pipeline.settings.signals, pipeline.settings
    freely = orders(model, minutes, rules, {**model.decision, "may_trade": True})
    stood = freely if model.decision["may_trade"] else orders(model, minutes, rules, model.decision)
    holding = hold(minutes.price, rules.cost_bps_per_side)
    return Backtest(
        model=model,
        rules=rules,
        is_simulated=kind == "simulated",
        asked_from=start,
        asked_to=end,
        minutes=minutes,
        edges=len(freely),
        readings=(
            _reading(AS_IT_STOOD, stood, model, minutes, settings),
            _reading(HYPOTHETICAL, freely, model, minutes, settings),
        ),
        flat=_money([], 0, minutes, settings)[1],
        buy_and_hold=Reading("buy_and_hold", [holding], *_money([holding], 0, minutes, settings)),
        scores=_scores(model, minutes, settings),
    )


def _require_held_out(model: StoredModel, start: datetime) -> None:
    if start <= model.reach:
        raise SettingsError(
            f"Model {model.model_id} rests on labels that reach to {model.reach:%Y-%m-%d %H:%M} UTC, and --from "
            f"{start:%Y-%m-%d %H:%M} is not after it; the first minute it may be judged on is {_iso(model.reach + MINUTE)}."
        )


def _read(
    connection: Connection, model: StoredModel, start: datetime, end: datetime, progress: Progress | None
) -> Minutes:
    """The span's minutes, scored by the model through its own version of the features."""
    version = _kept(connection, model)
    columns = tuple(dict.fromkeys([*model.feature_columns, VOLATILITY]))
    horizon = model.cell.horizon_minutes
    features, returns = read_labelled(connection, model.judged_symbol, start, end, version, columns, horizon, progress)
    held = np.flatnonzero(is_price(features.price))
    if not len(held):
        raise NotReady(
            f"No minute of {model.judged_symbol} from {_iso(start)} to {_iso(end)} has a price in the warehouse; run "
            "`cortex-signals backfill --from … --to …` (in Airflow, backfill_metrics) first."
        )
    return _on_a_grid(model, features, returns, held)


def _kept(connection: Connection, model: StoredModel) -> FeatureVersion:
    version = kept_versions(connection).get(model.feature_version)
    if version is None:
        raise NotReady(
            f"The view of the features that model {model.model_id} was trained on is not there; run `cortex-signals migrate` "
            "(in Airflow, migrate_warehouse)."
        )
    return version


def _on_a_grid(model: StoredModel, features: Features, returns: Array, held: npt.NDArray[np.intp]) -> Minutes:
    prices = Prices.on_a_grid(features.ts, features.price)
    scored = held[np.isfinite(features.X[held]).all(axis=1)]
    trained = load(model.kept_artifact(), model.artifact_format, model.artifact_sha256)
    chosen = np.array([features.columns.index(name) for name in model.feature_columns])
    return Minutes(
        prices.first_ts,
        prices.price,
        prices.place(features.ts[scored]),
        predict_proba(trained, features.X[np.ix_(scored, chosen)]),
        features.X[scored, features.columns.index(VOLATILITY)].astype(np.float64),
        returns[scored],
    )


def orders(model: StoredModel, minutes: Minutes, rules: Signals, decision: Mapping[str, Any]) -> list[Order]:
    """Every scored minute that `include.decide` answers with BUY or SELL; which are carried out is not said here."""
    class_returns = np.array([np.nan if mean is None else mean for mean in decision["class_returns"]])
    edge_bps, _ = expected_edge_bps(minutes.p, class_returns, rules.cost_bps_per_side)
    found = []
    for row in np.flatnonzero(edge_bps > 0):  # the others are HOLD, whatever the model
        place = int(minutes.place[row])
        scored = Scored(minutes.p[row], float(minutes.price[place]), float(minutes.volatility[row]))
        decided = decide(scored, model.cell, decision, rules)
        if decided["side"] in {"BUY", "SELL"}:
            direction = 1 if decided["side"] == "BUY" else -1
            found.append(Order(place, direction, decided["stop_loss_price"], decided["take_profit_price"]))
    return found


def _reading(name: str, wanted: list[Order], model: StoredModel, minutes: Minutes, settings: Settings) -> Reading:
    horizon, cost = model.cell.horizon_minutes, settings.signals.cost_bps_per_side
    positions, not_entered = take_positions(wanted, minutes.price, horizon, cost)
    return Reading(name, positions, *_money(positions, not_entered, minutes, settings))


def _money(positions: list[Position], not_entered: int, minutes: Minutes, settings: Settings) -> tuple[Array, Money]:
    worth = equity(positions, minutes.price, settings.signals.cost_bps_per_side)
    return worth, money(positions, not_entered, worth, minutes.first_ts, settings.training.seed)


def _scores(model: StoredModel, minutes: Minutes, settings: Settings) -> Evaluation:
    """Of the minutes whose label is known, beside the class frequencies of the model's training rows."""
    known = np.isfinite(minutes.forward_log_return)
    y = classify(minutes.forward_log_return[known], float(model.cell.threshold))
    p = minutes.p[known]
    base_rates = np.tile(np.array(model.decision["base_rates"], dtype=np.float64), (len(y), 1))
    prediction = predict_class(p, CutOffs(**model.decision["cut_offs"]))
    return evaluate(y, p, base_rates, minutes.ts[known], model.cell.horizon, settings.training.seed, prediction)


def write_backtest(done: Backtest, folder: Path) -> list[str]:
    """results.json, trades.csv and equity.svg in a new or empty folder, whole or not at all; the files' names."""
    files = {
        "results.json": orjson.dumps(done.as_dict(), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE),
        "trades.csv": _trades(done).encode(),
        "equity.svg": _chart(done).encode(),
    }
    write_folder(folder, files)
    return list(files)


TRADES = (
    "reading", "decided_ts", "entered_ts", "exited_ts", "side", "entry_price", "stop_loss_price", "take_profit_price",
    "exit_price", "exit_reason", "is_late_exit", "net_return_bps",
)  # fmt: skip


def _trades(done: Backtest) -> str:
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(TRADES)
    for reading in done.readings:
        for one in reading.positions:
            places = (one.order.minute, one.entered, one.exited)
            table.writerow(
                [
                    reading.name,
                    *(_iso(done.evaluated_from + place * MINUTE) for place in places),
                    "BUY" if one.order.direction > 0 else "SELL",
                    one.entry_price,
                    one.order.stop,
                    one.order.target,
                    one.exit_price,
                    one.reason,
                    str(one.is_late).lower(),
                    f"{one.net_return * 10_000:.4f}",
                ]
            )
    return text.getvalue()


def _chart(done: Backtest) -> str:
    stood, freely = done.readings
    lines = [
        Line("buy and hold", done.buy_and_hold.worth, "#888888"),
        Line("hypothetical: wherever an edge is expected", freely.worth, "#d98200", is_dashed=True),
        Line("the rule as it stood" + ("" if done.may_trade else " (may not trade)"), stood.worth, "#1763b6"),
    ]
    model = done.model
    title = f"Model {model.model_id} ({model.candidate}), {model.judged_symbol} {model.cell}: a stake of 1 after costs"
    return equity_chart(("SIMULATED market. " if done.is_simulated else "") + title, done.evaluated_from, lines)


def _instant(epoch: int) -> datetime:
    return datetime.fromtimestamp(epoch, tz=UTC)


def _iso(instant: datetime) -> str:
    return f"{instant.astimezone(UTC):%Y-%m-%dT%H:%MZ}"
