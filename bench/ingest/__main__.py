"""`python -m bench.ingest`: the whole benchmark of ingestion, some minutes long; prints the table of the docs."""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

from bench.ingest.loads import Load, Place, backfill, first_load
from bench.ingest.minutes import many_symbols, one_minute_each
from bench.ingest.report import Results, as_json, markdown, prometheus_version, rows
from bench.ingest.source import Download, blocks_folder, download, packed
from bench.ingest.span import WHOLE_DAYS, Span, read_span
from bench.ingest.yardstick import copy_and_upsert, write_rows
from bench.processes import PROJECT, forget_our_settings
from bench.server import Server, Work, running
from bench.versions import versions_of
from tests.system.prometheus_server import Prometheus, missing_programs, served

CANDLES = PROJECT.parent / "shared/data/btcusdt_1m.parquet"
WORK = Path(tempfile.gettempdir()) / "cortex-signals-bench"
MINUTES = 50


def main() -> None:
    args = arguments()
    forget_our_settings()
    args.work.mkdir(parents=True, exist_ok=True)
    say(f"Blocks of {args.days} days in {args.work} (made once) …")
    blocks = blocks_folder(args.work, args.data, args.days)
    with served(blocks) as prometheus, running(args.work) as server:
        versions = versions_of(Prometheus=prometheus_version(), PostgreSQL=server.version)
        source = packed(prometheus) if args.packed else prometheus
        results = measure(source, server, read_span(blocks / "span.json"), args)
    table = rows(results)
    text = markdown(table, versions)
    numbers = args.work / f"results-{args.days}d{'-packed' if args.packed else ''}.json"
    write(numbers, json.dumps(as_json(results, table, versions), indent=1, default=str))
    write(numbers.with_suffix(".md"), text)
    say(f"\n{text}\nAll numbers: {numbers}; the table: {numbers.with_suffix('.md')}")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.ingest", description=__doc__)
    parser.add_argument("--data", type=Path, default=CANDLES, help=f"Parquet file of candles; default: {CANDLES}")
    parser.add_argument("--days", type=int, default=WHOLE_DAYS, help="the last so many days; default: %(default)s")
    parser.add_argument("--work", type=Path, default=WORK, help="folder for blocks and results; default: %(default)s")
    parser.add_argument("--rounds", type=int, default=3, help="downloads and loads, alternately; default: %(default)s")
    parser.add_argument("--packed", action="store_true", help="ask for gzip: a source about as slow as Cortex")
    args = parser.parse_args()
    if not args.data.is_file():
        parser.error(f"{args.data} is not there; name the candles by --data.")
    if missing := missing_programs():
        parser.error(f"{' and '.join(missing)} not installed; Debian's package prometheus has both.")
    args.work = args.work.resolve()
    return args


def measure(prometheus: Prometheus, server: Server, span: Span, args: argparse.Namespace) -> Results:
    """All measurements, one after another."""
    with tempfile.TemporaryDirectory(dir=args.work) as home:
        download(prometheus, span, args.work)  # the first reads the blocks from the disk
        downloads, loads, place = alternate(prometheus, server, span, args, Path(home))
        yardsticks = plain_upserts(place, span, args.rounds)
        say("Reruns …")
        refetch, skip = backfill(place, span, "--refetch"), backfill(place, span)
        say("One minute, and one of fifty symbols …")
        minutes = one_minute_each(place, span.end, MINUTES)
        fifty = Place(prometheus, server, server.new_warehouse(), Path(home))
        many, many_command_seconds = many_symbols(fifty, span.end)
    return Results(span, downloads, loads, yardsticks, refetch, skip, minutes, many, many_command_seconds)


def alternate(
    prometheus: Prometheus, server: Server, span: Span, args: argparse.Namespace, home: Path
) -> tuple[list[Download], list[Load], Place]:
    """Downloads and first loads in turn; the place of the last load, which holds the span."""
    downloads, loads = [], []
    for number in range(1, args.rounds + 1):
        place = Place(prometheus, server, server.new_warehouse(), home)
        downloads.append(download(prometheus, span, args.work))
        loads.append(first_load(place, span))
        say(f"Round {number}: curl {downloads[-1].wall_seconds:.1f} s, backfill {loads[-1].run.wall_seconds:.1f} s")
        if number < args.rounds:
            server.postgres.drop_database(place.database)
    return downloads, loads, place


def plain_upserts(place: Place, span: Span, rounds: int) -> list[Work]:
    """The yardstick, as often as the loads."""
    with tempfile.TemporaryDirectory(dir=place.home) as folder:
        files = write_rows(place.server, place.database, span, Path(folder))
        works = [copy_and_upsert(place.server, files) for _ in range(rounds)]
    say(f"Plain upsert: PostgreSQL's CPU {', '.join(f'{work.cpu_seconds:.1f} s' for work in works)}")
    return works


def say(text: str) -> None:
    print(text, flush=True)


def write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
