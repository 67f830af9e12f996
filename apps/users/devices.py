"""Browsers in which a person has signed in before, known again by a signed cookie.

The cookie lets nobody in. It says only that whoever signs in here is not any stranger, so that
strangers cannot use up this person's attempts (`limits`).
"""

import secrets
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

COOKIE = "device"
_SALT = "users.device"
_MOST_PEOPLE = 8  # Colleagues at one machine; the one away longest is forgotten first.
_KEPT_SECONDS = 400 * 86_400  # The longest that browsers keep a cookie.


def id_of(request: HttpRequest, user_id: int) -> str | None:
    """Return the browser's id where this person has signed in with it before."""
    device = _read(request)
    return device["id"] if device and user_id in device["people"] else None


def remember(request: HttpRequest, response: HttpResponse, user_id: int) -> None:
    """Let the browser say from now on that this person signed in with it."""
    device = _read(request) or {"id": secrets.token_urlsafe(12), "people": []}
    others = [person for person in device["people"] if person != user_id]
    device["people"] = [user_id, *others][:_MOST_PEOPLE]
    response.set_cookie(
        COOKIE,
        signing.dumps(device, salt=_SALT),
        max_age=_KEPT_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def _read(request: HttpRequest) -> dict[str, Any] | None:
    try:
        device: dict[str, Any] = signing.loads(
            request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=_KEPT_SECONDS
        )
    except signing.BadSignature:
        return None
    return device
