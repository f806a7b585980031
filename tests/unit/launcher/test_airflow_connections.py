"""The connections that `make up` gives to its Airflow."""

from __future__ import annotations

import json

import pytest

from include.launcher.airflow import connections
from include.launcher.databases import Warehouse
from include.launcher.source import Source

DSN = "postgresql://owner:hush@127.0.0.1:5433/signals_cortex"
URL = "https://cortex.example:9009/prometheus"


@pytest.mark.parametrize(
    ("source", "parts"),
    [
        (Source("simulated", URL, None, lab_options=()), {"extra": {}}),
        (Source("cortex", URL, "team", token="t"), {"extra": {"tenant": "team", "token": "t"}}),
        (Source("cortex", URL, None, "ann", "pw"), {"login": "ann", "password": "pw", "extra": {}}),
    ],
)
def test_the_source_is_a_connection_of_the_type_cortex(source: Source, parts: dict[str, object]) -> None:
    """With what is set, and nothing for what is not."""
    given = connections(source, Warehouse(DSN, DSN, DSN))
    assert json.loads(given["AIRFLOW_CONN_CORTEX"]) == {"conn_type": "cortex", "host": URL, **parts}
    assert json.loads(given["AIRFLOW_CONN_WAREHOUSE"])["conn_type"] == "postgres"
