"""The message log of a partner: its own numbers, shown in full."""

from django.http import HttpResponse
from django.shortcuts import render

from apps.partners.models import Account
from apps.portal.access import PartnerRequest, Right, partner_page
from apps.portal.messages.forms import MessageFilterForm
from apps.portal.messages.pages import newest_messages
from apps.portal.paging import keyset_page

PAGE_SIZE = 50


@partner_page(Right.MESSAGES)
def message_list(request: PartnerRequest) -> HttpResponse:
    """Show messages by status, number and day, newest first."""
    form = MessageFilterForm(request.GET)
    accounts = Account.objects.visible_to(request.user).values_list("pk", flat=True)
    rows = (
        newest_messages(list(accounts), form.narrowed(), limit=PAGE_SIZE + 1)
        if form.is_valid()
        else []
    )
    context = {
        "form": form,
        "page": keyset_page(request, rows, size=PAGE_SIZE, key="pk"),
        "is_narrowed": form.has_changed(),
    }
    return render(request, "portal/messages/list.html", context)
