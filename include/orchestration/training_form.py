"""The form of `train_candidates`, as Airflow's page shows it and its API checks it.

Its multi-selects give texts, and null once they are emptied; the API may be given numbers.
"""

from __future__ import annotations

from collections.abc import Sequence

from airflow.sdk import Param

from include.orchestration.training import CANDIDATES, MOST_TRIALS
from include.settings import Settings

WHOLE_MINUTE = (
    r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:00(\.0+)?)?(Z|[+-]\d{2}:?\d{2})?$"  # Airflow does not check the format
)


def training_form(settings: Settings) -> dict[str, Param]:
    """As of when, which cells, which candidates, and how many trials; empty: what the settings say."""
    pooled = [f"pooled_{name}" for name in settings.training.pooled]
    return {
        "as_of": Param(
            default=None,
            type=["null", "string"],
            format="date-time",
            pattern=WHOLE_MINUTE,
            title="as of",
            description="Last market time to use, a whole minute, UTC; empty: the newest minute",
        ),
        "horizons": _choice("horizons", settings.horizons_minutes, "Minutes; empty: those of the cells"),
        "thresholds": _choice(
            "thresholds",
            [float(threshold) for threshold in settings.thresholds],
            "Fractions, 0.005 is 0.5 %, live or not; empty: those of the cells",
        ),
        "candidates": _choice(
            "candidates", [*CANDIDATES, *pooled], "Beside the baselines; empty: those of the settings"
        ),
        "tuning_trials": Param(
            default=None,
            type=["null", "integer"],
            minimum=1,
            maximum=MOST_TRIALS,
            title="tuning trials",
            description=f"Models that lightgbm_tuned tries, each time it is trained; empty: {settings.training.tuning_trials}",
        ),
        "grid": Param(
            default=False,
            type="boolean",
            title="whole grid",
            description="All horizons x thresholds, not only the live cells",
        ),
    }


def _choice(title: str, values: Sequence[float | str], description: str) -> Param:
    """A multi-select of these values, which may come as texts too."""
    return Param(
        default=[],
        type=["null", "array"],
        items={"enum": list(dict.fromkeys([*values, *map(str, values)]))},
        examples=list(values),
        title=title,
        description=description,
    )
