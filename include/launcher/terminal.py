"""What a person sees while things start: live bars on a terminal, plain lines elsewhere."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

PLAIN_LINE_SECONDS = 10


class Step:
    """One thing that is being done; `note` and `advance` say how far it is."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.started = time.monotonic()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.started

    def note(self, detail: str) -> None:
        """Shows `detail` behind the text of the step."""

    def advance(self, done: int, total: int, unit: str) -> None:
        """Shows how much of `total` is done, how fast, and how long the rest will take."""
        self.note(how_far(done, total, unit, self.seconds))


def how_far(done: int, total: int, unit: str, seconds: float) -> str:
    """Such as "12,000 of 60,000 minutes, 3,000 a second, 16 s left"."""
    counted = f"{done:,} of {total:,} {unit}"
    if done <= 0 or seconds <= 0:
        return counted
    rate = done / seconds
    return f"{counted}, {rate:,.0f} a second, {how_long(max(total - done, 0) / rate)} left"


def how_long(seconds: float) -> str:
    """Such as "45 s" or "3 min 20 s"."""
    whole = round(seconds)
    return f"{whole} s" if whole < 60 else f"{whole // 60} min {whole % 60} s"


class LiveStep(Step):
    """A line of a live display."""

    def __init__(self, text: str, progress: Progress, task: TaskID) -> None:
        super().__init__(text)
        self._progress, self._task = progress, task

    def note(self, detail: str) -> None:
        self._progress.update(self._task, detail=detail)

    def advance(self, done: int, total: int, unit: str) -> None:
        self._progress.update(self._task, completed=min(done, total), total=total)
        super().advance(done, total, unit)


class PlainStep(Step):
    """A line now and then."""

    def __init__(self, text: str, console: Console) -> None:
        super().__init__(text)
        self._console = console
        self._last_line = self.started

    def note(self, detail: str) -> None:
        if time.monotonic() - self._last_line >= PLAIN_LINE_SECONDS:
            self._last_line = time.monotonic()
            self._console.print(f"  {self.text}: {detail} ({how_long(self.seconds)})")


class BarWhereKnown(BarColumn):
    """A bar only for a step of which the total is known."""

    def render(self, task):  # type: ignore[no-untyped-def]
        return super().render(task) if task.total else ""


class Terminal:
    """Where the launcher speaks."""

    def __init__(self, console: Console | None = None) -> None:
        self.console = console or Console(highlight=False, markup=False, emoji=False, soft_wrap=True)

    def say(self, text: str = "") -> None:
        self.console.print(text)

    @contextmanager
    def step(self, text: str) -> Iterator[Step]:
        """Shows `text` while the block runs, and how long it took after it ended well."""
        step: Step
        if self.console.is_terminal:
            with Progress(*_columns(), console=self.console, transient=True) as progress:
                step = LiveStep(text, progress, progress.add_task(text, total=None, detail=""))
                yield step
        else:
            step = PlainStep(text, self.console)
            self.say(f"{text} …")
            yield step
        self.say(f"{text}: {how_long(step.seconds)}")


def _columns() -> list[ProgressColumn]:
    return [
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarWhereKnown(bar_width=24),
        TextColumn("{task.fields[detail]}"),
        TimeElapsedColumn(),
    ]
