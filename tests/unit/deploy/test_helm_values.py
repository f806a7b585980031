"""The Helm values: names and types that the official chart has, and what this project's processes need."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from include import settings
from include.launcher import airflow
from include.orchestration import install

ROOT = Path(__file__).resolve().parents[3]
VALUES: dict[str, Any] = yaml.safe_load((ROOT / "deploy" / "helm" / "values.yaml").read_text(encoding="utf-8"))
SCHEMA = json.loads((Path(__file__).parent / "chart_values.schema.json").read_text(encoding="utf-8"))
PAGE = (ROOT / "docs" / "workers.md").read_text(encoding="utf-8")
OF_ITS_PROVIDER = {"kubernetes_executor"}  # not installed here; the image for Kubernetes has it
FREE = {"config", "requests", "limits", "matchLabels", "postgresql"}  # the chart takes any name below


def places(tree: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of each mapping whose names the chart knows."""
    if isinstance(tree, dict) and not FREE & set(map(str, path)):
        yield path
    inner = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, value in inner:
        yield from places(value, (*path, key))


def problems(values: Any) -> list[str]:
    return [error.message for error in Draft202012Validator(SCHEMA).iter_errors(values)]


def test_the_chart_takes_these_values() -> None:
    """Every name is one of the chart's, and every value is of its type."""
    Draft202012Validator.check_schema(SCHEMA)
    assert problems(VALUES) == []


@pytest.mark.parametrize("path", list(places(VALUES)), ids=lambda path: ".".join(map(str, path)) or "top")
def test_a_mistyped_name_is_found(path: tuple[Any, ...]) -> None:
    """At each place of the file."""
    values = deepcopy(VALUES)
    place = values
    for key in path:
        place = place[key]
    place["mistyped"] = True
    assert problems(values)


def test_airflow_knows_the_configuration() -> None:
    """Each section and option is one of this version of Airflow or of its providers."""
    # Late: skops warns of all that is imported before it.
    from airflow.configuration import retrieve_configuration_description

    known = retrieve_configuration_description(include_providers=True)
    for section, options in VALUES["config"].items():
        if section not in OF_ITS_PROVIDER:
            assert set(options) <= set(known[section]["options"]), section


def test_it_is_the_installed_airflow() -> None:
    """The chart decides some of its templates by the version."""
    from importlib.metadata import version

    assert VALUES["airflowVersion"] == version("apache-airflow")


def test_what_was_found_good_elsewhere_holds_here() -> None:
    """Options that `make up` gives Airflow too have the same value, but for those of a place."""
    of_a_place = {"parallelism", "execution_api_server_url", "dags_folder", "plugins_folder", "executor"}
    source = inspect.getsource(airflow.settings)
    for options in VALUES["config"].values():
        for name, value in options.items():
            if name not in of_a_place and (same := re.search(rf'"{name}": ([\d.]+|True|False)', source)):
                assert str(value) == same[1], name
    assert {"name": "OMP_NUM_THREADS", "value": "1"} in VALUES["env"]


def test_only_trainings_have_a_pod_of_their_own() -> None:
    """The first executor is for all tasks, the second for those that ask for it; the DAGs ask by a variable that is read."""
    everyday, of_trainings = VALUES["executor"].split(",")
    named = {one["name"]: one["value"] for one in VALUES["env"]}
    assert (everyday, of_trainings) == ("LocalExecutor", named["CORTEX_SIGNALS_TRAINING_EXECUTOR"])
    read = set(re.findall(r'value\("([A-Z_]+)"\)', inspect.getsource(settings)))
    given = {*named, *(one["envName"] for one in VALUES["secret"])}
    assert {name for name in given if name.startswith(("CORTEX_", "WAREHOUSE_"))} <= read


def test_a_training_says_how_much_memory_it_wants() -> None:
    """Else its pod may land where there is none, and is killed midway."""
    resources = VALUES["workers"]["kubernetes"]["resources"]
    assert resources["requests"]["memory"]
    assert resources["limits"]["memory"]


def test_no_secret_stands_in_the_file_and_each_named_one_is_told() -> None:
    """Passwords and addresses with logins come from secrets by name; the page has the line that makes each."""
    names = {VALUES["data"]["metadataSecretName"], *(one["secretName"] for one in VALUES["secret"])}
    names |= {VALUES[name] for name in ("fernetKeySecretName", "apiSecretKeySecretName", "jwtSecretName")}
    names |= {one["valueFrom"]["secretKeyRef"]["name"] for one in VALUES["migrateDatabaseJob"]["env"]}
    for name in names:
        assert f"create secret generic {name} " in PAGE, name
    assert "create configmap cortex-signals-settings " in PAGE


def test_the_first_job_makes_what_the_pipeline_needs() -> None:
    """It is the same that the compose file runs, and its password is the one it reads."""
    assert VALUES["migrateDatabaseJob"]["args"] == ["python", "-m", install.__name__]
    [password] = VALUES["migrateDatabaseJob"]["env"]
    assert f'"{password["name"]}"' in inspect.getsource(install)


def test_nothing_calls_what_only_the_image_of_apache_has() -> None:
    """The chart's default probes and log cleaners do; each part that has one gives its own, or does without."""
    for part in ("scheduler", "dagProcessor", "triggerer"):
        assert VALUES[part]["livenessProbe"]["command"]
        assert VALUES[part]["logGroomerSidecar"] == {"enabled": False}
    assert VALUES["scheduler"]["startupProbe"]["command"]
