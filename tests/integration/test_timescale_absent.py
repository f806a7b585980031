"""A server without TimescaleDB: nothing is made of it, nothing is asked for, and every name reads as it would with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from pipelines import rows
from stored_prices import store_prices, walk

from include.settings import Timescale
from include.warehouse.connection import Warehouse
from include.warehouse.migrate import migrate
from include.warehouse.timescale import allow_repairs, drop_chunks, look, refresh_candles, report
from tests.integration.conftest import PG_VERSIONS

every_version = pytest.mark.parametrize("postgres", PG_VERSIONS, indirect=True)

STORED = replace(Timescale(), stored_candles=True)


@every_version
def test_without_it_nothing_is_made_and_doctor_says_not_there(new_database: str) -> None:
    """On a plain server migrate makes what it always makes, and the finding asks for nothing."""
    warehouse = Warehouse(new_database)
    assert migrate(warehouse, Timescale()).timescale == []
    assert [*report(warehouse, Timescale())] == [(None, "not there; not needed", "")]
    assert rows(warehouse, "SELECT extname FROM pg_extension WHERE extname <> 'plpgsql'") == []
    assert rows(warehouse, "SELECT relname FROM pg_class WHERE relname LIKE 'candles%stored'") == []
    assert refresh_candles(warehouse) == []
    assert drop_chunks(warehouse, datetime.now(UTC), timedelta(seconds=10)) == 0


@every_version
def test_without_it_the_stored_candles_are_the_views(new_database: str) -> None:
    """The names and columns are there where they are wanted, with comments and for readers, and go again."""
    warehouse = Warehouse(new_database)
    assert migrate(warehouse, STORED).timescale == ["candles_5m_stored", "candles_1h_stored"]
    assert migrate(warehouse, STORED).timescale == []
    store_prices(warehouse, walk(3 * 1440, seed=31), missing={*range(70, 140)}, volumes=[5.0] * 3 * 1440)
    columns = "SELECT array_agg(attname::text || atttypid::regtype ORDER BY attnum) FROM pg_attribute WHERE attnum > 0 AND attrelid = {}::regclass"
    for name in ("candles_5m", "candles_1h"):
        assert rows(warehouse, columns.format(f"'{name}'")) == rows(warehouse, columns.format(f"'{name}_stored'"))
        with warehouse.transaction("reader") as connection:
            stored = connection.execute(f"SELECT * FROM {name}_stored ORDER BY 1, 3").fetchall()
            assert str(stored) == str(connection.execute(f"SELECT * FROM {name} ORDER BY 1, 3").fetchall())
            assert len(stored) > 70
        missing = (
            f"SELECT attname FROM pg_attribute WHERE attrelid = '{name}_stored'::regclass AND attnum > 0 "
            "AND col_description(attrelid, attnum) IS NULL"
        )
        assert rows(warehouse, missing) == []
    assert migrate(warehouse, Timescale()).timescale == ["candles_5m_stored", "candles_1h_stored"]
    assert rows(warehouse, "SELECT relname FROM pg_class WHERE relname LIKE 'candles%stored'") == []


@every_version
def test_a_writer_may_lift_the_limit_of_repairs_on_any_server(new_database: str) -> None:
    """A plain server takes the setting for a placeholder, from market_writer too, and forgets it with the transaction."""
    warehouse = Warehouse(new_database)
    migrate(warehouse)
    name = "timescaledb.max_tuples_decompressed_per_dml_transaction"
    with warehouse.kept_open() as kept:
        with kept.transaction("writer") as connection:
            allow_repairs(connection)
            assert connection.execute("SELECT current_setting(%s)", [name]).fetchone() == ("0",)
        with kept.transaction("writer") as connection:
            assert connection.execute("SELECT nullif(current_setting(%s, TRUE), '')", [name]).fetchone() == (None,)


def test_a_login_that_may_not_see_the_libraries_gets_an_answer(new_database: str) -> None:
    """shared_preload_libraries is hidden from it: unknown, not an error, and nothing is created."""
    with Warehouse(new_database).transaction() as connection:
        with pytest.raises(psycopg.errors.InsufficientPrivilege), connection.transaction():
            connection.execute("SHOW shared_preload_libraries")
        found = look(connection)
    assert (found.version, found.available, found.is_preloaded, found.may_create) == (None, None, None, False)
