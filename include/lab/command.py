"""The command `cortex-signals lab`: the bundled source by itself."""

from __future__ import annotations

import argparse
import contextlib
import signal
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from include.errors import SettingsError
from include.lab.clock import LabClock
from include.lab.market import EDGE, MARKETS, MINUTE, EdgeMarket, Market
from include.lab.options import add_switches, faults_of, instant, layout_of, limits_of, whole
from include.lab.replay import ReplayMarket
from include.settings import load_settings

DEFAULT_PORT = 9009


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the lab."""
    parser.add_argument(
        "--port",
        type=whole("a port", 0, 65_535),
        default=DEFAULT_PORT,
        metavar="P",
        help="0: any free one (default %(default)s)",
    )
    parser.add_argument(
        "--listen", default="127.0.0.1", metavar="ADDRESS", help="default: 127.0.0.1, this machine alone"
    )
    parser.add_argument(
        "--tenant", metavar="T", help="the X-Scope-OrgID that requests must carry (default: none needed)"
    )
    parser.add_argument(
        "--replay",
        type=Path,
        metavar="FILE",
        help="one-minute candles: Parquet (open_time, close, volume), or Binance's klines as CSV, as a zip of one, or as "
        "a folder of these (default: a simulated market)",
    )
    parser.add_argument(
        "--from",
        dest="since",
        type=instant,
        metavar="T",
        help="hide the history before this instant, ISO, UTC if no zone is given",
    )
    parser.add_argument(
        "--now", type=instant, metavar="T", help="begin lab time at this instant (default: the wall clock)"
    )
    parser.add_argument(
        "--begun", type=instant, metavar="T", help="the wall clock's time at --now (default: the start of the lab)"
    )
    parser.add_argument(
        "--speed", type=_speed, default=1.0, metavar="X", help="lab seconds per second; 0 stands still (default 1)"
    )
    parser.add_argument(
        "--seed",
        type=whole("a seed", 0, 2**63 - 1),
        metavar="S",
        help="seed of the simulated market (default: lab.seed of the settings)",
    )
    parser.add_argument(
        "--market",
        choices=MARKETS,
        help="which market is simulated: usual; noise, of which nothing can be predicted; edge, the usual one with a "
        "direction that can be learned (default: lab.market of the settings)",
    )
    parser.add_argument(
        "--edge",
        type=_strength,
        metavar="X",
        help=f"strength of --market edge, in volatilities of a minute; below 0 it reverses (default {EDGE:g})",
    )
    add_switches(parser)


def run(args: argparse.Namespace) -> None:
    """Serves until SIGTERM or Ctrl-C.

    Raises
    ------
    SettingsError
        The file is not usable, lab time begins before the market or before `--from`, or switches contradict each other.
    LaunchError
        The port is in use.
    """
    from include.lab.server import serve  # a web server, which no other command needs

    # uvicorn ends its requests first and then hands the signal on
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(0))
    with contextlib.suppress(KeyboardInterrupt):
        layout = layout_of(args)
        market, *further = _markets(args)
        clock = LabClock(args.now, args.speed, args.begun)
        _check(market, clock.now(), args.since)
        for one in (market, *further):
            _prepare(one, clock.now())
        serve(
            market,
            clock,
            port=args.port,
            host=args.listen,
            tenant=args.tenant,
            since=args.since,
            layout=layout,
            faults=faults_of(args),
            limits=limits_of(args),
            further=dict(zip(args.symbols[1:], further, strict=True)),
            announce=lambda address: _announce(market, args.symbols, clock, address),
        )


def _markets(args: argparse.Namespace) -> list[Market]:
    """One for each symbol."""
    return _replayed(args) if args.replay else _simulated(args)


def _simulated(args: argparse.Namespace) -> list[Market]:
    settings = load_settings()
    seed = settings.lab_seed if args.seed is None else args.seed
    name = args.market or settings.lab_market
    if args.edge is None:
        return [MARKETS[name](seed, symbol) for symbol in args.symbols]
    if name != "edge":
        raise SettingsError(
            f"--edge {args.edge:g} is the strength of the market edge and this one is {name}; add --market edge."
        )
    return [EdgeMarket(seed, symbol, args.edge) for symbol in args.symbols]


def _replayed(args: argparse.Namespace) -> list[Market]:
    if args.market or args.edge is not None:
        raise SettingsError(
            "--replay publishes recorded candles, and --market and --edge choose a simulated one; leave out either."
        )
    if len(args.symbols) > 1:
        raise SettingsError(
            f"--replay holds the candles of one symbol and --symbols names {len(args.symbols)}; name one of them."
        )
    return [ReplayMarket(args.replay)]


def _check(market: Market, now: float, since: float | None) -> None:
    if now < market.first:
        raise SettingsError(
            f"The lab's market begins at {_utc(market.first)} and --now is {_utc(now)}; choose a later --now."
        )
    if since is not None and since > now:
        raise SettingsError(f"--from is {_utc(since)}, after the lab's now, {_utc(now)}; choose an earlier --from.")


def _prepare(market: Market, now: float) -> None:
    """Simulates up to now, so that the first answer does not wait for it."""
    market.minutes(int(now) - MINUTE, int(now))


def _announce(market: Market, symbols: Sequence[str], clock: LabClock, address: str) -> None:
    names = ", ".join(symbols)
    variant = f"{market.variant}, " if market.variant else ""
    simulated = f"SIMULATED {names}, {variant}seed {market.seed}"
    what = simulated if market.kind == "simulated" else f"a replay of {names} candles"
    sys.stdout.write(f"The lab serves {what}, at {address} (lab time {_utc(clock.now())}).\n")
    sys.stdout.flush()


def _utc(seconds: float) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M:%S} UTC"


def _strength(text: str) -> float:
    try:
        strength = float(text)
    except ValueError:
        strength = float("nan")
    if not abs(strength) <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a strength from -1 to 1")
    return strength


def _speed(text: str) -> float:
    try:
        speed = float(text)
    except ValueError:
        speed = -1.0
    if not 0 <= speed < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is not a speed of 0 or more")
    return speed
