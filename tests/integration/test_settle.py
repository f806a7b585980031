"""What is settled: outcomes and positions on paper, once and again, in SQL as in the evaluation."""

from __future__ import annotations

from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from pipelines import make_pipeline, rows
from scipy.stats import t
from settling import COST, HORIZON, at, give, insert, load, minute_of, opened, positions, register_model, signal
from stored_prices import UNUSABLE, walk

from include.cli.terminal import show_status
from include.errors import SettingsError, WarehouseRefused
from include.evaluation.events import event_begins
from include.models.classes import CLASSES, DOWN, SIDEWAYS, UP
from include.pipeline import Pipeline
from include.settle import Settled, settle
from include.status import status
from include.warehouse.migrate import migrate

FEE = 2 * COST / 10_000


@pytest.fixture
def pipeline(new_database: str) -> Pipeline:
    """A migrated warehouse; its source is never asked."""
    made = make_pipeline("http://127.0.0.1:1", new_database)
    migrate(made.warehouse)
    return made


@pytest.fixture
def model(pipeline: Pipeline) -> int:
    return register_model(pipeline.warehouse)


SETTLED = """
SELECT ts, version, outcome, opens_position, entry_at, exit_at, exit_reason, forward_return, net_return
FROM settled_outcomes ORDER BY ts, signal_id, version
"""


def settled(pipeline: Pipeline) -> list[tuple[Any, ...]]:
    """minute, version, outcome, opens, entry, exit, reason, of every row of the table."""
    found = rows(pipeline.warehouse, SETTLED)
    return [(minute_of(r[0]), *r[1:4], minute_of(r[4]), minute_of(r[5]), r[6]) for r in found]


def flat(minutes: int, **changes: float | None) -> dict[int, float | None]:
    """Prices of 100, but those of m<minute> given."""
    return dict.fromkeys(range(minutes), 100.0) | {int(name[1:]): price for name, price in changes.items()}


@pytest.mark.parametrize(
    ("prices", "expected"),
    [
        # entered at 1 for 100; 101 at 5 is the target; filled at 6 for 102: +2 % less 14 bp
        (flat(40, m5=101.0, m6=102.0), ("SIDEWAYS", 1, 6, "TARGET", 0.02 - FEE)),
        # 98.5 at 4 is beyond the stop of 99, before the target at 5; filled at 5 for 101
        (flat(40, m4=98.5, m5=101.0), ("SIDEWAYS", 1, 5, "STOP", 0.01 - FEE)),
        # neither: left at 1 + 15 for 100.4; the class is that of the minute 15
        (flat(40, m15=100.5, m16=100.4), ("UP", 1, 16, "TIME", 0.004 - FEE)),
        # a touch in the last minute of the horizon fills a minute after it
        (flat(40, m16=101.0, m17=100.8), ("SIDEWAYS", 1, 17, "TARGET", 0.008 - FEE)),
        # the minute of the exit is not held: left at the next one that is
        (flat(40, m5=101.0, m6=None, m7=float("nan"), m8=101.5), ("SIDEWAYS", 1, 8, "TARGET", 0.015 - FEE)),
        # a touch in a minute that is not held is not seen; the entry's price is that of the minute 1
        (flat(40, m1=100.5, m5=None), ("SIDEWAYS", 1, 16, "TIME", 100 / 100.5 - 1 - FEE)),
        # the entry is not held: no position
        (flat(40, m1=None), ("SIDEWAYS", None, None, None, None)),
        # the minute at the horizon is not held: no class, and a position all the same
        (flat(40, m15=0.0), (None, 1, 16, "TIME", -FEE)),
    ],
)
def test_stop_target_or_time(
    pipeline: Pipeline, model: int, prices: dict[int, float | None], expected: tuple[Any, ...]
) -> None:
    """A BUY at minute 0 of 100 with its stop at 99 and its target at 101, over 15 minutes."""
    load(pipeline.warehouse, prices)
    give(pipeline.warehouse, [signal(0, model)])
    assert settle(pipeline) == Settled(settled=1, days=1)
    ((outcome, opens, entry, exit_, reason, net),) = rows(
        pipeline.warehouse,
        "SELECT outcome, opens_position, entry_at, exit_at, exit_reason, net_return FROM signal_outcomes",
    )
    assert (outcome, minute_of(entry), minute_of(exit_), reason) == expected[:4]
    assert net == (None if expected[4] is None else pytest.approx(expected[4], abs=1e-12))
    assert opens is (entry is not None)


def random_signals(seed: int, minutes: int, model: int, first: int = 0, **changes: Any) -> list[dict[str, Any]]:
    """Trades, HOLD, ABSTAIN and late ones from the minute `first` on, with barriers of random widths around 60,000."""
    generator = np.random.default_rng(seed)
    found = []
    for minute in np.flatnonzero(generator.random(minutes) < 0.7):
        side = str(generator.choice(["BUY", "SELL", "HOLD", "ABSTAIN"], p=[0.35, 0.3, 0.3, 0.05]))
        near, far = np.sort(generator.uniform(0.0005, 0.004, 2))
        away = 1 if side == "BUY" else -1
        is_late = bool(generator.random() < 0.05)
        barriers = (
            {"stop_loss_price": 60_000 * (1 - away * near), "take_profit_price": 60_000 * (1 + away * far)}
            if side in ("BUY", "SELL")
            else {}
        )
        found.append(signal(first + int(minute), model, side, is_late=is_late, **barriers, **changes))
    return found


def random_prices(seed: int, minutes: int) -> dict[int, float | None]:
    """A random walk near 60,000 with minutes that are not held or hold no price."""
    generator = np.random.default_rng(seed)
    prices: dict[int, float | None] = {m: float(p) for m, p in enumerate(walk(minutes, seed, 6e-4))}
    for minute in np.flatnonzero(generator.random(minutes) < 0.06):
        prices[int(minute)] = UNUSABLE[generator.integers(len(UNUSABLE))]
    for begin in generator.integers(0, minutes, 3):
        for minute in range(begin, min(begin + int(generator.integers(2, 40)), minutes - 1)):
            prices.pop(minute, None)
    return prices


@pytest.mark.parametrize("seed", range(4))
def test_positions_are_those_of_the_evaluation(pipeline: Pipeline, seed: int) -> None:
    """Whatever the order in which minutes and signals come, what opens, and what it brings, is what take_positions gives."""
    minutes = 300
    champion, challenger = register_model(pipeline.warehouse), register_model(pipeline.warehouse)
    prices = random_prices(seed, minutes)
    live, shadow = (
        random_signals(seed, minutes, champion),
        random_signals(seed + 100, minutes, challenger, is_shadow=True),
    )
    generator = np.random.default_rng(seed)
    held, missed = 0, dict(prices)
    while held < minutes:
        until = held + int(generator.integers(1, 60))
        come = {m: p for m, p in prices.items() if held <= m < until and generator.random() < 0.9}
        missed = {m: p for m, p in missed.items() if m not in come}
        wrong = {m: 60_000.0 for m, p in come.items() if p is not None and generator.random() < 0.05}
        load(pipeline.warehouse, come | wrong)
        missed |= {m: prices[m] for m in wrong}
        give(pipeline.warehouse, [one for one in live + shadow if held <= (minute_of(one["ts"]) or 0) < until])
        settle(pipeline)
        held = until
    late = generator.permutation(list(missed))
    for some in np.array_split(late, 12):  # late, or corrected
        load(pipeline.warehouse, {int(minute): missed[int(minute)] for minute in some})
        settle(pipeline)
    assert opened(pipeline.warehouse) == positions(live, prices)
    assert opened(pipeline.warehouse, is_shadow=True) == positions(shadow, prices)
    before = settled(pipeline)
    assert settle(pipeline) == Settled()
    assert settle(pipeline, at(0), at(minutes)).settled == settle(pipeline, at(0), at(minutes)).resettled == 0
    assert settled(pipeline) == before


def test_a_trade_is_settled_when_its_whole_horizon_and_a_minute_are_held(pipeline: Pipeline, model: int) -> None:
    """HOLD with the minute ts + 15, a trade with ts + 17, touched early or not, and nothing changes afterwards: no peeking."""
    give(pipeline.warehouse, [signal(0, model, "HOLD", horizon_minutes=15), signal(1, model)])
    load(pipeline.warehouse, flat(13, m4=101.0))
    came = []
    for minute in range(13, 25):
        load(pipeline.warehouse, {minute: 100.0 if minute < 19 else 120.0})
        came += [minute] * settle(pipeline).settled
    assert came == [15, 18]
    assert settled(pipeline) == [
        (0, 1, "SIDEWAYS", False, None, None, None),
        (1, 1, "SIDEWAYS", True, 2, 5, "TARGET"),
    ]


def test_a_correction_settles_again_what_rests_on_it_and_what_follows(pipeline: Pipeline, model: int) -> None:
    """Without its touch a position lasts longer; the next signal opens none, the one after it does; what is apart stays."""
    signals = [signal(minute, model) for minute in (0, 8, 20, 60)] + [signal(9, model, "HOLD")]
    give(pipeline.warehouse, signals)
    load(pipeline.warehouse, flat(100, m5=101.0))
    settle(pipeline)
    assert [row[:7] for row in settled(pipeline)] == [
        (0, 1, "SIDEWAYS", True, 1, 6, "TARGET"),
        (8, 1, "SIDEWAYS", True, 9, 24, "TIME"),
        (9, 1, "SIDEWAYS", False, None, None, None),
        (20, 1, "SIDEWAYS", False, 21, 36, "TIME"),
        (60, 1, "SIDEWAYS", True, 61, 76, "TIME"),
    ]
    load(pipeline.warehouse, {5: 100.0})
    assert settle(pipeline) == Settled(resettled=3, days=1)
    newest = {row[0]: row[1:] for row in settled(pipeline)}
    assert newest[0] == (2, "SIDEWAYS", True, 1, 16, "TIME")
    assert newest[8] == (2, "SIDEWAYS", False, 9, 24, "TIME")
    assert newest[20] == (2, "SIDEWAYS", True, 21, 36, "TIME")
    assert newest[9][0] == newest[60][0] == 1
    assert settle(pipeline) == Settled()
    load(
        pipeline.warehouse, {23: 100.5}
    )  # the class of the signal at 8 and nothing else: DOWN, UP, SIDEWAYS are of ts + 15
    assert settle(pipeline).resettled == 1
    assert {row[0]: row[1:3] for row in settled(pipeline)}[8] == (3, "UP")


def test_late_signals_have_an_outcome_and_no_position(pipeline: Pipeline, model: int) -> None:
    """Written long after the minutes they answer, and all the same settled by the next run."""
    load(pipeline.warehouse, flat(60, m20=100.5))
    settle(pipeline)
    late = {"is_late": True, "decided_at": at(50), "executable_at": at(50)}
    give(pipeline.warehouse, [signal(5, model, **late), signal(6, model, "SELL", **late)])
    assert settle(pipeline) == Settled(settled=2, days=1)
    assert settled(pipeline) == [
        (5, 1, "UP", False, None, None, None),
        (6, 1, "SIDEWAYS", False, None, None, None),
    ]


def test_the_status_counts_what_is_scored_settled_and_open(
    pipeline: Pipeline, model: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """Late ones too, abstained and shadow ones not; before anything was settled nothing is said."""
    show_status(status(pipeline))
    assert "settled" not in capsys.readouterr().out
    load(pipeline.warehouse, flat(40))
    others = [signal(1, model, is_late=True), signal(2, None, "ABSTAIN"), signal(3, model, is_shadow=True)]
    give(pipeline.warehouse, [signal(0, model), *others, signal(30, model)])
    settle(pipeline)
    show_status(state := status(pipeline))
    assert [(one["scored"], one["settled"]) for one in state["symbols"]] == [(3, 2)]
    assert "BTCUSDT: 3 signals scored, 2 of them settled, 1 open\n" in capsys.readouterr().out


def test_at_once_or_again_settles_once(pipeline: Pipeline, model: int) -> None:
    """Runs at the same time wait for each other; each outcome has one version."""
    load(pipeline.warehouse, random_prices(1, 200))
    give(pipeline.warehouse, random_signals(1, 150, model))
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _: settle(pipeline), range(4)))
    ((versions, ids),) = rows(pipeline.warehouse, "SELECT max(version), count(*) FROM settled_outcomes")
    assert (versions, ids) == (1, sum(one.settled for one in done))
    assert sorted(one.settled for one in done)[:3] == [0, 0, 0]


def test_what_is_written_meanwhile_is_not_passed_over(pipeline: Pipeline, model: int) -> None:
    """A signal with a lower number that is committed after a run is settled by the next one."""
    load(pipeline.warehouse, flat(60))
    with pipeline.warehouse.transaction() as writing:
        insert(writing, [signal(0, model, "HOLD")])
        give(pipeline.warehouse, [signal(1, model, "HOLD")])
        assert settle(pipeline).settled == 1
    assert settle(pipeline).settled == 1
    assert settle(pipeline) == Settled()


def test_years_of_signals_are_settled_in_bounded_steps(
    pipeline: Pipeline, model: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After an upgrade each run goes on where the one before stopped, and the end is that of one run."""
    monkeypatch.setattr("include.settle.MOST_SIGNALS", 50)
    prices, signals = random_prices(3, 300), random_signals(3, 300, model)
    load(pipeline.warehouse, prices)
    give(pipeline.warehouse, signals)
    first = settle(pipeline, longest=timedelta(0))
    assert (first.settled <= 50, first.left) == (True, len(signals) - 50)
    seen: list[tuple[int, int]] = []
    assert settle(pipeline, progress=lambda done, of: seen.append((done, of))).left == 0
    assert seen[-1][0] == seen[-1][1]
    assert opened(pipeline.warehouse) == positions(signals, prices)
    assert rows(pipeline.warehouse, "SELECT max(version) FROM settled_outcomes") == [(1,)]


def test_a_span_is_looked_at_again_whatever_the_ledger_says(pipeline: Pipeline, model: int) -> None:
    """A price that was changed behind the ledger's back is found by `settle --from --to` alone."""
    load(pipeline.warehouse, flat(60))
    give(pipeline.warehouse, [signal(0, model, "HOLD")])
    settle(pipeline)
    with pipeline.warehouse.transaction() as connection:
        connection.execute("UPDATE minute_metrics SET last_price = 110 WHERE ts = %s", [at(15)])
        connection.execute("UPDATE settle_marks SET looked_at = looked_at + INTERVAL '1 hour'")
    assert settle(pipeline).resettled == 0
    assert settle(pipeline, at(0), at(30)).resettled == 1
    assert settled(pipeline)[-1][:3] == (0, 2, "UP")
    with pytest.raises(SettingsError, match=r"empty"):
        settle(pipeline, at(30), at(0))


def test_nobody_changes_what_was_settled(pipeline: Pipeline, model: int) -> None:
    """Neither the writer nor the owner updates or deletes a settled outcome."""
    load(pipeline.warehouse, flat(60))
    give(pipeline.warehouse, [signal(0, model, "HOLD")])
    settle(pipeline)
    for role in ("writer", None):
        for change in ("UPDATE settled_outcomes SET outcome = 'UP'", "DELETE FROM settled_outcomes"):
            with pytest.raises(WarehouseRefused), pipeline.warehouse.transaction(role) as connection:
                connection.execute(change)


DAYS = """
SELECT kind, model_id, day, signals, abstained, settled, expected_up, observed_up, observed_down, events, correct, brier, brier_prior,
    log_loss, trades, wins, net_return_sum, net_return_squares, latency_max_seconds
FROM performance_days ORDER BY kind, model_id NULLS LAST, day
"""
P, PRIOR = np.array([0.25, 0.5, 0.25]), np.array([0.2, 0.6, 0.2])  # of DOWN, SIDEWAYS, UP: what settling.signal says


def test_a_day_is_summed_up_as_the_evaluation_does(pipeline: Pipeline, model: int) -> None:
    """Events, scores and money of each kind and model equal sums in Python over the same signals, across midnight."""
    first = 1300  # minutes after 00:00; the day ends at 1440
    prices = {first + m: p for m, p in random_prices(5, 320).items()}
    challenger = register_model(pipeline.warehouse)
    signals = random_signals(5, 280, model, first) + random_signals(6, 280, challenger, first, is_shadow=True)
    for since, until in ((first, 1400), (1400, 1450), (1450, first + 320)):
        load(pipeline.warehouse, {m: p for m, p in prices.items() if since <= m < until})
        give(pipeline.warehouse, [one for one in signals if at(since) <= one["ts"] < at(until)])
        settle(pipeline)
    found = rows(pipeline.warehouse, DAYS)
    expected = sorted(expected_days(pipeline, signals), key=lambda one: (one[0], one[1] or 10**9, one[2]))
    assert {row[0] for row in found} == {"live", "shadow", "late"}
    assert sum(row[9] for row in found) > 5  # events
    assert [row[:3] for row in found] == [row[:3] for row in expected]
    for row, wanted in zip(found, expected, strict=True):
        assert row[3:] == tuple(None if one is None else pytest.approx(one, abs=1e-9) for one in wanted[3:])


def expected_days(pipeline: Pipeline, signals: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """The rows of performance_days by include/evaluation, from the outcomes that were settled."""
    query = "SELECT ts, is_shadow, outcome, CASE WHEN opens_position THEN net_return END FROM signal_outcomes"
    came = {(ts, is_shadow): (outcome, net) for ts, is_shadow, outcome, net in rows(pipeline.warehouse, query)}
    groups: dict[tuple[str, int | None], list[dict[str, Any]]] = defaultdict(list)
    for one in signals:
        outcome, net = came.get((one["ts"], one["is_shadow"]), (None, None))
        kind = "late" if one["is_late"] else "shadow" if one["is_shadow"] else "live"
        groups[kind, one["model_id"]].append(one | {"outcome": outcome, "net": net})
    return [
        (*group, day, *_expected_sums(day, members))
        for group, members in groups.items()
        for day in sorted({one["ts"].date() for one in members})
    ]


def _expected_sums(day: date, members: list[dict[str, Any]]) -> tuple[Any, ...]:
    known = [one for one in members if one["outcome"]]
    y = np.array([CLASSES.index(one["outcome"]) for one in known], dtype=np.int8)
    ts = np.array([int(one["ts"].timestamp()) for one in known], dtype=np.int64)
    begins = event_begins(y, ts, timedelta(minutes=HORIZON))
    midnight = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
    of_day = [one for one in members if one["ts"].date() == day]
    y = y[(ts >= midnight) & (ts < midnight + 86_400)]
    hot = np.eye(3)[y]
    net = np.array([one["net"] for one in of_day if one["net"] is not None])
    n = len(y)
    return (
        len(of_day), sum(one["side"] == "ABSTAIN" for one in of_day), n,
        0.25 * n if n else None, int((y == UP).sum()), int((y == DOWN).sum()),
        int(((begins >= midnight) & (begins < midnight + 86_400)).sum()), int((y == SIDEWAYS).sum()),
        float(((P - hot) ** 2).sum(1).mean()) if n else None, float(((PRIOR - hot) ** 2).sum(1).mean()) if n else None,
        float(-np.log(P[y]).mean()) if n else None,
        len(net), int((net > 0).sum()), float(net.sum()), float((net**2).sum()), 5.0,
    )  # fmt: skip


def test_days_are_pooled_by_sums_and_money_has_an_interval(pipeline: Pipeline) -> None:
    """Three days of 1, 2 and 3 trades: the mean is that of six trades, its interval that of three days' sums."""
    trades, sums, squares = np.array([1, 2, 3]), np.array([0.01, -0.004, 0.009]), np.array([1e-4, 2e-5, 5e-5])
    with pipeline.warehouse.transaction() as connection:
        connection.cursor().executemany(
            """
            INSERT INTO performance_days (
                day, symbol, horizon_minutes, threshold, kind, signals, abstained, settled, expected_up, observed_up, expected_down,
                observed_down, events, correct, brier, brier_prior, log_loss, log_loss_prior, trades, wins, net_return_sum, net_return_squares
            )
            VALUES (%s, 'BTCUSDT', 15, 0.003, 'live', %s, 0, %s, 1, 2, 1, 1, 3, 4, %s, 0.5, 0.5, 1, %s, 1, %s, %s)
            """,
            [
                (date(2026, 3, n + 1), 10**n, 10**n, 0.1 * (n + 1), int(trades[n]), sums[n], squares[n])
                for n in range(3)
            ],
        )
    columns = "brier, trades, mean_net_return_bps, net_return_low_bps, net_return_high_bps"
    ((brier, six, *interval),) = rows(
        pipeline.warehouse, f"SELECT {columns} FROM performance_between('2026-03-01', '2026-03-04')"
    )
    mean = sums.sum() / 6
    reach = t.ppf(0.975, 2) * np.sqrt(((sums - mean * trades) ** 2).sum() * 3 / 2) / 6
    assert brier == pytest.approx((0.1 + 0.2 * 10 + 0.3 * 100) / 111)
    assert (six, interval) == (6, pytest.approx(1e4 * np.array([mean, mean - reach, mean + reach]), rel=1e-6))
    daily = rows(
        pipeline.warehouse, "SELECT net_return_low_bps, net_return_high_bps FROM daily_performance ORDER BY day"
    )
    deviation = np.sqrt((squares[2] - sums[2] ** 2 / 3) / 2)
    reach = t.ppf(0.975, 2) * deviation / np.sqrt(3)
    assert daily[0] == (None, None)
    assert daily[2] == pytest.approx((1e4 * (0.003 - reach), 1e4 * (0.003 + reach)), rel=1e-6)


def test_the_quantile_of_students_t(pipeline: Pipeline) -> None:
    """As SciPy has it, to 1e-5; none below one degree of freedom."""
    found = rows(pipeline.warehouse, "SELECT student_t_95(n) FROM generate_series(1, 400) AS g (n)")
    assert [value for (value,) in found] == pytest.approx(list(t.ppf(0.975, np.arange(1, 401))), abs=1e-5)
    assert rows(pipeline.warehouse, "SELECT student_t_95(0)") == [(None,)]


def test_live_probabilities_beside_what_came(pipeline: Pipeline, model: int) -> None:
    """Four live signals that promised UP at 25 %, one of which came, settled twice; shadow and late ones are not in it."""
    load(pipeline.warehouse, flat(60, m16=100.5))
    give(
        pipeline.warehouse,
        [signal(minute, model, "HOLD", p_down=0.05, p_sideways=0.7) for minute in range(4)]
        + [signal(9, model, "HOLD", is_late=True), signal(9, model, "HOLD", is_shadow=True)],
    )
    settle(pipeline)
    load(pipeline.warehouse, {16: 101.0})
    settle(pipeline)
    found = rows(
        pipeline.warehouse,
        "SELECT * FROM live_calibration('BTCUSDT', 15, 0.003, %s, %s) ORDER BY bin DESC",
        [at(0), at(60)],
    )
    assert found == [
        (model, "UP", 2, 0.25, 0.25, 4, 1),
        (model, "DOWN", 0, pytest.approx(0.05), 0.0, 4, 0),
    ]
