"""The address that Prometheus scrapes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, start_http_server

from include.errors import SettingsError
from include.prometheus.collector import WarehouseCollector
from include.warehouse.connection import Warehouse


@contextmanager
def serve(warehouse: Warehouse, listen: str, port: int) -> Iterator[str]:
    """Serve /metrics until the context ends; its address. Port 0: any free one.

    Raises SettingsError where nothing can listen there.
    """
    registry = CollectorRegistry()
    registry.register(WarehouseCollector(warehouse))
    try:
        server, thread = start_http_server(port, addr=listen, registry=registry)
    except (OSError, OverflowError) as error:
        raise SettingsError(
            f"Nothing can listen on {listen}:{port} ({error}); give another --port or --listen."
        ) from error
    try:
        yield f"http://{listen}:{server.server_port}/metrics"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
