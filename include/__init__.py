"""Minute metrics from Cortex become signals in PostgreSQL: the plain functions behind every DAG and command."""
