"""Working time: which days are worked, how long something may still take, when it is due.

Working days are those of the State Council's yearly notice (holidays and the weekends worked in
their stead), as the package chinesecalendar has them. A year that it does not know yet counts
Monday to Friday. Either is overruled by `SpecialDay`, which staff enter.

    calendar = working_time.load_calendar()
    calendar.add(found_at, timedelta(hours=2))
"""

from apps.common.working_time.clocks import Clock, clock_of, words_of_lateness
from apps.common.working_time.loading import forget_calendar, load_calendar
from apps.common.working_time.rules import WorkingCalendar

__all__ = [
    "Clock",
    "WorkingCalendar",
    "clock_of",
    "forget_calendar",
    "load_calendar",
    "words_of_lateness",
]
