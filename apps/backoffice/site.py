"""The admin site as ours: no sign-in or password page of its own, and only our own tables."""

from http import HTTPStatus

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache


def make_ours() -> None:
    """Lead to allauth's pages, with their limits and second factor, and drop libraries' tables."""
    for name, view in {
        "login": login,
        "logout": logout,
        "password_change": change_password,
        "password_change_done": change_password,
    }.items():
        setattr(admin.site, name, view)
    admin.site.empty_value_display = "—"
    for model in list(admin.site._registry):  # noqa: SLF001 - Django has no public list of them
        if not model.__module__.startswith("apps."):
            admin.site.unregister(model)


@never_cache
def login(request: HttpRequest) -> HttpResponse:
    """Lead to the one page that signs people in; nothing that is posted here is read."""
    wanted = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        wanted = reverse("admin:index")
    if not request.user.is_authenticated:
        return redirect_to_login(wanted, reverse("account_login"))
    if not request.user.is_staff:
        raise PermissionDenied
    return HttpResponseRedirect(wanted)


def logout(_request: HttpRequest) -> HttpResponse:
    """Hand the form of the admin's menu on to the one page that signs people out."""
    return HttpResponseRedirect(reverse("account_logout"), status=HTTPStatus.TEMPORARY_REDIRECT)


def change_password(_request: HttpRequest) -> HttpResponse:
    """Lead to the one page that changes one's own password."""
    return HttpResponseRedirect(reverse("account_change_password"))
