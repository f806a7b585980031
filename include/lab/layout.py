"""How the lab's series are labelled, and how many there are of each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from include.errors import SettingsError
from include.lab.chance import draws
from include.lab.market import SYMBOL, Market, Minutes

REPLICAS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Layout:
    """The labels that tell series apart.

    Attributes
    ----------
    symbol
        Name of the market that the lab is given.
    label
        Name of the label that holds the symbol.
    exchanges
        Values of the label `exchange`: every series exists at each of them. Empty: there is no such label.
    replicas
        How many series of equal values there are of each, with `replica="a"`, `"b"`, …; 0: there is no such label.
    replica_gaps
        Share of the minutes, from 0 to 1, that each replica lacks in all its series; no minute is lacking in two.
    second_label_set
        Whether `SECOND_LABEL_SET` exists twice, with differing labels `instance`.

    Raises
    ------
    SettingsError
        The replicas would lack more than there is.
    """

    symbol: str = SYMBOL
    label: str = "symbol"
    exchanges: tuple[str, ...] = ()
    replicas: int = 0
    replica_gaps: float = 0.0
    second_label_set: bool = False

    def __post_init__(self) -> None:
        if self.replica_gaps and self.replicas < 2:
            raise SettingsError(
                f"--replica-gaps {self.replica_gaps:g} leaves minutes that no replica holds; add --replicas 2 or more."
            )
        if self.replica_gaps * self.replicas > 1:
            raise SettingsError(
                f"--replica-gaps {self.replica_gaps:g} of {self.replicas} replicas is more than there is; "
                f"choose at most {1 / self.replicas:.2f}."
            )


class AnotherExchange:
    """The same market at another exchange: prices some basis points off, from minute to minute a little, less volume."""

    def __init__(self, market: Market, exchange: str) -> None:
        self.kind, self.seed, self.file_sha256, self.first = market.kind, market.seed, market.file_sha256, market.first
        self.variant = market.variant
        self._market = market
        self._exchange = exchange
        premium, self._turnover = draws(np.array([0, 60]), "exchange", exchange)
        self._premium = 1e-3 * (premium - 0.5)

    def minutes(self, start: int, stop: int) -> Minutes:
        """The minutes that end in [start, stop); see `Market`."""
        there = self._market.minutes(start, stop)
        noise = 2e-4 * (draws(there.ts, "noise", self._exchange) - 0.5)
        return Minutes(
            there.ts,
            np.round(there.last_price * (1 + self._premium + noise), 2),
            np.round(there.volume_24h * (0.2 + 0.6 * self._turnover), 5),
        )
