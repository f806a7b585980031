"""The bundled source: a small server that speaks Cortex's query API over a simulated market or a file of candles."""
