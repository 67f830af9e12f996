"""The arithmetic of working time: plain Python over a calendar that was loaded.

Days and hours are those of Asia/Shanghai; moments go in with any offset and come out in UTC.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import chinese_calendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
OFFICE_HOURS = ((time(9), time(12)), (time(13, 30), time(18)))
_SATURDAY = 5
_ONE_DAY = timedelta(days=1)
_NONE = timedelta(0)

Hours = tuple[tuple[time, time], ...]
Span = tuple[datetime, datetime]


def is_published_working_day(day: date) -> bool:
    """Tell whether the published calendar has `day` worked; Monday to Friday where it has none.

    Source: the State Council's yearly notice on holidays, as chinesecalendar has it.
    """
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:  # A year that the package does not know.
        return day.weekday() < _SATURDAY


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkingCalendar:
    """Which days are worked, and from when to when.

    Attributes:
        special_days: days that overrule the published calendar: True is worked.
        hours: the worked spans of a day, in order, none over another.
    """

    special_days: Mapping[date, bool] = field(default_factory=dict)
    hours: Hours = OFFICE_HOURS

    def is_working_day(self, day: date) -> bool:
        """Tell whether `day` is worked."""
        special = self.special_days.get(day)
        return is_published_working_day(day) if special is None else special

    def next_working_day(self, day: date) -> date:
        """Return the first working day after `day`."""
        following = day + _ONE_DAY
        while not self.is_working_day(following):
            following += _ONE_DAY
        return following

    def add(self, start: datetime, working: timedelta) -> datetime:
        """Return the first moment at which `working` time has passed since `start`.

        Two hours from Friday 17:00 end on Monday at 10:00; one hour ends on Friday at 18:00.

        Raises:
            ValueError: `working` is negative.
        """
        if working < _NONE:
            raise ValueError(working)
        if working == _NONE:
            return start.astimezone(UTC)
        left = working
        for opens, closes in self._spans_from(start):
            if closes - opens >= left:
                return opens + left
            left -= closes - opens
        raise AssertionError  # The spans of a calendar never end.

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Return the working time from `start` to `end`; negative when `end` is the earlier one."""
        if end < start:
            return -self.between(end, start)
        passed = _NONE
        for opens, closes in self._spans_from(start):
            if opens >= end:
                break
            passed += min(closes, end) - opens
        return passed

    def same_day_due(self, found_at: datetime, cut_off: time) -> datetime:
        """Return until when money found at `found_at` is to be credited.

        Before `cut_off` on a working day: the end of that day's hours. Otherwise the end of the
        next working day's. A cut-off after closing time counts as closing time.

        Source: agreement clause 11, the day on which the money is found.
        """
        local = found_at.astimezone(SHANGHAI)
        day, closing = local.date(), self.hours[-1][1]
        if not self.is_working_day(day) or local.time() >= min(cut_off, closing):
            day = self.next_working_day(day)
        return _moment(day, closing)

    def _spans_from(self, start: datetime) -> Iterator[Span]:
        """Yield the worked spans that end after `start`, the first one cut to begin there."""
        start = start.astimezone(UTC)
        day = start.astimezone(SHANGHAI).date()
        while True:
            if self.is_working_day(day):
                for opens, closes in self.hours:
                    if _moment(day, closes) > start:
                        yield max(_moment(day, opens), start), _moment(day, closes)
            day += _ONE_DAY


def _moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=SHANGHAI).astimezone(UTC)
