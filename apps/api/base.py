"""The view that all others are: JSON in, JSON out, problems for errors."""

from typing import Any, cast

import orjson
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from apps.api.errors import LiveKeyNeededError
from apps.audit.actors import Actor
from apps.common import incoming, texts
from apps.common.errors import InvalidRequestError, NotFoundError
from apps.partners.choices import KeyMode
from apps.partners.models import ApiKey

_RENDERER = JSONRenderer()


class AlwaysJson(BaseContentNegotiation):
    """Answer JSON whatever `Accept` says: there is nothing else, and a refusal helps nobody."""

    def select_parser(self, request: Request, parsers: Any) -> BaseParser | None:
        """Return the only parser."""
        return parsers[0] if parsers else None

    def select_renderer(
        self, request: Request, renderers: Any, format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        """Return the only renderer."""
        return _RENDERER, "application/json"


class JsonView(APIView):
    """A resource of the interface."""

    content_negotiation_class = AlwaysJson
    http_method_names = ["get", "head", "post"]
    scope: str

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Check key and scope; refuse an address or a query that no text of the database matches.

        Only then is the body worth waiting for.

        Raises:
            NotFoundError: the address holds such a character.
            InvalidRequestError: the query does, by parameter.
        """
        super().initial(request, *args, **kwargs)
        if not all(texts.is_storable(str(each)) for each in kwargs.values()):
            raise NotFoundError
        wrong = [
            name
            for name, values in request.query_params.lists()
            if not all(map(texts.is_storable, values))
        ]
        if wrong:
            why = _("The character NUL cannot be sent.")
            raise InvalidRequestError(errors={name: [why] for name in wrong})
        incoming.trust(request.META, self.key.prefix)

    @property
    def plain(self) -> HttpRequest:
        """The request as Django has it."""
        request: HttpRequest = self.request._request  # noqa: SLF001 - DRF names no other way to it
        return request

    @property
    def key(self) -> ApiKey:
        """The key that `ApiKeyAuthentication` recognised."""
        return cast("ApiKey", self.request.auth)

    @property
    def actor(self) -> Actor:
        """Who acts: the key, as it stands in every history row."""
        return Actor(kind="key", label=f"key {self.key.prefix}")

    def check_live(self) -> None:
        """Refuse a test key.

        Raises:
            LiveKeyNeededError: it is one.
        """
        if self.key.mode != KeyMode.LIVE:
            raise LiveKeyNeededError


def ok(document: dict[str, Any]) -> HttpResponse:
    """Return a document as the answer."""
    return HttpResponse(orjson.dumps(document), content_type="application/json")
