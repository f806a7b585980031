"""How fast minutes get from a real Prometheus into PostgreSQL: `python -m bench.ingest`."""
