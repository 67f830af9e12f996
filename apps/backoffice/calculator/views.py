"""What money buys at the standard prices or a partner's own; answers as one types."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.views.decorators import staff_member_required
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from apps.common import clock
from apps.partners.models import Partner
from apps.rates.calculator import CalculatorForm


class StaffCalculatorForm(CalculatorForm):
    """The same, for a partner."""

    partner = forms.ModelChoiceField(
        label=_("Partner"),
        queryset=Partner.objects.order_by("name", "pk"),
        required=False,
        empty_label=_("Standard table"),
    )


@staff_member_required(login_url="account_login")
@permission_required("rates.view_ratetable", raise_exception=True)
def calculator(request: HttpRequest) -> HttpResponse:
    """Reckon for a partner, or at the standard prices; htmx asks for the answer alone."""
    form = StaffCalculatorForm(request.GET if "value" in request.GET else None)
    quote = None
    if form.is_valid():
        partner: Partner | None = form.cleaned_data["partner"]
        quote = form.quote(partner_id=partner.pk if partner else None, at=clock.now())
    context: dict[str, Any] = {"form": form, "quote": quote}
    if getattr(request, "htmx", False):
        return render(request, "backoffice/rates/_answer.html", context)
    context |= {**admin.site.each_context(request), "title": _("Calculator")}
    return render(request, "backoffice/rates/calculator.html", context)
