"""Every movement of credit of one of a partner's accounts."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from apps.common import numbers
from apps.partners.models import Account
from apps.portal.access import PartnerRequest, Right, partner_page
from apps.portal.ledger.pages import account_balances, ledger_entries
from apps.portal.paging import keyset_page

PAGE_SIZE = 50


@partner_page(Right.LEDGER)
def ledger(request: PartnerRequest) -> HttpResponse:
    """Show the entries of an account, `?account=CODE` or the partner's own, newest first."""
    accounts = account_balances(request.user)
    code = request.GET.get("account") or (accounts[0].account.code if accounts else "")
    if not code:
        return render(request, "portal/ledger/none.html")
    chosen = get_object_or_404(Account.objects.visible_to(request.user), code=code)
    before = numbers.row_number(request.GET.get("before"))
    entries = ledger_entries(chosen, before=before)
    context = {
        "accounts": accounts,
        "chosen": next(each for each in accounts if each.account == chosen),
        "page": keyset_page(
            request, list(entries[: PAGE_SIZE + 1]), size=PAGE_SIZE, key="sequence"
        ),
    }
    return render(request, "portal/ledger/list.html", context)
