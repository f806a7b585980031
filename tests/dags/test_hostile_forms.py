"""What a person may type into a DAG's form: it reaches no address, file, shell, template or statement."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from include.cli.main import parser
from include.errors import CortexSignalsError, SettingsError
from include.ingest import plan_windows
from include.orchestration.processes import run_command
from include.orchestration.training import plan_training
from include.pipeline import Pipeline, from_environment
from include.settings import load_settings, read_environment

HOSTILE = (
    "'; DROP TABLE signals; --",
    "{{ 7 * 7 }}",
    "{{ conn.warehouse.password }}",
    "{% raw %}",
    "../../../../etc/passwd",
    "/etc/passwd",
    "http://169.254.169.254/latest/meta-data",
    "$(touch /tmp/own)",
    "`touch /tmp/own`",
    "; touch /tmp/own",
    "--debug",
    "--settings=/etc/passwd",
    "-h",
    'BTCUSDT"} or vector(1) #',
    "BTCUSDT\n--grid",
    "\x00",
)
NOTHING: dict[str, Any] = {
    "as_of": None, "horizons": [], "thresholds": [], "candidates": [], "tuning_trials": None, "grid": False
}  # fmt: skip


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    """Of addresses where nobody is: what is hostile is refused before anything is asked."""
    nobody = {"CORTEX_URL": "http://127.0.0.1:1", "WAREHOUSE_DSN": "postgresql://127.0.0.1:1/none"}
    return from_environment(read_environment(nobody))


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """That of train_candidates, as Airflow checks it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AIRFLOW_HOME", str(tmp_path_factory.mktemp("airflow")))
        from airflow.sdk.definitions.param import ParamsDict

        from include.orchestration.training_form import training_form

        yield ParamsDict(dict(training_form(load_settings())))


@pytest.mark.parametrize("text", HOSTILE)
def test_a_backfill_takes_no_symbol_that_the_settings_do_not_name(text: str, pipeline: Pipeline) -> None:
    """A sentence with what was typed, before the warehouse or the source hears of it."""
    with pytest.raises(SettingsError, match="is not in the settings; known: BTCUSDT"):
        plan_windows(pipeline, "2026-01-01T00:00Z", "2026-01-02T00:00Z", text)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("place", [0, 1])
def test_a_backfill_takes_no_time_that_is_none(place: int, text: str, pipeline: Pipeline) -> None:
    """Neither as its beginning nor as its end."""
    times = ["2026-01-01T00:00Z", "2026-01-02T00:00Z"]
    times[place] = text
    with pytest.raises(SettingsError, match="is not an instant"):
        plan_windows(pipeline, *times, None)


@given(
    st.sampled_from(sorted(NOTHING)),
    st.one_of(st.sampled_from(HOSTILE), st.lists(st.sampled_from(HOSTILE), min_size=1)),
)
def test_the_training_form_takes_nothing_that_it_does_not_offer(form: Any, name: str, value: Any) -> None:
    """In any field, as the page or the API sends it."""
    from airflow.sdk.exceptions import ParamValidationError

    with pytest.raises(ParamValidationError):
        fill(deepcopy(form), name, value)


def fill(form: Any, name: str, value: Any) -> None:
    form.update({name: value})
    form.validate()


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_run_is_called_is_one_argument(text: str, pipeline: Pipeline) -> None:
    """The one free text that a training's process is given: no option, whatever it begins with."""
    first, *_ = plan_training(pipeline, {**NOTHING, "candidates": ["logistic"]}, text, is_scheduled=False)
    read = parser().parse_args([*first, "--json"])
    assert (read.run_key, read.candidate, read.grid, read.debug) == (text, ["logistic"], False, False)


def test_no_shell_reads_it(pipeline: Pipeline, tmp_path: Path) -> None:
    """The process that a task starts is a program and its arguments."""
    own = tmp_path / "own"
    run = f"`touch {own}`; $(touch {own}) | touch {own}"
    first, *_ = plan_training(pipeline, {**NOTHING, "candidates": ["logistic"]}, run, is_scheduled=False)
    with pytest.raises(CortexSignalsError):
        run_command(pipeline, first)
    assert not own.exists()
