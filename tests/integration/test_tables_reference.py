"""The reference of tables, views and functions is that of the database."""

from __future__ import annotations

from docs.site.tables import PAGE, tables
from include.warehouse.connection import Warehouse


def test_the_reference_is_what_the_database_says(migrated_database: str) -> None:
    """Every table, view, column and function with its comment, as a migration makes them."""
    with Warehouse(migrated_database).transaction("reader") as connection:
        told = tables(connection)
    assert PAGE.read_text(encoding="utf-8").splitlines() == told.splitlines(), "run `python -m docs.site.tables`"
