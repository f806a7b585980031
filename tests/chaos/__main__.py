"""`python -m tests.chaos --executor local --faults 50 --to FILE`: a running stack is broken in every way, and accounted for.

A sitting appends to FILE, and a later one goes on with the plan of the seed where the file ends. `--report FILE` sums up
all sittings. It exits with 1 where a minute, a signal or a champion is not accounted for. Ctrl-C ends a sitting after the
group of faults that is in work, with its account.
"""

from __future__ import annotations

import argparse
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.chaos.plan import EXECUTORS, Group, make_plan
from tests.chaos.records import Accounted, Records
from tests.chaos.report import make_report
from tests.chaos.sitting import Sitting
from tests.chaos.stack import ChaosStack, lacking


def main() -> int:
    """1 where something is not accounted for."""
    args = _arguments()
    if args.report:
        return _report(Records(args.report))
    records = Records(args.to)
    plan = make_plan(args.seed, args.executor, args.faults, lacking())
    left = [group for group in plan if group.number not in records.groups_done(args.executor, args.seed)]
    for kind, why in lacking().items():
        _say(f"{kind} is left out: {why}")
    if not left:
        _say("Every fault of this plan is in the file already.")
        return 0
    accounted = sit(args.executor, args.seed, left, records, _say, home=args.home, is_over=_ends(args.minutes))
    for problem in accounted.problems:
        _say(f"NOT ACCOUNTED FOR: {problem}")
    return 1 if accounted.problems else 0


def sit(
    executor: str,
    seed: int,
    groups: list[Group],
    records: Records,
    say: Callable[[str], None],
    *,
    home: Path | None = None,
    is_over: Callable[[], bool] = lambda: False,
) -> Accounted:
    """One sitting on a stack of its own, which is stopped after it; its folder stays where it was given, or with problems."""
    folder = home or Path(tempfile.mkdtemp(prefix="cortex-signals-chaos-"))
    stack = _stack(executor, folder)
    say(f"The {executor} stack is started in {folder}; {sum(len(one.faults) for one in groups)} faults are to be done")
    try:
        stack.start()
        accounted = Sitting(stack, seed, groups, records, say, is_over).run()
    finally:
        stack.stop()
    if home is None and not accounted.problems:
        shutil.rmtree(folder)
    return accounted


def _stack(executor: str, folder: Path) -> ChaosStack:
    if executor == "local":
        from tests.chaos.launched import LaunchedStack

        return LaunchedStack(folder)
    from tests.chaos.composed import ComposedStack

    return ComposedStack(folder)


def _ends(minutes: float | None) -> Callable[[], bool]:
    """Whether the time is over, or somebody asked for the end."""
    asked: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda got, _: asked.append(got))
    until = time.monotonic() + 60 * minutes if minutes else None
    return lambda: bool(asked) or (until is not None and time.monotonic() > until)


def _report(records: Records) -> int:
    report = make_report(records)
    _say(report.as_markdown())
    for problem in report.problems:
        _say(f"NOT ACCOUNTED FOR: {problem}")
    for one in report.not_done:
        _say(f"Not done, and not counted: {one.executor} {one.kind}: {one.error}")
    if report.unaccounted:
        _say(f"{len(report.unaccounted)} faults of sittings without an account count for nothing.")
    _say(f"{len(report.done)} faults, {len(report.problems)} problems")
    return 1 if report.problems else 0


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    wanted = parser.add_mutually_exclusive_group(required=True)
    wanted.add_argument("--to", type=Path, metavar="FILE", help="faults and accounts are appended to it as JSON lines")
    wanted.add_argument(
        "--report", type=Path, metavar="FILE", help="sum up the sittings of that file, and do nothing else"
    )
    parser.add_argument("--executor", choices=EXECUTORS, default="local", help="whose stack (default local)")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="of the plan (default 1)")
    parser.add_argument("--faults", type=int, default=50, metavar="N", help="of the whole plan (default 50)")
    parser.add_argument("--minutes", type=float, metavar="N", help="no further group is begun after so long")
    parser.add_argument(
        "--home", type=Path, metavar="DIR", help="a folder of its own for the stack (default: temporary)"
    )
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
