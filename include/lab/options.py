"""The switches of `cortex-signals lab` that make its source a demanding one."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from datetime import UTC, datetime

from include.lab.faults import Faults, Span
from include.lab.layout import REPLICAS, Layout
from include.lab.limits import Limits
from include.lab.market import SYMBOL
from include.lab.promql import parse_duration_ms

OTHER_LABELS = ("__name__", "exchange", "instance", "market", "replica")


def add_switches(parser: argparse.ArgumentParser) -> None:
    """The switches, in groups."""
    _add_layout(parser.add_argument_group("series"))
    _add_faults(parser.add_argument_group("faults of the samples"))
    _add_limits(parser.add_argument_group("limits of a query"))
    _add_errors(parser.add_argument_group("errors"))


def layout_of(args: argparse.Namespace) -> Layout:
    """How the series are labelled; raises SettingsError where the replicas would lack more than there is."""
    return Layout(
        symbol=args.symbols[0],
        label=args.label,
        exchanges=args.exchanges,
        replicas=args.replicas,
        replica_gaps=args.replica_gaps,
        second_label_set=args.second_label_set,
    )


def faults_of(args: argparse.Namespace) -> Faults:
    return Faults(
        seed=args.fault_seed,
        gaps=args.gaps,
        outages=tuple(args.outage),
        late=args.late,
        late_by=args.late_by,
        ruler_delay=args.ruler_delay,
        rules_since=args.rules_since,
        rules_outages=tuple(args.rules_outage),
        bad_values=args.bad_values,
        error_share=args.error_share,
        error_statuses=tuple(args.error_status or Faults.error_statuses),
    )


def limits_of(args: argparse.Namespace) -> Limits:
    return Limits(
        max_points=args.max_points,
        max_query_length=args.max_query_length,
        max_series=args.max_series,
        max_samples=args.max_samples,
        max_query_lookback=args.max_query_lookback,
        query_timeout_points=args.query_timeout_points,
    )


def _add_layout(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--symbols", type=_names, default=(SYMBOL,), metavar="A,B", help=f"a market for each (default {SYMBOL})"
    )
    group.add_argument(
        "--label", type=_label, default="symbol", metavar="NAME", help="the label of the symbol (default %(default)s)"
    )
    group.add_argument(
        "--exchanges", type=_names, default=(), metavar="A,B", help="each series at each, with the label exchange"
    )
    group.add_argument(
        "--replicas",
        type=whole("a number of replicas", 0, len(REPLICAS)),
        default=0,
        metavar="N",
        help='each series so many times, with the labels replica="a", "b", …',
    )
    group.add_argument(
        "--replica-gaps",
        type=_share,
        default=0.0,
        metavar="SHARE",
        help="share of the minutes that each replica lacks; no minute is lacking in two",
    )
    group.add_argument(
        "--second-label-set",
        action="store_true",
        help="job:crypto_volume:avg5m exists twice, with differing labels instance",
    )


def _add_faults(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--gaps", type=_share, default=0.0, metavar="SHARE", help="share of minutes lost at the source")
    group.add_argument(
        "--outage",
        type=_span,
        action="append",
        default=[],
        metavar="FROM/TO",
        help="no sample of any metric at the minute ends in [FROM, TO); repeatable",
    )
    group.add_argument("--late", type=_share, default=0.0, metavar="SHARE", help="share of base samples that come late")
    group.add_argument(
        "--late-by",
        type=_seconds,
        default=90.0,
        metavar="SECONDS",
        help="how long after their minute's end, lab time (default 90)",
    )
    group.add_argument(
        "--ruler-delay",
        type=_seconds,
        default=0.0,
        metavar="SECONDS",
        help="how long after a minute's end the recording rules' samples are there",
    )
    group.add_argument("--rules-since", type=instant, metavar="T", help="the recording rules have no sample before T")
    group.add_argument(
        "--rules-outage",
        type=_span,
        action="append",
        default=[],
        metavar="FROM/TO",
        help="no sample of a recording rule at the minute ends in [FROM, TO); repeatable",
    )
    group.add_argument(
        "--bad-values",
        type=_share,
        default=0.0,
        metavar="SHARE",
        help="share of base samples that are NaN, +Inf, -Inf, negative or tenfold",
    )
    group.add_argument(
        "--fault-seed",
        type=whole("a seed", 0, 2**63 - 1),
        default=0,
        metavar="S",
        help="seed of all faults (default %(default)s)",
    )


def _add_limits(group: argparse._ArgumentGroup) -> None:
    count = whole("a number", 1, 2**53)
    group.add_argument(
        "--max-points",
        type=count,
        default=Limits.max_points,
        metavar="N",
        help="steps of a range query, else 400 (default %(default)s)",
    )
    group.add_argument(
        "--max-query-length", type=_duration, metavar="DURATION", help="length of a range query, else 400"
    )
    group.add_argument("--max-series", type=count, metavar="N", help="series of a query, else 422")
    group.add_argument("--max-samples", type=count, metavar="N", help="points of an answer, else 422")
    group.add_argument(
        "--max-query-lookback",
        type=_duration,
        metavar="DURATION",
        help="an older range query loses its connection; one that begins earlier is cut, off the minute",
    )
    group.add_argument(
        "--query-timeout-points", type=count, metavar="N", help="points of an answer beyond which it is a 503"
    )


def _add_errors(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--error-share", type=_share, default=0.0, metavar="SHARE", help="share of the requests that fail"
    )
    group.add_argument(
        "--error-status",
        type=int,
        action="append",
        choices=(429, 500, 503),
        help="how they fail; repeatable: drawn from these (default 503)",
    )


def instant(text: str) -> float:
    """Epoch seconds of an ISO instant; UTC where it names no zone."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no ISO instant such as 2025-10-01T12:00") from error
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()


def whole(what: str, least: int, most: int) -> Callable[[str], int]:
    """Reads a whole number within those bounds, both included."""

    def read(text: str) -> int:
        if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"{text!r} is not {what} from {least} to {most}")
        return int(text)

    return read


def _share(text: str) -> float:
    share = _number(text)
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a share from 0 to 1")
    return share


def _seconds(text: str) -> float:
    seconds = _number(text)
    if not 0 <= seconds <= 1e9:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds of 0 or more")
    return seconds


def _number(text: str) -> float:
    """NaN where it is none."""
    try:
        return float(text)
    except ValueError:
        return float("nan")


def _duration(text: str) -> float:
    """Seconds of a duration such as `24h`."""
    milliseconds = parse_duration_ms(text)
    if not milliseconds:
        raise argparse.ArgumentTypeError(f"{text!r} is no duration such as 24h or 30d")
    return milliseconds / 1000


def _span(text: str) -> Span:
    start, slash, stop = text.partition("/")
    span = Span(instant(start), instant(stop)) if slash else None
    if span is None or span.start >= span.stop:
        raise argparse.ArgumentTypeError(f"{text!r} is no range FROM/TO of two ISO instants, the later one last")
    return span


def _names(text: str) -> tuple[str, ...]:
    names = tuple(text.split(","))
    if len(set(names)) < len(names) or not all(re.fullmatch(r"[^\s,]+", name) for name in names):
        raise argparse.ArgumentTypeError(f"{text!r} is no list of different names such as A,B")
    return names


def _label(text: str) -> str:
    if not re.fullmatch("[a-zA-Z_][a-zA-Z0-9_]*", text) or text in OTHER_LABELS:
        raise argparse.ArgumentTypeError(f"{text!r} is no name of a label, or that of another one")
    return text
