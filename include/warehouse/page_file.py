"""A cell's signals as CSV, page after page."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import datetime, timedelta
from io import StringIO

from include.errors import AskedWrongly
from include.warehouse.connection import Warehouse
from include.warehouse.page_question import PageCell
from include.warehouse.page_rows import Row, read_page, rows

PAGE_ROWS = 2_000
MOST_ROWS = 50_000


def signals_csv(warehouse: Warehouse, cell: PageCell, since: datetime, until: datetime) -> Iterator[str]:
    """The signals of [since, until), shadows left out, oldest first: a header, then MOST_ROWS at most.

    Each page is a transaction of its own, so a slow reader holds none open; signals are append-only, so the pages fit.

    Raises
    ------
    AskedWrongly
        There is none in that span.
    """
    after, sent = since - timedelta(microseconds=1), 0
    while page := _page(warehouse, cell, after, until, min(PAGE_ROWS, MOST_ROWS - sent)):
        yield _text(page, with_header=not sent)
        after, sent = page[-1]["ts"], sent + len(page)
        if len(page) < PAGE_ROWS:
            return
    if not sent:
        raise AskedWrongly("This cell has no signal in that span: ask for a later one.")


def _page(warehouse: Warehouse, cell: PageCell, after: datetime, to: datetime, most: int) -> list[Row]:
    asked = {**cell.key, "after": after, "to": to, "rows": most}
    return read_page(warehouse, lambda connection: rows(connection, "page_signals", asked))


def _text(page: list[Row], *, with_header: bool) -> str:
    text = StringIO()
    writer = csv.DictWriter(text, fieldnames=list(page[0]), lineterminator="\r\n")
    if with_header:
        writer.writeheader()
    writer.writerows(page)
    return text.getvalue()
