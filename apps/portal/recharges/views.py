"""How to pay, what was paid so far, and each recharge whole."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from apps.common import clock
from apps.common.errors import DomainError
from apps.portal.access import PartnerRequest, Right, partner_page
from apps.portal.paging import keyset_page
from apps.portal.recharges.forms import PaymentFilterForm
from apps.portal.recharges.pages import expected_of, owed_by, shown_recharge, way_to_pay
from apps.portal.recharges.payments import STATE_OF_UNREPORTED, newest_payments
from apps.recharges.models import Recharge
from apps.recharges.queries import money as queries
from apps.recharges.services import receipts

PAGE_SIZE = 30


@require_GET
@partner_page(Right.RECHARGES)
def recharge_list(request: PartnerRequest) -> HttpResponse:
    """Show how to pay, what is still to be paid, and all payments by state and account."""
    form = PaymentFilterForm(request.GET, user=request.user)
    rows = newest_payments(request.user, form.narrowed(), most=PAGE_SIZE + 1)
    context = {
        "form": form,
        "page": keyset_page(request, rows, size=PAGE_SIZE, key="key"),
        "is_narrowed": form.is_narrowed,
        "way": way_to_pay(request.place.partner),
        "policy": queries.policy(),
        "expected": expected_of(request.user, at=clock.now()),
        "owed": owed_by(request.user),
    }
    return render(request, "portal/recharges/list.html", context)


@require_GET
@partner_page(Right.RECHARGES)
def recharge_detail(request: PartnerRequest, pk: int) -> HttpResponse:
    """Show what was credited for which money, what is left of it, and what was taken back."""
    recharge = _find(request, pk)
    context = {
        "recharge": recharge,
        "shown": shown_recharge(recharge),
        "state": STATE_OF_UNREPORTED[recharge.status],
    }
    return render(request, "portal/recharges/detail.html", context)


@require_GET
@partner_page(Right.RECHARGES)
def recharge_receipt(request: PartnerRequest, pk: int) -> HttpResponse:
    """Lead to the receipt, which is made when it is first asked for."""
    _find(request, pk)
    try:
        receipt = receipts.receipt_of(recharge_id=pk, at=clock.now())
    except DomainError as error:
        messages.error(request, _("Nothing was done: %(reason)s") % {"reason": error})
        return redirect("portal:recharge-detail", pk=pk)
    return redirect("portal:file-download", kind="receipts", pk=receipt.pk)


def _find(request: PartnerRequest, pk: int) -> Recharge:
    related = ("account__customer", "bank_entry", "rate_tier", "receipt")
    rows = Recharge.objects.visible_to(request.user).select_related(*related)
    return get_object_or_404(rows, pk=pk)
