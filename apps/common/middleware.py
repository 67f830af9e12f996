"""What every request gets: an id, a language, and the shorter way for partners' software."""

import re
import uuid
from collections.abc import Callable
from functools import lru_cache
from http import HTTPStatus
from typing import Any

import structlog
from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.response import SimpleTemplateResponse
from django.urls import resolve
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language_from_request

from apps.common import clock, conflicts, form_keys, incoming, numbers
from apps.common.machines import MACHINE_PREFIX

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
STRANGERS_BODY = 64 * 1024  # A log-in form with a passkey's answer takes a few kB.
# Where forms carry keys that count. Signing in is none: who is refused there is counted, and a
# transaction around it would forget the count.
KEYED_NAMESPACES = {"portal", "backoffice", "admin"}
GetResponse = Callable[[HttpRequest], HttpResponse]
# Going through all patterns takes a twelfth of a send; software asks for the same few paths.
_resolve = lru_cache(maxsize=256)(resolve)


class RequestIdMiddleware:
    """Give every request an id, on its log lines and in `X-Request-Id` of its answer.

    A caller's own `X-Request-Id` is kept when it is short and plain, so that two systems' logs
    can be laid side by side.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request with its id bound to the log context."""
        given = request.META.get("HTTP_X_REQUEST_ID", "")
        request_id = given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
        request.request_id = request_id  # type: ignore[attr-defined]
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        response = self.get_response(request)
        response["X-Request-Id"] = request_id
        return response


class NoStoreMiddleware:
    """Let no answer be kept, by a browser or on the way, but the static files.

    What was shown to somebody signed in, or to software with a key, is not read by whoever sits
    at the same machine next. It stands before everything that answers, so none can be forgotten.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request with `no-store`."""
        response = self.get_response(request)
        if not request.path_info.startswith(settings.STATIC_URL):
            patch_cache_control(response, private=True, no_store=True)
        return response


class MachineMiddleware:
    """Answer partners' software past the browser's middleware: sessions, CSRF, messages, static.

    A request with a key uses none of them, and together they take as long as the send itself. The
    views below `MACHINE_PREFIX` turn every exception into a problem document by themselves.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a machine's request at once, pass others on."""
        if not request.path_info.startswith(MACHINE_PREFIX):
            return self.get_response(request)
        match = request.resolver_match = _resolve(request.path_info, settings.ROOT_URLCONF)
        accepted = request.META.get("HTTP_ACCEPT_LANGUAGE")
        language = get_language_from_request(request) if accepted else settings.LANGUAGE_CODE
        with translation.override(language):
            response: HttpResponse = match.func(request, *match.args, **match.kwargs)
            if isinstance(response, SimpleTemplateResponse):  # DRF's own is one.
                response.render()
        response.headers["Content-Language"] = language
        response.headers["Content-Length"] = str(len(response.content))
        return response


class BodyMiddleware:
    """Refuse a page's body that is too large for whoever sends it, before anything reads it.

    The check of CSRF reads a form whole, and what is in it goes to memory and disk. A stranger
    signs in and nothing else; those who are signed in send files.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request if its body may come and does."""
        if request.META.get("CONTENT_LENGTH", "0") in {"", "0"}:
            return self.get_response(request)
        length = numbers.row_number(request.META["CONTENT_LENGTH"])
        most = STRANGERS_BODY
        if request.user.is_authenticated:
            incoming.trust(request.META, request.user.pk)
            most = _largest_form()
        if length is None or length > most:
            return render(request, "413.html", status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        response = self.get_response(request)
        if incoming.is_incomplete(request.META):
            return render(request, "408.html", status=HTTPStatus.REQUEST_TIMEOUT)
        return response


def _largest_form() -> int:
    file: int = settings.UPLOAD_MAX_MEGABYTES * 1024 * 1024
    return max(file, settings.DATA_UPLOAD_MAX_MEMORY_SIZE) + incoming.BESIDE_THE_FILE


class CollisionMiddleware:
    """Answer what the database refused because of somebody else with a page that says so (409)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; Django hands over what a view raised."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Tell a collision that no service foresaw; leave every other exception."""
        if not conflicts.is_collision(exception):
            return None
        return collision_page(request, exception)


def collision_page(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Return the page that tells a collision, which is logged."""
    context = {"error": conflicts.error_of(exception)}
    return render(request, "409.html", context, status=HTTPStatus.CONFLICT)


class FormKeyMiddleware:
    """Carry every form of our own pages out once, however often it is sent."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; Django asks again once it knows the view."""
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> HttpResponse | None:
        """Call the view here, in one transaction with what is kept under the form's key."""
        match = request.resolver_match
        if match is None or match.namespace not in KEYED_NAMESPACES:
            return None
        sending = form_keys.sending_of(request, view, clock.now())
        if sending is None:
            return None
        try:
            return form_keys.carry_out(
                request,
                sending,
                lambda: view(request, *args, **kwargs),
                goes_on=hasattr(view, "form_goes_on"),
            )
        except DatabaseError as error:
            if not conflicts.is_collision(error):
                raise
            return collision_page(request, error)


class LocaleMiddleware:
    """Choose the language: pages by the visitor's choice, Chinese until one is made.

    A browser says in `Accept-Language` what its vendor shipped, which is no choice of the
    person's, so pages look only at the cookie that the language switch sets.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request in its language."""
        language = _language_of(request)
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


def _language_of(request: HttpRequest) -> str:
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
