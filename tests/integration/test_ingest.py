"""source → raw over real HTTP into a real PostgreSQL: again, holes, corrections, kills, and what is refused."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from markets import FIRST, ChangeableMarket, Serve
from pipelines import make_pipeline, rows, small_settings

from include.cortex.address import Cortex
from include.cortex.minutes import MINUTE
from include.errors import SettingsError, SourceEmpty, SourceMismatch, SourceRefused, SourceUnreachable
from include.ingest import (
    backfill,
    confirm_ingested,
    confirm_planned,
    ingest,
    ingest_live,
    load_planned_window,
    plan_windows,
)
from include.pipeline import Pipeline
from include.settings import Metric
from include.warehouse.migrate import migrate
from include.warehouse.minutes import METRIC_COLUMNS

STORED = f"SELECT symbol, ts, {', '.join(METRIC_COLUMNS)} FROM minute_metrics ORDER BY symbol, ts"
EVERYTHING = "SELECT * FROM minute_metrics ORDER BY symbol, ts"


@pytest.fixture
def market() -> ChangeableMarket:
    return ChangeableMarket(days=3)


@pytest.fixture
def pipeline(market: ChangeableMarket, serve: Serve, new_database: str) -> Pipeline:
    made = make_pipeline(serve(market, FIRST + timedelta(days=2)), new_database)
    migrate(made.warehouse)
    return made


def test_every_stored_value_equals_the_sources(pipeline: Pipeline, market: ChangeableMarket) -> None:
    """Each of the 16 metrics of each minute is the source's own sample, to the last bit."""
    end = FIRST + timedelta(days=1)
    backfill(pipeline, FIRST, end)
    with pipeline.source() as client:
        for column, metric in pipeline.settings.metrics.items():
            answer = client.query_range(f"last_over_time({metric.promql}[59s999ms])", FIRST, end - MINUTE, MINUTE)
            expected = {t: v for series in answer for t, v in zip(series.times, series.values, strict=True)}
            stored = rows(
                pipeline.warehouse,
                f"SELECT extract(epoch FROM ts)::bigint, {column} FROM minute_metrics WHERE {column} IS NOT NULL",
            )
            assert dict(stored) == expected, column
            assert len(expected) >= 1439


def test_again_changes_no_row(pipeline: Pipeline) -> None:
    """The same range twice leaves the same rows, untouched down to loaded_at."""
    ingest(pipeline)
    before = rows(pipeline.warehouse, EVERYTHING)
    again = ingest(pipeline)
    assert (again.minutes_new, again.minutes_changed) == (0, 0)
    assert rows(pipeline.warehouse, EVERYTHING) == before


def test_a_hole_at_the_source_stays_a_hole(pipeline: Pipeline, market: ChangeableMarket) -> None:
    """A minute without a sample is never filled with the one before it, though a plain selector would."""
    hole = [FIRST + timedelta(hours=5, minutes=m) for m in (0, 1, 2)]
    market.take_away(*hole)
    ingest(pipeline)
    held = rows(
        pipeline.warehouse, "SELECT ts FROM minute_metrics WHERE ts = ANY(%s) AND last_price IS NOT NULL", [hole]
    )
    assert held == []
    gaps = "SELECT metric, minutes FROM coverage_gaps WHERE gap_from = %s AND metric IN ('last_price', 'volume_24h') ORDER BY 1"
    assert rows(pipeline.warehouse, gaps, [hole[0]]) == [("last_price", 3), ("volume_24h", 3)]


def test_the_end_of_the_data_is_not_carried_forward_and_not_up_to_date(
    market: ChangeableMarket, serve: Serve, new_database: str
) -> None:
    """After the source's last sample there is no row, where a plain selector would give four invented ones, and it is said."""
    market.last_price[1440:] = np.nan
    market.volume_24h[1440:] = np.nan
    pipeline = make_pipeline(serve(market, FIRST + timedelta(days=1, minutes=20)), new_database)
    migrate(pipeline.warehouse)
    with pytest.raises(SourceEmpty, match=r"no sample of crypto_last_price.*2026-03-02 00:00 to 2026-03-02 00:21"):
        ingest(pipeline)
    last = rows(pipeline.warehouse, "SELECT max(ts) FROM minute_metrics WHERE last_price IS NOT NULL")
    assert last == [(FIRST + timedelta(minutes=1439),)]


def test_a_source_that_falls_silent_turns_the_confirmation_red_and_not_the_load(
    market: ChangeableMarket, serve: Serve, new_database: str
) -> None:
    """The live load ends, so that its minutes are answered with ABSTAIN; what follows it says that nothing came."""
    market.last_price[1440:] = np.nan
    market.volume_24h[1440:] = np.nan
    pipeline = make_pipeline(serve(market, FIRST + timedelta(days=1, minutes=20), speed=60.0), new_database)
    migrate(pipeline.warehouse)
    complaint = ingest_live(pipeline).complaint
    with pytest.raises(SourceEmpty, match=r"crypto_last_price.*exporter runs"):
        confirm_ingested(complaint)


def test_a_late_correction_is_stored_and_logged(pipeline: Pipeline, market: ChangeableMarket) -> None:
    """A value that changed within the overlap is taken over, and old and new stand in metric_revisions."""
    ingest(pipeline)
    corrected = FIRST + timedelta(days=2) - 3 * MINUTE
    old = float(market.last_price[market.position(corrected)])
    market.last_price[market.position(corrected)] = old + 100
    changed = ingest(pipeline)
    assert changed.minutes_changed > 0
    assert rows(pipeline.warehouse, "SELECT last_price FROM minute_metrics WHERE ts = %s", [corrected]) == [
        (old + 100,)
    ]
    logged = rows(
        pipeline.warehouse, "SELECT ts, old_value, new_value FROM metric_revisions WHERE metric = 'last_price'"
    )
    assert logged == [(corrected, old, old + 100)]


def test_a_first_value_is_an_arrival_and_not_a_revision(pipeline: Pipeline, market: ChangeableMarket) -> None:
    """A sample that comes late fills its NULL; nothing was corrected."""
    late = FIRST + timedelta(days=2) - 2 * MINUTE
    position = market.position(late)
    price, volume = market.last_price[position], market.volume_24h[position]
    market.take_away(late)
    ingest(pipeline)
    market.last_price[position], market.volume_24h[position] = price, volume
    ingest(pipeline)
    assert rows(pipeline.warehouse, "SELECT last_price FROM minute_metrics WHERE ts = %s", [late]) == [(price,)]
    assert rows(pipeline.warehouse, "SELECT count(*) FROM metric_revisions WHERE metric = 'last_price'") == [(0,)]


def test_a_sample_that_the_source_lost_is_kept(pipeline: Pipeline, market: ChangeableMarket) -> None:
    """An answer without a minute that is stored erases nothing."""
    ingest(pipeline)
    before = rows(pipeline.warehouse, "SELECT last_price FROM minute_metrics ORDER BY ts")
    market.take_away(FIRST + timedelta(days=2) - 2 * MINUTE)
    ingest(pipeline)
    assert rows(pipeline.warehouse, "SELECT last_price FROM minute_metrics ORDER BY ts") == before


def test_two_backfills_at_once_leave_the_rows_of_one(
    pipeline: Pipeline, market: ChangeableMarket, serve: Serve
) -> None:
    """Two runs over the same range, at the same time, double nothing and count every minute as new once."""
    span = (pipeline, FIRST, FIRST + timedelta(days=2))
    with ThreadPoolExecutor(2) as pool:
        results = [future.result() for future in [pool.submit(backfill, *span), pool.submit(backfill, *span)]]
    assert sum(result.minutes_new for result in results) == 2880
    assert rows(pipeline.warehouse, "SELECT count(*) FROM minute_metrics") == [(2880,)]
    assert rows(pipeline.warehouse, "SELECT sum(rows_new) FROM ingest_windows") == [(2880,)]
    assert rows(pipeline.warehouse, "SELECT count(*) FROM metric_revisions") == [(0,)]


def test_a_killed_backfill_goes_on_where_it_stopped(market: ChangeableMarket, serve: Serve, new_database: str) -> None:
    """After kill -9 in the middle, the next run asks only for what is missing and ends with the source's rows."""
    settings = small_settings()
    settings = replace(settings, ingest=replace(settings.ingest, window=timedelta(hours=1)))
    pipeline = make_pipeline(serve(market, FIRST + timedelta(days=3)), new_database, settings)
    migrate(pipeline.warehouse)
    kill_in_the_middle(pipeline)
    held = rows(pipeline.warehouse, "SELECT count(*) FROM minute_metrics")[0][0]
    windows_done = rows(pipeline.warehouse, "SELECT count(*) FROM ingest_windows")[0][0]
    assert 0 < held == windows_done * 60
    loaded = backfill(pipeline, FIRST, FIRST + timedelta(days=2))
    assert loaded.windows_skipped == windows_done
    assert loaded.minutes_new == 2880 - held
    assert rows(pipeline.warehouse, "SELECT last_price FROM minute_metrics ORDER BY ts") == [
        (p,) for p in market.last_price[:2880]
    ]


def kill_in_the_middle(pipeline: Pipeline) -> None:
    """Start the same backfill in a process and kill it once a few of its 48 windows are there."""
    code = (
        "import os\nfrom datetime import timedelta\nfrom dataclasses import replace\n"
        "from markets import FIRST\nfrom pipelines import make_pipeline, small_settings\nfrom include.ingest import backfill\n"
        "s = small_settings()\ns = replace(s, ingest=replace(s.ingest, window=timedelta(hours=1)))\n"
        "backfill(make_pipeline(os.environ['URL'], os.environ['DSN'], s), FIRST, FIRST + timedelta(days=2))\n"
    )
    here = Path(__file__).parent
    environment = {
        **os.environ,
        "URL": pipeline.cortex.url,
        "DSN": pipeline.warehouse.dsn,
        "PYTHONPATH": os.pathsep.join(str(folder) for folder in (here, here.parent, here.parents[1])),
    }
    with subprocess.Popen([sys.executable, "-c", code], env=environment) as process:
        while rows(pipeline.warehouse, "SELECT count(*) FROM ingest_windows")[0][0] < 5:
            assert process.poll() is None, "it ended before it could be killed"
            time.sleep(0.01)
        process.kill()


def test_the_live_load_waits_for_the_minute_that_has_just_ended(
    market: ChangeableMarket, serve: Serve, new_database: str
) -> None:
    """A run at a minute's mark loads that minute, and one whose columns stay away ends at the deadline without them."""
    url = serve(market, FIRST + timedelta(hours=6), speed=60.0)
    pipeline = make_pipeline(url, new_database)
    migrate(pipeline.warehouse)
    loaded = ingest_live(pipeline)
    assert loaded.newest is not None
    assert loaded.newest >= FIRST + timedelta(hours=6)


def test_a_mistyped_tenant_is_an_error_and_not_up_to_date(
    market: ChangeableMarket, serve: Serve, new_database: str
) -> None:
    """Cortex answers 200 with nothing to a wrong tenant; the sentence names tenant, metric and symbol."""
    url = serve(market, FIRST + timedelta(days=2), tenant="right")
    pipeline = replace(make_pipeline(url, new_database), cortex=Cortex(url, tenant="wrong"))
    migrate(pipeline.warehouse)
    with pytest.raises(SourceEmpty, match=r'crypto_last_price\{symbol="BTCUSDT"\}.*tenant wrong.*CORTEX_TENANT'):
        ingest(pipeline)
    assert rows(pipeline.warehouse, "SELECT count(*) FROM minute_metrics") == [(0,)]


def test_a_plan_that_begins_before_the_history_loads_what_there_is(
    pipeline: Pipeline, market: ChangeableMarket
) -> None:
    """Windows before the source's first sample are empty and no error; a plan without any sample is one."""
    weeks = plan_windows(pipeline, (FIRST - timedelta(days=30)).isoformat(), "", None)
    loaded = [load_planned_window(pipeline, week) for week in weeks]
    empty = [one.as_dict()["empty"] for one in loaded]
    assert empty[0] == [["crypto_last_price", "crypto_volume"]]
    assert confirm_planned(pipeline, weeks, empty) == 1
    assert rows(pipeline.warehouse, "SELECT count(*) FROM minute_metrics WHERE last_price IS NOT NULL") == [(2881,)]
    with pytest.raises(SourceEmpty, match=r"CORTEX_TENANT"):
        confirm_planned(pipeline, weeks[:2], empty[:2])


def test_a_missing_tenant_is_named(market: ChangeableMarket, serve: Serve, new_database: str) -> None:
    """401 `no org id` becomes a sentence with the setting."""
    pipeline = make_pipeline(serve(market, FIRST, tenant="right"), new_database)
    migrate(pipeline.warehouse)
    with pytest.raises(SourceRefused, match=r"401 \(no org id\).*CORTEX_TENANT"):
        ingest(pipeline)


def test_an_unreachable_source_leaves_nothing_behind(new_database: str) -> None:
    """A refused connection is one sentence that names CORTEX_URL."""
    pipeline = make_pipeline("http://127.0.0.1:1", new_database)
    migrate(pipeline.warehouse)
    with pytest.raises(SourceUnreachable, match="CORTEX_URL"):
        ingest(pipeline)
    assert rows(pipeline.warehouse, "SELECT count(*) FROM minute_metrics") == [(0,)]


def test_the_minutes_of_two_sources_never_meet(pipeline: Pipeline, serve: Serve) -> None:
    """After a run on one source, a run on another is refused with both named, and no row is mixed."""
    ingest(pipeline)
    before = rows(pipeline.warehouse, EVERYTHING)
    other = replace(pipeline, cortex=Cortex(serve(ChangeableMarket(3, seed=2), FIRST + timedelta(days=2, minutes=5))))
    with pytest.raises(SourceMismatch, match=r"simulated \(seed 1\).*simulated \(seed 2\)"):
        ingest(other)
    with pytest.raises(SourceMismatch):
        ingest(replace(other, adopt_source=True))
    assert rows(pipeline.warehouse, EVERYTHING) == before


def test_a_load_that_brought_nothing_claims_nothing(market: ChangeableMarket, serve: Serve, new_database: str) -> None:
    """A first run with a wrong tenant does not lock the warehouse: the source is recorded with the first minutes."""
    url = serve(market, FIRST + timedelta(days=2), tenant="right")
    wrong = replace(make_pipeline(url, new_database), cortex=Cortex(url, tenant="wrong"))
    migrate(wrong.warehouse)
    with pytest.raises(SourceEmpty):
        ingest(wrong)
    assert rows(wrong.warehouse, "SELECT count(*) FROM source") == [(0,)]
    ingest(replace(wrong, cortex=Cortex(url, tenant="right")))
    assert rows(wrong.warehouse, "SELECT kind, identity FROM source") == [("simulated", "seed 1")]


def test_simulated_minutes_enter_a_users_warehouse_only_when_told(pipeline: Pipeline) -> None:
    """Without --allow-simulated the lab's first minute is refused."""
    with pytest.raises(SourceMismatch, match="--allow-simulated"):
        ingest(replace(pipeline, allow_simulated=False))
    assert rows(pipeline.warehouse, "SELECT count(*) FROM source") == [(0,)]


def test_an_unknown_column_in_the_settings_is_named(pipeline: Pipeline) -> None:
    """A metric for a column that the table lacks is refused before anything is asked."""
    settings = replace(
        pipeline.settings,
        metrics={**pipeline.settings.metrics, "open_interest": Metric("open_interest", "crypto_open_interest")},
    )
    with pytest.raises(SettingsError, match="open_interest"):
        ingest(replace(pipeline, settings=settings))
