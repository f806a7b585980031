"""A task that trains, and its link in the web UI to the cards of the models that it gave.

Airflow takes links from an operator's class, and a decorated task's class is the decorator's: hence a decorator with a
class of its own. A plugin could add the link too, but to every decorated task of every DAG.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from airflow.providers.standard.operators.python import PythonOperator
from airflow.sdk import BaseOperatorLink
from airflow.sdk.bases.decorator import DecoratedOperator, task_decorator_factory

CARDS = "signals/models"  # relative to the web UI's base, which may be below a path


class ModelCards(BaseOperatorLink):
    """The link: read when the task has ended, from what it returned."""

    name = "Model cards"

    def get_link(self, operator: Any, *, ti_key: Any) -> str:
        from airflow.sdk.execution_time.xcom import XCom

        return address_of_cards(XCom.get_value(ti_key=ti_key, key="return_value"))


class TrainingOperator(DecoratedOperator, PythonOperator):
    """A decorated Python task with that link."""

    custom_operator_name = "@training_task"
    operator_extra_links = (ModelCards(),)
    template_fields = ("op_args", "op_kwargs")
    template_fields_renderers = {"op_args": "py", "op_kwargs": "py"}  # noqa: RUF012  # as its base classes have it

    def __init__(self, *, python_callable: Any, op_args: Any, op_kwargs: Any, **kwargs: Any) -> None:
        called = {"python_callable": python_callable, "op_args": op_args, "op_kwargs": op_kwargs}
        super().__init__(kwargs_to_upstream=called, **called, **kwargs)


def training_task(python_callable: Any = None, **kwargs: Any) -> Any:
    """`@task` for a function that returns models: a list of mappings with `model_id`."""
    return task_decorator_factory(python_callable=python_callable, decorated_operator_class=TrainingOperator, **kwargs)


def address_of_cards(returned: Any) -> str:
    """Where the cards of the returned models are, relative to the web UI's base; empty, so no link, without a model."""
    models = returned if isinstance(returned, list) else []
    ids = [str(one["model_id"]) for one in models if isinstance(one, Mapping) and one.get("model_id") is not None]
    if len(ids) == 1:
        return f"{CARDS}/{ids[0]}"
    return f"{CARDS}?ids={','.join(ids)}" if ids else ""
