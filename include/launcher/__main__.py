"""``python -m include.launcher up|down|clean|airflow|status``: what the Makefile calls."""

from __future__ import annotations

import argparse
import sys
import time
import traceback

from include.errors import CortexSignalsError
from include.launcher.airflow import become_airflow
from include.launcher.clean import clean
from include.launcher.home import Home
from include.launcher.stack import stop_everything
from include.launcher.supervision import Supervisor
from include.launcher.terminal import Terminal, how_long
from include.launcher.up import UpOptions, up
from include.settings import Environment, load_settings, read_environment

INTERRUPTED = "Interrupted; what was started goes on. `make up` continues, `make down` stops it."


def main(arguments: list[str] | None = None) -> int:
    """Runs one command; 0 done, 1 failed with one sentence on stderr, 2 bad usage."""
    given = _parser().parse_args(arguments)
    debug = given.debug
    try:
        environment = read_environment()
        debug = debug or environment.debug
        _run(given, environment, Terminal())
    except (CortexSignalsError, OSError, KeyboardInterrupt) as error:
        if debug:
            traceback.print_exc()
        sys.stderr.write(f"{_sentence(error)}\n")
        return 1
    return 0


def _sentence(error: BaseException) -> str:
    if isinstance(error, KeyboardInterrupt):
        return INTERRUPTED
    # A full disk and the like: nothing of ours knows more about it; --debug shows where it was.
    return f"The system refused something: {error}." if isinstance(error, OSError) else str(error)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m include.launcher", description=__doc__)
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--debug", action="store_true", help="show the traceback of an error")
    commands = parser.add_subparsers(dest="command", required=True)
    start = commands.add_parser("up", parents=[common], help="start everything, load, train, write signals")
    start.add_argument("--port", type=_port, help="of the web page (default: 8080 or the next free one)")
    start.add_argument(
        "--allow-simulated", action="store_true", help="let the simulated market write into WAREHOUSE_DSN"
    )
    commands.add_parser("down", parents=[common], help="stop every process that up started")
    remove = commands.add_parser("clean", parents=[common], help="stop, then remove data and environment")
    remove.add_argument("--yes", action="store_true", help="do not ask")
    inside = commands.add_parser("airflow", parents=[common], help="Airflow's own command line, of what up started")
    inside.add_argument("arguments", nargs=argparse.REMAINDER, help="as rotate-fernet-key")
    commands.add_parser("status", parents=[common], help="which processes run")
    return parser


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65_536:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port number from 1 to 65535")
    return int(text)


def _run(given: argparse.Namespace, environment: Environment, terminal: Terminal) -> None:
    home = Home(environment.home)
    if given.command == "up":
        options = UpOptions(given.port or environment.web_port, given.allow_simulated or environment.allow_simulated)
        started = time.monotonic()
        up(home, environment, load_settings(environment.settings_file), options, terminal)
        terminal.say(f"Ready after {how_long(time.monotonic() - started)}.")
    elif given.command == "down":
        down(home, terminal)
    elif given.command == "clean":
        clean(home, terminal, asked=given.yes)
    elif given.command == "airflow":
        become_airflow(home, given.arguments)
    else:
        status(home, terminal)


def down(home: Home, terminal: Terminal) -> None:
    """Stops everything and says how much that was."""
    if not home.folder.exists():
        terminal.say("Nothing runs.")
        return
    home.prepare()
    with home.locked(), terminal.step("Stopping"):
        ended = stop_everything(home)
    terminal.say(f"{ended} processes were ended." if ended else "Nothing ran.")


def status(home: Home, terminal: Terminal) -> None:
    """The state of each supervised program."""
    states = Supervisor(home).states() if home.folder.exists() else {}
    for name, state in states.items():
        terminal.say(f"{name:15}{state.lower()}")
    if not states:
        terminal.say("Nothing runs; `make up` starts it.")


if __name__ == "__main__":
    sys.exit(main())
