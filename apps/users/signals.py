"""What allauth and Django tell of: which attempts were right, who signed in, what was changed.

A right attempt gives back what it took of its limits. Nothing of ours sends signals.
"""

from typing import Any

from allauth.account.signals import (
    authentication_step_completed,
    password_changed,
    password_reset,
    password_set,
    user_logged_in,
)
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.auth.signals import user_logged_in as session_began
from django.dispatch import receiver
from django.http import HttpRequest

from apps.audit import security
from apps.audit.choices import SecurityEventKind as Kind
from apps.common import clock
from apps.users import sessions
from apps.users.attempts import Attempt, Person, occurrence
from apps.users.models import User


@receiver([authentication_step_completed, password_changed, password_set])
def attempt_was_right(request: HttpRequest, **_rest: Any) -> None:
    """Mark the attempt that a request is; the middleware gives back what it took."""
    attempt: Attempt | None = getattr(request, "attempt", None)
    if attempt is not None:
        attempt.was_right = True


@receiver([user_logged_in, password_reset])
def browser_is_known(request: HttpRequest, user: User, **_rest: Any) -> None:
    """Let the middleware remember the browser: its user holds the secrets, or the mailbox."""
    request.known_to = user.pk  # type: ignore[attr-defined]


@receiver(session_began)
def session_is_dated(request: HttpRequest, user: User, **_rest: Any) -> None:
    """Write into the session when it began; staff's ends so many hours later."""
    if user.is_staff:
        sessions.begin(request.session, at=clock.now())


@receiver(user_logged_in)
def signed_in(request: HttpRequest, user: User, **_rest: Any) -> None:
    """Write the sign-in down."""
    _record(request, Kind.SIGNED_IN, user)


@receiver([password_changed, password_set])
def password_was_changed(request: HttpRequest, user: User, **_rest: Any) -> None:
    """Write down that a person changed the password."""
    _record(request, Kind.PASSWORD_CHANGED, user)


@receiver(password_reset)
def password_was_reset(request: HttpRequest, user: User, **_rest: Any) -> None:
    """Write down that a person set a new password by mail."""
    _record(request, Kind.PASSWORD_RESET, user)


@receiver(authenticator_added)
def factor_was_added(request: HttpRequest, user: User, authenticator: Any, **_rest: Any) -> None:
    """Write down which second factor was added."""
    _record(request, Kind.FACTOR_ADDED, user, authenticator.type)


@receiver(authenticator_removed)
def factor_was_removed(request: HttpRequest, user: User, authenticator: Any, **_rest: Any) -> None:
    """Write down which second factor was removed."""
    _record(request, Kind.FACTOR_REMOVED, user, authenticator.type)


@receiver(authenticator_reset)
def codes_were_renewed(request: HttpRequest, user: User, **_rest: Any) -> None:
    """Write down that recovery codes were made anew."""
    _record(request, Kind.CODES_RENEWED, user)


def _record(request: HttpRequest, kind: Kind, user: User, detail: str = "") -> None:
    person = Person(id=user.pk, name=user.username)
    security.record(occurrence(request, kind, person, detail))
