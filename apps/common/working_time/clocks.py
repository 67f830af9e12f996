"""How much working time is left until something is due, in words and not by colour alone."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext

from apps.common.working_time.rules import WorkingCalendar

SOON = timedelta(minutes=30)
_NONE = timedelta(0)
_MOMENT = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Clock:
    """A deadline and the working time until it; negative once it has passed.

    Attributes:
        is_late: whether it has passed. By the wall clock: what was due when the office closed is
            late that evening, though no working time has gone by since.
        is_running: whether it is working time now; otherwise the clock stands still.
        soon: from how little left on it presses.
    """

    due_at: datetime
    left: timedelta
    is_late: bool
    is_running: bool
    soon: timedelta = SOON

    @property
    def tone(self) -> str:
        """How pressing it is: `late`, `soon` or `calm`."""
        if self.is_late:
            return "late"
        return "soon" if self.left < self.soon else "calm"

    @property
    def words(self) -> str:
        """What is left, or by how much it is late."""
        if self.is_late:
            return words_of_lateness(-self.left)
        hours, minutes = divmod(int(self.left.total_seconds()) // 60, 60)
        values = {"hours": hours, "minutes": minutes}
        if hours:
            return gettext("%(hours)s h %(minutes)s min left") % values
        return gettext("%(minutes)s min left") % values


def words_of_lateness(late_by: timedelta) -> str:
    """Say by how much working time something is or was late."""
    hours, minutes = divmod(int(late_by.total_seconds()) // 60, 60)
    values = {"hours": hours, "minutes": minutes}
    if hours:
        return gettext("%(hours)s h %(minutes)s min late") % values
    return gettext("%(minutes)s min late") % values


def clock_of(
    due_at: datetime, *, at: datetime, calendar: WorkingCalendar, soon: timedelta = SOON
) -> Clock:
    """Return the clock of a deadline as it stands at a moment."""
    return Clock(
        due_at=due_at,
        left=calendar.between(at, due_at),
        is_late=due_at < at,
        is_running=calendar.between(at, at + _MOMENT) > _NONE,
        soon=soon,
    )
