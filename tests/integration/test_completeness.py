"""What is missing, why, and when it is asked for again; what is set aside; what was known when."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from markets import FIRST, ChangeableMarket, Seen, Serve
from pipelines import make_pipeline, rows, small_settings

from include.cortex.minutes import MINUTE
from include.errors import SourceEmpty, SourceRefused, SourceUnreachable
from include.ingest import backfill, ingest, ingest_live, plan, plan_windows, raise_empty
from include.lab.faults import Faults
from include.lab.layout import Layout
from include.lab.limits import Limits
from include.pipeline import Pipeline
from include.repair import repair
from include.settings import Settings, Symbol
from include.status import status
from include.warehouse.migrate import migrate
from include.warehouse.minutes import METRIC_COLUMNS

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
END = FIRST + 2 * DAY
VALUES = ", ".join(METRIC_COLUMNS)
STORED = f"SELECT symbol, ts, {VALUES} FROM minute_metrics ORDER BY symbol, ts"
EVERYTHING = "SELECT * FROM minute_metrics ORDER BY symbol, ts"
ABSENT = "SELECT metric, absent_from, absent_to, attempts, next_ask_at FROM source_absences WHERE metric = %s ORDER BY absent_from"
ASKED = datetime(2026, 3, 5, 12, tzinfo=UTC)
RULES = [column for column in METRIC_COLUMNS if column not in {"last_price", "volume_24h"}]

Make = Callable[..., Pipeline]


def hourly(settings: Settings, hours: float = 6, **ingest: Any) -> Settings:
    """Settings with short windows, so that a day has several."""
    return replace(settings, ingest=replace(settings.ingest, window=timedelta(hours=hours), **ingest))


@pytest.fixture
def market() -> ChangeableMarket:
    return ChangeableMarket(days=3)


@pytest.fixture
def make(market: ChangeableMarket, serve: Serve, new_database: str) -> Make:
    """Pipelines over labs with switches, all on one migrated warehouse."""

    def made(settings: Settings | None = None, now: datetime = END, **switches: Any) -> Pipeline:
        pipeline = make_pipeline(serve(market, now, **switches), new_database, settings or hourly(small_settings()))
        migrate(pipeline.warehouse)
        return pipeline

    return made


def truth(serve: Serve, market: ChangeableMarket, fresh: str) -> list[tuple[Any, ...]]:
    """What a plain load of a source without faults stores."""
    pipeline = make_pipeline(serve(market, END), fresh)
    migrate(pipeline.warehouse)
    backfill(pipeline, FIRST, END)
    return rows(pipeline.warehouse, STORED)


@pytest.fixture
def expected(serve: Serve, market: ChangeableMarket, new_database: str, another_database: str) -> list[tuple[Any, ...]]:
    return truth(serve, market, another_database)


def test_limits_are_answered_and_remembered(make: Make, expected: list[tuple[Any, ...]]) -> None:
    """A source that allows 100 minutes and 5 series a request gives the same rows, and is asked so at once the next time."""
    seen = Seen()
    pipeline = make(seen=seen, limits=Limits(max_points=100, max_series=5))
    loaded = backfill(pipeline, FIRST, END)
    assert rows(pipeline.warehouse, STORED) == expected
    assert rows(pipeline.warehouse, "SELECT limit_name, fitted FROM source_limits ORDER BY 1") == [
        ("metrics", 4),
        ("minutes", 90),
    ]
    assert rows(pipeline.warehouse, "SELECT count(*) FROM ingest_windows WHERE error IS NOT NULL") == [(0,)]
    seen.ranges.clear()
    backfill(pipeline, FIRST, FIRST + 6 * HOUR, refetch=True)
    assert max(minutes for _, _, minutes in seen.ranges) == 90
    assert max(len(metrics) for metrics, _, _ in seen.ranges) == 4
    assert loaded.minutes_new == 2880


def test_a_window_that_stays_refused_costs_no_other(make: Make, market: ChangeableMarket) -> None:
    """The run ends red with the window and the reason; all others are loaded, and the ledger holds both."""
    pipeline = make(limits=Limits(max_query_lookback=30 * 3600.0))
    with pytest.raises(
        SourceRefused, match=r"3 of 8 windows failed. BTCUSDT \[2026-03-01 00:00, 2026-03-01 06:00\): .*drops the"
    ):
        backfill(pipeline, FIRST, END)
    held = rows(pipeline.warehouse, "SELECT min(ts), max(ts), count(*) FROM minute_metrics")
    # the look-back ends within a window, whose later part is loaded from its first whole minute on
    assert held == [(END - 30 * HOUR + MINUTE, END - MINUTE, 30 * 60 - 1)] or held == [
        (END - 30 * HOUR, END - MINUTE, 1800)
    ]
    assert rows(pipeline.warehouse, "SELECT count(*) FROM ingest_windows WHERE error IS NOT NULL") == [(3,)]


def test_an_answer_without_any_sample_of_a_base_metric_names_tenant_symbol_and_metric(
    make: Make, market: ChangeableMarket
) -> None:
    """Prices are there and volumes are not: the rest is loaded, and the run is red."""
    market.volume_24h[:] = np.nan
    pipeline = make()
    with pytest.raises(SourceEmpty, match=r'crypto_volume\{symbol="BTCUSDT"\}.*tenant \(none set\)'):
        backfill(pipeline, FIRST, END)
    assert rows(pipeline.warehouse, "SELECT count(last_price) AS a, count(volume_24h) AS b FROM minute_metrics") == [
        (2880, 0)
    ]


def test_a_window_without_any_sample_after_the_history_began_is_an_error_once(
    make: Make, market: ChangeableMarket
) -> None:
    """200 with nothing for six hours in the middle is red when it is met, noted, and asked again when it is due."""
    start, stop = FIRST + 12 * HOUR, FIRST + 18 * HOUR
    market.last_price[12 * 60 : 18 * 60] = np.nan
    market.volume_24h[12 * 60 : 18 * 60] = np.nan
    pipeline = make()
    with pytest.raises(SourceEmpty, match=r"from 2026-03-01 12:00 to 2026-03-01 18:00"):
        backfill(pipeline, FIRST, END)
    assert [row[1:4] for row in rows(pipeline.warehouse, ABSENT, ["last_price"])] == [(start, stop, 1)]
    assert backfill(pipeline, FIRST, END).windows == 0
    with pytest.raises(SourceEmpty, match=r"from 2026-03-01 12:00 to 2026-03-01 18:00"):
        backfill(pipeline, FIRST, END, refetch=True)


def test_what_the_source_lacks_is_noted_at_the_first_miss_and_asked_again_on_a_schedule(
    make: Make, market: ChangeableMarket
) -> None:
    """1 hour, 1 day and 7 days after a miss, then not again by itself; the overlap of other loads does not hurry it."""
    hole = [FIRST + 5 * HOUR + n * MINUTE for n in range(3)]
    market.take_away(*hole)
    pipeline = make()
    backfill(pipeline, FIRST, END)
    [(_, start, stop, attempts, next_ask)] = rows(pipeline.warehouse, ABSENT, ["last_price"])
    assert (start, stop, attempts) == (hole[0], hole[-1] + MINUTE, 1)
    backfill(pipeline, FIRST, END, refetch=True)
    assert rows(pipeline.warehouse, ABSENT, ["last_price"])[0][3:] == (1, next_ask)
    for attempts, wait in ((2, DAY), (3, 7 * DAY), (4, None)):
        before = repair(pipeline, asked_at=next_ask - MINUTE)
        assert before.missing == 0
        again = repair(pipeline, asked_at=next_ask)
        # price and volume of three minutes, and the seven slopes of the history's first minute, which has no second sample
        assert (again.missing, again.found) == (2 * 3 + 7, 0)
        asked_at, (_, _, _, counted, next_ask) = next_ask, rows(pipeline.warehouse, ABSENT, ["last_price"])[0]
        assert (counted, next_ask) == (attempts, asked_at + wait if wait else None)
    assert repair(pipeline, asked_at=asked_at + 365 * DAY).missing == 0
    [(reason,)] = rows(pipeline.warehouse, "SELECT DISTINCT reason FROM coverage_gaps WHERE metric = 'last_price'")
    assert "asked 4 times, and not again by itself" in reason


def test_an_absence_goes_when_its_minutes_come(make: Make, market: ChangeableMarket) -> None:
    """A late minute fills the hole; the minutes beside it stay absent as they were."""
    hole = [FIRST + 5 * HOUR + n * MINUTE for n in range(3)]
    kept = market.last_price.copy()
    market.take_away(*hole)
    pipeline = make()
    backfill(pipeline, FIRST, END)
    market.last_price[market.position(hole[1])] = kept[market.position(hole[1])]
    done = repair(pipeline, hole[0], hole[-1] + MINUTE)
    assert (done.missing, done.found) == (6, 1)
    absent = [(start, stop) for _, start, stop, _, _ in rows(pipeline.warehouse, ABSENT, ["last_price"])]
    assert absent == [(hole[0], hole[1]), (hole[2], hole[2] + MINUTE)]


def test_repair_reads_the_rows_and_asks_for_nothing_else(
    make: Make, market: ChangeableMarket, expected: list[tuple[Any, ...]]
) -> None:
    """Rows and values that are gone without the ledger knowing are found and fetched, in one request a run of minutes."""
    seen = Seen()
    pipeline = make(seen=seen)
    backfill(pipeline, FIRST, END)
    gone = FIRST + 7 * HOUR
    with pipeline.warehouse.transaction() as connection:
        connection.execute("DELETE FROM minute_metrics WHERE ts >= %s AND ts < %s", [gone, gone + 10 * MINUTE])
        connection.execute(
            "UPDATE minute_metrics SET volume_24h = NULL, volume_avg_5m = NULL WHERE ts = %s", [gone + HOUR]
        )
    gaps = rows(
        pipeline.warehouse, "SELECT reason, count(*) FROM coverage_gaps WHERE gap_from > %s GROUP BY 1", [FIRST]
    )
    assert gaps == [("not asked for yet: run cortex-signals repair", 18)]
    seen.ranges.clear()
    done = repair(pipeline)
    asked = [(len(metrics), first, minutes) for metrics, first, minutes in seen.ranges if minutes != 61]
    assert asked == [(16, gone, 10), (2, gone + HOUR, 1)]
    assert (done.missing, done.found) == (162, 162)
    assert rows(pipeline.warehouse, STORED) == expected
    assert rows(pipeline.warehouse, "SELECT count(*) FROM coverage_gaps WHERE gap_from > %s", [FIRST]) == [(0,)]
    seen.ranges.clear()
    assert repair(pipeline).missing == 0
    assert seen.ranges == []


def test_repair_asks_nothing_of_a_source_without_recent_prices(make: Make, market: ChangeableMarket) -> None:
    """A wrong tenant answers 200 with nothing: that is said, and not noted as absences."""
    pipeline = make()
    backfill(pipeline, FIRST, END)
    with pipeline.warehouse.transaction() as connection:
        connection.execute("DELETE FROM minute_metrics WHERE ts = %s", [FIRST + HOUR])
    market.last_price[:] = np.nan
    with pytest.raises(SourceEmpty, match="crypto_last_price"):
        repair(pipeline)
    assert rows(pipeline.warehouse, ABSENT, ["last_price"]) == []


def test_a_rule_without_history_is_asked_by_expression_where_its_base_covers_the_look_back(
    make: Make, market: ChangeableMarket, expected: list[tuple[Any, ...]]
) -> None:
    """The values are those the rule would have recorded, marked; none stands where the base has a hole in the look-back."""
    hole = FIRST + 6 * HOUR
    market.take_away(hole)
    since = FIRST + DAY
    pipeline = make(faults=Faults(rules_since=since.timestamp()))
    backfill(pipeline, FIRST, END)
    found = {row[1]: row[2:] for row in rows(pipeline.warehouse, STORED)}
    whole = {row[1]: row[2:] for row in expected}
    for position, column in enumerate(METRIC_COLUMNS):
        metric = pipeline.settings.metrics[column]
        back = metric.lookback
        for ts, values in found.items():
            uncovered = ts < since and column in RULES and (ts - back < hole <= ts or ts - back < FIRST - MINUTE)
            if uncovered or ts == hole:
                assert values[position] is None, (column, ts)
            else:
                assert values[position] == pytest.approx(whole[ts][position], rel=1e-9, abs=1e-12), (column, ts)
    marked = rows(
        pipeline.warehouse, "SELECT DISTINCT unnest(computed_columns) FROM minute_metrics WHERE ts < %s", [since]
    )
    assert {column for (column,) in marked} == set(RULES)
    assert rows(
        pipeline.warehouse, "SELECT count(*) FROM minute_metrics WHERE ts >= %s AND computed_columns <> '{}'", [since]
    ) == [(0,)]


def test_a_recorded_value_takes_the_place_of_a_computed_one_and_never_the_other_way(
    make: Make, market: ChangeableMarket, expected: list[tuple[Any, ...]]
) -> None:
    """Once the rule has been backfilled at the source, its own values stand, unmarked."""
    backfill(make(faults=Faults(rules_since=(FIRST + DAY).timestamp())), FIRST, END)
    recorded = make()
    backfill(recorded, FIRST, END, refetch=True)
    assert rows(recorded.warehouse, STORED) == expected
    assert rows(recorded.warehouse, "SELECT count(*) FROM minute_metrics WHERE computed_columns <> '{}'") == [(0,)]
    before = rows(recorded.warehouse, EVERYTHING)
    backfill(make(faults=Faults(rules_since=(FIRST + DAY).timestamp())), FIRST, END, refetch=True)
    assert rows(recorded.warehouse, EVERYTHING) == before


def test_a_ruler_that_lags_delays_the_minute(make: Make, market: ChangeableMarket) -> None:
    """With a deadline that allows for it, the live load waits 70 s for the recorded values and computes none."""
    settings = hourly(small_settings())
    slow = {column: replace(metric, deadline=timedelta(seconds=90)) for column, metric in settings.metrics.items()}
    pipeline = make(replace(settings, metrics=slow), now=END, speed=30.0, faults=Faults(ruler_delay=70))
    loaded = ingest_live(pipeline)
    assert loaded.newest is not None
    newest = "SELECT num_nulls(price_avg_5m, volume_deriv_15m, price_deriv_1h), computed_columns FROM minute_metrics WHERE ts = %s"
    assert rows(pipeline.warehouse, newest, [END]) == [(0, [])]


def test_a_ruler_that_lags_more_than_its_deadline_is_computed_and_then_replaced(
    make: Make, market: ChangeableMarket
) -> None:
    """The minute is answered from the expression at its deadline, and the next run stores what was recorded."""
    ingest(make(now=END - MINUTE, faults=Faults(ruler_delay=70)))
    pipeline = make(now=END, speed=8.0, faults=Faults(ruler_delay=70))
    ingest_live(pipeline)
    marked = "SELECT cardinality(computed_columns) FROM minute_metrics WHERE ts = %s"
    assert rows(pipeline.warehouse, marked, [END]) == [(len(RULES),)]
    ingest(make(now=END + 5 * MINUTE, faults=Faults(ruler_delay=70)))
    assert rows(pipeline.warehouse, marked, [END]) == [(0,)]


def test_what_was_known_at_an_instant_is_what_the_table_held_then(make: Make, market: ChangeableMarket) -> None:
    """New rows, arrivals in rows that were there, and corrections are undone, one after the other."""
    late = FIRST + 5 * HOUR
    kept = market.volume_24h[market.position(late)]
    market.volume_24h[market.position(late)] = np.nan
    known: list[tuple[datetime, list[tuple[Any, ...]]]] = []

    def load(until: datetime, refetch: bool = True) -> None:
        backfill(make(), FIRST, until, refetch=refetch)
        with pipeline.warehouse.transaction() as connection:
            now = connection.execute("SELECT clock_timestamp()").fetchone()
            assert now is not None
        known.append((now[0], rows(pipeline.warehouse, STORED)))

    pipeline = make()
    load(FIRST + DAY)
    load(END)
    market.volume_24h[market.position(late)] = kept
    load(END)
    market.last_price[market.position(late)] += 5
    load(END)
    market.last_price[market.position(late)] += 5
    load(END)
    assert len({str(held) for _, held in known}) == 5
    for instant, held in known:
        as_of = f"SELECT symbol, ts, {VALUES} FROM minute_metrics_as_of(%s) ORDER BY symbol, ts"
        assert rows(pipeline.warehouse, as_of, [instant]) == held
    assert rows(pipeline.warehouse, "SELECT count(*) FROM metric_revisions WHERE metric = 'last_price'") == [(2,)]
    assert rows(pipeline.warehouse, "SELECT ts, 'volume_24h' = ANY(metrics) FROM metric_arrivals") == [(late, True)]


def test_bad_values_are_set_aside_with_the_reason_and_the_rest_is_loaded(make: Make, market: ChangeableMarket) -> None:
    """NaN, infinities, a negative price and a price that jumps away for a minute are NULL and in quarantine, once."""
    pipeline = make(faults=Faults(seed=3, bad_values=0.01))
    backfill(pipeline, FIRST, END)
    reasons = dict(
        rows(
            pipeline.warehouse,
            "SELECT reason, count(*) FROM quarantined_samples WHERE metric IN ('last_price', 'volume_24h') GROUP BY 1",
        )
    )
    assert {"not a finite number", "a price that is not above zero"} <= set(reasons)
    assert any(reason.startswith("a jump of more than 0.5") for reason in reasons)
    stored = dict(rows(pipeline.warehouse, "SELECT ts, last_price FROM minute_metrics WHERE last_price IS NOT NULL"))
    assert all(price == market.last_price[market.position(ts)] for ts, price in stored.items())
    set_aside = rows(
        pipeline.warehouse, "SELECT count(DISTINCT first_at) FROM quarantined_samples WHERE metric = 'last_price'"
    )[0][0]
    assert len(stored) == 2880 - set_aside > 2800
    before = rows(pipeline.warehouse, "SELECT * FROM quarantined_samples ORDER BY sample_id")
    backfill(pipeline, FIRST, END, refetch=True)
    assert rows(pipeline.warehouse, "SELECT * FROM quarantined_samples ORDER BY sample_id") == before


def test_a_price_that_stays_at_a_new_level_is_taken_when_it_is_confirmed(make: Make, market: ChangeableMarket) -> None:
    """A fall to a third that lasts is real: its first minutes wait for those that confirm it, and are then stored."""
    now = END - HOUR
    market.last_price[market.position(now) - 2 :] /= 3
    held = "SELECT count(*) FROM minute_metrics WHERE ts >= %s AND last_price IS NOT NULL"
    pipeline = make(now=now)
    ingest(pipeline)
    assert rows(pipeline.warehouse, held, [now - 2 * MINUTE]) == [(0,)]
    ingest(make(now=now + 10 * MINUTE))
    assert rows(pipeline.warehouse, held, [now - 2 * MINUTE]) == [(13,)]


def test_a_second_label_set_is_set_aside_and_the_rest_loaded(make: Make, market: ChangeableMarket) -> None:
    """The metric is asked of neither series; the run is red with the labels that differ, until a matcher chooses one."""
    pipeline = make(layout=Layout(second_label_set=True))
    with pytest.raises(SourceRefused, match=r"volume_avg_5m.*instance.*matcher"):
        backfill(pipeline, FIRST, END)
    assert rows(pipeline.warehouse, "SELECT count(last_price) AS a, count(volume_avg_5m) AS b FROM minute_metrics") == [
        (2880, 0)
    ]
    [(labels, samples)] = rows(
        pipeline.warehouse, "SELECT count(DISTINCT labels), sum(samples)::int FROM quarantined_samples"
    )
    assert (labels, samples) == (2, 2 * 2880)
    assert rows(
        pipeline.warehouse, "SELECT error LIKE '%%differ in instance%%', rows_new FROM ingest_windows LIMIT 1"
    ) == [(True, 360)]


@pytest.mark.parametrize(
    ("layout", "symbol"),
    [
        (Layout(label="pair"), Symbol("BTC", "pair", "BTCUSDT")),
        (Layout(exchanges=("binance", "kraken")), Symbol("BTC", "symbol", "BTCUSDT", {"exchange": "binance"})),
        (Layout(replicas=2, replica_gaps=0.2), Symbol("BTC", "symbol", "BTCUSDT", replicas=("replica",))),
    ],
)
def test_series_are_selected_by_the_settings(
    make: Make, expected: list[tuple[Any, ...]], layout: Layout, symbol: Symbol
) -> None:
    """Another label name, one of two exchanges, or replicas that fill each other's holes: the same rows."""
    pipeline = make(replace(hourly(small_settings()), symbols=(symbol,)), layout=layout)
    backfill(pipeline, FIRST, END)
    assert [row[1:] for row in rows(pipeline.warehouse, STORED)] == [row[1:] for row in expected]


def test_a_symbol_that_is_added_is_loaded_and_touches_nothing_else(make: Make, market: ChangeableMarket) -> None:
    """Its history comes with the next ingest; the other's rows stay as they are, and stay when it is taken out again."""
    settings = hourly(small_settings())
    further = {"ETHUSDT": ChangeableMarket(days=3, seed=9)}
    pipeline = make(settings, further=further)
    ingest(pipeline)
    before = rows(pipeline.warehouse, EVERYTHING)
    two = make(replace(settings, symbols=(*settings.symbols, Symbol("ETH", "symbol", "ETHUSDT"))), further=further)
    ingest(two)
    both = rows(two.warehouse, EVERYTHING)
    assert [row for row in both if row[0] == "BTCUSDT"] == before
    assert sum(row[0] == "ETH" for row in both) == len(before)
    ingest(pipeline)
    assert rows(pipeline.warehouse, EVERYTHING) == both


def test_two_runs_at_once_share_the_windows_and_the_load(make: Make, expected: list[tuple[Any, ...]]) -> None:
    """No window is asked for twice, and both together have no more in flight than one may."""
    seen = Seen(slowly=0.05)
    pipeline = make(hourly(small_settings(), hours=2, in_flight=3), seen=seen)
    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(backfill, pipeline, FIRST, END) for _ in range(2)]
        loaded = [future.result() for future in both]
    recorded = [first for metrics, first, minutes in seen.ranges if len(metrics) == 16]
    assert len(recorded) == len(set(recorded)) == 24
    assert 2 <= seen.most_at_once <= 3
    assert sum(one.minutes_new for one in loaded) == 2880
    assert rows(pipeline.warehouse, STORED) == expected


def test_a_load_that_is_done_is_not_asked_for_again_though_the_source_has_holes(
    make: Make, market: ChangeableMarket
) -> None:
    """A hole that is known is not due before its hour; the second backfill asks for nothing."""
    market.take_away(*(FIRST + n * 3 * HOUR for n in range(1, 8)))
    seen = Seen()
    pipeline = make(seen=seen)
    backfill(pipeline, FIRST, END)
    seen.ranges.clear()
    again = backfill(pipeline, FIRST, END)
    assert (again.windows, again.windows_skipped, seen.ranges) == (0, 8, [])


def test_the_ledger_and_the_status_are_a_direct_count(make: Make, market: ChangeableMarket) -> None:
    """What the loads said they did adds up to what is there."""
    market.take_away(FIRST + HOUR)
    pipeline = make()
    backfill(pipeline, FIRST, FIRST + DAY)
    ingest(pipeline)
    [(minutes, first, last)] = rows(pipeline.warehouse, "SELECT count(*), min(ts), max(ts) FROM minute_metrics")
    [symbol] = status(pipeline)["symbols"]
    assert (symbol["minutes"], symbol["first_ts"], symbol["last_ts"]) == (minutes, first, last)
    assert rows(pipeline.warehouse, "SELECT sum(rows_new)::int FROM ingest_windows") == [(minutes,)]
    values = " + ".join(f"count({column})" for column in METRIC_COLUMNS)
    [(held,)] = rows(pipeline.warehouse, f"SELECT {values} FROM minute_metrics")
    day = "SELECT sum(samples)::int AS a, sum(rows_new)::int AS b FROM ingest_windows"
    [(samples, new)] = rows(pipeline.warehouse, day)
    repeated = rows(pipeline.warehouse, "SELECT sum(rows_same)::int FROM ingest_windows")[0][0]
    assert new == minutes
    assert 0 <= samples - held <= 16 * repeated


def test_a_source_that_is_down_is_given_up_soon(make: Make, new_database: str) -> None:
    """Not every window waits for its own time-out: the run ends after the windows that were in flight, twice over."""
    seen = Seen()
    pipeline = make(
        hourly(small_settings(), hours=1, in_flight=2),
        seen=seen,
        faults=Faults(error_share=0.999999, error_statuses=(503,)),
    )
    with pytest.raises(SourceUnreachable):
        backfill(pipeline, FIRST, END)
    assert len(seen.ranges) <= 8


def test_a_catch_up_that_lost_a_window_begins_there_again(make: Make, expected: list[tuple[Any, ...]]) -> None:
    """Newer windows may be there before an older one that failed; the next ingest loads what is missing and no more."""
    seen = Seen()
    pipeline = make(seen=seen, now=END - MINUTE, fail_once=FIRST + 12 * HOUR)
    with pytest.raises(SourceUnreachable, match=r"2026-03-01 12:00, 2026-03-01 18:00"):
        ingest(pipeline)
    assert 0 < rows(pipeline.warehouse, "SELECT count(*) FROM minute_metrics")[0][0] < 2880
    seen.ranges.clear()
    ingest(pipeline)
    assert rows(pipeline.warehouse, STORED) == expected
    asked = {first for metrics, first, _ in seen.ranges if len(metrics) == 16 and first >= FIRST}
    assert asked == {FIRST + 12 * HOUR, FIRST + 42 * HOUR}
    assert rows(pipeline.warehouse, "SELECT count(*) FROM catch_ups") == [(0,)]


def test_a_symbol_that_the_source_does_not_have_costs_the_others_nothing(make: Make, market: ChangeableMarket) -> None:
    """The live load goes on and says so; the absent one is asked for a day at a time, and whole once it is there."""
    settings = hourly(small_settings())
    further = {"ETHUSDT": ChangeableMarket(days=3, seed=9)}
    two = replace(settings, symbols=(*settings.symbols, Symbol("ETH", "symbol", "ETHUSDT")))
    loaded = ingest_live(make(two, now=END, speed=30.0))
    assert loaded.complaint is not None
    assert 'symbol="ETHUSDT"' in loaded.complaint[1]
    assert loaded.newest is not None
    assert loaded.newest >= END
    seen = Seen()
    with pytest.raises(SourceEmpty, match="ETHUSDT"):
        ingest(make(two, now=END + MINUTE, seen=seen))
    assert sum(minutes for _, _, minutes in seen.ranges) < 2000
    for minute in (2, 3):
        there = make(two, now=END + minute * MINUTE, further=further)
        ingest(there)
    assert rows(there.warehouse, "SELECT count(*) FROM minute_metrics WHERE symbol = 'ETH'") == [(2880 + 4,)]


def test_a_resumed_backfill_leaves_known_holes_to_repair(make: Make, market: ChangeableMarket) -> None:
    """However long ago they were missed, a window with holes is not fetched again as a whole."""
    market.take_away(*(FIRST + n * 3 * HOUR for n in range(1, 8)))
    pipeline = make()
    backfill(pipeline, FIRST, END)
    with pipeline.warehouse.transaction() as connection:
        connection.execute("UPDATE source_absences SET next_ask_at = clock_timestamp() - INTERVAL '1 hour'")
    assert backfill(pipeline, FIRST, END).windows == 0
    assert repair(pipeline).missing > 0


def test_no_minute_is_asked_for_that_has_not_settled(make: Make, market: ChangeableMarket) -> None:
    """An end in the future is the newest settled minute: nothing is noted as absent that has not happened."""
    pipeline = make()
    ingest(pipeline, END + 10 * DAY)
    assert rows(pipeline.warehouse, "SELECT max(window_to) FROM ingest_windows") == [(END + MINUTE,)]
    planned = plan_windows(pipeline, FIRST.isoformat(), (END + 30 * DAY).isoformat(), None)
    assert planned[-1]["to"] == (END + MINUTE).isoformat()


def test_a_window_before_the_history_that_another_run_took_tells_of_no_history(make: Make) -> None:
    """One that was skipped since another run found it empty is no sample: the empty ones after it stay before the history."""
    pipeline = make(hourly(small_settings(), hours=2), now=END - MINUTE)
    backfill(pipeline, FIRST, END)
    windows = plan(pipeline, FIRST - 6 * HOUR, FIRST + 2 * HOUR)
    bases = [metric.promql for metric in pipeline.settings.base_metrics]
    raise_empty(pipeline, windows, [[], bases, bases, []])
    with pytest.raises(SourceEmpty, match=r"no sample"):
        raise_empty(pipeline, windows, [bases, bases, bases, bases])


@pytest.mark.parametrize("load", [ingest, repair])
def test_two_first_loads_or_repairs_ask_for_each_window_once(
    make: Make, expected: list[tuple[Any, ...]], load: Callable[[Pipeline], object]
) -> None:
    """Side by side they share the windows, as backfills do."""
    seen = Seen(slowly=0.05)
    pipeline = make(hourly(small_settings(), hours=2, in_flight=2), now=END - MINUTE, seen=seen)
    if load is repair:
        backfill(pipeline, FIRST, END)
        with pipeline.warehouse.transaction() as connection:
            for hour in range(1, 40):
                connection.execute("DELETE FROM minute_metrics WHERE ts = %s", [FIRST + hour * HOUR])
        seen.ranges.clear()
    with ThreadPoolExecutor(2) as pool:
        for future in [pool.submit(load, pipeline) for _ in range(2)]:
            future.result()
    assert rows(pipeline.warehouse, STORED) == expected
    wide = [
        (first, minutes)
        for metrics, first, minutes in seen.ranges
        if len(metrics) == 16 and first >= FIRST and minutes != 12
    ]
    assert len(wide) == len(set(wide))


def test_a_metric_of_two_series_is_asked_for_again_once_they_are_declared_replicas(
    make: Make, market: ChangeableMarket
) -> None:
    """Ambiguous is not absent: the settings are the answer, and the next backfill loads it."""
    layout = Layout(replicas=2)
    pipeline = make(layout=layout)
    with pytest.raises(SourceRefused, match="differ in replica"):
        backfill(pipeline, FIRST, END)
    assert rows(pipeline.warehouse, "SELECT count(*) FROM source_absences") == [(0,)]
    declared = replace(pipeline.settings.symbols[0], replicas=("replica",))
    backfill(make(replace(pipeline.settings, symbols=(declared,)), layout=layout), FIRST, END)
    assert rows(pipeline.warehouse, "SELECT count(last_price) FROM minute_metrics") == [(2880,)]


def test_nothing_is_computed_over_what_was_set_aside_or_over_a_replicas_holes(
    make: Make, market: ChangeableMarket, expected: list[tuple[Any, ...]]
) -> None:
    """Every computed value is what the whole base gives."""
    spike = FIRST + 8 * HOUR
    market.last_price[market.position(spike)] *= 10
    symbol = Symbol("BTCUSDT", "symbol", "BTCUSDT", replicas=("replica",))
    pipeline = make(
        replace(hourly(small_settings()), symbols=(symbol,)),
        layout=Layout(replicas=2, replica_gaps=0.1),
        faults=Faults(rules_since=END.timestamp()),
    )
    backfill(pipeline, FIRST, END)
    found = rows(pipeline.warehouse, "SELECT ts, price_avg_5m, price_deriv_15m FROM minute_metrics ORDER BY ts")
    whole = {
        row[1]: (row[2 + METRIC_COLUMNS.index("price_avg_5m")], row[2 + METRIC_COLUMNS.index("price_deriv_15m")])
        for row in expected
    }
    looks_back = (5, 15)
    values = [(ts, i, value, whole[ts][i]) for ts, *both in found for i, value in enumerate(both) if value is not None]
    assert len(values) > 1000
    assert not [ts for ts, i, _, _ in values if spike <= ts < spike + looks_back[i] * MINUTE]
    assert all(value == pytest.approx(true, rel=1e-9, abs=1e-12) for _, _, value, true in values)


def test_computed_minutes_that_are_read_again_are_the_same(make: Make, market: ChangeableMarket) -> None:
    """The mark does not count as a change."""
    pipeline = make(faults=Faults(rules_since=END.timestamp()))
    backfill(pipeline, FIRST, END)
    before = rows(pipeline.warehouse, EVERYTHING)
    again = backfill(pipeline, FIRST, END, refetch=True)
    assert (again.minutes_new, again.minutes_changed) == (0, 0)
    assert rows(pipeline.warehouse, EVERYTHING) == before


def test_a_stretch_of_errors_does_not_keep_the_rest_from_being_loaded(make: Make, market: ChangeableMarket) -> None:
    """A source that answers is not down, whatever it says of some windows."""
    settings = hourly(small_settings(), hours=1, in_flight=2)
    pipeline = make(settings, fail_before=FIRST + 12 * HOUR)
    with pytest.raises(SourceUnreachable, match="12 of 48 windows failed"):
        backfill(pipeline, FIRST, END)
    assert rows(pipeline.warehouse, "SELECT count(*) FROM minute_metrics") == [(36 * 60,)]
