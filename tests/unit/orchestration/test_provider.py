"""The provider: what Airflow reads of it, what its connection form is told, and what the Test button says."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import tomllib
import warnings
from collections.abc import Iterator
from datetime import timedelta
from importlib import metadata
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import httpx
import pytest
from markets import FIRST, ChangeableMarket, Serve

from include.orchestration.provider import FIELDS, get_provider_info

ROOT = Path(__file__).resolve().parents[3]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ENTRY_POINTS = PROJECT["entry-points"]["apache_airflow_provider"]


@pytest.fixture(scope="module", autouse=True)
def airflow_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Airflow's own imports
        patch.setenv("AIRFLOW_HOME", str(tmp_path_factory.mktemp("airflow")))
        from airflow.api_fastapi.core_api import security

        assert security
        yield


@pytest.fixture
def manager(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """A fresh providers manager that finds this package by the entry point of pyproject.toml, and only it."""
    from airflow import providers_manager
    from airflow._shared import module_loading

    folder = tmp_path / "cortex_signals-0.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text(f"Metadata-Version: 2.4\nName: {PROJECT['name']}\nVersion: 0\n")
    lines = [f"{name} = {target}" for name, target in ENTRY_POINTS.items()]
    (folder / "entry_points.txt").write_text("\n".join(["[apache_airflow_provider]", *lines]))
    installed = metadata.PathDistribution(folder)
    found = [(entry_point, installed) for entry_point in installed.entry_points]
    monkeypatch.setattr(module_loading, "_get_grouped_entry_points", lambda: {"apache_airflow_provider": found})
    monkeypatch.setattr(providers_manager.ProvidersManager, "_instance", None)
    monkeypatch.setattr(providers_manager.ProvidersManager, "_initialized", False)
    return providers_manager.ProvidersManager()


def hook_meta(security: ModuleType) -> httpx.Response:
    """What the endpoint that feeds the form answers to someone who may see connections."""
    from airflow.api_fastapi.core_api.routes.ui.connections import connections_router
    from airflow.api_fastapi.core_api.services.ui.connections import HookMetaService
    from fastapi import FastAPI

    app = FastAPI()
    app.include_router(connections_router)
    app.dependency_overrides[security.get_user] = lambda: SimpleNamespace(name="ann")

    async def ask() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://airflow") as client:
            return await client.get("/connections/hook_meta")

    HookMetaService.hook_meta_data.cache_clear()
    try:
        return asyncio.run(ask())
    finally:
        HookMetaService.hook_meta_data.cache_clear()


def test_the_form_is_told_the_type_and_its_fields(manager: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Airflow's own endpoint lists Cortex with every field, its label, its kind, and no value."""
    from airflow.api_fastapi.core_api import security

    allowed = SimpleNamespace(is_authorized_connection=lambda **_: True)
    monkeypatch.setattr(security, "get_auth_manager", lambda: allowed)
    answer = hook_meta(security)
    assert answer.status_code == 200
    [told] = [entry for entry in answer.json() if entry["connection_type"] == "cortex"]
    assert told["hook_name"] == "Cortex"
    standard = told["standard_fields"]
    assert standard["host"]["title"] == "API root"
    assert standard["host"]["placeholder"] == "http://host:9009/prometheus"
    assert standard["url_schema"]["hidden"]
    extra = told["extra_fields"]
    assert list(extra) == list(FIELDS)
    assert all(field["value"] is None and field["schema"]["title"] and field["description"] for field in extra.values())
    assert extra["token"]["schema"]["format"] == "password"
    assert extra["requests_per_second"]["schema"]["type"] == ["number", "null"]
    assert extra["in_flight"]["schema"]["type"] == ["integer", "null"]
    assert extra["secret_headers"]["schema"]["type"] == ["object", "null"]


def test_airflow_takes_the_hook_without_a_warning(manager: Any, caplog: pytest.LogCaptureFixture) -> None:
    """As at `airflow providers hooks`, where warnings are errors here: it is of its type and can be tested."""
    manager.initialize_providers_hooks()
    hook = manager._hooks_lazy_dict["cortex"]
    assert (hook.connection_type, hook.hook_name, hook.connection_testable) == ("cortex", "Cortex", True)
    assert hook.package_name == PROJECT["name"]
    assert not [record for record in caplog.records if record.levelname in {"WARNING", "ERROR"}]


def test_the_info_is_what_airflow_accepts() -> None:
    """Its schema, and the behaviour of fields under the names of the form."""
    from airflow._shared.providers_discovery import _create_provider_info_schema_validator

    info = get_provider_info()
    _create_provider_info_schema_validator().validate(info)
    assert info["package-name"] == PROJECT["name"]


def test_the_fields_are_the_ones_that_are_read() -> None:
    """No field of the form is without effect, and none is read that the form lacks."""
    from include.orchestration.connections import CortexExtras

    read = {"secret_headers" if name == "headers" else name for name in CortexExtras.__annotations__}
    assert set(FIELDS) == read


def test_airflow_shows_no_secret() -> None:
    """In its pages and its API: saved tokens and headers are stars there, and stay what they were when saved again."""
    from airflow._shared.secrets_masker import SecretsMasker
    from airflow._shared.secrets_masker.secrets_masker import DEFAULT_SENSITIVE_FIELDS

    masker = SecretsMasker()
    masker.sensitive_variables_fields = list(DEFAULT_SENSITIVE_FIELDS)
    saved = {"tenant": "trading", "token": "tok-1", "client_key": "/key.pem", "secret_headers": {"X-A": "key-1"}}
    shown: Any = masker.redact(saved)
    assert shown == {**saved, "token": "***", "secret_headers": {"X-A": "***"}}
    assert masker.merge(shown, saved) == saved


def test_no_secret_has_a_default() -> None:
    """Airflow masks it before the form has it, and the form saves the stars."""
    assert [name for name, field in FIELDS.items() if "default" in field["schema"]] == []


def test_reading_the_info_imports_nothing() -> None:
    """Each of Airflow's processes does it at its start."""
    module, function = ENTRY_POINTS["provider_info"].split(":")
    code = (
        f"import sys; before = set(sys.modules); from {module} import {function}; {function}()\n"
        "print({name.split('.')[0] for name in set(sys.modules) - before} - sys.stdlib_module_names)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "{'include'}"


def answer_of(monkeypatch: pytest.MonkeyPatch, **parts: Any) -> tuple[bool, str]:
    """What the Test button does: the connection goes as a URI into the environment, and the hook is asked."""
    from airflow.sdk import Connection

    from include.orchestration.hook import CortexHook

    connection = Connection(conn_id="cortex_tested", conn_type="cortex", **parts)
    monkeypatch.setenv("AIRFLOW_CONN_CORTEX_TESTED", connection.get_uri())
    return CortexHook("cortex_tested").test_connection()


def test_the_test_button_says_who_answers(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    """Address, tenant, and the source's clock; headers and a password of any characters come through the URI."""
    root = serve(ChangeableMarket(days=0.1), FIRST + timedelta(hours=1), tenant="trading")
    extra = json.dumps({"tenant": "trading", "secret_headers": {"X-Gateway-Key": "a://b?c=d&e"}, "ca_file": None})
    done, said = answer_of(monkeypatch, host=root, login="me", password="p:w@/x", extra=extra)
    assert done, said
    assert said.startswith("The bundled lab, simulated (seed ")
    assert f"at {root} answers tenant trading; its clock says 2026-03-01 01:00:00 UTC." in said


def test_the_test_button_says_what_is_wrong(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one sentence of the client or of the settings, and no traceback."""
    root = serve(ChangeableMarket(days=0.1), FIRST + timedelta(hours=1), tenant="trading")
    assert answer_of(monkeypatch, host=root)[0] is False
    assert "refused the login with 401" in answer_of(monkeypatch, host=root)[1]
    assert "must be the API root" in answer_of(monkeypatch, host=f"{root}/api/v1", extra='{"tenant": "trading"}')[1]
    assert answer_of(monkeypatch, host=root, extra='{"in_flight": 0}') == (
        False,
        "The extra in_flight of the connection cortex is 0, not a number above 0.",
    )
