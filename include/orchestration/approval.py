"""The question of `train_candidates` to a person: shall this model reign?"""

from __future__ import annotations

from airflow.providers.standard.operators.hitl import HITLOperator
from airflow.sdk import Param

from include.orchestration.training import ANSWER_WITHIN, DECLINE, LATER, PROMOTE


def ask_a_person(subject: str, body: str) -> HITLOperator:
    """The task `ask`: it waits under Required Actions, and leaves the proposal open where nobody answers in time."""
    return HITLOperator(
        task_id="ask",
        subject=subject,
        body=body,
        options=[PROMOTE, DECLINE, LATER],
        defaults=LATER,
        response_timeout=ANSWER_WITHIN,
        params={
            "reason": Param(
                default="", type=["null", "string"], title="reason", description="kept in the table promotions"
            )
        },
    )
