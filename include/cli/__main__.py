"""`python -m include.cli` is `cortex-signals`."""

from include.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main())
