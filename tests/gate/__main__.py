"""`python -m tests.gate --market noise --runs 60 --to FILE`: whole trainings by seed, and how many promoted a candidate.

Over noise at most one run in twenty may promote anything; a planted edge must be found. Runs take minutes each: results
are appended to FILE, and the seeds that it holds of the same plan are not run again. Two processes with other seeds may
share it.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import orjson

from include.lab.market import MARKETS
from tests.gate.run_gate import CANDIDATES, Plan, Progress, Run, run_gate, share_bounds
from tests.integration.conftest import DEFAULT_VERSION, running_server

TOLERATED = 0.05  # share of the runs over noise that may promote something


def main() -> int:
    """1 where too many runs over noise promoted something, or one over an edge promoted nothing."""
    args = _arguments()
    plan = _plan(args)
    seeds = range(args.seed, args.seed + args.runs)
    known = recorded(args.to, plan)
    results = [known[seed] for seed in seeds if seed in known]
    missing = [seed for seed in seeds if seed not in known]
    said = _Said(len(missing), sum(bool(one.promoted) for one in results), len(results))
    if missing:
        with running_server(DEFAULT_VERSION) as server:
            for seed in missing:
                result = run_gate(plan, seed, server, _progress(seed))
                record(args.to, plan, result)
                results.append(result)
                said.one(result)
    return _summary(plan, results)


class _Said:
    """A line a run: what came of it, the rate, and the time that is left."""

    def __init__(self, asked: int, promoting: int, before: int) -> None:
        self.asked, self.done, self.promoting, self.began = asked, 0, promoting, time.monotonic()
        if before:
            _say(f"{before} runs were done before.\n")

    def one(self, result: Run) -> None:
        self.done += 1
        self.promoting += bool(result.promoted)
        minutes = (time.monotonic() - self.began) / 60 / self.done
        left = minutes * (self.asked - self.done)
        _say(
            f"{self.done}/{self.asked} {result}\n    {self.promoting} runs promoted a candidate so far; "
            f"{minutes:.1f} min a run, {left:.0f} min left\n"
        )


def _progress(seed: int) -> Progress | None:
    """One line that is written over and over, on a terminal alone."""
    if not sys.stderr.isatty():
        return None

    def progress(done: int, asked: int, what: str) -> None:
        sys.stderr.write(f"\r\033[Kseed {seed}: {done}/{asked} {what}" if done < asked else "\r\033[K")
        sys.stderr.flush()

    return progress


def recorded(file: Path | None, plan: Plan) -> dict[int, Run]:
    """The runs of the plan that the file holds, by seed; a line that was cut off is none."""
    if file is None or not file.exists():
        return {}
    entries = [_whole(line) for line in file.read_bytes().splitlines()]
    runs = [Run(**entry["run"]) for entry in entries if entry and entry["plan"] == plan.as_dict()]
    return {run.seed: run for run in runs}


def _whole(line: bytes) -> dict[str, Any] | None:
    """What the line holds; None where it was cut off."""
    try:
        return dict(orjson.loads(line))
    except orjson.JSONDecodeError:
        return None


def record(file: Path | None, plan: Plan, result: Run) -> None:
    """Append a run as one line, also behind one that was cut off."""
    if file is not None:
        with file.open("ab") as out:
            out.write(b"\n" + orjson.dumps({"plan": plan.as_dict(), "run": asdict(result)}) + b"\n")


def _summary(plan: Plan, results: list[Run]) -> int:
    promoting = sum(bool(one.promoted) for one in results)
    trading = sum(any(p["may_trade"] for p in one.promoted) for one in results)
    cpu = sum(one.cpu_seconds for one in results) / len(results)
    least, largest = share_bounds(promoting, len(results))
    _say(
        f"\n{len(results)} runs over {plan.days} days of the market {plan.market}, {results[0].cells} cells × "
        f"{len(plan.candidates)} candidates, {cpu:.0f} s of CPU each: {promoting} promoted a candidate "
        f"({promoting / len(results):.1%}; with 95 % certainty at least {least:.1%}, and with 95 % at most {largest:.1%}), "
        f"{trading} one that may trade.\n"
    )
    failed = {"noise": promoting > TOLERATED * len(results), "edge": promoting < len(results)}
    return int(failed.get(plan.market, False))


def _plan(args: argparse.Namespace) -> Plan:
    names: list[str] = [name for name in Plan.__dataclass_fields__ if name in args]
    given: dict[str, Any] = {name: getattr(args, name) for name in names}
    lists = {name: tuple(value) for name, value in given.items() if isinstance(value, list)}
    return Plan(**{**given, **lists})


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.gate", description=__doc__)
    add = parser.add_argument
    add("--market", choices=MARKETS, default="noise", help="as the lab's (default %(default)s)")
    add("--edge", type=float, metavar="X", help="strength of --market edge (default: the lab's)")
    add("--runs", type=_count, default=60, metavar="N", help="runs, of consecutive seeds (default %(default)s)")
    add("--seed", type=int, default=1, metavar="S", help="the first of the seeds (default %(default)s)")
    add("--days", type=_count, default=120, metavar="N", help="history of each run (default %(default)s)")
    add("--live", dest="grid", action="store_false", help="the live cells instead of the whole grid")
    add("--horizons", type=int, nargs="+", default=[], metavar="M", help="only these")
    add("--thresholds", nargs="+", default=[], metavar="X", help="only these")
    add("--candidates", nargs="+", default=list(CANDIDATES), metavar="NAME", help="only these (default: all six)")
    add("--stride-minutes", type=_count, metavar="N", help="training rows are so far apart (default: as shipped)")
    add("--folds", type=_count, metavar="N", help="default: as shipped")
    add("--tuning-trials", type=_count, metavar="N", help="default: as shipped")
    add("--min-events", type=_count, metavar="N", help="below, a cell is not gated (default: as shipped)")
    add("--min-event-days", type=_count, metavar="N", help="below, a cell is not gated (default: as shipped)")
    add("--to", type=Path, metavar="FILE", help="append results there, and skip the seeds that it holds of this plan")
    args = parser.parse_args()
    if args.edge is not None and args.market != "edge":
        parser.error("--edge is the strength of --market edge")
    return args


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a number from 1 on")
    return number


if __name__ == "__main__":
    raise SystemExit(main())
