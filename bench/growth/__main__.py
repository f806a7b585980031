"""`python -m bench.growth --symbols 1 10 50`: what more symbols take, measured one after another in one warehouse.

    python -m bench.growth --data PATH/btcusdt_1m.parquet [--symbols N …] [--days N] [--rounds R] [--work DIR]

Loads the real minutes of one symbol, trains one cell on them, and copies minutes and champion to the other symbols in the
server; at each number of symbols it measures a block of a load, bytes a minute, the newest minute's features and answers, and
the page's reads. 50 symbols need 30 GB of disk. Prints the table of the docs; times are given beside those of the first row.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from bench.features.minutes import SOURCE, blocks, fill, minutes_file, span_of
from bench.growth.filled import add_champions, add_signals, add_symbol, bytes_a_minute, settle_down
from bench.ingest.span import MINUTE, SYMBOL, Span
from bench.page.__main__ import reads
from bench.processes import PROJECT, forget_our_settings
from bench.server import running
from bench.versions import versions_of
from include.cortex.address import Cortex
from include.pipeline import Pipeline
from include.predict import predict
from include.settings import Settings, Symbol, load_settings
from include.train import train
from include.warehouse.connection import Warehouse
from include.warehouse.snapshots import feature_version, read_features
from include.warehouse.windows import LedgerEntry, write_window

CANDLES = PROJECT.parent / "shared/data/btcusdt_1m.parquet"
WORK = Path(tempfile.gettempdir()) / "cortex-signals-bench"
NOWHERE = "http://127.0.0.1:9"
HORIZON = 30  # of the one cell that is trained
DAY = timedelta(days=1)
BLOCK = timedelta(days=30)  # of a load
SIGNAL_DAYS = 7  # that each symbol has before the last day, whose minutes are answered
PAGE = ("`/state`", "`/series`, 24 h", "`/coverage`", "`/performance`", "`/pipeline`")


@dataclass(frozen=True)
class Row:
    """What was measured with so many symbols; seconds, and bytes a minute."""

    symbols: int
    load_block: float
    table_bytes: float
    index_bytes: float
    features: float
    answers: float
    page: dict[str, float]


def main() -> None:
    args = arguments()
    forget_our_settings()
    args.work.mkdir(parents=True, exist_ok=True)
    span = span_of(args.data, args.days)
    file = minutes_file(args.work, args.data, span)
    settings = replace(load_settings(), lab_clock=load_settings().clock)
    candidates = tuple(args.candidates or settings.training.candidates)
    with running(args.work) as server:
        warehouse = Warehouse(server.dsn(server.new_warehouse()))
        first_load = seconds(fill, warehouse, file)
        say(f"{span.minutes:,} minutes of one symbol written in {first_load:.1f} s.")
        began = time.process_time()
        wall = trained(warehouse, settings, span, candidates)
        cpu = time.process_time() - began
        say(
            f"One cell ({HORIZON} min), {', '.join(candidates)} and the baselines: {wall:.0f} s, {cpu:.0f} CPU-s without PostgreSQL's."
        )
        rows = [grown(warehouse, settings, span, file, symbols, args.rounds) for symbols in args.symbols]
        say(f"{table(rows, span, len(settings.signals.live) * cpu)}\n\n{versions_of(PostgreSQL=server.version)}")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench.growth", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=CANDLES, help=f"Parquet file of candles; default: {CANDLES}")
    parser.add_argument("--symbols", type=int, nargs="+", default=[1, 10, 50], help="default: 1 10 50")
    parser.add_argument("--candidates", nargs="+", default=[], help="that are trained; default: those of the settings")
    parser.add_argument("--days", type=int, default=931, help="the last so many days; default: %(default)s")
    parser.add_argument("--rounds", type=int, default=5, help="of what is quick; default: %(default)s")
    parser.add_argument("--work", type=Path, default=WORK, help="folder for the database; default: %(default)s")
    args = parser.parse_args()
    if not args.data.is_file():
        parser.error(f"{args.data} is not there; name the candles by --data.")
    args.symbols = sorted(args.symbols)
    args.work = args.work.resolve()
    return args


def table(rows: Sequence[Row], span: Span, training: float) -> str:
    """Markdown; `training`: CPU-seconds of all live cells of one symbol."""
    first = rows[0]

    def beside(value: float, of_first: float) -> str:
        return f"{value / of_first:.2f} ×"

    lines = [f"| | {' | '.join(f'{row.symbols}' for row in rows)} |", f"|---|{'---|' * len(rows)}"]

    def line(name: str, cells: Sequence[str]) -> None:
        lines.append(f"| {name} | {' | '.join(cells)} |")

    line("minutes", [f"{row.symbols * span.minutes:,}" for row in rows])
    line(
        "a month of a symbol more, written",
        [f"{row.load_block:.2f} s, {beside(row.load_block, first.load_block)}" for row in rows],
    )
    months = (span.end - span.start) / BLOCK
    line(
        f"all of it: × {months:.1f} months × symbols",
        [f"{row.load_block * months * row.symbols / 60:.1f} min" for row in rows],
    )
    line("bytes a minute: table + index", [f"{row.table_bytes:.0f} + {row.index_bytes:.0f}" for row in rows])
    line(
        "minutes on disk",
        [f"{(row.table_bytes + row.index_bytes) * row.symbols * span.minutes / 1e9:.1f} GB" for row in rows],
    )
    line("features of the newest minute, all symbols", [f"{row.features:.2f} s" for row in rows])
    line(
        "the same, a symbol",
        [
            f"{1e3 * row.features / row.symbols:.0f} ms, {beside(row.features / row.symbols, first.features)}"
            for row in rows
        ],
    )
    line("answers of a minute, all symbols", [f"{row.answers:.2f} s" for row in rows])
    line(
        "the same, a symbol",
        [
            f"{1e3 * row.answers / row.symbols:.0f} ms, {beside(row.answers / row.symbols, first.answers)}"
            for row in rows
        ],
    )
    line(
        "training of the live cells: one cell × cells × symbols",
        [f"{training * row.symbols / 3600:.1f} h" for row in rows],
    )
    for name in PAGE:
        line(
            f"page {name}",
            [f"{1e3 * row.page[name]:.0f} ms, {beside(row.page[name], first.page[name])}" for row in rows],
        )
    return "\n".join(lines)


def names(symbols: int) -> list[str]:
    return [SYMBOL, *(f"S{number:02d}" for number in range(1, symbols))]


def trained(warehouse: Warehouse, settings: Settings, span: Span, candidates: Sequence[str]) -> float:
    """Seconds of one cell, as the weekly training makes it."""
    pipeline = Pipeline(settings, Cortex(NOWHERE), warehouse)
    return seconds(train, pipeline, span.end - DAY, [HORIZON], (), candidates)


def grown(warehouse: Warehouse, settings: Settings, span: Span, file: Path, symbols: int, rounds: int) -> Row:
    """The warehouse with so many symbols, measured."""
    began = time.monotonic()
    for name in names(symbols):
        if not answered(warehouse, name):
            if name != SYMBOL:
                add_symbol(warehouse, name)
            add_champions(warehouse, name, list(settings.signals.live))
            add_signals(warehouse, name, span.end - DAY, SIGNAL_DAYS)
    settle_down(warehouse)
    say(f"{symbols} symbols are there after {time.monotonic() - began:.0f} s more.")
    table_bytes, index_bytes = bytes_a_minute(warehouse)
    row = Row(
        symbols, load_block(warehouse, file, f"LOAD{symbols}"), table_bytes, index_bytes,
        features(warehouse, span, names(symbols), rounds), answers(warehouse, settings, span, symbols, rounds),
        page(warehouse, settings, rounds),
    )  # fmt: skip
    say(str(row))
    return row


def answered(warehouse: Warehouse, symbol: str) -> bool:
    """Whether the symbol is there with its signals."""
    with warehouse.transaction("reader") as connection:
        return connection.execute("SELECT FROM signals WHERE symbol = %s LIMIT 1", [symbol]).fetchone() is not None


def load_block(warehouse: Warehouse, file: Path, symbol: str) -> float:
    """Seconds that PostgreSQL takes for a month of minutes of a symbol more, by the loader's way, committed."""
    block = next(islice(blocks(file), 1, None))  # the first is cut by the span
    assert len(block.ts) == BLOCK / MINUTE
    start = datetime.fromtimestamp(int(block.ts[0]), UTC)

    def load() -> None:
        with warehouse.transaction("writer") as connection:
            write_window(connection, warehouse, LedgerEntry(symbol, start, start + BLOCK), block, SOURCE)

    return seconds(load)


def features(warehouse: Warehouse, span: Span, symbols: Sequence[str], rounds: int) -> float:
    """Seconds of the newest minute's features of all symbols, one after another, as a training's columns are chosen."""
    ts = span.end - MINUTE
    with warehouse.transaction("reader", one_snapshot=True) as connection:
        version = feature_version(connection)
        columns = version.columns_within(load_settings().training.longest_lookback)

        def all_symbols() -> None:
            for symbol in symbols:
                read_features(connection, symbol, ts, ts + MINUTE, version, columns)

        return typical(all_symbols, rounds)


def answers(warehouse: Warehouse, settings: Settings, span: Span, symbols: int, rounds: int) -> float:
    """Seconds from nothing to six committed signals of each symbol, models loaded anew, a minute a round."""
    chosen = replace(settings, symbols=tuple(Symbol(name, "symbol", name) for name in names(symbols)))
    pipeline = Pipeline(chosen, Cortex(NOWHERE), warehouse)
    minutes = iter(span.end - number * MINUTE for number in range(symbols * 20 + 1, symbols * 20 + rounds + 3))

    def one_minute() -> None:
        ts = next(minutes)
        done = predict(pipeline, ts, ts + MINUTE)
        assert done.scored == symbols * len(settings.signals.live), done

    return typical(one_minute, rounds)


def page(warehouse: Warehouse, settings: Settings, rounds: int) -> dict[str, float]:
    """Seconds of the page's reads of one cell."""
    found = reads(warehouse, settings)
    return {name: typical(found[name], rounds) for name in PAGE}


def typical(function: Callable[[], object], rounds: int) -> float:
    """The median of so many calls, once one has warmed it."""
    return statistics.median([seconds(function) for _ in range(rounds + 1)][1:])


def seconds(function: Callable[..., object], *args: object) -> float:
    began = time.monotonic()
    function(*args)
    return time.monotonic() - began


def say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    main()
