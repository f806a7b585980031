"""Makes the blocks of a Prometheus that holds the 16 series of the candles: `python -m bench.ingest.blocks`.

A process of its own, since what it reads would count as memory of the processes that the benchmark starts after it.
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime, timedelta
from itertools import repeat
from pathlib import Path

import pandas as pd

from bench.ingest.span import MANY_HISTORY, MANY_SYMBOLS, MINUTE, SYMBOL, TAIL, Span
from tests.system.prometheus_blocks import make_blocks
from tests.system.real_series import bases, recorded

BLOCK = timedelta(hours=162)  # what promtool makes of --max-block-duration=240h
LONGEST_RULE = timedelta(hours=1)
WORKERS = 2


def main(candles: Path, days: int, folder: Path) -> None:
    """Writes data/ and span.json into `folder`: the last `days` days of the candles, less the tail, which data/ holds too."""
    span = span_of(candles, days)
    held = Span(span.start, span.end + TAIL)
    (folder / "data").mkdir()
    with ProcessPoolExecutor(WORKERS) as pool:
        chunks = list(held.windows(BLOCK))
        for _ in pool.map(make_chunk, repeat(candles), chunks, repeat(span.end - MANY_HISTORY), repeat(folder)):
            pass
    span.write(folder / "span.json")


def span_of(candles: Path, days: int) -> Span:
    last = pd.read_parquet(candles, columns=["open_time"])["open_time"].iloc[-1].to_pydatetime()
    end = last + MINUTE - TAIL
    return Span(end - timedelta(days=days), end)


def make_chunk(candles: Path, chunk: Span, many_from: datetime, folder: Path) -> None:
    """One block's time: promtool reads all of its text once a block."""
    made = folder / f"{chunk.start:%Y%m%dT%H%M}"
    make_blocks(series_of(candles, chunk, many_from), made)
    for block in made.iterdir():
        block.rename(folder / "data" / block.name)
    made.rmdir()


def series_of(candles: Path, chunk: Span, many_from: datetime) -> dict[str, pd.DataFrame]:
    """The series by symbol; the many symbols from `many_from` on."""
    sampled = bases(candles, chunk.start - LONGEST_RULE, chunk.end - MINUTE)
    series = recorded(sampled).loc[chunk.start :]
    recent = series.loc[many_from:]
    return {SYMBOL: series} | ({} if recent.empty else dict.fromkeys(MANY_SYMBOLS, recent))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
