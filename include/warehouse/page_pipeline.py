"""How the pipeline is: how far minutes and signals have come, what the checks found, which alerts are open."""

from __future__ import annotations

from include.warehouse.connection import Connection
from include.warehouse.page_rows import Row, rows


def pipeline_health(connection: Connection) -> Row:
    """`freshness` of each symbol, the newest row of each of the `checks`, and the open `alerts`."""
    return {
        "freshness": rows(connection, "page_freshness"),
        "checks": rows(connection, "page_checks"),
        "alerts": rows(connection, "page_open_alerts"),
    }
