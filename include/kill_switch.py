"""A person turns signals off, and on again: from the next answered minute on, all of them are ABSTAIN."""

from __future__ import annotations

import logging

from include.errors import SettingsError
from include.pipeline import Pipeline
from include.warehouse.scoring import Switch, append_switch, switches

log = logging.getLogger(__name__)


def set_kill_switch(
    pipeline: Pipeline, is_on: bool, symbol: str | None, reason: str, set_by: str | None = None
) -> Switch:
    """Turn the signals of a symbol off or on again; runs as the role writer.

    A symbol's minutes are ABSTAIN while its own switch or that of all symbols is on. What is answered stays as it is.

    Parameters
    ----------
    symbol
        None: all of them.
    reason
        Why, kept beside it and said in every ABSTAIN.
    set_by
        The user of Airflow's web UI. None: the database login.

    Raises
    ------
    SettingsError
        The symbol is not in the settings, or no reason is given.
    """
    if symbol:
        pipeline.settings.symbol(symbol)
    if not reason.strip():
        raise SettingsError("The kill switch wants a reason: say why with --reason.")
    with pipeline.warehouse.transaction("writer") as connection:
        switch = append_switch(connection, symbol or None, is_on, reason.strip(), set_by)
    said = "on" if is_on else "off"
    log.warning("The kill switch of %s was turned %s by %s: %s", symbol or "all symbols", said, switch.set_by, reason)
    return switch


def kill_switch_state(pipeline: Pipeline) -> list[Switch]:
    """The newest act for all symbols, if there was one, then for each; empty: it was never used."""
    with pipeline.warehouse.transaction("reader") as connection:
        return switches(connection)
