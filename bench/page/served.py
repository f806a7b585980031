"""The page's routes behind a real server on loopback, for whoever asks: Airflow's check of login and right is left out."""

from __future__ import annotations

import os
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import uvicorn

from include.warehouse.connection import Warehouse


@contextmanager
def served(warehouse: Warehouse) -> Iterator[str]:
    """The address of the routes while they are served, by a thread of this process."""
    with tempfile.TemporaryDirectory() as airflow_home:
        os.environ["AIRFLOW_HOME"] = airflow_home  # before Airflow is imported, which makes files there
        from airflow.api_fastapi.core_api.security import get_user

        from include.orchestration import page_routes

        page_routes.warehouse = lambda schema: warehouse
        app = page_routes.create_app()
        app.dependency_overrides[get_user] = lambda: SimpleNamespace(get_name=lambda: "bench")
        app.dependency_overrides[page_routes.may_read] = lambda: None
        server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning"))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        try:
            yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()
