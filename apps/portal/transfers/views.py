"""Credit moved between a partner's own account and its customers': asked, confirmed, listed."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from apps.common import clock, ids
from apps.common.errors import DomainError, NotFoundError
from apps.common.templatetags.formats import grouped as written
from apps.ledger import queries as ledger
from apps.ledger.services import credits as ledger_credits
from apps.partners.models import Account
from apps.portal.access import PartnerRequest, Right, partner_page
from apps.portal.ledger.pages import account_balances
from apps.portal.paging import keyset_page
from apps.portal.transfers.forms import ConfirmForm, TransferForm, signed_order

PAGE_SIZE = 50


@partner_page(Right.TRANSFERS)
def transfer_list(request: PartnerRequest) -> HttpResponse:
    """Show the form and what was moved before; a filled form is shown again to be confirmed."""
    accounts = account_balances(request.user)
    form = TransferForm(request.POST or None, accounts=accounts)
    if request.method == "POST" and form.is_valid():
        context = {
            "form": form,
            "order": signed_order(form, ids.uuid7(clock.now())),
            "sides": form.sides(),
        }
        return render(request, "portal/transfers/confirm.html", context)
    before = _position(request.GET.get("before", ""))
    rows = ledger.transfers_of(request.place.partner.pk)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    context = {
        "form": form,
        "accounts": accounts,
        "page": keyset_page(request, list(rows[: PAGE_SIZE + 1]), size=PAGE_SIZE, key="pk"),
    }
    return render(request, "portal/transfers/list.html", context)


@require_POST
@partner_page(Right.TRANSFERS)
def transfer_confirm(request: PartnerRequest) -> HttpResponse:
    """Make a transfer that was shown and confirmed; once, however often the form is sent."""
    form = ConfirmForm(request.POST)
    try:
        if not form.is_valid():
            messages.error(request, " ".join(map(str, form.errors["order"])))
            return redirect("portal:transfer-list")
        order = form.cleaned_data["order"]
        made = ledger_credits.transfer(
            source=_account(request, order["source"]),
            target=_account(request, order["target"]),
            segments=order["segments"],
            note=order["note"],
            transfer_id=order["id"],
            by=request.user.as_actor(),
            at=clock.now(),
        )
    except DomainError as error:
        messages.error(request, str(error))
    else:
        said = _("%(segments)s segments moved from %(source)s to %(target)s.")
        data = {
            "segments": written(made.segments),
            "source": made.source.code,
            "target": made.target.code,
        }
        messages.success(request, said % data)
    return redirect("portal:transfer-list")


def _account(request: PartnerRequest, pk: int) -> Account:
    account = Account.objects.visible_to(request.user).filter(pk=pk).first()
    if account is None:
        raise NotFoundError
    return account


def _position(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
