"""`python -m include.lab`: the lab for a supervisor, with the options of `cortex-signals lab`."""

import argparse
import sys

from include.errors import CortexSignalsError
from include.lab.command import add_arguments, run


def main() -> int:
    parser = argparse.ArgumentParser(prog="cortex-signals lab", description=__doc__)
    add_arguments(parser)
    try:
        run(parser.parse_args())
    except CortexSignalsError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
