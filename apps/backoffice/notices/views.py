"""What a member of staff was told, newest first; each sees their own alone."""

from django.contrib import admin, messages
from django.contrib.admin.views.decorators import staff_member_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from apps.common import clock
from apps.common.errors import NotFoundError
from apps.notices.models import Notice
from apps.notices.services import notices as services
from apps.notices.shown import in_words
from apps.users.models import User

PAGE_SIZE = 30
# Where the subject of a notice is shown, by its kind.
PAGES = {
    "signature": "admin:signatures_signature_change",
    "letter": "admin:signatures_authorisationletter_change",
    "pledge": "admin:pledges_pledge_change",
    "agreement": "admin:agreements_agreement_change",
    "recharge": "admin:recharges_recharge_change",
    "expected_recharge": "admin:recharges_expectedrecharge_change",
    "reversal": "admin:recharges_reversal_change",
    "bank_entry": "admin:recharges_bankentry_change",
    "remittance": "admin:recharges_remittance_change",
}


@staff_member_required(login_url="account_login")
def notice_list(request: HttpRequest) -> HttpResponse:
    """Show a page of notices."""
    found = Notice.objects.of(_user(request)).newest_first()
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        **admin.site.each_context(request),
        "title": _("Notices"),
        "page": page,
        "rows": in_words(page.object_list, pages=PAGES),
    }
    return render(request, "backoffice/notices/list.html", context)


@require_POST
@staff_member_required(login_url="account_login")
def notice_read(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that one was read."""
    try:
        services.mark_read(user=_user(request), notice_id=pk, at=clock.now())
    except NotFoundError as error:
        raise Http404 from error
    return redirect("backoffice:notice-list")


@require_POST
@staff_member_required(login_url="account_login")
def notice_read_all(request: HttpRequest) -> HttpResponse:
    """Note that all were read."""
    services.mark_all_read(user=_user(request), at=clock.now())
    messages.success(request, _("All notices are read."))
    return redirect("backoffice:notice-list")


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - the decorators above saw to it
    return request.user
