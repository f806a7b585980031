"""Whether a champion's signals may say BUY or SELL: an edge after costs that luck alone does not explain."""

from __future__ import annotations

from dataclasses import dataclass

from include.evaluation.overfitting import DeflatedSharpe
from include.evaluation.positions import Money, a_year
from include.evaluation.trading import Paper

MIN_TRADES = 30


@dataclass(frozen=True)
class TradeVerdict:
    """Whether it may trade, and why, in sentences with the numbers."""

    may_trade: bool
    reason: str


def judge_trading(paper: Paper | None, deflated: DeflatedSharpe | None, min_deflated_sharpe: float) -> TradeVerdict:
    """The verdict on a recipe's trades on paper.

    It takes 30 trades or more, a mean net return whose lower bound is above 0, and a deflated Sharpe ratio of
    `min_deflated_sharpe` or more.

    Parameters
    ----------
    paper
        None where no minute was decided.
    deflated
        Of the daily returns over all trials; None where they have no Sharpe ratio.
    """
    if paper is None:
        return TradeVerdict(
            may_trade=False, reason="No unseen minute was decided: the rule needs a fold to learn from before it."
        )
    found = paper.money
    if deflated is None:
        return TradeVerdict(may_trade=False, reason=_no_trade(found))
    needed = [
        f"{MIN_TRADES} trades" if found.trades < MIN_TRADES else None,
        "a lower bound above 0" if found.low is None or found.low <= 0 else None,
        f"a probability of {min_deflated_sharpe:g}" if deflated.probability < min_deflated_sharpe else None,
    ]
    lacking = [want for want in needed if want]
    numbers = _numbers(found, deflated)
    if lacking:
        return TradeVerdict(may_trade=False, reason=f"{numbers}; {_and(lacking)} {_is_or_are(lacking)} needed.")
    return TradeVerdict(may_trade=True, reason=f"{numbers}.")


def _no_trade(found: Money) -> str:
    if found.trades:
        return f"{_trades(found)} on unseen minutes brought the same on every day, which has no Sharpe ratio."
    return "On unseen minutes no trade was worth its costs, so nothing shows an edge."


def _numbers(found: Money, deflated: DeflatedSharpe) -> str:
    return (
        f"{_trades(found)} on unseen minutes brought {_spell(found)} each after costs. The Sharpe ratio is "
        f"{a_year(deflated.sharpe):.2f} a year, where luck alone reaches {a_year(deflated.expected_by_luck):.2f} in "
        f"{deflated.trials:,} {'trial' if deflated.trials == 1 else 'trials'}: with a probability of "
        f"{deflated.probability:.2f} it is more than luck"
    )


def _trades(found: Money) -> str:
    return f"{found.trades:,} {'trade' if found.trades == 1 else 'trades'}"


def _spell(found: Money) -> str:
    bounds = f"{found.low:+.1f} to {found.high:+.1f}" if found.low is not None else "unknown"
    return f"{found.mean_net_return_bps:+.1f} bp (95 %: {bounds})"


def _and(wants: list[str]) -> str:
    return " and ".join([", ".join(wants[:-1]), wants[-1]] if len(wants) > 1 else wants)


def _is_or_are(wants: list[str]) -> str:
    return "is" if len(wants) == 1 and not wants[0].endswith("trades") else "are"
