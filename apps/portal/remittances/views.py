"""Payments that a partner reports: entered with their slip, mended, taken back, followed.

With scripts a refused form is drawn anew around its file, which stays chosen; without them the
page says that the slip has to be chosen again, since no browser keeps it.
"""

from typing import IO, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRedirect

from apps.common import clock, numbers
from apps.common.errors import DomainError
from apps.common.files.responses import told_later
from apps.portal.access import PartnerRequest, Right, partner_page
from apps.portal.remittances.forms import ClaimForm, RemittanceForm, initial_of, open_accounts
from apps.portal.remittances.pages import shown_remittance
from apps.portal.uploads import views as uploads
from apps.portal.uploads.views import upload_limits
from apps.recharges.models import ExpectedRecharge, Remittance
from apps.recharges.queries import money as queries
from apps.recharges.services import remittances as services


@partner_page(Right.REPORT_PAYMENTS)
def remittance_new(request: PartnerRequest) -> HttpResponse:
    """Report a payment; one that looks like another is asked about first."""
    if not open_accounts(request.user).exists():
        return render(request, "portal/remittances/none.html")
    form = RemittanceForm(
        request.POST or None, request.FILES or None, user=request.user, initial=_initial(request)
    )
    repeated: list[Remittance] = []
    refusal: DomainError | None = None
    if request.method == "POST" and form.is_valid():
        try:
            made = _enter(request, form)
        except services.RemittanceRepeatedError as error:
            repeated = _named(request, error.data["remittance_ids"])
        except DomainError as error:
            form.refuse(error)
            refusal = error
        else:
            messages.success(request, _("The payment is reported. Follow it here to the credit."))
            return _leads_to(request, made)
    page = _form_page(request, form, repeated)
    # A fragment is drawn only from an answer of 200.
    return page if request.htmx else told_later(page, refusal)  # type: ignore[attr-defined]


@require_GET
@partner_page(Right.RECHARGES)
def remittance_detail(request: PartnerRequest, pk: int) -> HttpResponse:
    """Show what was reported, its slip, and how far it is on the way to the credit."""
    return render(request, "portal/remittances/detail.html", _context(_find(request, pk)))


@partner_page(Right.REPORT_PAYMENTS)
def remittance_edit(request: PartnerRequest, pk: int) -> HttpResponse:
    """Mend what was reported while no money is found for it, or after it was rejected."""
    remittance = _find(request, pk)
    context = _context(remittance)
    if not context["shown"].may_be_edited:
        messages.error(request, _("This payment cannot be changed now."))
        return redirect("portal:remittance-detail", pk=pk)
    form = ClaimForm(request.POST or None, initial=initial_of(remittance))
    if request.method == "POST" and form.is_valid():
        try:
            services.edit(
                remittance_id=pk, claim=form.claim(), by=request.user.as_actor(), at=clock.now()
            )
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, _("The payment is kept as it stands here."))
            return redirect("portal:remittance-detail", pk=pk)
    return render(request, "portal/remittances/edit.html", context | {"form": form})


@require_POST
@partner_page(Right.REPORT_PAYMENTS)
def remittance_slip(request: PartnerRequest, pk: int) -> HttpResponse:
    """Put another scan in the place of the slip."""
    _find(request, pk)

    def take(file: IO[bytes]) -> None:
        services.replace_voucher(remittance_id=pk, voucher=file, by=request.user.as_actor())

    def drawn_anew() -> HttpResponse:
        return render(request, "portal/remittances/_slip.html", _context(_find(request, pk)))

    page_url = f"{reverse('portal:remittance-detail', args=[pk])}#slip"
    return uploads.answer(request, take=take, page_url=page_url, fragment=drawn_anew)


@require_POST
@partner_page(Right.REPORT_PAYMENTS)
def remittance_withdraw(request: PartnerRequest, pk: int) -> HttpResponse:
    """Take a payment back that was reported by mistake."""
    _find(request, pk)
    try:
        services.withdraw(remittance_id=pk, by=request.user.as_actor())
    except DomainError as error:
        messages.error(request, _("Nothing was done: %(reason)s") % {"reason": error})
    else:
        messages.success(request, _("The payment is withdrawn."))
    return redirect("portal:remittance-detail", pk=pk)


def _enter(request: PartnerRequest, form: RemittanceForm) -> Remittance:
    enter = services.enter_another if "another" in request.POST else services.enter
    return enter(**form.cleaned_data, by=request.user.as_actor(), at=clock.now())


def _leads_to(request: PartnerRequest, remittance: Remittance) -> HttpResponse:
    address = reverse("portal:remittance-detail", args=[remittance.pk])
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponseClientRedirect(address)
    return redirect(address)


def _form_page(
    request: PartnerRequest, form: RemittanceForm, repeated: list[Remittance]
) -> HttpResponse:
    page = "_fields.html" if request.htmx else "new.html"  # type: ignore[attr-defined]
    context = {"form": form, "repeated": repeated, **upload_limits()}
    return render(request, f"portal/remittances/{page}", context)


def _initial(request: PartnerRequest) -> dict[str, Any]:
    """Fill in who usually pays, and what an agreement still expects where the page was asked so."""
    initial: dict[str, Any] = {"payer": request.place.partner.name}
    number = numbers.row_number(request.GET.get("expected"))
    if number is not None:
        rows = ExpectedRecharge.objects.visible_to(request.user).filter(pk=number)
        for expected in rows:
            initial |= {"account": expected.account_id, "amount_yuan": expected.amount_yuan}
    return initial


def _named(request: PartnerRequest, pks: list[int]) -> list[Remittance]:
    rows = Remittance.objects.visible_to(request.user).filter(pk__in=pks)
    return list(rows.select_related("account").order_by("entered_at", "pk"))


def _find(request: PartnerRequest, pk: int) -> Remittance:
    related = ("account__customer", "entered_by", "looks_like", "match")
    rows = Remittance.objects.visible_to(request.user).select_related(*related)
    return get_object_or_404(rows, pk=pk)


def _context(remittance: Remittance) -> dict[str, Any]:
    return {
        "remittance": remittance,
        "shown": shown_remittance(remittance, at=clock.now()),
        "policy": queries.policy(),
        **upload_limits(),
    }
