"""Signals of the last days as a pandas frame: by cell, how good the probabilities were, beside the base rates.

    .cortex-signals/venv/bin/python examples/signals_to_pandas.py "$(./cortex-signals dsn)" [DAYS]

Needs pandas, SQLAlchemy and psycopg, nothing of this project. The Brier score is the mean squared distance between
probabilities and what came; lower is better, and it means nothing without the one beside it, which always says the base
rates of the training. `skill` above 0 is better than those. Neighbouring minutes overlap: read it with its `days`.
"""

from __future__ import annotations

import sys

import pandas as pd
import psycopg
import sqlalchemy

CLASSES = {"down": "DOWN", "sideways": "SIDEWAYS", "up": "UP"}
QUERY = """
    SELECT s.symbol, s.ts, s.horizon_minutes, s.threshold::float8, s.p_down, s.p_sideways, s.p_up,
        s.base_rate_down, s.base_rate_sideways, s.base_rate_up, o.outcome, s.is_simulated
    FROM signals_live AS s
    INNER JOIN signal_outcomes AS o USING (signal_id)
    WHERE s.ts > (SELECT max(ts) FROM signals) - make_interval(days => %(days)s) AND o.outcome IS NOT NULL
"""


def read(dsn: str, days: int) -> pd.DataFrame:
    """A row a scored live signal whose outcome is known; `dsn` is what `cortex-signals dsn` prints."""
    engine = sqlalchemy.create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(dsn))
    try:
        return pd.read_sql(QUERY, engine, params={"days": days})
    finally:
        engine.dispose()


def scores(signals: pd.DataFrame) -> pd.DataFrame:
    """Brier score of the probabilities and of the base rates, and the skill of the one over the other, by cell."""
    came = pd.DataFrame({name: signals["outcome"].eq(word).astype(float) for name, word in CLASSES.items()})
    for column, prefix in {"brier": "p_", "brier_of_base_rates": "base_rate_"}.items():
        said = signals[[f"{prefix}{name}" for name in CLASSES]].set_axis(list(CLASSES), axis="columns")
        signals[column] = ((said - came) ** 2).sum(axis="columns")
    by_cell = signals.groupby(["symbol", "horizon_minutes", "threshold"])
    found = by_cell[["brier", "brier_of_base_rates"]].mean()
    found["skill"] = 1 - found["brier"] / found["brier_of_base_rates"]
    found["minutes"] = by_cell.size()
    found["days"] = by_cell["ts"].agg(lambda ts: ts.dt.floor("D").nunique())
    return found


def main(dsn: str, days: str = "30") -> None:
    """Print the table, or that there is nothing to judge yet."""
    signals = read(dsn, int(days))
    if signals.empty:
        print("No live signal has an outcome yet: wait for the shortest horizon.")
        return
    print(scores(signals).to_string(float_format="{:.4f}".format))
    if signals["is_simulated"].any():
        print("SIMULATED: the market was made up, and says nothing about a real one.")


if __name__ == "__main__":
    main(*sys.argv[1:])
