"""Blocks of minutes through COPY's binary format into a real server, and back, to the last bit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from include.warehouse.connection import Warehouse
from include.warehouse.minutes import METRIC_COLUMNS
from include.warehouse.statements import statement
from include.warehouse.windows import Block, binary_rows

VALUE = st.one_of(st.just(float("nan")), st.floats(allow_nan=False, allow_infinity=False))
WIDTH = len(METRIC_COLUMNS)


@st.composite
def blocks(draw: st.DrawFn) -> Block:
    count = draw(st.integers(0, 6))
    values = np.array(draw(st.lists(VALUE, min_size=count * WIDTH, max_size=count * WIDTH)), float).reshape(
        count, WIDTH
    )
    computed = np.array(draw(st.lists(st.booleans(), min_size=count * WIDTH, max_size=count * WIDTH)), bool)
    first = draw(st.integers(0, 60_000_000)) * 60
    return Block(first + 60 * np.arange(count), values, computed.reshape(count, WIDTH) & ~np.isnan(values))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(blocks())
def test_what_is_staged_is_the_block(warehouse: Warehouse, block: Block) -> None:
    """Times, values, unknown ones and marks; a minute without any value is no row."""
    with warehouse.transaction() as connection:
        connection.execute(statement("stage_minutes"))
        with connection.cursor().copy(statement("copy_staged_minutes")) as copy:
            copy.write(binary_rows(block))
        stored = connection.execute("SELECT * FROM staged_minutes ORDER BY ts").fetchall()
    expected = [row for row in range(len(block.ts)) if not np.isnan(block.values[row]).all()]
    assert [int(row.ts.timestamp()) for row in stored] == block.ts[expected].tolist()
    for row, position in zip(stored, expected, strict=True):
        found = np.array([np.nan if value is None else value for value in row[1:-1]])
        assert np.array_equal(
            found.view(np.int64)[~np.isnan(found)], block.values[position].view(np.int64)[~np.isnan(found)]
        )
        assert np.array_equal(np.isnan(found), np.isnan(block.values[position]))
        marked = sorted(name for name, mark in zip(METRIC_COLUMNS, block.computed[position], strict=True) if mark)
        assert row.computed_columns == f"{{{','.join(marked)}}}"


@pytest.fixture
def warehouse(new_database: str) -> Warehouse:
    return Warehouse(new_database)
