"""Errors that a person or a scheduler acts on, one class per answer.

CortexSignalsError
├── SettingsError            correct the named setting
├── SourceError
│   ├── SourceUnreachable    try again later; the one source error that is retried
│   │   └── SourceTimedOut   the source took too long: ask for less, then try again
│   ├── SourceRefused        correct address, tenant, credentials or query
│   │   └── SourceLimit      more than the source allows in one request: ask for less
│   └── SourceEmpty          the source answers and holds nothing: check tenant, symbol, metric
├── WarehouseError
│   ├── WarehouseUnreachable try again later; retried
│   ├── WarehouseRefused     an administrator must grant something or choose another schema
│   └── SourceMismatch       the warehouse holds the minutes of another source
├── CheckFailed              look at the named section of docs/runbook.md
├── ProcessKilled            try again; retried
├── ChampionChanged          train again; retried
├── NotReady                 run the named command first (no schema, no history, no champion)
│   ├── UnknownModel         name a number that is registered
│   └── AddressUnknown       run it where the address is known
├── AskedWrongly             correct the named part of the question
├── LaunchError              starting or stopping the local processes failed

The message is one sentence: what happened, where, which setting, what to do. The command line prints
it without a traceback and exits with 1; a DAG's task turns red with it.
"""

from __future__ import annotations


class CortexSignalsError(Exception):
    """Base of all expected errors; its text is written for the person who must act."""

    @classmethod
    def of(cls, name: str, message: str) -> CortexSignalsError:
        """The error of that class name, as a process said it in JSON; the base class where the name is unknown."""
        found = globals().get(name)
        kind = found if isinstance(found, type) and issubclass(found, cls) else cls
        return kind(message)


class SettingsError(CortexSignalsError):
    """A setting is missing, unknown or out of range."""


class SourceError(CortexSignalsError):
    """The source of minutes did not give what was asked."""


class SourceUnreachable(SourceError):
    """No connection, a time-out, 429 or 5xx that stayed after the retries.

    `retry_after`: seconds that the source asked for; `is_dropped`: it took the request and closed without an answer.
    """

    retry_after: float | None = None
    is_dropped = False


class SourceTimedOut(SourceUnreachable):
    """The source took too long over one request."""


class SourceRefused(SourceError):
    """The source answered and will answer the same next time: 400, 401, 404, 422, or not its API; `status` is HTTP's."""

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


class SourceLimit(SourceRefused):
    """A request held more than the source allows; `about` says what of it to halve: minutes or metrics."""

    def __init__(self, message: str, status: int | None = None, about: str = "minutes") -> None:
        super().__init__(message, status)
        self.about = about


class SourceEmpty(SourceError):
    """The source answered 200 with nothing for a symbol's base metric."""


class WarehouseError(CortexSignalsError):
    """The warehouse did not do what was asked."""


class WarehouseUnreachable(WarehouseError):
    """No connection to the warehouse."""


class WarehouseRefused(WarehouseError):
    """The warehouse answered and lacks a right, or holds a schema that is not ours."""


class SourceMismatch(WarehouseError):
    """The warehouse already holds the minutes of another source."""


class ChampionChanged(CortexSignalsError):
    """A champion was appointed while a training compared its recipes with the one before, or while a minute was scored."""


class NotReady(CortexSignalsError):
    """An earlier stage of the way of the data has not run yet."""


class UnknownModel(NotReady):
    """No model of that number is registered."""


class CheckFailed(CortexSignalsError):
    """A check of the running pipeline is not ok; its row, and its alert, are written."""


class ProcessKilled(CortexSignalsError):
    """A long computation's process was ended from outside; nothing of it was written."""


class AddressUnknown(NotReady):
    """This process is not told the address of what it should work on, and another one is."""


class AskedWrongly(CortexSignalsError):
    """A question to the page names what is not there, or more than one answer holds."""


class LaunchError(CortexSignalsError):
    """A local process could not be started or stopped."""
