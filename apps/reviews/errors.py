"""What the services of reviews refuse, whatever is judged.

A kind whose codes were published before keeps them by subclasses, named in `Kind.errors`.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.utils.translation import gettext_lazy as _

from apps.audit.separations import SeparationError
from apps.common.clock import SHANGHAI
from apps.common.errors import REASON, RELOAD, ConflictError, DomainError, InvalidError


class WrongStateError(ConflictError):
    """The application's state does not allow this step."""

    code = "application_wrong_state"
    message = _("%(title)s is %(status)s, which does not allow this.")
    cure = RELOAD


class ApplicationChangedError(ConflictError):
    """It was withdrawn and handed in anew since the reviewer opened it."""

    code = "application_changed"
    message = _("It was handed in anew while you looked at it. Look at it again.")
    cure = RELOAD


class OwnApplicationError(SeparationError):
    """Nobody judges what they entered or handed in."""

    code = "own_application"


class UrgedLatelyError(ConflictError):
    """A working hour has not passed since it was handed in or urged."""

    code = "application_urged_lately"
    message = _("You may urge this from %(from_time)s on, and once in a working hour.")
    cure = _("Wait until the time that the message names.")

    def __init__(self, *, earliest: datetime) -> None:
        from_time = earliest.astimezone(SHANGHAI).strftime("%m-%d %H:%M")
        super().__init__(earliest=earliest, from_time=from_time)


class ReasonMissingError(InvalidError):
    """A refusal needs coded reasons, and words where `OTHER` is among them."""

    code = "application_reason_missing"
    message = _("Say why: the partner reads it.")
    cure = REASON


class NotEndedError(ConflictError):
    """It still holds."""

    code = "application_not_ended"
    message = _("%(title)s still holds.")
    cure = _("Look at the day on which the papers end; nothing is to be done.")


E = TypeVar("E", bound=DomainError)


def coded(base: type[E], name: str, code: str) -> type[E]:
    """Return an error like another one, under the code that a kind has published."""
    return type(name, (base,), {"code": code, "__doc__": base.__doc__})


@dataclass(frozen=True, kw_only=True, slots=True)
class Errors:
    """The classes that a kind raises, by what they are about."""

    state: type[WrongStateError] = WrongStateError
    own: type[OwnApplicationError] = OwnApplicationError
    urged: type[UrgedLatelyError] = UrgedLatelyError
    reason: type[ReasonMissingError] = ReasonMissingError
    not_ended: type[ConflictError] = NotEndedError
