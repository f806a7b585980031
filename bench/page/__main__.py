"""`python -m bench.page`: what each read of the page takes over 2.5 years; prints the table of the docs.

Fills a warehouse of its own (10 minutes, 8 GB), or reads the one of --dsn, which --keep left behind.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import orjson

from bench.page.fill import SYMBOL, fill
from bench.page.served import served
from bench.processes import forget_our_settings
from bench.server import running
from bench.versions import versions_of
from include.model_card.card import model_card
from include.settings import Settings, load_settings
from include.warehouse.connection import Connection, Warehouse
from include.warehouse.page import page_state
from include.warehouse.page_coverage import cell_coverage
from include.warehouse.page_file import signals_csv
from include.warehouse.page_pipeline import pipeline_health
from include.warehouse.page_question import PageCell
from include.warehouse.page_rows import read_page
from include.warehouse.page_scores import cell_leaderboard, cell_performance
from include.warehouse.page_series import STEPS, cell_series
from include.warehouse.scoring import switches

WORK = Path(tempfile.gettempdir()) / "cortex-signals-bench"
GOAL_MILLISECONDS = 300


def main() -> None:
    args = arguments()
    forget_our_settings()
    settings = load_settings()
    until = datetime.now(UTC).replace(second=0, microsecond=0)
    if args.dsn:
        return report(Warehouse(args.dsn), settings, args.rounds)
    args.work.mkdir(parents=True, exist_ok=True)
    with running(args.work) as server:
        warehouse = Warehouse(server.dsn(server.new_warehouse()))
        began = time.monotonic()
        fill(warehouse, settings.signals.live, until - timedelta(days=args.days), until)
        print(f"Filled with {args.days} days in {time.monotonic() - began:.0f} s.\n", flush=True)
        report(warehouse, settings, args.rounds)
        if args.keep:
            input(f"The warehouse is {warehouse.dsn}; Enter removes it.")
    return None


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.page", description=__doc__)
    parser.add_argument("--days", type=int, default=913, help="of history; default: %(default)s")
    parser.add_argument("--rounds", type=int, default=40, help="times each read is made; default: %(default)s")
    parser.add_argument("--work", type=Path, default=WORK, help="folder for the database; default: %(default)s")
    parser.add_argument("--dsn", help="a filled warehouse to read instead")
    parser.add_argument("--keep", action="store_true", help="keep the database up until Enter is pressed")
    return parser.parse_args()


def report(warehouse: Warehouse, settings: Settings, rounds: int) -> None:
    """Prints counts, and the least, p50 and p95 of each read, each with a connection of its own, JSON included.

    The last rows are whole answers over HTTP on loopback, without Airflow's check of login and right.
    """
    with warehouse.transaction("reader") as connection:
        for table in ("minute_metrics", "signals", "settled_outcomes", "pipeline_checks", "model_evaluations"):
            [[count]] = connection.execute(f"SELECT count(*) FROM {table}")
            print(f"{table}: {count:,} rows")
    print(f"\n{versions_of()}\n\n| read | least, ms | p50, ms | p95, ms | answer, kB |\n|---|---|---|---|---|")
    slow = sum(
        is_slow(name, lambda read=read: orjson.dumps(read()), rounds)
        for name, read in reads(warehouse, settings).items()
    )
    with served(warehouse) as url, httpx.Client(base_url=url, trust_env=False) as client:
        slow += sum(is_slow(name, read, rounds) for name, read in answers(client, warehouse, settings).items())
    print(f"\n{slow} of the rows have a p95 above {GOAL_MILLISECONDS} ms.")


def is_slow(name: str, answer: Callable[[], bytes], rounds: int) -> bool:
    """Prints the row of that read, and tells whether its p95 is above the goal."""
    took, body = [], b""
    for _ in range(rounds):
        began = time.perf_counter()
        body = answer()
        took.append(1e3 * (time.perf_counter() - began))
    took.sort()
    p95 = took[int(0.95 * (len(took) - 1))]
    print(f"| {name} | {took[0]:.0f} | {took[len(took) // 2]:.0f} | {p95:.0f} | {len(body) / 1e3:.0f} |", flush=True)
    return p95 > GOAL_MILLISECONDS


def reads(warehouse: Warehouse, settings: Settings) -> dict[str, Callable[[], Any]]:
    """The reads of the page's routes, each of a cell drawn anew."""
    cells = [PageCell(SYMBOL, cell.horizon_minutes, cell.threshold) for cell in settings.signals.live]

    def of_cell(read: Callable[[Connection, PageCell], Any]) -> Callable[[], Any]:
        return lambda: read_page(warehouse, lambda connection: read(connection, random.choice(cells)))

    def first_part() -> str:
        until = datetime.now(UTC)
        return next(
            signals_csv(warehouse, random.choice(cells), until - timedelta(days=random.randint(31, 800)), until)
        )

    def series(hours: int) -> Callable[[], Any]:
        return of_cell(lambda connection, cell: cell_series(connection, cell, hours))

    return {
        "`/state`": lambda: page_state(warehouse, settings),
        **{f"`/series`, {hours} h": series(hours) for hours in STEPS},
        "`/coverage`": of_cell(cell_coverage),
        "`/leaderboard`": of_cell(cell_leaderboard),
        "`/performance`": of_cell(cell_performance),
        "`/pipeline`": lambda: read_page(warehouse, pipeline_health),
        "`/kill-switch`": lambda: read_page(warehouse, switches),
        "`/models/{model_id}`": lambda: read_page(warehouse, lambda c: model_card(c, random.choice(models(c)))),
        "`/signals.csv`, a page of 2,000": first_part,
    }


def answers(client: httpx.Client, warehouse: Warehouse, settings: Settings) -> dict[str, Callable[[], bytes]]:
    """Whole answers by HTTP; that of `/state` is left out, since the server keeps it for two seconds."""
    with warehouse.transaction("reader") as connection:
        ids = models(connection)

    def got(path: str, **question: Any) -> bytes:
        return client.get(path, params=question).raise_for_status().content

    def series() -> bytes:
        cell = random.choice(settings.signals.live)
        asked = {"symbol": SYMBOL, "horizon": cell.horizon_minutes, "threshold": str(cell.threshold), "hours": 24}
        return got("/series", **asked)

    return {
        "`/series`, 24 h, over HTTP": series,
        "`/models/{model_id}`, over HTTP": lambda: got(f"/models/{random.choice(ids)}"),
    }


def models(connection: Connection) -> list[int]:
    return [row.model_id for row in connection.execute("SELECT model_id FROM models")]


if __name__ == "__main__":
    main()
