"""The command line: the same plain functions that the DAGs' tasks call.

Exit codes: 0 done, 1 failed with one sentence on stderr, 2 bad usage.
"""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path

from include.cli import commands
from include.errors import CortexSignalsError
from include.ingest import parse_minute
from include.lab import command as lab
from include.orchestration.training import MOST_TRIALS
from include.settings import read_environment
from include.upkeep_names import STEPS
from include.watching.names import CHECK_NAMES


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    args = parser().parse_args(arguments)
    debug = args.debug or read_environment().debug
    logging.basicConfig(
        level=logging.INFO if debug else logging.WARNING, format="%(levelname)s %(message)s", stream=sys.stderr
    )
    logging.getLogger("httpx").setLevel(logging.WARNING)
    try:
        code: int | None = args.run(args)
    except CortexSignalsError as error:
        if debug:
            raise
        if getattr(args, "json", False):
            commands.say_error(error)
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("Stopped; what is committed stays, and it is safe to run this again.\n")
        return 1
    return code or 0


def parser() -> argparse.ArgumentParser:
    """All commands that work."""
    top = argparse.ArgumentParser(
        prog="cortex-signals", description="Minute metrics from Cortex become signals in PostgreSQL."
    )
    top.add_argument("--debug", action="store_true", help="show tracebacks and one log line a window")
    subparsers = top.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def command(name: str, run: object, text: str) -> argparse.ArgumentParser:
        sub = subparsers.add_parser(name, help=text, description=text)
        sub.add_argument("--debug", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        sub.set_defaults(run=run)
        return sub

    _migrate(command("migrate", commands.migrate, "apply migrations once, and views when they changed"))
    _backfill(command("backfill", commands.backfill, "load history; resumes; safe to run twice or side by side"))
    _ingest(command("ingest", commands.ingest, "load from the watermark, re-read the overlap"))
    _repair(command("repair", commands.repair, "find missing minutes in the warehouse and ask for just those again"))
    _train(command("train", commands.train, "snapshot, evaluate, gate, register, promote"))
    _rollback(
        command("rollback", commands.rollback, "let an earlier champion of a cell reign again, from the next minute on")
    )
    _json(command("proposals", commands.proposals, "new recipes that passed the gate and wait for a person's answer"))
    _proposal(command("approve", commands.approve, "let a proposed model reign from the next minute on"))
    _proposal(command("decline", commands.decline, "refuse a proposed model; the champion reigns on"))
    _predict(command("predict", commands.predict, "the signals of a minute, or of every unanswered minute of a span"))
    _settle(command("settle", commands.settle, "what the price did after the signals: what is due, or a span again"))
    _watch(command("watch", commands.watch, "follow live signals on the terminal; on paper, nothing sends an order"))
    _signal(command("replay", commands.replay, "compute a stored signal again from its model and inputs, and compare"))
    _explain(command("explain", commands.explain, "the strongest features of a stored signal"))
    _challenge(
        command("challenge", commands.challenge, "let a model run in shadow beside its cell's champion, or none")
    )
    _kill_switch(command("kill-switch", commands.kill_switch, "turn signals off, or on again; alone: the state"))
    _json(command("status", commands.status, "freshness and coverage"))
    _json(command("leaderboard", commands.leaderboard, "models against baselines"))
    _backtest(command("backtest", commands.backtest, "a model's decision rule on held-out minutes, after costs"))
    _card(command("card", commands.card, "a model's card as a page of HTML: scores, plots, money, provenance"))
    _export(command("export", commands.export, "a model as files: model, config.json, results.json"))
    _import(command("import", commands.import_, "register the model of such a folder; promotes nothing"))
    _doctor(command("doctor", commands.doctor, "checks of settings, source, warehouse and schema, each with the fix"))
    _check(
        command(
            "check", commands.check, "the checks of monitor_pipeline, each written as a row; exit 1 where one is not ok"
        )
    )
    _maintain(command("maintain", commands.maintain, "upkeep: artifacts, expired rows, vacuum, logs, metadata, backup"))
    _backup(command("backup", commands.backup, "write the warehouse into a file, with its checksum"))
    _restore(command("restore", commands.restore, "make the warehouse of such a file in an empty database"))
    _metrics(command("metrics", commands.metrics, "Prometheus metrics of signals and pipeline, at one address"))
    dsn = command("dsn", commands.dsn, "print the warehouse's DSN")
    dsn.add_argument("--role", choices=["reader", "writer", "owner"], default="reader", help="default: reader")
    lab.add_arguments(
        command("lab", lab.run, "the bundled Cortex-like source by itself: simulated, or replaying candles")
    )
    return top


def _json(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("--json", action="store_true", help="print one JSON document, for machines")


def _migrate(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("--dry-run", action="store_true", help="say what a run would do and lock, and change nothing")
    _json(sub)


def _doctor(sub: argparse.ArgumentParser) -> None:
    text = "also watch for up to two minutes when each metric's samples come, and propose the settings of [time]"
    sub.add_argument("--delays", action="store_true", help=text)
    _json(sub)


def _check(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("name", nargs="*", metavar="NAME", help=f"of {', '.join(CHECK_NAMES)}; without: all")
    _json(sub)


def _maintain(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("step", nargs="*", metavar="STEP", help=f"of {', '.join(STEPS)}; without: all of them")
    sub.add_argument("--dry-run", action="store_true", help="count what would go, and change nothing")
    _json(sub)


def _backup(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("--to", type=Path, metavar="DIR", help="a folder; default: that of CORTEX_SIGNALS_BACKUPS")
    sub.add_argument("--keep", type=_jobs, metavar="N", help="so many of the newest stay; default: upkeep.keep_backups")
    _json(sub)


def _restore(sub: argparse.ArgumentParser) -> None:
    sub.add_argument(
        "file", type=Path, metavar="FILE", help="what `cortex-signals backup` wrote, its .sha256 beside it"
    )
    _json(sub)


def _metrics(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("--port", type=int, default=9464, metavar="P", help="default: 9464")
    sub.add_argument("--listen", default="127.0.0.1", metavar="ADDRESS", help="default: 127.0.0.1, this machine alone")


def _source(sub: argparse.ArgumentParser) -> None:
    sub.add_argument(
        "--allow-simulated", action="store_true", help="let the lab's simulated minutes into your own WAREHOUSE_DSN"
    )
    sub.add_argument("--adopt-source", action="store_true", help="the source is the same data at a new address")


def _backfill(sub: argparse.ArgumentParser) -> None:
    sub.add_argument(
        "--from", dest="start", type=_instant, required=True, metavar="T", help="first minute (its end), UTC, included"
    )
    sub.add_argument(
        "--to", dest="end", type=_instant, required=True, metavar="T", help="end of the range, UTC, not included"
    )
    sub.add_argument("--symbol", action="append", default=[], metavar="S", help="only this symbol of the settings")
    sub.add_argument("--refetch", action="store_true", help="ask again for windows that are complete")
    _source(sub)
    _json(sub)


def _ingest(sub: argparse.ArgumentParser) -> None:
    sub.add_argument(
        "--until",
        type=_instant,
        metavar="T",
        help="last minute to load, UTC, included; default: the newest settled one",
    )
    _source(sub)
    _json(sub)


def _repair(sub: argparse.ArgumentParser) -> None:
    text = "default: what is due of the last ingest.repair_lookback_days"
    sub.add_argument("--from", dest="start", type=_instant, metavar="T", help=f"first minute, UTC, included; {text}")
    sub.add_argument("--to", dest="end", type=_instant, metavar="T", help="end of the range, UTC, not included")
    _source(sub)
    _json(sub)


def _train(sub: argparse.ArgumentParser) -> None:
    sub.add_argument(
        "--as-of", type=_instant, metavar="T", help="last market time to use, UTC; default: the newest minute"
    )
    sub.add_argument("--horizon", type=int, action="append", default=[], metavar="M", help="only this horizon, minutes")
    sub.add_argument(
        "--threshold",
        type=_fraction,
        action="append",
        default=[],
        metavar="X",
        help="only this threshold, a fraction: 0.005 is 0.5 %%",
    )
    sub.add_argument(
        "--candidate", action="append", default=[], metavar="NAME", help="only this candidate, beside the baselines"
    )
    sub.add_argument("--grid", action="store_true", help="all horizons and thresholds, not only the live cells")
    sub.add_argument(
        "--trials",
        type=_trials,
        metavar="N",
        help="models that lightgbm_tuned tries, 1 to 200; default: training.tuning_trials",
    )
    sub.add_argument(
        "--run",
        dest="run_key",
        metavar="KEY",
        help="name of the run; again with the same name, cells that it has recorded are left out",
    )
    sub.add_argument(
        "--deployment",
        metavar="REVISIONS",
        help="only with this code and these settings: of the worker that planned the run, for the others",
    )
    sub.add_argument("--jobs", type=_jobs, default=1, metavar="N", help="horizons at once, a core each; default: 1")
    _json(sub)


def _rollback(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("--horizon", type=int, required=True, metavar="M", help="the cell's horizon, minutes")
    sub.add_argument(
        "--threshold",
        type=_fraction,
        required=True,
        metavar="X",
        help="the cell's threshold, a fraction: 0.005 is 0.5 %%",
    )
    sub.add_argument("--symbol", metavar="S", help="a symbol of the settings; needed where they have several")
    sub.add_argument(
        "--to",
        type=int,
        metavar="MODEL_ID",
        help="an earlier champion of the cell; default: the one before the present",
    )
    sub.add_argument("--reason", default="", metavar="TEXT", help="kept in the table promotions")
    _json(sub)


def _proposal(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("proposal_id", type=int, metavar="PROPOSAL_ID", help="its number, as `proposals` lists it")
    sub.add_argument("--reason", default="", metavar="TEXT", help="kept in the table promotions")
    _json(sub)


def _predict(sub: argparse.ArgumentParser) -> None:
    sub.add_argument(
        "--at", type=_instant, metavar="T", help="this minute (its end), UTC; default: the newest settled one"
    )
    sub.add_argument(
        "--from", dest="start", type=_instant, metavar="T", help="every unanswered minute from T on, UTC, included"
    )
    sub.add_argument("--to", dest="end", type=_instant, metavar="T", help="end of the span, UTC, not included")
    _json(sub)


def _settle(sub: argparse.ArgumentParser) -> None:
    text = "look at all signals from T on again, UTC, included; default: what is due"
    sub.add_argument("--from", dest="start", type=_instant, metavar="T", help=text)
    sub.add_argument("--to", dest="end", type=_instant, metavar="T", help="end of the span, UTC, not included")
    _json(sub)


def _watch(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("--symbol", metavar="S", help="only this symbol of the settings")
    sub.add_argument("--once", action="store_true", help="print the newest signal of each cell, and end")
    sub.add_argument("--json", action="store_true", help="print one JSON document a line, for machines")


def _signal(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("signal_id", type=int, metavar="SIGNAL_ID", help="number of the signal, as in the table signals")
    _json(sub)


def _explain(sub: argparse.ArgumentParser) -> None:
    _signal(sub)
    sub.add_argument("--top", type=_jobs, default=12, metavar="N", help="features shown of each part; default: 12")


def _challenge(sub: argparse.ArgumentParser) -> None:
    sub.add_argument(
        "model_id", type=int, nargs="?", metavar="MODEL_ID", help="number of the model, as in the table models"
    )
    sub.add_argument("--none", action="store_true", help="no model runs in shadow in the cell from the next minute on")
    sub.add_argument("--horizon", type=int, metavar="M", help="with --none: the cell's horizon, minutes")
    sub.add_argument(
        "--threshold",
        type=_fraction,
        metavar="X",
        help="with --none: the cell's threshold, a fraction: 0.005 is 0.5 %%",
    )
    sub.add_argument("--symbol", metavar="S", help="a symbol of the settings; needed where they have several")
    sub.add_argument("--reason", default="", metavar="TEXT", help="kept in the table challengers")
    _json(sub)


def _kill_switch(sub: argparse.ArgumentParser) -> None:
    text = "on: every minute is ABSTAIN from now on; off: signals again"
    sub.add_argument(
        "turn", choices=["on", "off"], nargs="?", metavar="on|off", help=f"{text}; left out: print the state"
    )
    sub.add_argument("--symbol", metavar="S", help="only this symbol of the settings; default: all of them")
    sub.add_argument("--reason", default="", metavar="TEXT", help="why; kept, and said in every ABSTAIN")
    _json(sub)


def _backtest(sub: argparse.ArgumentParser) -> None:
    sub.add_argument(
        "--model", type=int, required=True, metavar="ID", help="number of the model, as in the table models"
    )
    sub.add_argument(
        "--from",
        dest="start",
        type=_instant,
        required=True,
        metavar="T",
        help="first minute, UTC, included; after the model's trained_to + horizon",
    )
    sub.add_argument(
        "--to", dest="end", type=_instant, required=True, metavar="T", help="end of the span, UTC, not included"
    )
    sub.add_argument(
        "--to-dir", type=Path, metavar="DIR", help="write trades.csv, equity.svg and results.json into this new folder"
    )
    _json(sub)


def _card(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("model_id", type=int, metavar="MODEL_ID", help="number of the model, as in the table models")
    sub.add_argument(
        "--to", type=Path, metavar="FILE", help="a file that is not there yet; default: model-MODEL_ID.html"
    )
    _json(sub)


def _export(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("model_id", type=int, metavar="MODEL_ID", help="number of the model, as in the table models")
    sub.add_argument("--to", type=Path, required=True, metavar="DIR", help="a folder that is new or empty")
    _json(sub)


def _import(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("folder", type=Path, metavar="DIR", help="what `cortex-signals export` wrote")
    _json(sub)


def _instant(text: str) -> object:
    try:
        return parse_minute(text)
    except CortexSignalsError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _trials(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MOST_TRIALS:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1 to {MOST_TRIALS}")
    return int(text)


def _jobs(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1 on")
    return int(text)


def _fraction(text: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a fraction such as 0.005") from error
    if not 0 < value < 1:
        raise argparse.ArgumentTypeError(f"{text} is not between 0 and 1; 0.005 is 0.5 %")
    return value.normalize()


if __name__ == "__main__":
    raise SystemExit(main())
