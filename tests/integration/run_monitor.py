"""A process of its own that runs monitor_pipeline once by Airflow's task runner; prints the tasks' states as JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from airflow.dag_processing.dagbag import DagBag

DAG_FILE = Path(__file__).resolve().parents[2] / "dags" / "monitor_pipeline.py"

run = DagBag(str(DAG_FILE)).dags["monitor_pipeline"].test()
states = {ti.task_id: str(ti.state) for ti in run.get_task_instances()}
sys.stdout.write(f"\n{json.dumps({'run': str(run.state), **states})}\n")
