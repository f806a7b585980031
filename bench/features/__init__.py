"""How fast minutes become features, as one live row and as arrays of a training: `python -m bench.features`."""
