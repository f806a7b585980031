"""Versions of the features: kept while a model rests on them, signals through an upgrade, users' views and features."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from markets import FIRST, ChangeableMarket, Serve
from older_schema import make_older
from pipelines import make_pipeline, rows, small_settings
from stored_minutes import feature_columns, store

from include.cortex.minutes import MINUTE
from include.errors import WarehouseRefused
from include.ingest import ingest
from include.pipeline import Pipeline
from include.predict import predict
from include.settings import PACKAGE, Cell
from include.train import train
from include.warehouse import features as features_module
from include.warehouse.connection import Warehouse
from include.warehouse.features import definition
from include.warehouse.migrate import migrate, pending
from include.warehouse.snapshots import feature_version

README = PACKAGE / "sql" / "features" / "own" / "README.md"
VERSIONS = PACKAGE / "sql" / "features" / "VERSIONS"
Change = Callable[[str, str, str], None]


@pytest.fixture
def warehouse(new_database: str) -> Warehouse:
    return Warehouse(new_database)


@pytest.fixture
def change(monkeypatch: pytest.MonkeyPatch) -> Change:
    """Puts one text in the place of another in a file of features, as a new release would; more than once if need be."""

    def put(file: str, old: str, new: str) -> None:
        real = features_module.sql_files

        def changed(folder: str) -> list[tuple[str, str]]:
            return [(n, t.replace(old, new) if (folder, n) == ("features", file) else t) for n, t in real(folder)]

        assert any(old in text for name, text in real("features") if name == file)
        monkeypatch.setattr(features_module, "sql_files", changed)

    return put


@pytest.fixture
def own(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Puts a file into the folder of one's own features."""

    def put(text: str) -> None:
        real = features_module.sql_files
        files = [(path, sql) for path, sql in real("features") if not path.startswith("own/")] + [
            ("own/mine.sql", text)
        ]
        monkeypatch.setattr(
            features_module, "sql_files", lambda folder: files if folder == "features" else real(folder)
        )

    return put


OTHER_RETURN = ("10_returns.sql", "m.x - past.x[m.i - 5]", "2 * (m.x - past.x[m.i - 5])")


def test_a_changed_definition_has_a_line_in_the_list_of_versions() -> None:
    """What is shipped is the newest line of VERSIONS: a changed text without one is not released by accident."""
    lines = [line for line in VERSIONS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    shipped = definition(own=False).hash
    assert lines[-1].split()[0] == shipped, f"add to {VERSIONS.name}: {shipped} and what changed"
    assert all(re.fullmatch(r"[0-9a-f]{64} \S.*", line) for line in lines)
    assert len({line.split()[0] for line in lines}) == len(lines)


def test_the_registry_holds_what_the_view_is_made_of(warehouse: Warehouse) -> None:
    """Text, hash, columns and look-backs of a version are a row, and the text alone makes the view again."""
    number = migrate(warehouse).feature_version
    now = definition()
    kept = rows(warehouse, "SELECT feature_hash, definition, columns, lookback_minutes FROM feature_versions")
    assert kept == [(now.hash, now.text, list(now.columns), list(now.lookbacks))]
    query, _, _ = kept[0][1].partition(";\nCOMMENT")
    store(warehouse, ChangeableMarket(days=1.2))
    with warehouse.transaction() as connection:
        connection.execute(f"CREATE VIEW again AS {query}".encode())
        differ = "SELECT count(*) FROM (SELECT * FROM {} EXCEPT SELECT * FROM {}) AS d"
        for pair in (("again", f"minute_features_v{number}"), (f"minute_features_v{number}", "again")):
            assert connection.execute(differ.format(*pair).encode()).fetchall() == [(0,)]


def test_a_changed_definition_is_a_new_version_and_going_back_is_none(warehouse: Warehouse, change: Change) -> None:
    """The number goes up with a new text, comes back with the old one, and minute_features shows the one in force."""
    first = migrate(warehouse).feature_version
    with pytest.MonkeyPatch.context() as patched:
        real = features_module.sql_files
        patched.setattr(
            features_module,
            "sql_files",
            lambda f: [(n, t.replace("past.x[m.i - 5]", "past.x[m.i - 6]")) for n, t in real(f)],
        )
        assert pending(warehouse) == ["20_features/minute_features.sql"]
        assert migrate(warehouse).feature_version == first + 1
        assert pending(warehouse) == []
        assert "past.x[(m.i - 6)]" in shown_through(warehouse)
    assert migrate(warehouse).feature_version == first
    assert "past.x[(m.i - 6)]" not in shown_through(warehouse)
    assert rows(warehouse, "SELECT count(*) FROM feature_versions") == [(2,)]


def shown_through(warehouse: Warehouse) -> str:
    """The text of the version's view that minute_features shows."""
    [(text,)] = rows(warehouse, "SELECT pg_get_viewdef('minute_features'::regclass)")
    [name] = re.findall(r"FROM (minute_features_v\d+)", text)
    [(version,)] = rows(warehouse, f"SELECT pg_get_viewdef('{name}'::regclass)")
    return str(version)


NOW = FIRST + timedelta(days=9)
CELLS = (Cell(15, Decimal("0.003")), Cell(60, Decimal("0.0075")))


@pytest.fixture
def trained(serve: Serve, new_database: str) -> Pipeline:
    """A champion a cell, as of an hour before now."""
    small = small_settings(candidates=("logistic",))
    small = replace(
        small,
        ingest=replace(small.ingest, first_load=timedelta(days=9)),
        signals=replace(small.signals, live=CELLS, catch_up=timedelta(hours=2)),
    )
    pipeline = make_pipeline(serve(ChangeableMarket(days=10, seed=5), NOW), new_database, small)
    migrate(pipeline.warehouse)
    ingest(pipeline)
    train(pipeline, as_of=NOW - timedelta(hours=1))
    return pipeline


ANSWERS = (
    "SELECT horizon_minutes, side, p_down, p_sideways, p_up, prediction, inputs_hash, reference_price, reason "
    "FROM signals ORDER BY ts, horizon_minutes"
)


def test_signals_go_on_through_an_upgrade_that_changes_a_feature(trained: Pipeline, change: Change) -> None:
    """After it the champions answer as before, from their own version; the next training takes the new one."""
    predict(trained)
    before = rows(trained.warehouse, ANSWERS)
    assert len(before) == 120
    empty_signals(trained.warehouse)
    change("40_volatility.sql", "- 60], 0) / 60)", "- 60], 0) / 61)")
    assert migrate(trained.warehouse).feature_version == 2
    done = predict(trained)
    assert (done.scored, done.abstained) == (120, 0)
    assert rows(trained.warehouse, ANSWERS) == before
    assert rows(trained.warehouse, "SELECT DISTINCT feature_version FROM signal_inputs") == [(1,)]

    turn = NOW - 30 * MINUTE
    empty_signals(trained.warehouse)  # no champion comes to reign over a minute that was answered without it
    train(trained, as_of=turn)
    predict(trained)
    versions = rows(
        trained.warehouse,
        "SELECT DISTINCT m.feature_version, i.feature_version AS of_inputs, s.ts > %s FROM signals s JOIN models m USING (model_id) "
        "JOIN signal_inputs i ON (i.symbol, i.ts, i.inputs_hash) = (s.symbol, s.ts, s.inputs_hash) ORDER BY 1",
        [turn],
    )
    assert versions == [(1, 1, False), (2, 2, True)]


def empty_signals(warehouse: Warehouse) -> None:
    with warehouse.transaction() as connection:
        connection.execute("ALTER TABLE signals DISABLE TRIGGER USER")
        connection.execute("DELETE FROM signals")
        connection.execute("ALTER TABLE signals ENABLE TRIGGER USER")


def test_a_version_is_kept_while_a_model_rests_on_it(trained: Pipeline, change: Change) -> None:
    """One that no model was trained on is dropped when another comes; a lost view is made again from its text."""
    change(*OTHER_RETURN)
    migrate(trained.warehouse)
    change("10_returns.sql", "past.x[m.i - 10]", "past.x[m.i - 11]")
    assert migrate(trained.warehouse).feature_version == 3
    views = ["minute_features_v1", "minute_features_v2", "minute_features_v3"]
    assert version_views(trained.warehouse) == views, "a training may be under way on a young one"
    with trained.warehouse.transaction() as connection:
        connection.execute("UPDATE feature_versions SET created_at = created_at - INTERVAL '8 days'")
    change("10_returns.sql", "past.x[m.i - 11]", "past.x[m.i - 12]")
    assert migrate(trained.warehouse).feature_version == 4
    assert version_views(trained.warehouse) == ["minute_features_v1", "minute_features_v4"]
    with trained.warehouse.transaction() as connection:
        connection.execute("DROP VIEW minute_features_v1")
    assert pending(trained.warehouse) == ["minute_features_v1"]
    assert predict(trained, NOW, NOW + MINUTE).abstained == 2
    [(reason,)] = rows(trained.warehouse, "SELECT DISTINCT reason FROM signals")
    assert "run `cortex-signals train`" in reason
    migrate(trained.warehouse)
    assert predict(trained).scored == 2 * 59


def version_views(warehouse: Warehouse) -> list[str]:
    query = "SELECT viewname FROM pg_views WHERE viewname LIKE 'minute_features_v%%' ORDER BY 1"
    return [name for (name,) in rows(warehouse, query)]


def test_a_users_view_stays_through_a_changed_and_an_added_feature(warehouse: Warehouse, change: Change) -> None:
    """It reads the new version afterwards: the columns that were there keep their places."""
    migrate(warehouse)
    store(warehouse, ChangeableMarket(days=0.5))
    with warehouse.transaction() as connection:
        connection.execute("CREATE VIEW public.mine AS SELECT ts, return_5m, complete FROM minute_features")
        connection.execute(
            "CREATE VIEW public.between AS SELECT * FROM features_between('BTCUSDT', '2026-03-01', '2026-03-02')"
        )
    query = "SELECT sum(return_5m) FROM public.mine"
    [(before,)] = rows(warehouse, query)
    change(*OTHER_RETURN)
    change("10_returns.sql", "    m.n,\n    CASE", "    m.n,\n    m.r AS another,\n    CASE")
    change(
        "10_returns.sql", "COMMENT ON", "COMMENT ON COLUMN minute_features.another IS 'x; look-back 1 min';\nCOMMENT ON"
    )
    migrate(warehouse)
    [(after,)] = rows(warehouse, query)
    assert after == pytest.approx(2 * before)
    assert "another" in feature_columns(warehouse)
    assert rows(warehouse, "SELECT count(*) FROM public.between") == [(720,)]


def without_return_5m(change: Change) -> None:
    """As a release that renames the feature."""
    change(
        "10_returns.sql", "COMMENT ON COLUMN minute_features.return_5m", "COMMENT ON COLUMN minute_features.return_5"
    )
    change("10_returns.sql", "AS return_5m", "AS return_5")


def test_a_feature_that_went_is_null_for_the_view_that_reads_it(warehouse: Warehouse, change: Change) -> None:
    """A user's view stays and reads NULL, and the comment says why; the version's own view lacks the column."""
    migrate(warehouse)
    store(warehouse, ChangeableMarket(days=0.5))
    with warehouse.transaction() as connection:
        connection.execute("CREATE VIEW public.mine AS SELECT ts, return_5m, return_10m FROM minute_features")
    without_return_5m(change)
    migrate(warehouse)
    counts = "SELECT count(*), count(return_5m) AS gone, count(return_10m) AS stayed FROM public.mine"
    assert rows(warehouse, counts) == [(720, 0, 710)]
    said = "SELECT col_description('minute_features'::regclass, attnum) FROM pg_attribute WHERE attname = 'return_5m'"
    assert ("Not in version 2 of the features: always NULL; look-back 0 min",) in rows(warehouse, said)
    with warehouse.transaction("reader") as connection:
        assert "return_5m" not in feature_version(connection).columns


def test_a_feature_that_nobody_reads_goes_with_its_column(warehouse: Warehouse, change: Change) -> None:
    """Views on our other views are no obstacle, and what others were granted there stays."""
    migrate(warehouse)
    with warehouse.transaction() as connection:
        connection.execute("CREATE VIEW public.mine AS SELECT ts FROM signals_live")
        connection.execute("CREATE VIEW public.labels AS SELECT ts FROM minute_labels")
        connection.execute("GRANT SELECT ON signals_live TO PUBLIC")
    without_return_5m(change)
    migrate(warehouse)
    assert "return_5m" not in feature_columns(warehouse)
    assert rows(warehouse, "SELECT count(*) FROM public.mine") == [(0,)]
    assert rows(warehouse, "SELECT has_table_privilege('public', 'signals_live', 'SELECT')") == [(True,)]
    assert rows(warehouse, "SELECT count(*) FROM features_between('X', '2026-01-01', '2026-01-02')") == [(0,)]


def test_what_others_were_granted_stays_when_a_feature_goes(warehouse: Warehouse, change: Change) -> None:
    """minute_features is not dropped where a role beside ours may read it."""
    migrate(warehouse)
    with warehouse.transaction() as connection:
        connection.execute("GRANT SELECT ON minute_features TO PUBLIC")
    without_return_5m(change)
    migrate(warehouse)
    assert rows(warehouse, "SELECT has_table_privilege('public', 'minute_features', 'SELECT')") == [(True,)]


def test_a_version_that_is_read_does_not_hold_up_a_migrate(warehouse: Warehouse, change: Change) -> None:
    """A long read of an old version, as a training's, goes on; the version stays until a later migrate."""
    migrate(warehouse)
    with warehouse.transaction() as connection:
        connection.execute("UPDATE feature_versions SET created_at = created_at - INTERVAL '8 days'")
    change(*OTHER_RETURN)
    with warehouse.transaction("reader") as reading:
        reading.execute("SELECT count(*) FROM minute_features_v1")
        assert migrate(warehouse).feature_version == 2
    assert version_views(warehouse) == ["minute_features_v1", "minute_features_v2"]


def test_a_warehouse_of_before_the_versions_keeps_its_features_for_its_models(warehouse: Warehouse) -> None:
    """The one view of then becomes version 1 with the same values to the last bit; users' views go on with version 2."""
    make_older(warehouse, migrations=2)
    store_older(warehouse)
    old_columns = feature_columns(warehouse)
    sent = ", ".join(f"float8send({name}) AS c{k}" for k, name in enumerate(old_columns))
    before = rows(warehouse, f"SELECT ts, complete, {sent} FROM minute_features ORDER BY ts")
    with warehouse.transaction() as connection:
        connection.execute("CREATE VIEW public.mine AS SELECT ts, return_5m, complete FROM minute_features")
        connection.execute(
            "INSERT INTO models (candidate, is_baseline, symbol, horizon_minutes, threshold, trained_from, trained_to, as_of, "
            "snapshot_hash, feature_version, feature_hash, feature_columns, code_revision, parameters, decision, artifact, "
            "artifact_format, artifact_sha256) SELECT 'x', TRUE, 'BTCUSDT', 15, .003, now(), now(), now(), '', 1, feature_hash, "
            "columns, '', '{}', '{}', '', 'skops', '' FROM feature_versions"
        )
    assert migrate(warehouse).feature_version == 2
    assert rows(warehouse, f"SELECT ts, complete, {sent} FROM minute_features_v1 ORDER BY ts") == before
    assert [ts for ts, *_ in before] == [ts for (ts,) in rows(warehouse, "SELECT ts FROM public.mine ORDER BY ts")]
    assert set(definition().columns) == set(feature_columns(warehouse))


def store_older(warehouse: Warehouse) -> None:
    """Half a day of minutes without what 0002 and later added."""
    with warehouse.transaction() as connection:
        connection.execute(
            "INSERT INTO minute_metrics (symbol, ts, last_price, volume_24h, price_deriv_5m, price_avg_5m) "
            "SELECT 'BTCUSDT', g, 100 + sin(extract(epoch FROM g) / 977), 7, 0.1, 100 "
            "FROM generate_series(TIMESTAMPTZ '2026-03-01 00:00Z', '2026-03-01 12:00Z', '1 minute') AS g"
        )


def template() -> str:
    """The file that the folder's README shows."""
    [text] = re.findall(r"```sql\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    return str(text)


def test_the_template_of_ones_own_features_joins_view_and_training(
    warehouse: Warehouse, own: Callable[[str], None]
) -> None:
    """The README's file, put into the folder, is a column with its comment, after ours, and what a training reads."""
    own(template())
    migrate(warehouse)
    assert feature_columns(warehouse)[-1] == "recent_share_of_move_120m"
    with warehouse.transaction("reader") as connection:
        version = feature_version(connection)
    assert version.columns_within(timedelta(hours=4))[-1] == "recent_share_of_move_120m"
    market = ChangeableMarket(days=1)
    store(warehouse, market)
    [(found,)] = rows(
        warehouse, "SELECT recent_share_of_move_120m FROM minute_features WHERE ts = %s", [FIRST + timedelta(hours=9)]
    )
    p = market.last_price
    assert found == pytest.approx((p[540] - p[480]) / abs(p[540] - p[420]))


BAD = {
    "no comment": ("COMMENT ON COLUMN", "-- COMMENT OFF", "ends otherwise than with lines COMMENT"),
    "a comment in another form": ("where it was';", "where it was' ;", "ends otherwise"),
    "more after the comments": ("where it was';", "where it was'; comment on table x is 'y';", "ends otherwise"),
    "a name in capitals": (
        "minute_features.recent_share_of_move_120m",
        "minute_features.Recent",
        "names a feature Recent",
    ),
    "no look-back": ("look-back 120 min", "looks back", "how far recent_share_of_move_120m looks back"),
    "a name that is ours": ("recent_share_of_move_120m", "return_5m", "defines return_5m, which 10_returns.sql has"),
    "a typing error": ("lag(m.price, 60)", "leg(m.price, 60)", "function leg"),
    "a column that is not there": (
        "AS recent_share_of_move_120m",
        "AS other",
        "recent_share_of_move_120m does not exist",
    ),
    "two statements": ("WINDOW w", "; DROP TABLE signals; WINDOW w", "syntax error"),
    "no minute": ("    m.n,\n", "", "q.n does not exist"),
    "a text": ("CASE\n", "'x' || CASE\n", "gives recent_share_of_move_120m as text"),
}


@pytest.mark.parametrize(("old", "new", "said"), BAD.values(), ids=BAD)
def test_a_wrong_file_of_ones_own_is_one_sentence_that_names_it(
    old: str, new: str, said: str, warehouse: Warehouse, own: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is applied, the file and the fault are named, and so is the template."""
    migrate(warehouse)
    own(template().replace(old, new))
    with pytest.raises(WarehouseRefused, match=rf"own/mine\.sql .*{re.escape(said)}.*own/README\.md"):
        migrate(warehouse)
    assert rows(warehouse, "SELECT count(*) FROM feature_versions") == [(1,)]
    assert rows(warehouse, "SELECT count(*) FROM signals") == [(0,)]


def test_a_file_that_gives_a_minute_twice_adds_no_row(warehouse: Warehouse, own: Callable[[str], None]) -> None:
    """A minute is one row of minute_features whatever a group returns."""
    own(template().replace("FROM minutes AS m", "FROM (SELECT * FROM minutes UNION ALL SELECT * FROM minutes) AS m"))
    migrate(warehouse)
    store(warehouse, ChangeableMarket(days=0.5))
    assert rows(warehouse, "SELECT count(*), count(DISTINCT ts) AS minutes FROM minute_features") == [(720, 720)]
