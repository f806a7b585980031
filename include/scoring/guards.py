"""What forbids an answer whatever the minute's inputs: a person, a failed check, or the model's age."""

from __future__ import annotations

from datetime import datetime, timedelta

from include.scoring.inputs import WhyNot
from include.settings import Cell
from include.warehouse.connection import Connection
from include.warehouse.models import Reign
from include.warehouse.scoring import FailedCheck, Switch, failed_checks, switches_on


class Halts:
    """The kill switches that are on and the blocking checks that have failed for a symbol, as of one instant."""

    def __init__(self, switches: list[Switch], failed: list[FailedCheck]) -> None:
        self._switches = switches
        self._failed = failed

    @classmethod
    def read(cls, connection: Connection, symbol: str) -> Halts:
        return cls(switches_on(connection, symbol), failed_checks(connection, symbol))

    def why_not(self, cell: Cell) -> WhyNot | None:
        """Why no model may answer a minute of the cell; None where one may."""
        if self._switches:
            switch = self._switches[0]
            said = f"the kill switch of {switch.symbol or 'all symbols'} is on since {switch.set_at:%Y-%m-%d %H:%M} UTC, set by"
            return WhyNot("kill_switch", f"{said} {switch.set_by}: {switch.reason}")
        for check in self._failed:
            if check.is_about(cell):
                said = f"the check {check.name} failed at {check.checked_at:%Y-%m-%d %H:%M} UTC and stops signals until it is run"
                how = f"again and does not, by `cortex-signals check {check.name}` or monitor_pipeline: {check.detail}"
                return WhyNot("failed_check", f"{said} {how} (docs/runbook.md#{check.runbook})")
        return None


def too_old(reign: Reign, ts: datetime, limit: timedelta) -> WhyNot | None:
    """That the model's training ends more than `limit` before the minute."""
    age = ts - reign.as_of
    if age <= limit:
        return None
    said = f"model {reign.model_id} was trained as of {reign.as_of:%Y-%m-%d %H:%M} UTC, {age / timedelta(days=1):.1f} days before;"
    rule = f"signals.max_model_age_days allows {limit / timedelta(days=1):g}: run `cortex-signals train`"
    return WhyNot("model_too_old", f"{said} {rule}")
