"""The page 'Signals' of the web UI: a navigation entry, and the routes under /signals/.

Every Airflow process loads this file, so the routes, FastAPI and the database driver are imported where only the API
server comes. What they answer, and to whom, stands in include/orchestration/page_routes.py.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar

from airflow.plugins_manager import AirflowPlugin


class SignalsPage(AirflowPlugin):
    name = "signals"
    external_views: ClassVar[list[Any]] = [
        {
            "name": "Signals",
            "href": "signals/",  # relative to Airflow's base, which may be below a path
            "url_route": "signals",
            "destination": "nav",
            "nav_top_level": True,
        }
    ]

    @cached_property
    def fastapi_apps(self) -> list[Any]:
        """Built when the API server asks for it."""
        from include.orchestration.page_routes import create_app

        return [{"app": create_app(), "url_prefix": "/signals", "name": "signals"}]
