"""Keys in the `Authorization` header: `Bearer sk_…`, or `Api-Key sk_…`."""

from typing import Any

from django.http import HttpRequest
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request

from apps.api import wrong_keys
from apps.api.errors import MissingKeyError
from apps.common import clock
from apps.common.addresses import client_address
from apps.partners.models import ApiKey
from apps.partners.services import api_keys

SCHEMES = {"bearer", "api-key"}


def key_of(request: HttpRequest) -> str:
    """Return the key that a request carries, unless it cannot be right.

    Raises:
        MissingKeyError: it carries none.
        InvalidKeyError: it carries something that no key can be.
        TooManyWrongKeysError: the client's address sent too many, and this is none that exists.
    """
    header: str = request.META.get("HTTP_AUTHORIZATION", "")
    scheme, _, key = header.partition(" ")
    if scheme.lower() not in SCHEMES or not key.strip():
        raise MissingKeyError
    plain = key.strip()
    if not (plain.isascii() and plain.isprintable()):
        raise api_keys.InvalidKeyError  # NUL would be an error of the database's.
    wrong_keys.admit(request, plain)
    return plain


class ApiKeyAuthentication(BaseAuthentication):
    """Recognise the key; the view finds it in `request.auth`."""

    def authenticate(self, request: Request) -> tuple[Any, ApiKey]:
        """Return nobody and the key.

        Raises:
            MissingKeyError, InvalidKeyError, RevokedKeyError, IpNotAllowedError.
        """
        plain_request: HttpRequest = request._request  # noqa: SLF001 - DRF names no other way to it
        key = api_keys.authenticate(
            plain=key_of(plain_request),
            address=client_address(plain_request),
            at=clock.now(),
        )
        return None, key
