"""All minutes into a training's arrays, as a process that prints what it took: `python -m bench.features.whole`."""

from __future__ import annotations

import json
import os
import sys
import time
from datetime import datetime

from bench.ingest.span import SYMBOL
from include.warehouse.connection import Warehouse
from include.warehouse.snapshots import HORIZON_LABELS, read_snapshot


def main(warehouse: Warehouse, start: datetime, end: datetime) -> None:
    began = time.perf_counter()
    snapshot = read_snapshot(warehouse, SYMBOL, start, end, tuple(HORIZON_LABELS))
    seconds = time.perf_counter() - began
    labels = len(snapshot.forward_log_returns)
    print(json.dumps({"seconds": seconds, "features": snapshot.features.X.shape, "labels": labels}))


if __name__ == "__main__":
    main(Warehouse(os.environ["WAREHOUSE_DSN"]), *map(datetime.fromisoformat, sys.argv[1:3]))
