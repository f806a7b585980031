"""A process of its own that writes runs of the past into a migrated metadata database, by Airflow's own classes.

Of every DAG of the folder a run of each age in days that is given, with all its tasks, a second try, an XCom, an asset
event that a later run consumed, a line of the audit log and a process' heartbeat.
"""

from __future__ import annotations

import sys
from datetime import timedelta
from typing import Any

from airflow._shared.timezones import timezone
from airflow.jobs.job import Job
from airflow.models.asset import AssetEvent, AssetModel
from airflow.models.dag import DagModel
from airflow.models.log import Log
from airflow.models.serialized_dag import SerializedDagModel
from airflow.models.taskinstancehistory import TaskInstanceHistory
from airflow.models.xcom import XComModel
from airflow.timetables.base import DataInterval
from airflow.utils.session import create_session
from airflow.utils.state import DagRunState, TaskInstanceState
from airflow.utils.types import DagRunTriggeredByType, DagRunType
from sqlalchemy import select, text

NOW = timezone.utcnow()


def write_run(session: Any, dag_id: str, age: int) -> None:
    at = NOW - timedelta(days=age)
    dag = SerializedDagModel.get(dag_id, session=session).dag
    kind = DagRunType.MANUAL if dag_id == "backfill_metrics" else DagRunType.SCHEDULED
    run = dag.create_dagrun(
        run_id=f"{kind.value}__{at.isoformat()}",
        logical_date=at,
        data_interval=DataInterval(at, at),
        run_after=at,
        run_type=kind,
        triggered_by=DagRunTriggeredByType.TEST,
        state=DagRunState.SUCCESS,
        conf={"from": "2026-01-01T00:00Z"} if dag_id == "backfill_metrics" else None,
        start_date=at,
        session=session,
    )
    run.start_date = run.end_date = at
    for ti in run.get_task_instances(session=session):
        ti.state, ti.start_date, ti.end_date = TaskInstanceState.SUCCESS, at, at
        TaskInstanceHistory.record_ti(ti, session=session)
    session.flush()
    first = run.get_task_instances(session=session)[0]
    XComModel.set(
        key="return_value", value={"rows": 1}, dag_id=dag_id, task_id=first.task_id, run_id=run.run_id, session=session
    )
    asset = session.scalars(select(AssetModel)).first()
    if asset is not None:
        event = AssetEvent(
            asset_id=asset.id, source_dag_id=dag_id, source_run_id=run.run_id, source_task_id=first.task_id
        )
        event.timestamp, event.source_map_index = at, -1
        run.consumed_asset_events.append(event)
    session.add(Log(event="success", dag_id=dag_id))
    session.flush()
    session.execute(text("UPDATE log SET dttm = :at WHERE dttm > :now"), {"at": at, "now": NOW})
    job = Job(state="success", latest_heartbeat=at)
    job.job_type, job.start_date = "SchedulerJob", at
    session.add(job)


def main(ages: list[int]) -> None:
    with create_session() as session:
        dag_ids = sorted(session.scalars(select(DagModel.dag_id)))
    for dag_id in dag_ids:
        for age in ages:
            with create_session() as session:
                write_run(session, dag_id, age)
    with create_session() as session:
        session.execute(text("UPDATE xcom SET timestamp = r.start_date FROM dag_run AS r WHERE r.id = xcom.dag_run_id"))


if __name__ == "__main__":
    main([int(age) for age in sys.argv[1:]])
