"""How much working time is left for a decision, in words and not by colour alone."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext

from apps.common.working_time import WorkingCalendar

SOON = timedelta(minutes=30)
_NONE = timedelta(0)
_MOMENT = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Clock:
    """A deadline and the working time until it; negative once it has passed.

    Attributes:
        is_running: whether it is working time now; otherwise the clock stands still.
    """

    due_at: datetime
    left: timedelta
    is_running: bool

    @property
    def tone(self) -> str:
        """How pressing it is: `late`, `soon` or `calm`."""
        if self.left < _NONE:
            return "late"
        return "soon" if self.left < SOON else "calm"

    @property
    def words(self) -> str:
        """What is left, or by how much it is late."""
        late = self.left < _NONE
        hours, minutes = divmod(int(abs(self.left).total_seconds()) // 60, 60)
        values = {"hours": hours, "minutes": minutes}
        if late and hours:
            return gettext("%(hours)s h %(minutes)s min late") % values
        if late:
            return gettext("%(minutes)s min late") % values
        if hours:
            return gettext("%(hours)s h %(minutes)s min left") % values
        return gettext("%(minutes)s min left") % values


def clock_of(due_at: datetime, *, at: datetime, calendar: WorkingCalendar) -> Clock:
    """Return the clock of a deadline as it stands at a moment."""
    return Clock(
        due_at=due_at,
        left=calendar.between(at, due_at),
        is_running=calendar.between(at, at + _MOMENT) > _NONE,
    )
