"""Prometheus metrics of signals and pipeline; scrape.yaml and rules.yaml bring them back into Cortex."""
