"""The printed form of a pledge: which particulars go onto it, and the PDF itself.

What is printed is kept with the pledge (`Pledge.particulars`). When the customer's particulars
change after that, the paper that was signed no longer says what is true, and is printed anew.
"""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from apps.common import clock, documents
from apps.common.errors import InvalidError
from apps.partners import queries as partners
from apps.partners.models import Customer
from apps.pledges import rules
from apps.pledges.models import Pledge, PledgeTemplate

TEMPLATE = Path(__file__).resolve().parent.parent / "documents" / "pledge.typ"
OF_CUSTOMER = (
    "name",
    "credit_code",
    "legal_person",
    "address",
    "contact_name",
    "contact_phone",
    "industry",
)
OF_PLEDGE = ("audience", "consent", "samples")


class PledgeIncompleteError(InvalidError):
    """The form cannot be printed while blanks of it are empty."""

    code = "pledge_incomplete"
    message = _("Fill in first: %(missing)s.")
    cure = _("Fill in the customer's particulars and the form, then print it.")


def particulars_of(pledge: Pledge) -> dict[str, Any]:
    """Return what the form says besides its wording, as it stands now.

    Raises:
        GatewayParticularsMissingError: the gateway's own are blank.
        PledgeIncompleteError: something of the customer or the form is blank.
    """
    customer = pledge.customer
    _check_complete(pledge)
    return {
        **{name: getattr(customer, name) for name in OF_CUSTOMER},
        **{name: getattr(pledge, name) for name in OF_PLEDGE},
        "partner": customer.partner.name,
        "gateway": partners.gateway().name,
    }


def rendered(pledge: Pledge, template: PledgeTemplate, *, at: datetime) -> bytes:
    """Typeset the form of a pledge whose particulars are settled; always in Chinese.

    Raises:
        UnprintableCharacterError: something filled in has characters that no font has.
    """
    values = values_of(pledge, template, at=at)
    return documents.render(template=TEMPLATE, values=values)


def values_of(pledge: Pledge, template: PledgeTemplate, *, at: datetime) -> dict[str, Any]:
    """Return what the typst template prints."""
    printed = pledge.particulars
    blanks = {
        "customer": printed["name"],
        "partner": printed["partner"],
        "gateway": printed["gateway"],
    }
    with translation.override(settings.LANGUAGE_CODE):
        industry = str(dict(Customer._meta.get_field("industry").flatchoices)[printed["industry"]])
    return {
        **printed,
        "title": template.title,
        "dated_at": clock.iso(at),
        "author": [printed["partner"]],
        "number": pledge.number,
        "version": template.version,
        "industry": industry,
        "body": [
            {"kind": each.kind.value, "text": rules.filled(each.text, blanks)}
            for each in rules.paragraphs(template.wording)
        ],
    }


def _check_complete(pledge: Pledge) -> None:
    blank = [
        str(field.verbose_name)
        for part, names in ((pledge.customer, OF_CUSTOMER), (pledge, OF_PLEDGE))
        for field in part._meta.fields
        if field.name in names and not getattr(part, field.name)
    ]
    if blank:
        raise PledgeIncompleteError(missing=", ".join(blank))
