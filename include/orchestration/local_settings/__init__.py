"""A folder for the path of Airflow's processes: they import airflow_local_settings from it."""
