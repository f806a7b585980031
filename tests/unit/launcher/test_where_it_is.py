"""What `make up` says at its end."""

from __future__ import annotations

import io
from types import SimpleNamespace
from typing import Any

from rich.console import Console

from include.launcher import up
from include.launcher.terminal import Terminal
from include.settings import load_settings


def test_it_says_where_the_page_of_signals_is() -> None:
    """The address of Airflow, and that of the page by itself, which a phone can keep."""
    plan: Any = SimpleNamespace(
        source=SimpleNamespace(kind="simulated"),
        web_url="http://127.0.0.1:8080",
        metrics_url="http://127.0.0.1:9091/metrics",
        secrets=SimpleNamespace(admin_password="secret"),
        embedded_warehouse=True,
        postgres=SimpleNamespace(binaries=SimpleNamespace(program=lambda name: name)),
    )
    written = io.StringIO()
    up._say_where(plan, load_settings(), Terminal(Console(file=written, width=300)))
    said = written.getvalue()
    assert "Airflow   http://127.0.0.1:8080\n" in said
    assert "Signals   http://127.0.0.1:8080/signals/\n" in said
    assert "SIMULATED" in said
