"""The days on which a paper holds, as people read them: with the last day included."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """From when until before when a paper holds, as seen from a day of Asia/Shanghai.

    Attributes:
        begins: the first day; None where nothing is settled yet.
        ends: the first day on which it no longer holds; None for an open end.
        today: the day of the reader.
        soon: how long before its end the partner is warned.
    """

    begins: date | None
    ends: date | None
    today: date
    soon: timedelta

    @property
    def last_day(self) -> date | None:
        """The last day on which it holds, as the paper itself says it."""
        return self.ends - timedelta(days=1) if self.ends else None

    @property
    def has_begun(self) -> bool:
        """Whether the first day has come."""
        return self.begins is not None and self.begins <= self.today

    @property
    def has_ended(self) -> bool:
        """Whether the last day is past."""
        return self.ends is not None and self.ends <= self.today

    @property
    def is_running(self) -> bool:
        """Whether today lies within it."""
        return self.has_begun and not self.has_ended

    @property
    def days_left(self) -> int:
        """How many days are left, today among them; 0 for an open end."""
        return max((self.ends - self.today).days, 0) if self.ends else 0

    @property
    def is_soon(self) -> bool:
        """Whether it runs and its end is so near that it is warned of."""
        return self.is_running and self.ends is not None and self.ends - self.today <= self.soon
