"""What `audit` answers to the admin: who is at the page, under which act, and what happened."""

from collections.abc import Sequence
from contextlib import AbstractContextManager

from django.db.models import Model
from django.http import HttpRequest

from apps.audit.actors import Actor, actor_of
from apps.audit.acts import act
from apps.audit.queries import Event, history_of, relaxed_acts


class AuditTrail:
    """The history that pghistory keeps, with looks at rows and relaxed separations."""

    def actor_of(self, request: HttpRequest) -> Actor:
        """Return the person at the page."""
        return actor_of(request)

    def acting(self, request: HttpRequest, name: str) -> AbstractContextManager[object]:
        """Write the act and the person into every history row made meanwhile."""
        return act(name, by=actor_of(request))

    def events_of(self, row: Model) -> Sequence[Event]:
        """Return acts on a row and looks at it, newest first."""
        return history_of(row)

    def page_of(self, row: Model) -> dict[str, object]:
        """Return what one person did of a row where two do."""
        return {"relaxed_acts": relaxed_acts(row)}
