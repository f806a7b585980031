"""A step of upkeep as a task: skipped where it is not asked for, or is done elsewhere."""

from __future__ import annotations

from typing import Any

from airflow.sdk.exceptions import AirflowSkipException

from include.errors import AddressUnknown
from include.maintain import maintain as do_step
from include.orchestration.connections import pipeline


def maintain(name: str) -> dict[str, Any]:
    """Do the step of that name; its counts.

    Raises
    ------
    AirflowSkipException
        The settings do not ask for it, or this process does not know what it works on.
    """
    try:
        done = do_step(pipeline(), name)
    except AddressUnknown as error:
        raise AirflowSkipException(str(error)) from error
    if done.skipped:
        raise AirflowSkipException(done.skipped)
    return dict(done.counts)
