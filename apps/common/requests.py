"""What no request may hold, refused before any page sees it.

The database keeps no NUL and no half of a surrogate pair, and no person types one. So an address,
a query or a form that holds one is refused as a whole, wherever it would have been used. The REST
interface tells its callers in its own way and by field: `JsonView` asks `is_storable` there.
"""

from collections.abc import Callable
from typing import Any

from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from apps.common.machines import MACHINE_PREFIX
from apps.common.texts import is_storable

GetResponse = Callable[[HttpRequest], HttpResponse]


class Utf8Request(WSGIRequest):
    """A request whose query and form are UTF-8, as all pages of ours are, whatever it names.

    A charset of the caller's would decode them: "hex" raises before any middleware is asked, and
    "unicode_escape" makes surrogates. `content_params` keeps the name for who must refuse it.
    """

    @property
    def encoding(self) -> str:
        """Return the only encoding."""
        return "utf-8"

    @encoding.setter
    def encoding(self, named: str | None) -> None:
        """Keep to it."""


class PlainRequestMiddleware:
    """Refuse an address or a query that no text could hold.

    Cookies that hold such a text are dropped: a browser that kept one would be locked out.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, or refuse it."""
        if request.path_info.startswith(MACHINE_PREFIX):
            return self.get_response(request)
        for name, value in list(request.COOKIES.items()):
            if not is_storable(name + value):
                del request.COOKIES[name]
        if not is_storable(request.path_info) or _unstorable(request.GET):
            return _refusal(request)
        return self.get_response(request)


class PlainFormMiddleware:
    """Refuse a form that holds what no text can; its fields are read by now for the CSRF check."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Refuse the form before its view sees it."""
        del view, args, kwargs
        if request.method == "POST" and _unstorable(request.POST):
            return _refusal(request)
        return None


def _unstorable(values: QueryDict) -> bool:
    return any(
        not (is_storable(name) and all(map(is_storable, given))) for name, given in values.lists()
    )


def _refusal(request: HttpRequest) -> HttpResponse:
    return render(request, "400.html", status=400)
