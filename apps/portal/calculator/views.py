"""What a recharge would bring at the partner's prices; answers as one types."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from apps.common import clock
from apps.common.errors import DomainError
from apps.portal.access import PartnerRequest, Right, partner_page
from apps.rates.calculator import CalculatorForm
from apps.rates.models import RateVersion
from apps.rates.queries import prices as queries


@partner_page(Right.CALCULATOR)
def calculator(request: PartnerRequest) -> HttpResponse:
    """Show the prices in force and reckon; htmx asks for the answer alone."""
    at, partner_id = clock.now(), request.place.partner.pk
    form = CalculatorForm(request.GET if "value" in request.GET else None)
    quote = form.quote(partner_id=partner_id, at=at) if form.is_valid() else None
    context: dict[str, Any] = {"form": form, "quote": quote}
    if getattr(request, "htmx", False):
        return render(request, "portal/calculator/_answer.html", context)
    version = _version_in_force(partner_id)
    context |= {
        "version": version,
        "tiers": queries.tiers(version) if version else [],
        "standards": queries.character_standards(at),
    }
    return render(request, "portal/calculator/page.html", context)


def _version_in_force(partner_id: int) -> RateVersion | None:
    try:
        return queries.rate_version(partner_id=partner_id, at=clock.now())
    except DomainError:
        return None
