"""What a partner's person was told, newest first; each sees their own alone."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from apps.common import clock, numbers
from apps.common.errors import NotFoundError
from apps.notices.models import Notice
from apps.notices.services import notices as services
from apps.notices.shown import in_words
from apps.portal.access import PartnerRequest, Right, partner_page
from apps.portal.paging import keyset_page

PAGE_SIZE = 30
# Where the subject of a notice is shown, by its kind.
PAGES = {
    "signature": "portal:signature-detail",
    "customer": "portal:customer-detail",
    "letter": "portal:letter-detail",
    "pledge": "portal:pledge-detail",
    "agreement": "portal:agreement-detail",
    "recharge": "portal:recharge-detail",
    "remittance": "portal:remittance-detail",
}


@partner_page(Right.HOME)
def notice_list(request: PartnerRequest) -> HttpResponse:
    """Show a page of notices."""
    before = numbers.row_number(request.GET.get("before"))
    found = Notice.objects.of(request.user).newest_first()
    if before is not None:
        found = found.filter(pk__lt=before)
    rows = in_words(found[: PAGE_SIZE + 1], pages=PAGES)
    context = {"page": keyset_page(request, rows, size=PAGE_SIZE, key="pk")}
    return render(request, "portal/notices/list.html", context)


@require_POST
@partner_page(Right.HOME)
def notice_read(request: PartnerRequest, pk: int) -> HttpResponse:
    """Note that one was read."""
    try:
        services.mark_read(user=request.user, notice_id=pk, at=clock.now())
    except NotFoundError as error:
        raise Http404 from error
    return redirect("portal:notice-list")


@require_POST
@partner_page(Right.HOME)
def notice_read_all(request: PartnerRequest) -> HttpResponse:
    """Note that all were read."""
    services.mark_all_read(user=request.user, at=clock.now())
    messages.success(request, _("All notices are read."))
    return redirect("portal:notice-list")
