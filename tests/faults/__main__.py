"""`python -m tests.faults --seeds 0-199 --resume FILE`: the fault suite by seed, resumable, with its failures at the end."""

from __future__ import annotations

import argparse
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack
from pathlib import Path

import orjson

from tests.faults.bench import Bench
from tests.faults.run_scenario import Report, run_scenario
from tests.faults.scenarios import FAMILIES, draw


def main() -> int:
    """1 where a scenario failed."""
    args = _arguments()
    results = _resumed(args.resume)
    seeds = [seed for seed in args.seeds if seed not in results]
    if args.show:
        sys.stdout.writelines(f"{draw(seed)}\n" for seed in seeds)
        return 0
    said = _Progress(len(seeds), len(results))
    with ExitStack() as benches, ThreadPoolExecutor(args.jobs) as pool:
        own = threading.local()
        starting = threading.Lock()

        def run(seed: int) -> Report:
            if not hasattr(own, "bench"):
                with starting:
                    own.bench = benches.enter_context(Bench())
            return run_scenario(draw(seed), own.bench)

        try:
            for done in as_completed([pool.submit(run, seed) for seed in seeds]):
                report = done.result()
                results[report.scenario.seed] = _as_dict(report)
                _keep(args.resume, results[report.scenario.seed])
                said.one(report)
        finally:
            pool.shutdown(cancel_futures=True)  # Ctrl-C: what runs is ended in order, the rest is left
    return _summary({seed: results[seed] for seed in args.seeds})


class _Progress:
    """A line a scenario: how it went, the rate, and the time that is left."""

    def __init__(self, asked: int, before: int) -> None:
        self.asked, self.done, self.failed, self.began = asked, 0, 0, time.monotonic()
        if before:
            sys.stdout.write(f"{before} scenarios were done before.\n")

    def one(self, report: Report) -> None:
        self.done += 1
        self.failed += bool(report.problems)
        rate = self.done / (time.monotonic() - self.began)
        left = (self.asked - self.done) / rate
        sys.stdout.write(
            f"{self.done}/{self.asked} seed {report.scenario.seed} {'FAILED' if report.problems else 'ok'} in {report.seconds:.1f} s "
            f"({', '.join(sorted(report.fired)) or 'calm'}); {self.failed} failed, {60 * rate:.0f} a minute, {left / 60:.1f} min left\n"
        )
        if report.problems:
            sys.stdout.write(f"{report}\n")
        sys.stdout.flush()


def _as_dict(report: Report) -> dict[str, object]:
    return {
        "seed": report.scenario.seed,
        "seconds": round(report.seconds, 2),
        "fired": sorted(report.fired),
        "problems": [{"what": problem.what, "detail": problem.detail} for problem in report.problems],
    }


def _resumed(file: Path | None) -> dict[int, dict[str, object]]:
    if file is None or not file.exists():
        return {}
    found = [orjson.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.endswith("}")]
    return {result["seed"]: result for result in found}


def _keep(file: Path | None, result: dict[str, object]) -> None:
    if file is not None:
        with file.open("ab") as out:
            out.write(orjson.dumps(result) + b"\n")


def _summary(results: dict[int, dict[str, object]]) -> int:
    failed = {seed: result["problems"] for seed, result in results.items() if result["problems"]}
    fired = Counter(kind for result in results.values() for kind in result["fired"])  # type: ignore[attr-defined]
    seconds = sum(float(str(result["seconds"])) for result in results.values())
    say = sys.stdout.write
    say(f"\n{len(results)} scenarios in {seconds:.0f} s of their own ({seconds / max(1, len(results)):.1f} s each).\n")
    for family, kinds in FAMILIES.items():
        say(f"  {family}: {', '.join(f'{kind} {fired[kind]}×' for kind in kinds)}\n")
    by_what: dict[str, list[int]] = {}
    for seed, problems in failed.items():
        for what in {problem["what"] for problem in problems}:  # type: ignore[attr-defined]
            by_what.setdefault(what, []).append(seed)
    for what, seeds in sorted(by_what.items(), key=lambda item: -len(item[1])):
        say(f"  {what}: {len(seeds)} seeds: {' '.join(map(str, seeds))}\n")
    say(f"{len(failed)} failed{': python -m tests.faults --seeds ' + ','.join(map(str, failed)) if failed else ''}\n")
    return 1 if failed else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--seeds", type=_seeds, default=range(200), metavar="0-199", help="ranges and numbers: 0-9,17")
    parser.add_argument("--resume", type=Path, metavar="FILE", help="keep results there, and skip the seeds it holds")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="scenarios side by side (default 1)")
    parser.add_argument("--show", action="store_true", help="print the scenarios and run none")
    return parser.parse_args()


def _seeds(text: str) -> Iterable[int]:
    found: list[int] = []
    for part in text.split(","):
        first, _, last = part.partition("-")
        found += range(int(first), int(last or first) + 1)
    return found


if __name__ == "__main__":
    raise SystemExit(main())
