"""What the page of signals reads: nothing there yet, the newest of each cell, the last 30 minutes, the limits."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import orjson
import psycopg
import pytest
from pipelines import rows
from stored_prices import scanned_rows, store_prices

from include.errors import NotReady, WarehouseError
from include.settings import Cell, Settings, load_settings
from include.warehouse import page_rows
from include.warehouse.connection import Warehouse
from include.warehouse.migrate import migrate
from include.warehouse.page import page_state
from include.warehouse.statements import statement

MINUTE = timedelta(minutes=1)
NOW = datetime.now(UTC).replace(second=0, microsecond=0)
CELLS = (Cell(15, Decimal("0.003")), Cell(60, Decimal("0.0075")))
RUN = "00000000-0000-0000-0000-000000000001"


@pytest.fixture(autouse=True)
def this_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page compares with the wall clock: a test that runs minutes after its import must not look stale."""
    monkeypatch.setitem(globals(), "NOW", datetime.now(UTC).replace(second=0, microsecond=0))


@pytest.fixture
def settings() -> Settings:
    shipped = load_settings()
    return replace(shipped, signals=replace(shipped.signals, live=CELLS))


@pytest.fixture
def warehouse(new_database: str) -> Warehouse:
    made = Warehouse(new_database)
    migrate(made)
    return made


def write(warehouse: Warehouse, query: Any, values: Any) -> None:
    with warehouse.transaction() as connection:
        connection.cursor().executemany(query, values)


def load_minutes(warehouse: Warehouse, *minutes: datetime, kind: str = "cortex") -> None:
    write(warehouse, "INSERT INTO source (kind, identity) VALUES (%s, 'test') ON CONFLICT DO NOTHING", [[kind]])
    write(
        warehouse,
        "INSERT INTO minute_metrics (symbol, ts, last_price) VALUES ('BTCUSDT', %s, 60000)",
        [[ts] for ts in minutes],
    )


def crown(warehouse: Warehouse, cell: Cell, candidate: str = "lightgbm") -> int:
    """A champion of the cell with a pooled and a fold's evaluation, beside the volatility baseline's."""
    where = {"h": cell.horizon_minutes, "t": cell.threshold, "c": candidate, "run": RUN, "at": NOW - timedelta(days=1)}
    with warehouse.transaction() as connection:
        row = connection.execute(
            """
            INSERT INTO models (
                candidate, is_baseline, symbol, horizon_minutes, threshold, trained_from, trained_to, as_of, snapshot_hash,
                feature_version, feature_hash, feature_columns, code_revision, parameters, decision, artifact, artifact_format,
                artifact_sha256
            )
            SELECT %(c)s, FALSE, 'BTCUSDT', %(h)s, %(t)s, %(at)s, %(at)s, %(at)s, '', feature_version, feature_hash, columns, '',
                '{}', '{}', '', 'lightgbm', ''
            FROM feature_versions RETURNING model_id
            """,
            where,
        ).fetchone()
        assert row is not None
        insert = """
            INSERT INTO model_evaluations (
                run_id, candidate, is_baseline, symbol, horizon_minutes, threshold, fold, as_of, model_id, log_loss_skill,
                skill_low, skill_high, rows, events, days, evaluated_from, evaluated_to
            )
            VALUES (%(run)s, %(c)s, %(c)s = 'volatility_60m', 'BTCUSDT', %(h)s, %(t)s, %(fold)s, %(at)s, %(model)s, %(skill)s,
                0.01, 0.09, 1000, 210, 61, %(at)s, %(at)s)
        """
        for fold, skill in ((None, 0.05), (0, 0.5)):
            connection.execute(insert, {**where, "fold": fold, "skill": skill, "model": row.model_id})
        connection.execute(insert, {**where, "c": "volatility_60m", "fold": None, "skill": 0.03, "model": None})
        connection.execute(
            """
            INSERT INTO promotions (run_id, symbol, horizon_minutes, threshold, candidate, model_id, is_accepted, reason,
                decided_by, effective_from)
            VALUES (%(run)s, 'BTCUSDT', %(h)s, %(t)s, %(c)s, %(model)s, TRUE, 'better', 'test', %(at)s)
            """,
            {**where, "model": row.model_id},
        )
    return int(row.model_id)


def signal(cell: Cell, ts: datetime, model_id: int | None, **changes: Any) -> dict[str, Any]:
    """HOLD by that model, or ABSTAIN without one."""
    scored = model_id is not None
    row = {
        "symbol": "BTCUSDT",
        "ts": ts,
        "horizon_minutes": cell.horizon_minutes,
        "threshold": cell.threshold,
        "model_id": model_id,
        **{f"p_{name}": p if scored else None for name, p in (("down", 0.1), ("sideways", 0.7), ("up", 0.2))},
        **{f"base_rate_{name}": p if scored else None for name, p in (("down", 0.2), ("sideways", 0.6), ("up", 0.2))},
        "prediction": "SIDEWAYS" if scored else None,
        "confidence": 0.7 if scored else None,
        "side": "HOLD" if scored else "ABSTAIN",
        "reason": "no edge" if scored else "no champion",
        "expected_edge_bps": -13.0 if scored else None,
        "cost_bps_per_side": 7.0,
        "reference_price": 60000.0,
        "stop_loss_price": None,
        "take_profit_price": None,
        "cutoff_at": ts,
        "decided_at": ts + timedelta(seconds=3),
        "executable_at": ts + MINUTE,
        "latency_seconds": 3.0,
        "inputs_hash": "0" * 64 if scored else None,
        "is_late": False,
        "is_simulated": False,
        "is_shadow": False,
        "reason_code": "no_edge" if scored else "missing_minute",
        **dict.fromkeys(("environment_id", "stop_loss_volatilities", "take_profit_volatilities")),
    }
    return row | changes


def append(warehouse: Warehouse, *signals: dict[str, Any]) -> None:
    write(warehouse, statement("insert_signal"), signals)


def test_without_a_schema_it_says_what_to_run(new_database: str, settings: Settings) -> None:
    """Before migrate the page's sentence names the command."""
    with pytest.raises(NotReady, match="cortex-signals migrate"):
        page_state(Warehouse(new_database), settings)


def test_an_empty_warehouse_shows_every_live_cell_as_unanswered(warehouse: Warehouse, settings: Settings) -> None:
    """No source, no minute, no signal, no champion: None each, and the first thing to run."""
    state = page_state(warehouse, settings)
    assert state["source"] is None
    (btc,) = state["symbols"]
    assert (btc["newest_minute"], btc["newest_answered"], btc["age_seconds"]) == (None, None, None)
    assert "ingest_metrics" in btc["notice"]
    assert [(cell["horizon_minutes"], cell["threshold"]) for cell in btc["cells"]] == [(15, 0.003), (60, 0.0075)]
    for cell in btc["cells"]:
        assert (cell["signal"], cell["champion"], cell["strip"]) == (None, None, [None] * 30)
    orjson.dumps(state)


def test_the_notice_follows_the_way_of_the_data(warehouse: Warehouse, settings: Settings) -> None:
    """Minutes, then champions, then signals: the sentence names the first stage that is missing, then none."""
    load_minutes(warehouse, NOW)

    def notice() -> str:
        return page_state(warehouse, settings)["symbols"][0]["notice"] or ""

    assert "train_candidates" in notice()
    model = crown(warehouse, CELLS[0])
    assert "predict_signals" in notice()
    append(warehouse, signal(CELLS[0], NOW, model))
    assert notice() == ""


def test_the_newest_signal_of_each_cell_and_its_champion(warehouse: Warehouse, settings: Settings) -> None:
    """The newest row, late and ABSTAIN included; the champion's pooled score beside the volatility baseline's."""
    load_minutes(warehouse, NOW)
    model = crown(warehouse, CELLS[0])
    append(
        warehouse,
        signal(CELLS[0], NOW - MINUTE, model),
        signal(CELLS[0], NOW, model, prediction="UP", confidence=0.2, side="BUY", reason=None),
        signal(CELLS[1], NOW - 90 * MINUTE, None, is_late=True),
    )
    first, second = page_state(warehouse, settings)["symbols"][0]["cells"]
    assert (first["signal"]["ts"], first["signal"]["side"], first["signal"]["p_up"]) == (NOW, "BUY", 0.2)
    assert (first["champion"]["candidate"], first["champion"]["model_id"]) == ("lightgbm", model)
    assert (first["champion"]["skill"], first["champion"]["baseline_skill"], first["champion"]["events"]) == (
        0.05,
        0.03,
        210,
    )
    assert (second["signal"]["side"], second["signal"]["is_late"], second["signal"]["reason"]) == (
        "ABSTAIN",
        True,
        "no champion",
    )
    assert second["champion"] is None
    assert second["strip"] == [None] * 30, "older than the strip"


def test_the_strip_is_the_last_30_minutes_with_its_holes(warehouse: Warehouse, settings: Settings) -> None:
    """Oldest first; an unanswered minute is a hole, a minute before the strip is not in it."""
    load_minutes(warehouse, NOW)
    model = crown(warehouse, CELLS[0])
    append(warehouse, *(signal(CELLS[0], NOW - ago * MINUTE, model) for ago in range(40) if ago != 5))
    append(warehouse, signal(CELLS[1], NOW, None))
    first, second = page_state(warehouse, settings)["symbols"][0]["cells"]
    assert [slot is None for slot in first["strip"]] == [ago == 5 for ago in range(29, -1, -1)]
    assert second["strip"] == [None] * 29 + [{"prediction": None, "side": "ABSTAIN", "is_late": False}]


def test_a_cell_that_is_not_live_and_a_shadow_are_not_shown(warehouse: Warehouse, settings: Settings) -> None:
    """The page shows what the settings call live."""
    load_minutes(warehouse, NOW)
    append(warehouse, signal(Cell(30, Decimal("0.005")), NOW, None))
    model = crown(warehouse, CELLS[0])
    append(warehouse, signal(CELLS[0], NOW - MINUTE, model))
    write(
        warehouse,
        """
        INSERT INTO signals (symbol, ts, horizon_minutes, threshold, side, reason, cost_bps_per_side, cutoff_at, decided_at,
            executable_at, latency_seconds, is_shadow, is_late, is_simulated)
        VALUES ('BTCUSDT', %(now)s, 15, 0.003, 'ABSTAIN', 'shadow', 7, %(now)s, %(now)s, %(now)s, 0, TRUE, FALSE, FALSE)
        """,
        [{"now": NOW}],
    )
    (btc,) = page_state(warehouse, settings)["symbols"]
    assert btc["newest_answered"] == NOW - MINUTE
    assert btc["cells"][0]["strip"][-1] is None


def test_symbols_are_read_in_the_settings_order_and_those_left_out_are_named(
    warehouse: Warehouse, settings: Settings
) -> None:
    """Twenty symbols with every cell of theirs, none cut; the page can say what it does not show."""
    names = [f"S{n:02}" for n in range(22, 0, -1)]
    cells = tuple(Cell(minutes, Decimal("0.005")) for minutes in (15, 30, 45, 60, 120, 240, 480))
    many = replace(
        settings,
        symbols=tuple(replace(settings.symbols[0], name=name) for name in names),
        signals=replace(settings.signals, live=cells),
    )
    append(warehouse, *(signal(cell, NOW, None, symbol=name) for name in names for cell in cells))
    state = page_state(warehouse, many)
    assert [one["symbol"] for one in state["symbols"]] == names[:20]
    assert state["left_out"] == names[20:]
    assert all(cell["signal"] for one in state["symbols"] for cell in one["cells"])
    assert page_state(warehouse, settings)["left_out"] == []


@pytest.mark.parametrize(("kind", "is_stale"), [("cortex", True), ("simulated", False), ("replay", False)])
def test_old_minutes_are_stale_where_the_clock_is_the_market_s(
    warehouse: Warehouse, settings: Settings, kind: str, is_stale: bool
) -> None:
    """A minute of three days ago is stale; the lab has a clock of its own, so there the time since the load counts."""
    old = NOW - timedelta(days=3)
    load_minutes(warehouse, old, kind=kind)
    append(warehouse, signal(CELLS[0], old, crown(warehouse, CELLS[0])))
    (btc,) = page_state(warehouse, settings)["symbols"]
    assert (btc["age_seconds"] > 86_400) == is_stale
    assert (
        btc["notice"] == "Stale: no new minute for 3 days. Is the DAG ingest_metrics running, and does it succeed?"
    ) == is_stale


def test_signals_that_fall_behind_the_minutes_are_said(warehouse: Warehouse, settings: Settings) -> None:
    """Minutes arrive and nobody answers them."""
    load_minutes(warehouse, NOW - 10 * MINUTE, NOW)
    append(warehouse, signal(CELLS[0], NOW - 10 * MINUTE, crown(warehouse, CELLS[0])))
    assert "10 minutes behind" in page_state(warehouse, settings)["symbols"][0]["notice"]


MONTH_OF_SIGNALS = """
INSERT INTO signals (symbol, ts, horizon_minutes, threshold, side, reason, cost_bps_per_side, cutoff_at, decided_at,
    executable_at, latency_seconds, is_late, is_simulated)
SELECT 'BTCUSDT', g, c.h, c.t, 'ABSTAIN', 'test', 7, g, g, g, 0, FALSE, FALSE
FROM generate_series(%(now)s::timestamptz - INTERVAL '30 days', %(now)s, '1 minute') AS g,
    (VALUES (15, 0.003), (60, 0.0075)) AS c (h, t)
"""


def test_a_symbol_without_signals_is_not_looked_for_among_all_of_them(warehouse: Warehouse) -> None:
    """How far it has come is read from a few rows of the signals, however many the others have."""
    load_minutes(warehouse, NOW)
    crown(warehouse, CELLS[0])
    store_prices(warehouse, [3000.0] * 10, "ETHUSDT", NOW)
    with warehouse.transaction() as connection:
        connection.execute(MONTH_OF_SIGNALS, {"now": NOW})
        connection.execute("ANALYZE")
    [(plan,)] = rows(warehouse, "EXPLAIN (ANALYZE, FORMAT JSON) SELECT * FROM pipeline_freshness")
    assert 0 < sum(scanned_rows(plan[0]["Plan"], "signals")) < 20
    newest = rows(warehouse, "SELECT symbol, newest_signal FROM pipeline_freshness ORDER BY 1")
    assert newest == [("BTCUSDT", NOW), ("ETHUSDT", None)]


def test_a_long_history_does_not_slow_it(warehouse: Warehouse, settings: Settings) -> None:
    """A month of signals: index probes, not scans; well under the 50 ms that the page may take, connecting aside."""
    load_minutes(warehouse, NOW)
    crown(warehouse, CELLS[0])
    with warehouse.transaction() as connection:
        connection.execute(MONTH_OF_SIGNALS, {"now": NOW})
        connection.execute("ANALYZE signals")
    page_state(warehouse, settings)
    took = []
    for _ in range(5):
        start = time.perf_counter()
        state = page_state(warehouse, settings)
        took.append(time.perf_counter() - start)
    assert all(None not in cell["strip"] for cell in state["symbols"][0]["cells"])
    assert min(took) < 0.2
    plan = " ".join(
        str(row)
        for row in rows(
            warehouse,
            "EXPLAIN " + statement("page_newest_signals"),
            {"symbols": ["BTCUSDT"], "horizons": [15], "thresholds": [Decimal("0.003")]},
        )
    )
    assert "Seq Scan on signals" not in plan


def test_a_blocked_read_gives_up(
    warehouse: Warehouse, settings: Settings, new_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A statement that does not come back is given up after the timeout, with a sentence."""
    monkeypatch.setattr(page_rows, "STATEMENT_TIMEOUT", timedelta(milliseconds=200))
    with psycopg.connect(new_database) as other:
        other.execute("LOCK TABLE market.signals IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(WarehouseError, match="statement timeout"):
            page_state(warehouse, settings)


def test_it_reads_as_the_reader(warehouse: Warehouse, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """The role reader is enough for everything that the page shows."""
    roles = []
    real = page_rows.limit_time

    def watched(connection: Any, longest: timedelta) -> None:
        roles.append(connection.execute("SELECT current_user AS role").fetchone().role)
        real(connection, longest)

    monkeypatch.setattr(page_rows, "limit_time", watched)
    page_state(warehouse, settings)
    assert roles == ["market_reader"]
