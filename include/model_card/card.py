"""The pages: a model's card, and the index of the registered models."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from include.model_card import plots, scores, verdicts, words
from include.warehouse.connection import Connection
from include.warehouse.model_cards import MOST_LISTED, CardFacts, read_card, registered_models

Row = dict[str, Any]

NOTES = (
    "Touches inside a minute are unseen: the source has last prices only, so a stop or target counts as touched at a minute's "
    "last price and fills at the next minute's.",
    "Paper only: nothing here sends an order or gives advice.",
)


def model_card(connection: Connection, model_id: int, index: str | None = None) -> str:
    """The card of a registered model: one page of HTML without a script, that loads nothing from elsewhere.

    Parameters
    ----------
    connection
        One that may read the schema; a snapshot keeps what it reads together.
    index
        Address of the index of models, for a link back; None: the page stands alone.

    Raises
    ------
    UnknownModel
        No model has that number.
    """
    return _card(read_card(connection, model_id), index)


def models_page(connection: Connection, ids: Sequence[int] | None = None) -> str:
    """The index: the registered models, or those of the given numbers, each with a link `models/<number>` to its card."""
    found = registered_models(connection, ids)
    return _template("models.html").render(
        models=[_listed(one) for one in found],
        of_some=ids is not None,
        is_cut=len(found) == MOST_LISTED,
        most=MOST_LISTED,
    )


def sorry_page(sentence: str, index: str | None = None) -> str:
    """A page with one sentence that says what is wrong; with the index's address, a link to it."""
    return _template("sorry.html").render(sentence=sentence, index=index)


def _card(facts: CardFacts, index: str | None) -> str:
    model, run = facts.model, scores.training_run(facts.evaluations, facts.model)
    rights = verdicts.rights(model, facts.promotions)
    may_trade = rights[-1].answer == "Yes"
    return _template("card.html").render(
        model=model,
        cell=_cell(model),
        index=index,
        market=verdicts.MARKETS.get(facts.source_kind or ""),
        is_simulated=facts.source_kind == "simulated",
        question=verdicts.question(model),
        reigns=verdicts.reigns(facts.reigns),
        rights=rights,
        verdicts=verdicts.verdicts(facts.promotions),
        run=run and _of_run(run, may_trade=may_trade),
        provenance=_provenance(model),
        notes=NOTES,
    )


def _of_run(run: scores.Run, *, may_trade: bool) -> Row:
    return {
        "evaluated": scores.evaluated(run),
        "scores": scores.score_table(run),
        "legacy": scores.legacy_table(run),
        "money": scores.money_table(run),
        "has_trades": bool(run.pooled.get("trades")),
        "luck": scores.luck(run),
        "plots": [(plot, Markup(plot.svg)) for plot in plots.plots(run, may_trade=may_trade)],  # noqa: S704  # charts escape their text
        "confusion": plots.confusion(run),
    }


def _cell(model: Row) -> str:
    return f"{words.span(model['horizon_minutes'])} ±{words.threshold(model['threshold'])}"


def _provenance(model: Row) -> list[tuple[str, str]]:
    size = model["artifact_bytes"]
    parameters = ", ".join(f"{name} {_plain(value)}" for name, value in model["parameters"].items())
    return [
        ("Trained on", f"{words.instant(model['trained_from'])} to {words.instant(model['trained_to'])} UTC"),
        ("As of", f"{words.instant(model['as_of'])} UTC, the last market time used"),
        ("Registered", f"{words.instant(model['created_at'])} UTC"),
        ("Snapshot", model["snapshot_hash"]),
        (
            "Features",
            f"version {model['feature_version']}, {len(model['feature_columns'])} inputs, {model['feature_hash']}",
        ),
        ("Inputs", ", ".join(model["feature_columns"])),
        ("Code", model["code_revision"]),
        ("Parameters", parameters),
        ("Artifact", f"{model['artifact_format']}, {f'{words.count(size)} bytes' if size is not None else 'not kept'}"),
        ("Artifact's SHA-256", model["artifact_sha256"]),
    ]


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _listed(model: Row) -> Row:
    since = model["reigns_since"]
    reigned = "has reigned" if model["has_reigned"] else "never reigned"
    return {
        "model_id": model["model_id"],
        "candidate": model["candidate"],
        "is_baseline": model["is_baseline"],
        "symbol": model["symbol"],
        "cell": _cell(model),
        "reigns": f"reigns since {words.instant(since)}" if since else reigned,
        "skill": words.percent(model["log_loss_skill"], 2),
        "interval": words.interval(model["skill_low"], model["skill_high"], words.percent, 2),
        "events": f"{words.count(model['events'])} on {words.count(model['days'])} days"
        if model["events"] is not None
        else words.UNKNOWN,
        "registered": words.instant(model["created_at"]),
    }


@cache
def _template(name: str) -> Template:
    pages = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return pages.get_template(name)
