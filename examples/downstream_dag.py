"""
### paper_trades: a DAG of one's own that runs whenever signals were written

Copy it into Airflow's folder of DAGs. It is triggered by the asset `signals`, which `predict_signals` updates. Asset events
may coalesce and a run may be repeated, so it takes the newest signal of every cell each time and does not count on one run
a minute. What it finds are trades on paper: nothing of this project sends an order, and a side says nothing without the
probability, its base rate, and what such trades brought after costs (`performance_between`).

Where the market is simulated it says so and takes nothing: what is triggered by made-up prices must not reach anybody.
"""

from __future__ import annotations

import logging
from typing import Any

import pendulum
from airflow.sdk import Asset, dag, task

SIGNALS = Asset(name="signals", uri="cortex-signals://market/signals")
NEWEST = """
    SELECT symbol, horizon_minutes, ts::text, side, confidence, reference_price, is_simulated
    FROM market.signals_latest
    WHERE side IN ('BUY', 'SELL') AND NOT is_late
    ORDER BY symbol, horizon_minutes
"""
log = logging.getLogger(__name__)


@dag(
    schedule=[SIGNALS],
    start_date=pendulum.datetime(2025, 1, 1, tz="UTC"),
    catchup=False,
    max_active_runs=1,
    doc_md=__doc__,
    tags=["example"],
)
def paper_trades() -> None:
    @task
    def newest() -> list[dict[str, Any]]:
        from airflow.providers.postgres.hooks.postgres import PostgresHook

        names = ("symbol", "horizon_minutes", "ts", "side", "confidence", "price", "is_simulated")
        found = PostgresHook("warehouse").get_records(NEWEST)
        return [dict(zip(names, row, strict=True)) for row in found]

    @task
    def tell(trades: list[dict[str, Any]]) -> int:
        real = [trade for trade in trades if not trade["is_simulated"]]
        log.info(
            "%d trades on paper, of which %d on simulated prices are left out", len(trades), len(trades) - len(real)
        )
        for trade in real:
            log.info("%(ts)s %(symbol)s %(horizon_minutes)d min: %(side)s at %(price)s", trade)
        return len(real)

    tell(newest())


paper_trades()
