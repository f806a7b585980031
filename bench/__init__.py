"""Benchmarks, run by hand and quoted in the docs; no test, for a busy machine is slow."""
