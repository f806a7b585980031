"""`python -m tests.soak --minutes 60 --to FILE`: an hour at real time with faults on, every minute accounted for."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.soak.plan import KINDS
from tests.soak.run_soak import Options, soak, write_report


def main() -> int:
    """1 where something is not accounted for."""
    args = _arguments()
    options = Options(args.minutes, args.seed, args.home, args.history_days, tuple(args.only))
    report = soak(options, _say)
    if args.to:
        write_report(report, args.to)
    _say(f"\n{report.as_markdown()}")
    for problem in report.problems:
        _say(f"NOT ACCOUNTED FOR: {problem}")
    _say(f"{len(report.problems)} problems; seed {options.seed}")
    return 1 if report.problems else 0


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--minutes", type=int, default=60, metavar="N", help="the span, at real time (default 60)")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="of faults and disturbances (default 1)")
    parser.add_argument("--to", type=Path, metavar="FILE", help="the report as JSON, and as Markdown beside it (.md)")
    parser.add_argument(
        "--home", type=Path, metavar="DIR", help="a folder of its own for the stack (default: temporary)"
    )
    parser.add_argument(
        "--history-days", type=int, default=60, metavar="N", help="history of the first load (default 60)"
    )
    parser.add_argument("--only", nargs="+", choices=KINDS, default=(), metavar="KIND", help=f"of {', '.join(KINDS)}")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
