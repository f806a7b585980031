"""The profile cortex of docker-compose.yaml natively, as far as Cortex: a Prometheus that scrapes the lab's newest samples."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import httpx
import pytest
from running_stack import wait_for

from include.cortex.address import Cortex
from include.cortex.client import CortexClient, Identity
from tests.compose.compose_file import read_compose
from tests.compose.natively import NativeCompose

BASES = ("crypto_last_price", "crypto_volume")


def newest(url: str, metric: str) -> list[tuple[Any, ...]]:
    """Symbol, market, time and value of each series."""
    asked = {"query": f"timestamp({metric})"}, {"query": metric}
    times, values = (
        httpx.get(f"{url}/api/v1/query", params=each, trust_env=False).json()["data"]["result"] for each in asked
    )
    return [
        (series["metric"]["symbol"], series["metric"]["market"], float(time["value"][1]), float(series["value"][1]))
        for series, time in zip(values, times, strict=True)
    ]


def identity(url: str) -> Identity:
    with CortexClient(Cortex(url)) as client:
        return client.identity()


@pytest.mark.skipif(not all(map(shutil.which, ("prometheus", "wget"))), reason="prometheus or wget is not installed")
def test_prometheus_has_the_labs_samples_with_their_own_times(tmp_path: Path) -> None:
    """The same values at the same minutes' ends as the lab's query API gives, and they stay simulated."""
    others = read_compose({})["services"].keys() - {"market", "prometheus"}
    tmp_path.chmod(0o755)
    with NativeCompose(tmp_path, ("cortex",), without=others) as compose:
        scraped = f"http://{compose.instances['prometheus'].address}:9090"
        lab = f"http://{compose.instances['market'].address}:9009"
        for metric in BASES:
            found = wait_for(metric, lambda metric=metric: newest(scraped, metric), seconds=120)
            [(symbol, market, time, value)] = found
            assert (symbol, market, time % 60) == ("BTCUSDT", "simulated", 0)
            params = {"query": metric, "time": str(time)}
            answer = httpx.get(f"{lab}/api/v1/query", params=params, trust_env=False).json()
            assert float(answer["data"]["result"][0]["value"][1]) == value
        assert identity(scraped) == identity(lab)
        assert identity(scraped).kind == "simulated"
