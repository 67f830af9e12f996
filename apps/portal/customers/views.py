"""A partner's customers: listed with their pledges, entered, changed, closed and opened again.

A pledge begins on its customer's page.
"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from apps.common import clock, numbers
from apps.common.errors import DomainError
from apps.partners.models import Customer
from apps.partners.services import customers as services
from apps.pledges.models import Pledge
from apps.pledges.services import applications
from apps.portal.access import PartnerRequest, Right, partner_page
from apps.portal.customers.forms import ClosingForm, CustomerFilterForm, CustomerForm
from apps.portal.customers.pages import ShownCustomer, newest_customers, with_pledges
from apps.portal.paging import keyset_page
from apps.portal.pledges.pages import blanks_of

PAGE_SIZE = 30


@require_GET
@partner_page(Right.CUSTOMERS)
def customer_list(request: PartnerRequest) -> HttpResponse:
    """Show customers by name, state and pledge, newest first."""
    form, now = CustomerFilterForm(request.GET), clock.now()
    found = newest_customers(request.user, form.narrowed(), at=now)[: PAGE_SIZE + 1]
    rows = [ShownCustomer(customer=each, at=now) for each in found]
    context = {"form": form, "page": keyset_page(request, rows, size=PAGE_SIZE, key="pk")}
    return render(request, "portal/customers/list.html", context)


@require_GET
@partner_page(Right.CUSTOMERS)
def customer_detail(request: PartnerRequest, pk: int) -> HttpResponse:
    """Show a customer with its accounts and pledges."""
    customer = find(request, pk)
    context = {
        "customer": customer,
        "shown": ShownCustomer(customer=customer, at=clock.now()),
        "accounts": customer.accounts.order_by("pk"),
        "blanks": blanks_of(customer),
    }
    return render(request, "portal/customers/detail.html", context)


@partner_page(Right.WRITE_CUSTOMERS)
def customer_new(request: PartnerRequest) -> HttpResponse:
    """Enter a customer; its pledge follows on its page."""
    form = CustomerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            customer = services.create(
                partner=request.place.partner,
                particulars=form.particulars(),
                by=request.user.as_actor(),
            )
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, _("%(name)s is entered.") % {"name": customer.name})
            return redirect("portal:customer-detail", pk=customer.pk)
    return render(request, "portal/customers/edit.html", {"form": form})


@partner_page(Right.WRITE_CUSTOMERS)
def customer_edit(request: PartnerRequest, pk: int) -> HttpResponse:
    """Change a customer's particulars; asked for by a pledge (`?pledge=`), lead back to it."""
    customer = find(request, pk)
    back = _way_back(request, customer)
    form = CustomerForm(request.POST or None, kept=customer)
    if request.method == "POST" and form.is_valid():
        try:
            services.edit(
                customer_id=pk, particulars=form.particulars(), by=request.user.as_actor()
            )
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, _("The particulars are kept."))
            return redirect(back)
    context = {"form": form, "customer": customer, "back": back}
    return render(request, "portal/customers/edit.html", context)


@partner_page(Right.WRITE_CUSTOMERS)
def customer_close(request: PartnerRequest, pk: int) -> HttpResponse:
    """Ask for the reason, and close a customer."""
    customer = find(request, pk)
    form = ClosingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            services.close(customer_id=pk, by=request.user.as_actor(), reason=reason)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("%(name)s is closed.") % {"name": customer.name})
            return redirect("portal:customer-detail", pk=pk)
    return render(request, "portal/customers/close.html", {"form": form, "customer": customer})


@require_POST
@partner_page(Right.WRITE_CUSTOMERS)
def customer_reopen(request: PartnerRequest, pk: int) -> HttpResponse:
    """Serve a closed customer again."""
    customer = find(request, pk)
    try:
        services.reopen(customer_id=pk, by=request.user.as_actor())
    except DomainError as error:
        messages.error(request, _("Nothing was done: %(reason)s") % {"reason": error})
    else:
        messages.success(request, _("%(name)s is opened again.") % {"name": customer.name})
    return redirect("portal:customer-detail", pk=pk)


@require_POST
@partner_page(Right.WRITE_CUSTOMERS)
def pledge_begin(request: PartnerRequest, pk: int) -> HttpResponse:
    """Begin the pledge of a customer."""
    customer = find(request, pk)
    try:
        pledge = applications.draft(customer=customer, by=request.user.as_actor(), at=clock.now())
    except DomainError as error:
        messages.error(request, _("Nothing was done: %(reason)s") % {"reason": error})
        return redirect("portal:customer-detail", pk=pk)
    return redirect("portal:pledge-edit", pk=pledge.pk)


def find(request: PartnerRequest, pk: int) -> Customer:
    """Return a customer of the person's partner with its pledges; another's is not found."""
    return get_object_or_404(with_pledges(Customer.objects.visible_to(request.user)), pk=pk)


def _way_back(request: PartnerRequest, customer: Customer) -> str:
    number = numbers.row_number(request.GET.get("pledge"))
    if number is not None:
        pledge = get_object_or_404(Pledge.objects.filter(customer=customer), pk=number)
        return reverse("portal:pledge-edit", args=[pledge.pk])
    return reverse("portal:customer-detail", args=[customer.pk])
