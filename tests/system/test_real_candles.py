"""Real candles through the console command, from a real Prometheus and from the lab's replay, into a real PostgreSQL.

30 days of BTCUSDT minutes, with a few real defects in the Prometheus. The candles are the file named by
CORTEX_SIGNALS_CANDLES, else that of the folder shared beside the project; without it, or without the programs of
Prometheus, the tests skip.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from pipelines import rows

from include.cortex.address import Cortex
from include.cortex.client import CortexClient
from include.launcher.postgres import EmbeddedPostgres
from include.settings import PACKAGE, load_settings
from include.warehouse.connection import Warehouse
from tests.integration.conftest import DEFAULT_VERSION, OWNER, PASSWORD, running_server
from tests.system.console import Console, lab
from tests.system.prometheus_blocks import make_blocks
from tests.system.prometheus_server import missing_programs, served
from tests.system.real_series import (
    ALL,
    BASES,
    CANDLES,
    MINUTE,
    PRICE,
    RULES,
    VOLUME,
    Defect,
    bases,
    epochs,
    recorded,
    storable,
)

FIRST, END = datetime(2025, 8, 1, tzinfo=UTC), datetime(2025, 8, 31, tzinfo=UTC)
MARGIN = timedelta(hours=1)  # held by the source on both sides of the span, and not asked for
AS_OF = datetime(2025, 8, 29, 23, tzinfo=UTC)
CELLS = {30: "0.005", 60: "0.0075"}  # horizon in minutes: threshold of the live cell
LOOKBACK_MINUTES = 60  # of the volatility baseline, which reigns: a month has too few events for a candidate
COLUMNS = {column: metric.promql for column, metric in load_settings(PACKAGE / "settings.toml").metrics.items()}
DEFECTS = (
    Defect(datetime(2025, 8, 6, 10, 7, tzinfo=UTC), 1, ALL),
    Defect(datetime(2025, 8, 12, 3, 30, tzinfo=UTC), 3, BASES),  # the rules go on, as a ruler does inside a hole
    Defect(datetime(2025, 8, 18, 14, tzinfo=UTC), 10, ALL),  # longer than a plain selector carries on
    Defect(datetime(2025, 8, 20, 11, tzinfo=UTC), 10, RULES),  # the ruler was down
    Defect(datetime(2025, 8, 25, 8, 8, tzinfo=UTC), 1, [VOLUME], np.inf),
    Defect(datetime(2025, 8, 30, 1, 15, tzinfo=UTC), 1, BASES),
    Defect(datetime(2025, 8, 30, 6, 30, tzinfo=UTC), 2, RULES[:1]),
    Defect(datetime(2025, 8, 30, 7, 30, tzinfo=UTC), 1, [VOLUME]),
    Defect(datetime(2025, 8, 30, 16, tzinfo=UTC), 3, ALL),
)
STORED = f"SELECT ts, {', '.join(COLUMNS)} FROM minute_metrics WHERE symbol = 'BTCUSDT' ORDER BY ts"
EVERYTHING = "SELECT * FROM minute_metrics ORDER BY symbol, ts"
SIGNALS = "SELECT * FROM signals ORDER BY signal_id"
BACKFILL = ("backfill", "--from", f"{FIRST:%Y-%m-%dT%H:%MZ}", "--to", f"{END:%Y-%m-%dT%H:%MZ}")
TRAIN = ("train", "--as-of", f"{AS_OF:%Y-%m-%dT%H:%MZ}", *(f"--horizon={horizon}" for horizon in CELLS))
# begins before as_of: those minutes may not be answered
PREDICT = ("predict", "--from", f"{AS_OF - MARGIN:%Y-%m-%dT%H:%MZ}", "--to", f"{END:%Y-%m-%dT%H:%MZ}")

pytestmark = pytest.mark.skipif(not CANDLES.is_file(), reason=f"{CANDLES} is not there; set CORTEX_SIGNALS_CANDLES")

Say = Callable[[str], None]


@dataclass(frozen=True)
class Run:
    """A warehouse that the console filled: the commands' own counts, in the order of the commands."""

    console: Console
    counts: list[Any]

    @property
    def warehouse(self) -> Warehouse:
        return Warehouse(self.console.warehouse_dsn)


@pytest.fixture(scope="module")
def sampled() -> pd.DataFrame:
    """The bases as the exchange gave them, with an hour before the margin for the longest rule."""
    return bases(CANDLES, FIRST - 2 * MARGIN, END + MARGIN)


@pytest.fixture(scope="module")
def held(sampled: pd.DataFrame) -> pd.DataFrame:
    """The 16 series as the Prometheus holds them, defects and margins included."""
    return recorded(sampled, DEFECTS).loc[FIRST - MARGIN :]


@pytest.fixture(scope="module")
def prometheus(held: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The API root of a real Prometheus that holds the series."""
    if missing := missing_programs():
        pytest.skip(f"{' and '.join(missing)} not installed; Debian's package prometheus has both")
    folder = tmp_path_factory.mktemp("prometheus")
    make_blocks({"BTCUSDT": held}, folder / "data")
    with served(folder) as server:
        yield server.url


@pytest.fixture(scope="module")
def loadable(prometheus: str, held: pd.DataFrame) -> pd.DataFrame:
    """What a warehouse may hold: the series, and what the Prometheus makes of a rule's expression where the rule has
    nothing and its base every minute of the look-back."""
    series = storable(held).reindex(pd.date_range(FIRST - MARGIN, END + MARGIN, freq="min", inclusive="left"))
    for rule in RULES:
        base, expression, length = expression_of(rule)
        covered = series[base].notna().rolling(length).sum() == length
        for ts in series.index[series[rule].isna() & covered & (series.index >= FIRST) & (series.index < END)]:
            series.loc[ts, rule] = asked_once(prometheus, expression, ts)
    return series.dropna(how="all")


@pytest.fixture(scope="module")
def postgres() -> Iterator[EmbeddedPostgres]:
    with running_server(DEFAULT_VERSION) as server:
        yield server


@pytest.fixture(scope="module")
def fresh_warehouse(postgres: EmbeddedPostgres) -> Callable[[str], Console]:
    """Gives a console over a source and an empty, migrated database of its own."""
    numbers = count(1)

    def make(cortex_url: str) -> Console:
        name = f"real_{next(numbers)}"
        postgres.create_database(name, OWNER)
        console = Console(cortex_url, postgres.dsn(name, OWNER, PASSWORD))
        console.json("migrate")
        return console

    return make


@pytest.fixture(scope="module")
def loaded(prometheus: str, fresh_warehouse: Callable[[str], Console]) -> Run:
    """30 days loaded from the Prometheus."""
    console = fresh_warehouse(prometheus)
    return Run(console, [console.json(*BACKFILL)])


@pytest.fixture(scope="module")
def answered(loaded: Run) -> Run:
    """The same, trained and with signals."""
    return Run(loaded.console, [*loaded.counts, loaded.console.json(*TRAIN), loaded.console.json(*PREDICT)])


@pytest.fixture(scope="module")
def replayed(fresh_warehouse: Callable[[str], Console]) -> Iterator[Run]:
    """30 days, champions and signals from the lab that replays the file."""
    with lab("--replay", str(CANDLES), "--now", END.isoformat(), "--speed", "0") as url:
        console = fresh_warehouse(url)
        yield Run(console, [console.json(*command) for command in (BACKFILL, TRAIN, PREDICT)])


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Say:
    """Writes a line that is seen whatever pytest captures."""

    def line(text: str) -> None:
        with capsys.disabled():
            sys.stdout.write(f"\n  {text}\n")

    return line


def stored(warehouse: Warehouse) -> pd.DataFrame:
    """The stored minutes under the names of the source's series, NaN for NULL."""
    found = rows(warehouse, STORED)
    index = pd.DatetimeIndex([row[0] for row in found])
    return pd.DataFrame([row[1:] for row in found], index=index, columns=list(COLUMNS.values()), dtype=float)


def expression_of(rule: str) -> tuple[str, str, int]:
    """Base, expression and look-back in minutes of a rule's name such as job:crypto_volume:avg5m."""
    _, base, name = rule.split(":")
    function, window = ("deriv", name[5:]) if name.startswith("deriv") else ("avg_over_time", name[3:])
    return base, f"{function}({base}[{window}])", {"m": 1, "h": 60}[window[-1]] * int(window[:-1])


def asked_once(url: str, expression: str, ts: pd.Timestamp) -> float:
    with CortexClient(Cortex(url)) as client:
        [series] = client.query_range(expression, ts, ts, MINUTE)
    return float(series.values[0])


def bits(frame: pd.DataFrame) -> npt.NDArray[np.uint64]:
    """The doubles bit by bit, all NaN alike."""
    values = frame.to_numpy(dtype=np.float64)
    return np.where(np.isnan(values), np.nan, values).view(np.uint64)


def assert_same_to_the_last_bit(found: pd.DataFrame, expected: pd.DataFrame) -> None:
    assert epochs(found.index).tolist() == epochs(expected.index).tolist()
    differing = bits(found) != bits(expected[found.columns])
    assert not differing.any(), f"{differing.sum()} values differ, first {found[differing.any(axis=1)].head(3)}"


def asked_for(series: pd.DataFrame) -> pd.DataFrame:
    """What a warehouse may hold of the series after the load of [FIRST, END)."""
    return storable(series).loc[FIRST : END - MINUTE]


def answerable_minutes() -> pd.DatetimeIndex:
    return pd.date_range(AS_OF + MINUTE, END - MINUTE, freq="min")


def unanswerable(series: pd.DataFrame) -> pd.DatetimeIndex:
    """The minutes that lack what the champions look at: a price of the last hour. Volume and rules are not of it."""
    grid = storable(series).reindex(pd.date_range(FIRST, END - MINUTE, freq="min"))
    no_price = grid[PRICE].isna().rolling(LOOKBACK_MINUTES + 1, min_periods=1).max() > 0
    found = grid.index[no_price]
    return found[found > AS_OF]


def plainly_filled(url: str, defect: Defect) -> int:
    """How many of the minutes a plain selector of the first series carries an older sample into."""
    with CortexClient(Cortex(url)) as client:
        answer = client.query_range(defect.series[0], defect.start, defect.last, MINUTE)
    return sum(len(series.values) for series in answer)


def kill_when_windows_are_done(console: Console, wanted: int) -> None:
    """Start the backfill and kill it -9 once the ledger holds so many windows."""
    with console.start(*BACKFILL) as process:
        while windows_done(console) < wanted:
            assert process.poll() is None, "it ended before it could be killed"
            time.sleep(0.01)
        process.kill()
    assert process.returncode == -9


def windows_done(console: Console) -> int:
    return int(rows(Warehouse(console.warehouse_dsn), "SELECT count(*) FROM ingest_windows")[0][0])


def assert_refused(ended: subprocess.CompletedProcess[str], *named: str) -> None:
    """Exit 1 and one sentence on stderr that names them."""
    assert (ended.returncode, ended.stdout) == (1, ""), ended.stderr
    assert ended.stderr.count("\n") == 1
    assert "Traceback" not in ended.stderr
    for name in named:
        assert name in ended.stderr


def test_every_value_is_stored_to_the_last_bit(loaded: Run, loadable: pd.DataFrame, say: Say) -> None:
    """All 16 series of a real Prometheus are in the warehouse value by value, and nothing else is."""
    found, expected = stored(loaded.warehouse), asked_for(loadable)
    assert_same_to_the_last_bit(found, expected)
    assert loaded.counts[0]["minutes_new"] == len(expected)
    assert rows(
        loaded.warehouse, "SELECT count(*) AS minutes, count(DISTINCT symbol) AS symbols FROM minute_metrics"
    ) == [(len(expected), 1)]
    assert rows(loaded.warehouse, "SELECT kind FROM source") == [("cortex",)]
    assert rows(loaded.warehouse, "SELECT count(*) FROM ingest_windows WHERE error IS NOT NULL OR retries > 0") == [
        (0,)
    ]
    say(f"{len(found):,} minutes and {int(found.count().sum()):,} values equal those of the Prometheus to the last bit")


def test_what_was_taken_away_stays_away(loaded: Run, prometheus: str, say: Say) -> None:
    """A removed minute has no row or NULL, though a plain selector of the same Prometheus fills it; of a rule it may have
    what the expression gives, and says so."""
    found = stored(loaded.warehouse)
    marked = rows(
        loaded.warehouse, "SELECT ts, unnest(computed_columns) FROM minute_metrics WHERE computed_columns <> '{}'"
    )
    for ts, column in marked:
        found.loc[ts, COLUMNS[column]] = np.nan
    downs = [defect for defect in DEFECTS if set(defect.series) <= set(RULES)]
    asked_by_expression = {(d.start + k * MINUTE, name) for d in downs for k in range(d.minutes) for name in d.series}
    assert {(ts, COLUMNS[column]) for ts, column in marked} == asked_by_expression
    filled = 0
    for defect in DEFECTS:
        minutes = pd.date_range(defect.start, defect.last, freq="min")
        assert not found.reindex(minutes)[list(defect.series)].notna().to_numpy().any(), defect
        if np.isnan(defect.value):
            filled += plainly_filled(prometheus, defect)
    assert filled > 0
    taken = sum(defect.minutes * len(defect.series) for defect in DEFECTS)
    gone = sum(defect.start + k * MINUTE not in found.index for defect in DEFECTS for k in range(defect.minutes))
    say(
        f"{taken} values taken away, none stored, {gone} minutes without a row; a plain selector fills {filled} minutes"
    )


def test_gaps_are_the_minutes_without_a_price(loaded: Run) -> None:
    """The view of gaps names each run of minutes whose price was taken away, and no other."""
    expected = [(defect.start, defect.minutes) for defect in DEFECTS if PRICE in defect.series]
    assert (
        rows(
            loaded.warehouse,
            "SELECT gap_from, minutes FROM coverage_gaps WHERE metric = 'last_price' ORDER BY gap_from",
        )
        == expected
    )


@pytest.mark.parametrize("rule", RULES)
def test_the_rules_are_those_of_a_prometheus(prometheus: str, held: pd.DataFrame, rule: str) -> None:
    """What the test recorded is what the engine makes of the bases, across a hole, with the left edge left out."""
    start, end = DEFECTS[1].start - 2 * MARGIN, DEFECTS[1].last + 2 * MARGIN
    _, expression, length = expression_of(rule)
    left_open = re.sub(r"\[.*\]", f"[{length * 60_000 - 1}ms]", expression)
    with CortexClient(Cortex(prometheus)) as client:
        [series] = client.query_range(left_open, start, end, MINUTE)
    asked = held.loc[start:end, rule]
    assert series.times.tolist() == epochs(asked.index).tolist()
    assert series.values.tolist() == pytest.approx(asked.tolist(), rel=1e-9, abs=1e-9)


def test_again_changes_no_row(loaded: Run, say: Say) -> None:
    """A second backfill of the same span leaves every row as it was, down to loaded_at."""
    before = rows(loaded.warehouse, EVERYTHING)
    again = loaded.console.json(*BACKFILL)
    assert (again["minutes_new"], again["minutes_changed"]) == (0, 0)
    assert rows(loaded.warehouse, EVERYTHING) == before
    assert rows(loaded.warehouse, "SELECT count(*) FROM metric_revisions") == [(0,)]
    say(f"again: {again['minutes_same']:,} minutes the same, {again['windows_skipped']} windows skipped")


def test_killed_twice_it_ends_with_the_same_rows(
    prometheus: str, fresh_warehouse: Callable[[str], Console], loadable: pd.DataFrame, say: Say
) -> None:
    """After kill -9 in the middle whole windows are there, and the next run ends with what one run leaves."""
    console = fresh_warehouse(prometheus)
    expected, kept = asked_for(loadable), []
    for wanted in (1, 3):
        kill_when_windows_are_done(console, wanted)
        [(minutes, by_ledger)] = rows(
            Warehouse(console.warehouse_dsn),
            "SELECT (SELECT count(*) FROM minute_metrics), sum(rows_new)::bigint FROM ingest_windows",
        )
        assert 0 < minutes == by_ledger < len(expected)
        kept.append(minutes)
    ended = console.json(*BACKFILL)
    assert ended["minutes_new"] == len(expected) - kept[-1]
    assert_same_to_the_last_bit(stored(Warehouse(console.warehouse_dsn)), expected)
    say(f"killed with {kept[0]:,} and {kept[1]:,} minutes there; {ended['minutes_new']:,} more by the last run")


def test_each_asked_cell_has_a_champion(answered: Run) -> None:
    """The training names a champion for each horizon, none trained on a minute whose label reaches beyond as_of."""
    assert [(one["horizon_minutes"], one["threshold"]) for one in answered.counts[1]] == list(CELLS.items())
    assert {one["champion"] for one in answered.counts[1]} == {"volatility_60m"}
    found = rows(
        answered.warehouse, "SELECT as_of, trained_to + make_interval(mins => horizon_minutes) <= as_of FROM models"
    )
    assert found == [(AS_OF, True)] * len(CELLS)


def test_every_live_minute_is_answered_once(answered: Run, loadable: pd.DataFrame, say: Say) -> None:
    """One row a cell and minute after as_of, none at or before it, and exactly the minutes that lack what the champion looks at abstain."""
    minutes, abstained = answerable_minutes(), unanswerable(loadable)
    for horizon in CELLS:
        found = rows(
            answered.warehouse, "SELECT ts, side FROM signals WHERE horizon_minutes = %s ORDER BY ts", [horizon]
        )
        assert [ts for ts, _ in found] == list(minutes)
        assert [ts for ts, side in found if side == "ABSTAIN"] == list(abstained)
    assert rows(answered.warehouse, "SELECT count(DISTINCT (horizon_minutes, threshold)) FROM signals") == [
        (len(CELLS),)
    ]
    done = answered.counts[2]
    assert (done["scored"], done["abstained"]) == (
        len(CELLS) * (len(minutes) - len(abstained)),
        len(CELLS) * len(abstained),
    )
    say(f"{done['scored']:,} signals scored and {done['abstained']:,} abstained, over {len(minutes):,} minutes")


def test_an_abstention_says_what_is_missing(answered: Run) -> None:
    """No row, no price, or an input that cannot be computed: the reason tells which. Lost volume and rules are no reason."""
    no_price, no_rule, no_volume, outage = DEFECTS[-4:]
    reason = "SELECT reason FROM signals WHERE side = 'ABSTAIN' AND ts = %s AND horizon_minutes = 60"
    expected = {
        no_price.start: "the minute has no price",
        no_price.last + MINUTE: "realised_volatility_60m cannot be computed",
        no_price.last + LOOKBACK_MINUTES * MINUTE: "realised_volatility_60m cannot be computed",
        outage.start: "the source has no sample of this minute",
        outage.last: "the source has no sample of this minute",
    }
    found = {ts: rows(answered.warehouse, reason, [ts])[0][0] for ts in expected}
    assert {ts: text for ts, text in found.items() if not text.startswith(expected[ts])} == {}
    for ts in (no_rule.start, no_volume.start, no_volume.start + 5 * MINUTE):
        assert rows(answered.warehouse, reason, [ts]) == []


def test_a_scored_signal_rests_on_the_sources_price(answered: Run, held: pd.DataFrame) -> None:
    """The reference price is the source's own, the probabilities are one, and real minutes are not called simulated."""
    found = rows(
        answered.warehouse,
        "SELECT ts, reference_price, p_down + p_sideways + p_up, is_simulated, inputs_hash FROM signals WHERE side <> 'ABSTAIN'",
    )
    assert [price for _, price, *_ in found] == held.loc[[ts for ts, *_ in found], PRICE].tolist()
    assert all(abs(total - 1) < 1e-12 and not simulated and known for _, _, total, simulated, known in found)


def test_predicting_again_adds_nothing(answered: Run) -> None:
    """An answered minute stays answered, abstentions included."""
    before = rows(answered.warehouse, SIGNALS)
    again = answered.console.json(*PREDICT)
    assert (again["scored"], again["abstained"]) == (0, 0)
    assert rows(answered.warehouse, SIGNALS) == before


def test_a_replay_stores_the_files_own_numbers(replayed: Run, sampled: pd.DataFrame, say: Say) -> None:
    """The lab's replay gives each close and each rolling volume to the last bit, and rules that agree with a second sum."""
    found, expected = stored(replayed.warehouse), asked_for(recorded(sampled))
    assert_same_to_the_last_bit(found[list(BASES)], expected)
    assert len(found) == (END - FIRST) // MINUTE
    np.testing.assert_allclose(found[list(RULES)], expected[list(RULES)], rtol=1e-9, atol=1e-9)
    assert [kind for (kind,) in rows(replayed.warehouse, "SELECT kind FROM source")] == ["replay"]
    say(f"{len(found):,} minutes of the replay equal the file to the last bit in both bases")


def test_a_replay_is_answered_and_not_called_simulated(replayed: Run, sampled: pd.DataFrame, say: Say) -> None:
    """Each minute after as_of has a real signal a cell, and abstains only where a price of the last hour is missing."""
    abstained = unanswerable(recorded(sampled))
    done = replayed.counts[2]
    answers = len(CELLS) * len(answerable_minutes())
    assert (done["scored"] + done["abstained"], done["abstained"]) == (answers, len(CELLS) * len(abstained))
    found = rows(
        replayed.warehouse,
        "SELECT count(*) AS signals, count(DISTINCT ts) AS minutes, min(ts), bool_or(is_simulated) FROM signals",
    )
    assert found == [(answers, answers // len(CELLS), AS_OF + MINUTE, False)]
    reasons = rows(
        replayed.warehouse, "SELECT ts, reason FROM signals WHERE side = 'ABSTAIN' AND horizon_minutes = 60 ORDER BY ts"
    )
    assert [ts for ts, _ in reasons] == list(abstained)
    assert all(reason.endswith("or the price did not move") for _, reason in reasons)
    say(f"replay: {done['scored']:,} signals scored and {done['abstained']:,} abstained")


def test_a_complete_span_is_not_asked_for_again(replayed: Run) -> None:
    """Without a hole the second backfill skips every window and changes no row."""
    before = rows(replayed.warehouse, EVERYTHING)
    again = replayed.console.json(*BACKFILL)
    assert (again["windows"], again["windows_skipped"]) == (0, replayed.counts[0]["windows"])
    assert rows(replayed.warehouse, EVERYTHING) == before


def test_real_minutes_never_join_simulated_ones(
    prometheus: str, fresh_warehouse: Callable[[str], Console], say: Say
) -> None:
    """After a run on the simulated lab, setting only CORTEX_URL is refused with both sources named, and no row is mixed."""
    day = ("backfill", "--from", "2025-08-30T00:00Z", "--to", "2025-08-31T00:00Z")
    with lab("--now", END.isoformat(), "--speed", "0") as url:
        simulated = fresh_warehouse(url)
        simulated.json(*day, "--allow-simulated")
    real = Console(prometheus, simulated.warehouse_dsn)
    warehouse = Warehouse(real.warehouse_dsn)
    before = rows(warehouse, EVERYTHING)
    for command in (day, (*day, "--adopt-source"), (*day, "--allow-simulated"), ("ingest",), ("predict",), ("train",)):
        assert_refused(real.run(*command), "simulated (seed 7)", f"cortex ({prometheus}")
    assert rows(warehouse, EVERYTHING) == before
    say(f"{len(before):,} simulated minutes and not one real one beside them")


def test_a_replay_never_joins_the_minutes_of_a_prometheus(loaded: Run, prometheus: str) -> None:
    """The other way round, and for a source that is real as well, the refusal is the same."""
    before = rows(loaded.warehouse, EVERYTHING)
    with lab("--replay", str(CANDLES), "--now", END.isoformat(), "--speed", "0") as url:
        ended = Console(url, loaded.console.warehouse_dsn).run(*BACKFILL)
    assert_refused(ended, f"cortex ({prometheus}", "replay (file ")
    assert rows(loaded.warehouse, EVERYTHING) == before
