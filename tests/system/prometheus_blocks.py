"""The blocks of a Prometheus over given series, made by promtool."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd

from tests.system.real_series import epochs


def make_blocks(series_of_symbol: Mapping[str, pd.DataFrame], data: Path) -> None:
    """Blocks in the folder `data` that hold the frames' columns as metrics, under the label `symbol`.

    promtool reads all of the text once a block: a long history is quicker in several calls into folders of their own.
    """
    with tempfile.NamedTemporaryFile("w", dir=data.parent, suffix=".txt", encoding="utf-8") as text:
        text.writelines(_open_metrics(series_of_symbol))
        text.flush()
        command = ["promtool", "tsdb", "create-blocks-from", "openmetrics", "--max-block-duration=240h", "--quiet"]
        made = subprocess.run([*command, text.name, data], capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr


def _open_metrics(series_of_symbol: Mapping[str, pd.DataFrame]) -> Iterator[str]:
    """The samples, NaN being none, as OpenMetrics text; a metric's lines stand together, whatever their symbol."""
    metrics = dict.fromkeys(metric for series in series_of_symbol.values() for metric in series.columns)
    for metric in metrics:
        yield f"# TYPE {metric} gauge\n"
        for symbol, series in series_of_symbol.items():
            yield from _lines(f'{metric}{{symbol="{symbol}"}}', series[metric].dropna())
    yield "# EOF\n"


def _lines(name: str, held: pd.Series[float]) -> Iterator[str]:
    """A line a sample; repr gives back the same double when it is read."""
    samples = zip(epochs(pd.DatetimeIndex(held.index)).tolist(), held.tolist(), strict=True)
    return (f"{name} {value!r} {ts}\n" for ts, value in samples)
