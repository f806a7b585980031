"""Behind a pooler that gives a session for a transaction and no longer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pgbouncer import pooled

from include.errors import WarehouseRefused
from include.warehouse.connection import Warehouse


@pytest.fixture
def pooler(migrated_database: str) -> Iterator[str]:
    with pooled(migrated_database) as dsn:
        yield dsn


def vacuum(warehouse: Warehouse) -> None:
    with warehouse.autocommit() as connection:
        connection.execute("VACUUM minute_metrics")


def test_what_no_transaction_may_hold_runs_in_a_session_of_its_own(migrated_database: str) -> None:
    """A VACUUM works by the table's bare name, and what a statement writes is there before the next."""
    warehouse = Warehouse(migrated_database)
    vacuum(warehouse)
    with warehouse.autocommit() as connection:
        connection.execute("INSERT INTO minute_metrics (symbol, ts) VALUES ('X', '2026-01-01Z')")
        with warehouse.transaction() as other:
            assert other.execute("SELECT symbol FROM minute_metrics").fetchall() == [("X",)]


def test_a_pooler_gives_no_session_and_the_direct_dsn_does(migrated_database: str, pooler: str) -> None:
    """The sentence names the setting and no password; with it the work is done past the pooler."""
    with pytest.raises(WarehouseRefused, match=r"behind a pooler.*WAREHOUSE_DIRECT_DSN.*secret_direct_dsn") as refused:
        vacuum(Warehouse(pooler))
    assert "only for tests" not in str(refused.value)
    vacuum(Warehouse(pooler, direct_dsn=migrated_database))


def test_a_pooler_that_swallows_the_options_gives_no_session_either(migrated_database: str) -> None:
    """With ignore_startup_parameters the connection comes, without the search path that was asked for."""
    with (
        pooled(migrated_database, ignore_startup_parameters="options") as dsn,
        pytest.raises(WarehouseRefused, match=r"WAREHOUSE_DIRECT_DSN"),
    ):
        vacuum(Warehouse(dsn))
