"""The expander of the tests expands as Grafana's documentation says, and refuses what Grafana would."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from grafana_macros import Shown

SHOWN = Shown(
    datetime(2026, 3, 1, 12, tzinfo=UTC), datetime(2026, 3, 1, 18, tzinfo=UTC), {"symbol": "BTC", "s": "x'y"}, "5m"
)


@pytest.mark.parametrize(
    ("raw", "sent"),
    [
        ("$__timeFilter(o.ts)", "o.ts BETWEEN '2026-03-01T12:00:00Z' AND '2026-03-01T18:00:00Z'"),
        ("$__timeFrom()::timestamptz", "'2026-03-01T12:00:00Z'::timestamptz"),
        ("$__timeTo()", "'2026-03-01T18:00:00Z'"),
        ("$__timeGroup(ts, '1h')", "floor(extract(epoch from ts)/3600)*3600"),
        ("$__timeGroupAlias(ts, $__interval, NULL)", 'floor(extract(epoch from ts)/300)*300 AS "time"'),
        ("$__interval $__interval_ms", "5m 300000"),
        ("'$symbol' '${symbol}' '$s'", "'BTC' 'BTC' 'x''y'"),
    ],
)
def test_a_macro_is_what_the_docs_say(raw: str, sent: str) -> None:
    """Times in UTC, intervals in seconds, values as they are with their quotes doubled."""
    assert SHOWN.expand(raw) == sent


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("$__timeFilters(ts)", "unknown macro"),
        ("'$horizon'", "not expanded"),
        ("$__timeGroup(ts, 1h, zero)", "no such fill"),
    ],
)
def test_what_grafana_would_not_know_is_refused(raw: str, said: str) -> None:
    """A typing error in a dashboard fails its test instead of a panel."""
    with pytest.raises(ValueError, match=said):
        SHOWN.expand(raw)
