"""Small markets and a way to ask the lab without a network."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import httpx
import numpy as np
import pandas as pd
import pytest
from starlette.applications import Starlette

from include.lab.clock import LabClock
from include.lab.market import SimulatedMarket
from include.lab.replay import ReplayMarket
from include.lab.server import create_app

FIRST_OPEN = datetime(2024, 3, 1, tzinfo=UTC)


@pytest.fixture
def write_candles(tmp_path: Path) -> Callable[..., Path]:
    """Writes candles from 2024-03-01 00:00 on, without the minutes of those numbers, close = 100 + number."""

    def write(minutes: int, lacking: tuple[int, ...] = (), **columns: object) -> Path:
        number = np.array([n for n in range(minutes) if n not in lacking])
        opened = FIRST_OPEN + pd.to_timedelta(number, unit="min")
        frame = pd.DataFrame({"open_time": opened, "close": 100.0 + number, "volume": 1.0 + number % 7})
        file = tmp_path / "candles.parquet"
        frame.assign(**columns).to_parquet(file)
        return file

    return write


@pytest.fixture
def replay_app(write_candles: Callable[..., Path]) -> Callable[..., Starlette]:
    """A lab that replays such candles, its time standing still at `now`, epoch seconds."""

    def create(minutes: int, now: float, lacking: tuple[int, ...] = (), **options: object) -> Starlette:
        return create_app(ReplayMarket(write_candles(minutes, lacking)), LabClock(now, speed=0), **options)

    return create


@pytest.fixture(scope="session")
def simulated() -> SimulatedMarket:
    return SimulatedMarket(seed=7)


@pytest.fixture
def ask() -> Callable[..., httpx.Response]:
    """`ask(app, path, tenant=…, **parameters)` under /prometheus/api/v1/."""

    def get(app: Starlette, path: str, tenant: str | None = None, **parameters: object) -> httpx.Response:
        async def response() -> httpx.Response:
            headers = {} if tenant is None else {"X-Scope-OrgID": tenant}
            transport = httpx.ASGITransport(app)
            async with httpx.AsyncClient(transport=transport, base_url="http://lab", headers=headers) as client:
                return await client.get(f"/prometheus/api/v1/{path}", params=parameters)

        return asyncio.run(response())

    return get
