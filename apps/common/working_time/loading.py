"""The calendar of this installation: the settings' hours and the days that staff entered."""

from django.conf import settings

from apps.common.cache import Kept
from apps.common.models import SpecialDay
from apps.common.working_time.rules import WorkingCalendar


def _load() -> WorkingCalendar:
    return WorkingCalendar(
        special_days=dict(SpecialDay.objects.values_list("day", "is_working")),
        hours=tuple(settings.WORKING_HOURS),
    )


_CALENDAR = Kept(_load)


def load_calendar() -> WorkingCalendar:
    """Return the calendar; a special day entered elsewhere is known within seconds."""
    return _CALENDAR.get()


def forget_calendar() -> None:
    """Read the special days anew at the next call: one was changed here."""
    _CALENDAR.forget()
