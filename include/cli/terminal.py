"""What a person sees: progress with rate and time left, tables, and one JSON document for machines."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import orjson
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table

if TYPE_CHECKING:
    from include.doctor import Check
    from include.explain import Explained
    from include.replay import Replayed
    from include.warehouse.migration_plan import MigrationPlan

FILE_WIDTH = 200  # of a table that goes to a file or a pipe

console = Console(highlight=False, width=None if sys.stdout.isatty() else FILE_WIDTH)
errors = Console(stderr=True, highlight=False, width=None if sys.stderr.isatty() else FILE_WIDTH)


HEADINGS = {
    "horizon_minutes": "minutes",
    "is_champion": "champion",
    "log_loss_skill": "skill",
    "skill_low": "low",
    "skill_high": "high",
    "auc_up": "AUC up",
    "auc_down": "down",
    "auc_big_move": "big move",
    "auc_direction": "direction",
    "average_precision_lift_up": "lift up",
    "average_precision_lift_down": "down",
    "calibration_error": "calibration error",
    "trades_a_day": "trades a day",
    "win_rate": "win rate",
    "mean_net_return_bps": "mean bp",
    "net_return_low_bps": "low",
    "net_return_high_bps": "high",
    "max_drawdown": "drawdown",
    "lucky_sharpe": "by luck",
    "deflated_sharpe": "more than luck",
    "hold_sharpe": "holding",
}
MONEY = (
    "horizon_minutes", "threshold", "candidate", "is_champion", "trades", "trades_a_day", "win_rate", "mean_net_return_bps",
    "net_return_low_bps", "net_return_high_bps", "max_drawdown", "sharpe", "lucky_sharpe", "deflated_sharpe", "trials", "hold_sharpe",
)  # fmt: skip


def say(text: str) -> None:
    """One line on stdout, as it is: what a shell may take up."""
    sys.stdout.write(f"{text}\n")


def answer(args: Namespace, document: Any, text: str) -> None:
    """The document as JSON with --json, else the text."""
    say(orjson.dumps(document, default=str).decode() if args.json else text)


@contextmanager
def progress(args: Namespace, unit: str) -> Iterator[Callable[[int, int], None] | None]:
    """A bar of work done on stderr, where that is a terminal and nothing asks for JSON; else nothing."""
    if args.json or not errors.is_terminal:
        yield None
        return
    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn(unit),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=errors) as bar:
        job = bar.add_task("load", total=None, rate="")

        def report(done: int, asked: int) -> None:
            speed = bar.tasks[0].finished_speed or bar.tasks[0].speed or 0
            bar.update(job, completed=done, total=asked, rate=f"{speed:,.0f} {unit} a second")

        yield report


@contextmanager
def steps(args: Namespace) -> Iterator[Callable[[int, int, str], None]]:
    """A bar of named steps on a terminal, else a line a step on stderr."""
    if args.json or not errors.is_terminal:
        yield lambda done, asked, name: errors.print(f"{done} of {asked} done; {name}")
        return
    with Progress(
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=errors,
    ) as bar:
        job = bar.add_task("reading the snapshot", total=None)
        yield lambda done, asked, name: bar.update(job, completed=done, total=asked, description=name)


def table(args: Namespace, rows: Sequence[Mapping[str, Any]], columns: Sequence[str], empty: str = "Nothing.") -> None:
    """Rows as a table of those columns, or all of each row as JSON."""
    if args.json:
        return answer(args, rows, "")
    if not rows:
        return say(empty)
    _print_table(rows, columns)
    return None


def show_maintained(args: Namespace, rows: Sequence[Mapping[str, Any]]) -> None:
    """A line a step of upkeep: its counts, why it did nothing, or what went wrong."""
    if args.json:
        return answer(args, rows, "")
    for row in rows:
        counted = ", ".join(f"{count:,} {what.replace('_', ' ')}" for what, count in row["counts"].items())
        say(f"{row['step']}: {row['error'] or row['skipped'] or counted}")
    return None


def _print_table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> None:
    shown = Table(header_style="bold", show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    for column in columns:
        shown.add_column(HEADINGS.get(column, column), justify="left" if isinstance(rows[0][column], str) else "right")
    for row in rows:
        shown.add_row(*(_cell(row[column]) for column in columns))
    console.print(shown)


def show_money(rows: Sequence[Mapping[str, Any]], choices: Sequence[str]) -> None:
    """What the rules of the leaderboard's rows brought on paper, and what is known of how the best was chosen."""
    traded = [row for row in rows if row["trades"] is not None]
    if not traded:
        console.print("\nMoney: none of these was traded on paper; the next training does it.")
        return
    console.print(
        "\nMoney: the signals' rule on these minutes, entered a minute late, after costs. Mean bp is the net return of a trade with its "
        "95 % interval; Sharpe is of a year, beside what the best of so many trials reaches by luck and the probability that it is more."
    )
    _print_table(traded, MONEY)
    for sentence in choices:
        console.print(sentence)


def show_status(state: Mapping[str, Any]) -> None:
    """The state of the pipeline in a few lines."""
    source = state["source"]
    console.print(f"Source: {_source(source)}" if source else "No minute is loaded yet: run `cortex-signals ingest`.")
    for symbol in state["symbols"]:
        console.print(
            f"{symbol['symbol']}: {symbol['minutes']:,} minutes, {_cell(symbol['first_ts'])} to {_cell(symbol['last_ts'])}"
            + (f", {symbol['not_held']:,} between them not held (coverage_gaps)" if symbol["not_held"] else "")
        )
        if symbol["scored"] is not None:
            console.print(
                f"{symbol['symbol']}: {symbol['scored']:,} signals scored, {symbol['settled']:,} of them settled, "
                f"{symbol['scored'] - symbol['settled']:,} open"
            )
    console.print(f"Champions: {state['champions']} of {state['live_cells']} live cells")
    console.print(
        f"Signals: {state['signals']:,}, of them {state['live_signals']:,} live and scored; the newest answers {_cell(state['last_signal_ts'])}"
    )
    if state["latency_median"] is not None:
        console.print(
            f"Latency of the last day's live signals: median {state['latency_median']:.1f} s, p95 {state['latency_p95']:.1f} s after the minute's end"
        )


READINGS = {
    "as_it_stood": "the rule as it stood",
    "hypothetical": "HYPOTHETICAL: wherever an edge is expected",
    "flat": "flat",
    "buy_and_hold": "buy and hold",
}


def show_backtest(found: Mapping[str, Any]) -> None:
    """What a backtest found: the money of each reading, the scores, and what to read them with."""
    market = "SIMULATED market" if found["is_simulated"] else "market"
    console.print(
        f"Model {found['model_id']} ({found['candidate']}), {found['symbol']} {found['horizon_minutes']} min ±{found['threshold']}, {market}, "
        f"{found['evaluated_from']} to {found['evaluated_to']}: {found['minutes_scored']:,} minutes scored, {found['minutes_not_held']:,} not held, "
        f"{found['minutes_with_edge']:,} with an expected edge after {found['cost_bps_per_side']:g} bp a side"
    )
    shown = Table(header_style="bold", show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    for heading in (
        "",
        "trades",
        "a day",
        "win rate",
        "mean bp",
        "low",
        "high",
        "net %",
        "Sharpe",
        "drawdown %",
        "late exits",
    ):
        shown.add_column(heading, justify="right" if heading else "left")
    for name, title in READINGS.items():
        shown.add_row(title, *_money_cells(found["money"][name]))
    console.print(shown)
    scores = found["scores"]
    console.print(
        f"Log-loss skill over the base rates: {_cell(scores['log_loss_skill'])} ({_cell(scores['skill_low'])} to {_cell(scores['skill_high'])}), "
        f"AUC up {_cell(scores['auc_up'])}, down {_cell(scores['auc_down'])}; {scores['rows']:,} rows, {scores['events']:,} events that begin "
        f"on {scores['days']:,} days"
    )
    for note in found["notes"]:
        console.print(note)


def _money_cells(money: Mapping[str, Any]) -> list[str]:
    shares = (money["net_return"] * 100, money["sharpe"], money["max_drawdown"] * 100)
    means = (money["win_rate"], money["mean_net_return_bps"], money["low"], money["high"])
    return [_cell(value) for value in (money["trades"], money["trades_a_day"], *means, *shares, money["late_exits"])]


SIDES = {"BUY": "green", "SELL": "red", "ABSTAIN": "yellow"}
PAPER = "Signals on paper: nothing here sends an order."


def show_signals(args: Namespace, signals: Sequence[Mapping[str, Any]]) -> None:
    """A line a signal, or a JSON document a line."""
    if not args.json:
        say(PAPER if signals else "No signal is written yet: `cortex-signals predict`, or wait for the DAGs.")
    for signal in signals:
        _show_signal(args, signal)


def follow_signals(args: Namespace, coming: Iterator[Mapping[str, Any] | str]) -> None:
    """Each signal as it comes; what is said of the warehouse goes to stderr."""
    if not args.json:
        say(f"{PAPER} Ctrl-C ends it.")
    for one in coming:
        if isinstance(one, str):
            errors.print(one, markup=False)
        else:
            _show_signal(args, one)
        sys.stdout.flush()


def _show_signal(args: Namespace, signal: Mapping[str, Any]) -> None:
    from include.follow import line

    if args.json:
        say(orjson.dumps(signal, default=str).decode())
    elif console.is_terminal:
        console.print(line(signal), style=SIDES.get(signal["side"]), markup=False)
    else:
        say(line(signal))


def show_replayed(done: Replayed) -> None:
    """The sentence, what differs, what the decision used, and what corrections since then would change."""
    say(done.sentence)
    for one in done.differences:
        say(f"  {one.column}: stored {one.stored}, now {one.recomputed}")
    if done.used:
        say("The decision used " + ", ".join(f"{name} {value:.10g}" for name, value in done.used.items()) + ".")
    if done.later is None:
        return
    say(done.later.sentence)
    for changed in done.later.features:
        mark = "" if changed.is_input else " (the model does not look at it)"
        say(f"  {changed.feature}: then {changed.stored}, now {changed.now}{mark}")


def show_explained(done: Explained, top: int) -> None:
    """A table of the strongest features of each part of the model."""
    market = ", SIMULATED market" if done.is_simulated else ""
    console.print(
        f"Signal {done.signal_id}: {done.side}, {done.prediction} by model {done.model_id} ({done.candidate}), {done.symbol} "
        f"{done.horizon_minutes} min ±{done.threshold}, {done.ts}{market}",
        markup=False,
    )
    for part in done.parts:
        console.print(f"\n{part.name}: {part.method}", markup=False)
        shown = Table(header_style="bold", show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
        for heading in ("feature", "value", "training median", *part.score):
            shown.add_column(heading, justify="left" if heading == "feature" else "right")
        if part.base is not None:
            shown.add_row("(base)", "", "", *(_signed(value) for value in part.base.values()))
        for one in part.features[:top]:
            numbers = (_signed(value) for value in one.contributions.values())
            shown.add_row(one.feature, f"{one.value:.6g}", "–" if one.median is None else f"{one.median:.6g}", *numbers)
        if len(part.features) > top:
            shown.add_row(f"({len(part.features) - top} more)", "", "", *("" for _ in part.score))
        scores = ("–" if value is None else f"{value:.4f}" for value in part.score.values())
        shown.add_row("(probability)" if part.base is None else "(score)", "", "", *scores)
        console.print(shown)


def _signed(value: float | None) -> str:
    return "–" if value is None else f"{value:+.4f}"


def told_plan(plan: MigrationPlan) -> str:
    """What a migration would do, a line a step, and whom it would hold up."""
    steps = {
        "make the schema and all that is in it": plan.makes_schema,
        f"make the roles {', '.join(plan.makes_roles)}": plan.makes_roles,
        f"apply {len(plan.migrations)} migrations: {', '.join(plan.migrations)}": plan.migrations,
        f"drop {len(plan.drops)} views that are no longer ours: {', '.join(plan.drops)}": plan.drops,
        f"make {len(plan.views)} views anew, readers with what they read: {', '.join(plan.views)}": plan.views,
        f"mend of them what somebody changed: {', '.join(plan.repairs)}": plan.repairs,
        f"make views again that models rest on: {', '.join(plan.lost_views)}": plan.lost_views,
        f"bring features into force as the new version {plan.feature_version}": plan.is_new_version,
    }
    if plan.is_empty:
        return f"Nothing to do: the schema is up to date, features are version {plan.feature_version}. A run only grants again what our roles may do."
    lines = ["Nothing was changed. `cortex-signals migrate` would, in one transaction:"]
    lines += [f"- {step}" for step, is_due in steps.items() if is_due]
    granted = f"grant {' and '.join(plan.grants_to)} what they may do"
    lines.append(
        f"- {granted if plan.grants_to else 'grant nothing: there is neither market_writer nor market_reader'}"
    )
    if plan.may_use_timescale:
        lines.append("Then it sets up what the settings want of TimescaleDB, in a transaction of its own.")
    if plan.locks:
        lines.append(
            f"Others wait until it ends for {', '.join(plan.locks)}; it waits at most 30 s for each of them, else it changes nothing."
        )
    for view, others in plan.others.items():
        lines.append(
            f"{', '.join(others)} reads {view}: it stays where {view} keeps its columns, else the run is refused and changes nothing."
        )
    return "\n".join(lines)


def show_checks(checks: Sequence[Check]) -> None:
    """One line a check, and the fix under those that fail."""
    marks = {True: "[green]ok[/]  ", False: "[red]FAIL[/]", None: "note"}
    for check in checks:
        console.print(f"{marks[check.ok]} {check.name}: {check.found}")
        if check.ok is not True and check.fix:
            console.print(f"     to do: {check.fix}", markup=False)


def _source(source: Mapping[str, str]) -> str:
    kind = {"simulated": "SIMULATED market of the bundled lab", "replay": "real candles, replayed"}.get(
        source["kind"], source["kind"]
    )
    return f"{kind} ({source['identity']})"


def _cell(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, float):
        return f"{value:.3f}"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M} UTC"
    return str(value)
