"""One function a command: call the plain function, show what it says, give the exit code."""

from __future__ import annotations

import json
import sys
import threading
from argparse import Namespace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from include.cli import terminal
from include.errors import CortexSignalsError, SettingsError
from include.pipeline import Pipeline, from_environment, warehouse_dsn
from include.settings import read_environment

if TYPE_CHECKING:
    from include.registry import Decided


def _pipeline(args: Namespace) -> Pipeline:
    return from_environment(
        allow_simulated=getattr(args, "allow_simulated", False), adopt_source=getattr(args, "adopt_source", False)
    )


def say_error(error: CortexSignalsError) -> None:
    """An expected error as one JSON document: its class and its sentence."""
    terminal.say(json.dumps({"error": type(error).__name__, "message": str(error)}))


def migrate(args: Namespace) -> None:
    from include.warehouse.migrate import migrate
    from include.warehouse.migration_plan import plan_migration

    pipeline = _pipeline(args)
    if args.dry_run:
        plan = plan_migration(pipeline.warehouse)
        return terminal.answer(args, plan.as_dict(), terminal.told_plan(plan))
    done = migrate(pipeline.warehouse, pipeline.settings.timescale)
    of_timescale = f" Set up of TimescaleDB: {', '.join(done.timescale)}." if done.timescale else ""
    terminal.answer(
        args,
        done.as_dict(),
        f"{len(done.migrations)} migrations and {len(done.views)} views applied; features are version {done.feature_version}."
        + of_timescale
        + (f"\n{done.timescale_refused}" if done.timescale_refused else ""),
    )
    return None


def backfill(args: Namespace) -> None:
    from include.ingest import backfill

    pipeline = _pipeline(args)
    symbols = tuple(pipeline.settings.symbol(name) for name in args.symbol) or None
    with terminal.progress(args, "minutes") as progress:
        loaded = backfill(pipeline, args.start, args.end, symbols, progress, args.refetch)
    terminal.answer(
        args,
        loaded.as_dict(),
        f"{loaded.minutes_new} new, {loaded.minutes_changed} changed and {loaded.minutes_same} same minutes in {loaded.windows} windows; "
        f"{loaded.windows_skipped} windows lacked nothing that is due.",
    )


def ingest(args: Namespace) -> None:
    from include.ingest import ingest

    with terminal.progress(args, "minutes") as progress:
        loaded = ingest(_pipeline(args), args.until, progress)
    terminal.answer(
        args,
        loaded.as_dict(),
        f"{loaded.minutes_new} new and {loaded.minutes_changed} changed minutes; the newest is {loaded.newest}.",
    )


def repair(args: Namespace) -> None:
    from include.repair import repair

    with terminal.progress(args, "minutes") as progress:
        done = repair(_pipeline(args), args.start, args.end, progress)
    text = f"{done.missing:,} values were missing and due to be asked for; the source had {done.found:,} of them."
    terminal.answer(args, done.as_dict(), text + "".join(f"\n{runs:,} gaps: {why}" for why, runs in done.left.items()))


def train(args: Namespace) -> None:
    from include.deployment import require_deployment
    from include.overfitting_check import check_overfitting
    from include.registry import run_id_of
    from include.train import train

    if args.deployment:
        require_deployment(args.deployment)
    pipeline, run = _pipeline(args), args.run_key or str(uuid4())
    with terminal.steps(args) as progress:
        trained = train(
            pipeline,
            args.as_of,
            args.horizon,
            args.threshold,
            args.candidate,
            args.grid,
            progress,
            run=run,
            tuning_trials=args.trials,
            jobs=args.jobs,
        )
    if not args.run_key or not (args.horizon or args.threshold):  # else other cells may follow, as in the DAG
        check_overfitting(pipeline, run_id_of(run))
    rows = [one.as_dict() for one in trained]
    terminal.table(
        args,
        rows,
        ["symbol", "horizon_minutes", "threshold", "kind", "champion", "log_loss_skill", "may_trade", "reason"],
    )


def rollback(args: Namespace) -> None:
    from include.registry import rollback

    done = rollback(_pipeline(args), args.horizon, args.threshold, args.symbol, args.to, args.reason)
    terminal.answer(args, done.as_dict(), _from_then_on(done))


def proposals(args: Namespace) -> None:
    from include.registry import proposals

    rows = [one.as_dict() for one in proposals(_pipeline(args))]
    shown = ["proposal_id", "symbol", "horizon_minutes", "threshold", "candidate", "model_id", "champion", "reason"]
    terminal.table(args, rows, shown, "No proposal waits for an answer.")


def approve(args: Namespace) -> None:
    from include.registry import approve

    done = approve(_pipeline(args), args.proposal_id, args.reason)
    terminal.answer(args, done.as_dict(), _from_then_on(done))


def decline(args: Namespace) -> None:
    from include.registry import decline

    done = decline(_pipeline(args), args.proposal_id, args.reason)
    text = f"Proposal {args.proposal_id} is declined: the champion of {_cell(done)} reigns on."
    terminal.answer(args, done.as_dict(), text)


def _from_then_on(done: Decided) -> str:
    return f"Model {done.model_id} ({done.candidate}) reigns in {_cell(done)} from {done.effective_from:%Y-%m-%d %H:%M} UTC on."


def _cell(done: Decided) -> str:
    return f"{done.symbol} {done.horizon_minutes} min ±{done.threshold}"


def predict(args: Namespace) -> None:
    from include.predict import predict

    if args.at and (args.start or args.end):
        raise SettingsError("--at is one minute and --from and --to are a span; give one of the two.")
    start, end = (args.at, args.at + timedelta(minutes=1)) if args.at else (args.start, args.end)
    done = predict(_pipeline(args), start, end, only_newest=start is None and end is None)
    text = f"{done.scored} signals scored and {done.abstained} abstained."
    if done.no_champion:
        text += f" {done.no_champion} have no champion that may answer them: none reigned then, or its training reaches that far."
    if done.waiting:
        text += f" {done.waiting} still wait for their inputs."
    terminal.answer(args, done.as_dict(), text)


def settle(args: Namespace) -> None:
    from include.settle import settle

    with terminal.progress(args, "minutes" if args.start or args.end else "signals and minutes") as progress:
        done = settle(_pipeline(args), args.start, args.end, progress)
    text = (
        f"{done.settled:,} outcomes settled, {done.resettled:,} settled again; {done.days:,} rows of performance_days."
    )
    if done.left:
        text += " Signals are being written: run it again for the last ones."
    terminal.answer(args, done.as_dict(), text)


def watch(args: Namespace) -> int:
    from include.follow import follow, newest

    try:
        if args.once:
            terminal.show_signals(args, newest(_pipeline(args), args.symbol))
        else:
            terminal.follow_signals(args, follow(_pipeline(args), args.symbol))
    except KeyboardInterrupt:
        pass  # how one stops watching
    return 0


def replay(args: Namespace) -> int:
    from include.replay import replay

    done = replay(_pipeline(args), args.signal_id)
    if args.json:
        terminal.answer(args, done.as_dict(), "")
    else:
        terminal.show_replayed(done)
    return 0 if done.is_right else 1


def explain(args: Namespace) -> None:
    from include.explain import explain

    done = explain(_pipeline(args), args.signal_id)
    if args.json:
        return terminal.answer(args, done.as_dict(), "")
    return terminal.show_explained(done, args.top)


def challenge(args: Namespace) -> None:
    from include.challenge import challenge, end_challenge

    if args.none == (args.model_id is not None) or args.none != bool(args.horizon and args.threshold):
        raise SettingsError("Give a MODEL_ID, or --none with --horizon and --threshold.")
    if args.none:
        done = end_challenge(_pipeline(args), args.horizon, args.threshold, args.symbol, args.reason)
    else:
        done = challenge(_pipeline(args), args.model_id, args.symbol, args.reason)
    who = f"Model {done.model_id} ({done.candidate})" if done.model_id else "No model"
    cell = f"{done.symbol} {done.horizon_minutes} min ±{done.threshold}"
    text = f"{who} runs in shadow in {cell} from {done.effective_from:%Y-%m-%d %H:%M} UTC on."
    terminal.answer(args, done.as_dict(), text)


def kill_switch(args: Namespace) -> None:
    from include.kill_switch import kill_switch_state, set_kill_switch

    pipeline = _pipeline(args)
    if args.turn:
        set_kill_switch(pipeline, args.turn == "on", args.symbol, args.reason)
    states = kill_switch_state(pipeline)
    document = [state.as_dict() for state in states]
    text = "\n".join(
        f"{state.symbol or 'all symbols'}: {'ON, every minute is ABSTAIN' if state.is_on else 'off'}, "
        f"set by {state.set_by} at {state.set_at:%Y-%m-%d %H:%M} UTC: {state.reason}"
        for state in states
    )
    terminal.answer(args, document, text or "The kill switch was never used: signals are on.")


def status(args: Namespace) -> None:
    from include.status import status

    state = status(_pipeline(args))
    if args.json:
        return terminal.answer(args, state, "")
    return terminal.show_status(state)


def leaderboard(args: Namespace) -> None:
    from include.overfitting_check import newest_choices
    from include.warehouse.reports import leaderboard

    warehouse = _pipeline(args).warehouse
    rows = leaderboard(warehouse)
    terminal.table(args, rows, SCORES, "No training has run yet: `cortex-signals train`.")
    if rows and not args.json:
        terminal.show_money(rows, newest_choices(warehouse))


SCORES = (
    "horizon_minutes", "threshold", "candidate", "is_champion", "log_loss_skill", "skill_low", "skill_high", "auc_up", "auc_down",
    "auc_direction", "average_precision_lift_up", "average_precision_lift_down", "calibration_error", "rows", "events", "days",
)  # fmt: skip


def backtest(args: Namespace) -> None:
    from include.backtest import backtest, write_backtest
    from include.folders import require_free

    if args.to_dir:
        require_free(args.to_dir)
    with terminal.progress(args, "minutes") as progress:
        done = backtest(_pipeline(args), args.model, args.start, args.end, progress)
    written = write_backtest(done, args.to_dir) if args.to_dir else []
    document = done.as_dict()
    if args.json:
        return terminal.answer(args, document, "")
    terminal.show_backtest(document)
    if written:
        terminal.say(f"{args.to_dir} has {', '.join(written)}.")
    return None


def card(args: Namespace) -> None:
    from include.folders import require_absent, write_file
    from include.model_card.card import model_card

    path = args.to or Path(f"model-{args.model_id}.html")
    require_absent(path)
    with _pipeline(args).warehouse.transaction("reader", one_snapshot=True) as connection:
        page = model_card(connection, args.model_id)
    write_file(path, page.encode())
    document = {"model_id": args.model_id, "file": str(path), "bytes": len(page.encode())}
    terminal.answer(args, document, f"The card of model {args.model_id} is in {path}.")


def export(args: Namespace) -> None:
    from include.model_files import export_model

    done = export_model(_pipeline(args).warehouse, args.model_id, args.to)
    terminal.answer(args, done.as_dict(), f"Model {done.model_id} is in {done.folder}: {', '.join(done.files)}.")


def import_(args: Namespace) -> None:
    from include.model_files import import_model

    done = import_model(_pipeline(args).warehouse, args.folder)
    text = f"Model {done.model_id} is registered" if done.is_new else f"It was there already: model {done.model_id}"
    text += f" ({done.candidate}, {done.symbol} {done.horizon_minutes} min ±{done.threshold}); nothing is promoted."
    if not done.is_scorable:
        text += " The view of its features is not there: run `cortex-signals migrate`."
    terminal.answer(args, done.as_dict(), text)


def doctor(args: Namespace) -> int:
    from include.doctor import doctor

    checks = doctor(_pipeline(args), delays=args.delays)
    if args.json:
        terminal.answer(args, [check.as_dict() for check in checks], "")
    else:
        terminal.show_checks(checks)
    return 1 if any(check.ok is False for check in checks) else 0


def check(args: Namespace) -> int:
    from include.watching.checks import run_checks
    from include.watching.names import CHECK_NAMES

    if unknown := set(args.name) - set(CHECK_NAMES):
        raise SettingsError(f"There is no check {', '.join(sorted(unknown))}; there are {', '.join(CHECK_NAMES)}.")
    found = run_checks(_pipeline(args), args.name)
    rows = [{**one.as_dict(), "runbook": f"docs/runbook.md#{one.runbook}"} for one in found]
    terminal.table(args, rows, ["name", "symbol", "horizon_minutes", "threshold", "status", "value", "bound", "detail"])
    return 1 if any(one.is_trouble for one in found) else 0


def maintain(args: Namespace) -> int:
    from include.maintain import maintain_all
    from include.upkeep_names import STEPS

    if unknown := set(args.step) - set(STEPS):
        raise SettingsError(f"There is no step {', '.join(sorted(unknown))}; there are {', '.join(STEPS)}.")
    done, failed = maintain_all(_pipeline(args), args.step, dry_run=args.dry_run)
    rows = [{**one.as_dict(), "error": None} for one in done]
    rows += [{"step": step, "counts": {}, "skipped": None, "error": str(error)} for step, error in failed.items()]
    terminal.show_maintained(args, rows)
    return 1 if failed else 0


def backup(args: Namespace) -> None:
    from include.backup import back_up
    from include.settings import read_environment

    pipeline, folder = _pipeline(args), args.to or read_environment().backups
    if folder is None:
        raise SettingsError("Say with --to DIR where the backup is written, or set CORTEX_SIGNALS_BACKUPS.")
    done = back_up(pipeline.warehouse, folder, args.keep or pipeline.settings.upkeep.backups)
    text = (
        f"{done.file} has {done.bytes:,} bytes, SHA-256 {done.sha256[:12]}…; {done.removed} older backups were removed."
    )
    terminal.answer(args, done.as_dict(), text)


def restore(args: Namespace) -> None:
    from include.backup import restore

    pipeline = _pipeline(args)
    warehouse = pipeline.warehouse
    done = restore(warehouse, args.file, pipeline.settings.timescale)
    source = f"the source {done.source_kind} {done.source}" if done.source else "no source yet"
    text = (
        f"The database at {warehouse.place} holds {done.minutes:,} minutes, {done.models:,} models, {done.signals:,} signals and "
        f"{done.outcomes:,} outcomes of {source}."
    )
    terminal.answer(args, done.as_dict(), text)


def metrics(args: Namespace) -> None:
    from include.prometheus.server import serve

    warehouse = _pipeline(args).warehouse
    with serve(warehouse, args.listen, args.port) as address:
        terminal.say(f"Metrics are at {address}; Ctrl-C ends it.")
        threading.Event().wait()


def dsn(args: Namespace) -> None:
    terminal.say(warehouse_dsn(args.role))
    if args.role != "owner" and read_environment().warehouse_dsn:
        sys.stderr.write(
            f"This is the login of WAREHOUSE_DSN, acting as market_{args.role}: who has it can leave that role. "
            "For others make a login of its own, as docs/bi.md says.\n"
        )
