"""Who changed a row and why, as the admin asks for it and says it.

Nothing down here keeps a history. The app that does answers `Trail`, and plugs in with `keep_in`
when it is set up; without one the admin refuses to work rather than change rows unrecorded.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model
from django.http import HttpRequest


class Trail(Protocol):
    """What the admin asks of whoever keeps the history of rows."""

    def actor_of(self, request: HttpRequest) -> Any:
        """Return the person at the page as the history names them."""

    def acting(self, request: HttpRequest, act: str) -> AbstractContextManager[object]:
        """Return a context in which every change is kept as `act`, by the person at the page."""

    def events_of(self, row: Model) -> Sequence[object]:
        """Return what happened to a row, newest first."""

    def page_of(self, row: Model) -> dict[str, object]:
        """Return what the page of a row must say of its history."""


_kept: list[Trail] = []


def keep_in(trail: Trail) -> None:
    """Ask this one from now on."""
    _kept[:] = [trail]


def kept() -> Trail:
    """Return who keeps the history."""
    if not _kept:
        raise ImproperlyConfigured("No installed app keeps the history of rows.")
    return _kept[0]
