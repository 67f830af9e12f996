"""The language switch of every page, which also says in what language to write to the person."""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.views.i18n import set_language

from apps.users.models import User
from apps.users.services import people


def choose(request: HttpRequest) -> HttpResponseBase:
    """Set the cookie as Django does, and remember the choice of whoever is signed in."""
    response = set_language(request)
    chosen = request.POST.get("language", "")
    is_chosen = request.method == "POST" and chosen in dict(settings.LANGUAGES)
    if is_chosen and isinstance(request.user, User):
        people.choose_language(user=request.user, language=chosen)
    return response
