"""The local processes of one checkout: PostgreSQL, the source and Airflow, started, supervised and ended.

home → plan → stack → first_run: where things lie, what is to run, running and healthy, and on to the first signals.
"""
