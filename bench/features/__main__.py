"""`python -m bench.features`: the whole benchmark of features, some minutes long; prints the table of the docs."""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

from bench.features.arrays import by_polars, whole
from bench.features.minutes import held, minutes_file, span_of
from bench.features.place import Place, place_of, programs, say
from bench.features.reads import DAY, newest_minute, one_and_three_symbols, plain_copy, random_days, snapshot
from bench.features.report import Results, as_json, markdown, rows
from bench.ingest.span import WHOLE_DAYS, Span
from bench.processes import PROJECT, forget_our_settings
from bench.versions import versions_of

CANDLES = PROJECT.parent / "shared/data/btcusdt_1m.parquet"
WORK = Path(tempfile.gettempdir()) / "cortex-signals-bench"
MINUTES, DAYS = 40, 40  # repetitions
MONTHS = (30, 60, 92, 120)  # days that are read at once
LEAST_DAYS = 130


def main() -> None:
    args = arguments()
    forget_our_settings()
    args.work.mkdir(parents=True, exist_ok=True)
    span = span_of(args.data, args.days)
    say(f"Minutes of {args.days} days in {args.work} (made once) …")
    minutes = minutes_file(args.work, args.data, span)
    with place_of(args.dsn, minutes, args.work) as place:
        missing = span.minutes - held(place.warehouse, span)
        assert not missing, f"{place.warehouse.place} lacks {missing:,} of the {span.minutes:,} minutes"
        versions = versions_of(**programs(place.warehouse))
        results = measure(place, span, minutes, args)
    table = rows(results)
    text = markdown(table, versions)
    numbers = args.work / f"features-{args.days}d.json"
    numbers.write_text(json.dumps(as_json(results, table, versions), indent=1, default=str), encoding="utf-8")
    numbers.with_suffix(".md").write_text(text, encoding="utf-8")
    print(text)
    say(f"All numbers: {numbers}; the table: {numbers.with_suffix('.md')}")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.features", description=__doc__)
    parser.add_argument("--data", type=Path, default=CANDLES, help=f"Parquet file of candles; default: {CANDLES}")
    parser.add_argument("--days", type=int, default=WHOLE_DAYS, help="the last so many days; default: %(default)s")
    parser.add_argument("--rounds", type=int, default=3, help="of the long reads; default: %(default)s")
    parser.add_argument("--work", type=Path, default=WORK, help="folder for minutes and results; default: %(default)s")
    parser.add_argument(
        "--dsn", help="a migrated warehouse to measure; filled where it is empty. Default: one of our own"
    )
    args = parser.parse_args()
    if not args.data.is_file():
        parser.error(f"{args.data} is not there; name the candles by --data.")
    if args.days < LEAST_DAYS:
        parser.error(f"--days {args.days}: at least {LEAST_DAYS}, for the months that are read.")
    args.work = args.work.resolve()
    return args


def measure(place: Place, span: Span, minutes: Path, args: argparse.Namespace) -> Results:
    """All measurements, one after another; the long ones a round at a time."""
    warehouse = place.warehouse
    say("Days …")
    days = random_days(warehouse, span, DAYS)
    quarters, wholes, polars = [], [], []
    months: dict[int, list[float]] = {number: [] for number in MONTHS}
    for number in range(1, args.rounds + 1):
        polars.append(by_polars(place, span, minutes, args.work))
        wholes.append(whole(place, span))
        quarters.append(snapshot(warehouse, newest(span, 92)))
        for count, seconds in months.items():
            seconds.append(plain_copy(warehouse, newest(span, count)))
        say(f"Round {number}: Polars {polars[-1].answer['seconds']:.1f} s, all {wholes[-1].seconds:.1f} s")
    say("Three symbols …")
    one, three, rows_of_a_day = one_and_three_symbols(warehouse, newest(span, 60), args.rounds)
    say("The newest minute …")
    newest_minutes = newest_minute(warehouse, span.end - DAY, MINUTES)
    return Results(span, newest_minutes, days, quarters, months, wholes, polars, one, three, rows_of_a_day)


def newest(span: Span, days: int) -> Span:
    return Span(span.end - days * DAY, span.end)


if __name__ == "__main__":
    main()
