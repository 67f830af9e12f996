"""The script with the expressions that Alpine may evaluate on the staff pages."""

from functools import lru_cache
from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control

from apps.backoffice.alpine import javascript

YEAR_SECONDS = 31_536_000


def expressions(request: HttpRequest) -> HttpResponse:
    """Answer the script; it says nothing but what the templates do, so anybody may have it."""
    content, version = _script()
    response = HttpResponse(content, content_type="text/javascript; charset=utf-8")
    if request.GET.get("v") == version:
        patch_cache_control(response, public=True, immutable=True, max_age=YEAR_SECONDS)
    else:
        patch_cache_control(response, no_cache=True)
    return response


def address(_request: HttpRequest) -> str:
    """Return where the script is; with other expressions it has another address."""
    return f"{reverse('backoffice:alpine-expressions')}?v={_script()[1]}"


@lru_cache(maxsize=1)
def _script() -> tuple[bytes, str]:
    content = javascript.script().encode()
    return content, sha256(content).hexdigest()[:16]
