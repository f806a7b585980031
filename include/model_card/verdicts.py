"""Who the model is, when it reigned, what the gate said of it, and what it may do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from include.model_card.words import COVERED, basis_points, count, instant, interval, percent, span, threshold

Row = Mapping[str, Any]

KINDS = {
    "promoted": "Promoted: a new recipe reigns",
    "refreshed": "Refreshed: the reigning recipe, trained on newer data",
    "baseline": "Baseline: nothing passed the gate, so it scores; that is no promotion",
    "refused": "Refused by the gate",
    "surpassed": "Passed the gate; another has more skill",
    "too_few": "Too few events to be judged",
    "proposed": "Passed the gate; waits for a person's approval",
    "approved": "Approved by a person",
    "declined": "Declined by a person",
    "rolled_back": "Rolled back to: it reigns again",
}
MARKETS = {
    "simulated": "SIMULATED MARKET: prices are made up by the bundled lab, so these numbers say nothing of a real market.",
    "replay": "REPLAY: real candles, replayed.",
}


class Verdict(NamedTuple):
    """One decision about the model, in words; `trading` is empty where it said nothing of trading."""

    title: str
    decided: str
    effective_from: str
    reason: str
    margins: str
    trading: str


class Right(NamedTuple):
    """Something that the model may do or not, and why."""

    question: str
    answer: str
    why: str


def question(model: Row) -> list[tuple[str, str]]:
    """The three answers of the cell and what each means."""
    move, later = threshold(model["threshold"]), span(model["horizon_minutes"])
    return [
        ("UP", f"the price is more than {move} higher in {later}"),
        ("DOWN", f"the price is more than {move} lower in {later}"),
        ("SIDEWAYS", "neither of the two"),
    ]


def reigns(found: Sequence[Row]) -> str:
    """Since when it has been champion, or was until when."""
    if not found:
        return "It has never reigned."
    symbols = {one["symbol"] for one in found}
    spans = [_reign(one, named=len(symbols) > 1) for one in found]
    return f"Champion {', and '.join(spans)}."


def _reign(one: Row, *, named: bool) -> str:
    since, until = instant(one["effective_from"]), one["effective_to"]
    of = f"of {one['symbol']} " if named else ""
    return f"{of}since {since} UTC" if until is None else f"{of}from {since} until {instant(until)} UTC"


def verdicts(promotions: Sequence[Row]) -> list[Verdict]:
    """All decisions about the model, newest first."""
    return [
        Verdict(
            title=_title(one),
            decided=f"{instant(one['decided_at'])} UTC by {one['decided_by']}",
            effective_from=instant(one["effective_from"]) if one["is_accepted"] else "",
            reason=one["reason"],
            margins=_margins(one),
            trading=one.get("trade_reason") or "",
        )
        for one in reversed(promotions)
    ]


def _title(promotion: Row) -> str:
    return KINDS.get(promotion.get("kind") or "", "Accepted" if promotion["is_accepted"] else "Refused")


def _margins(promotion: Row) -> str:
    over = (
        ("the volatility baseline", "skill_margin", "margin"),
        (promotion.get("reigning"), "reigning_margin", "reigning"),
    )
    told = []
    for whom, margin, ends in over:
        if whom and promotion.get(margin) is not None:
            bounds = interval(promotion.get(f"{ends}_low"), promotion.get(f"{ends}_high"), percent, 2)
            told.append(f"Skill over {whom}: {percent(promotion[margin], 2)} ({COVERED}: {bounds}).")
    return " ".join(told)


def rights(model: Row, promotions: Sequence[Row]) -> list[Right]:
    """Whether it may score and whether it may trade: two questions with two answers."""
    return [_may_score(promotions), _may_trade(model["decision"], promotions)]


def _may_score(promotions: Sequence[Row]) -> Right:
    accepted = [one for one in promotions if one["is_accepted"]]
    if accepted:
        return Right("May it score?", "Yes", f"{_title(accepted[-1])}.")
    why = f"{_title(promotions[-1])}." if promotions else "No verdict on it is stored here."
    return Right("May it score?", "No", why)


def _may_trade(decision: Row, promotions: Sequence[Row]) -> Right:
    told = [one for one in promotions if one.get("may_trade") is not None]
    if told:
        return Right("May it trade?", "Yes" if told[-1]["may_trade"] else "No", told[-1].get("trade_reason") or "")
    may = bool(decision.get("may_trade"))
    return Right("May it trade?", "Yes" if may else "No", _paper_trades(decision.get("paper_trades") or {}, may=may))


def _paper_trades(trades: Row, *, may: bool) -> str:
    if not trades.get("trades"):
        return "No trade was made on paper: no minute had an expected edge after costs."
    mean = basis_points(trades.get("mean_net_return_bps"))
    ends = interval(trades.get("low"), trades.get("high"), basis_points)
    shown = "show" if may else "do not show"
    made = f"{count(trades['trades'])} trades on paper"
    return f"{made} {shown} an edge after costs: {mean} net each ({COVERED}: {ends})."
