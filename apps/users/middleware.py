"""Staff's sessions end with the day and need a second factor; attempts are limited.

Refused pages are written down.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.audit import security
from apps.audit.choices import SecurityEventKind
from apps.common import clock, counters
from apps.common.counters import TooManyAttemptsError
from apps.users import attempts, devices, sessions
from apps.users.models import User
from apps.users.queries import lacks_second_factor

GetResponse = Callable[[HttpRequest], HttpResponse]


class StaffSessionMiddleware:
    """End a session of staff when its hours have passed."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, as nobody's where its session is over."""
        is_staffs = settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_staff
        if is_staffs and sessions.is_over(request.session, at=clock.now()):
            logout(request)
        return self.get_response(request)


class StaffSecondFactorMiddleware:
    """Send staff from the admin to the second-factor page until they have one (DESIGN 8)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, or send its maker to set up a second factor first."""
        if not request.path_info.startswith(reverse("admin:index")):
            return self.get_response(request)
        if isinstance(request.user, User) and lacks_second_factor(request.user):
            messages.warning(
                request, _("Staff need a second factor. Set one up to go on to the admin.")
            )
            return HttpResponseRedirect(reverse("mfa_index"))
        return self.get_response(request)


class AttemptMiddleware:
    """Let a page that takes a secret or sends a mail run only within its limits.

    What an attempt takes is taken before anything is checked, so that many at once get no more
    than one by one; what was right is given back afterwards.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, see how the attempt ended and remember a browser that got in."""
        response = self.get_response(request)
        attempt: attempts.Attempt | None = getattr(request, "attempt", None)
        if attempt is not None:
            _end(request, attempt, response)
        known_to: int | None = getattr(request, "known_to", None)
        if known_to is not None:
            devices.remember(request, response, known_to)
        return response

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """Begin the attempt that a request is, or say how long to wait."""
        attempt = attempts.begun(request)
        if attempt is None:
            return None
        try:
            counters.take(attempt.shares)
        except TooManyAttemptsError as error:
            limited = SecurityEventKind.LIMITED
            told = attempts.occurrence(request, limited, attempt.person, error.data["limit"])
            security.record(told)
            return _too_many(request, error)
        request.attempt = attempt  # type: ignore[attr-defined]
        return None


def _end(request: HttpRequest, attempt: attempts.Attempt, response: HttpResponse) -> None:
    if attempt.was_right or not attempts.was_wrong(attempt, response):
        counters.give_back(attempt.shares)
    elif attempt.door.failed is not None:
        security.record(attempts.occurrence(request, attempt.door.failed, attempt.person))


def _too_many(request: HttpRequest, error: TooManyAttemptsError) -> HttpResponse:
    response = render(request, "429.html", {"error": error}, status=HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = str(error.data["retry_after_seconds"])
    return response


class RefusedPageMiddleware:
    """Write down which page was refused to whom, where somebody is signed in."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, and write down a refusal."""
        response = self.get_response(request)
        if _is_refusal(request, response) and isinstance(request.user, User):
            kind, page = SecurityEventKind.PAGE_REFUSED, f"{request.method} {request.path}"
            security.record(attempts.occurrence(request, kind, detail=page))
        return response


def _is_refusal(request: HttpRequest, response: HttpResponse) -> bool:
    """Tell whether a page was refused; the admin sends whom it does not let in to the sign-in."""
    if response.status_code == HTTPStatus.FORBIDDEN:
        return True
    if not isinstance(response, HttpResponseRedirect):
        return False
    is_sent_away = urlsplit(response.url).path.endswith("/login/")
    return is_sent_away and request.path.startswith(reverse("admin:index"))
