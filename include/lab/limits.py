"""How much one query may ask, refused with the statuses and in the words of Cortex."""

from __future__ import annotations

from dataclasses import dataclass

from include.lab.answers import BadData, ConnectionDropped, ExecutionFailed, TimedOut


@dataclass(frozen=True)
class Limits:
    """Limits of one query; None: no limit.

    Attributes
    ----------
    max_points
        Steps of a range query.
    max_query_length
        Seconds from the start to the end of a range query, and of a range selector.
    max_series
        Series that a selector may match.
    max_samples
        Points of an answer, of all its series.
    max_query_lookback
        Seconds before the lab's now that may be looked at: a range query that ends earlier loses its connection, one
        that starts earlier is cut there, so that its grid begins at that very millisecond; an instant query sees no
        older sample.
    query_timeout_points
        Points of an answer, of all its series, beyond which the query takes too long.
    """

    max_points: int = 11_000
    max_query_length: float | None = None
    max_series: int | None = None
    max_samples: int | None = None
    max_query_lookback: float | None = None
    query_timeout_points: int | None = None

    def check_resolution(self, start_ms: int, end_ms: int, step_ms: int) -> None:
        if (end_ms - start_ms) // step_ms > self.max_points:
            raise BadData(
                f"exceeded maximum resolution of {self.max_points:,} points per timeseries. "
                "Try decreasing the query resolution (?step=XX)"
            )

    def cut(self, start_ms: int, end_ms: int, now: float) -> int:
        """Where a range query that asks from `start_ms` on begins, epoch milliseconds; `now` is epoch seconds."""
        oldest = self.oldest(now)
        if oldest is None:
            return start_ms
        if end_ms < 1000 * oldest:
            raise ConnectionDropped("the range is wholly older than max_query_lookback")
        return max(start_ms, round(1000 * oldest))

    def oldest(self, now: float) -> float | None:
        """The oldest instant that may be looked at, epoch seconds; None: there is none."""
        return None if self.max_query_lookback is None else now - self.max_query_lookback

    def check_length(self, start_ms: int, end_ms: int) -> None:
        if self._is_too_long(end_ms - start_ms):
            raise BadData(self._too_long(end_ms - start_ms))

    def check_range_selector(self, range_ms: int) -> None:
        """Of an instant query; only its execution meets the limit."""
        if self._is_too_long(range_ms):
            raise ExecutionFailed(f"expanding series: {self._too_long(range_ms)}")

    def check_series(self, count: int) -> None:
        if self.max_series is not None and count > self.max_series:
            raise ExecutionFailed(
                f"expanding series: exceeded series limit: limit {self.max_series} violated (got {count})"
            )

    def check_answer(self, points: int) -> None:
        if self.max_samples is not None and points > self.max_samples:
            raise ExecutionFailed("query processing would load too many samples into memory in query execution")
        if self.query_timeout_points is not None and points > self.query_timeout_points:
            raise TimedOut

    def _is_too_long(self, length_ms: int) -> bool:
        return self.max_query_length is not None and length_ms > 1000 * self.max_query_length

    def _too_long(self, length_ms: int) -> str:
        limit_ms = round(1000 * (self.max_query_length or 0))
        return (
            f"the query time range exceeds the limit (query length: {go_duration(length_ms)}, "
            f"limit: {go_duration(limit_ms)})"
        )


def go_duration(milliseconds: int) -> str:
    """As Go writes it: `168h0m0s`, `1m30s`, `1.5s`."""
    minutes, rest = divmod(milliseconds, 60_000)
    seconds = f"{rest / 1000:g}s"
    if not minutes:
        return seconds
    hours, minutes = divmod(minutes, 60)
    return f"{hours}h{minutes}m{seconds}" if hours else f"{minutes}m{seconds}"
