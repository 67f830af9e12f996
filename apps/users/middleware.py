"""Staff without a second factor get no further than the page that sets one up."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.users.models import User
from apps.users.queries import lacks_second_factor

GetResponse = Callable[[HttpRequest], HttpResponse]


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
