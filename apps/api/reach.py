"""What a key reaches of what is managed: its account's signatures, its partner's customers.

A key of the partner's own account reaches all customers and their pledges and may change them; a
key of a customer's account sees that customer alone, and changes nothing of it.
"""

from typing import TypeVar

from django.db.models import Model, Prefetch, QuerySet

from apps.api import numbered
from apps.api.errors import OwnAccountNeededError
from apps.common.errors import NotFoundError
from apps.partners.models import ApiKey, Customer
from apps.pledges.models import Pledge
from apps.signatures.models import ProofDocument, Round, Signature

SIGNATURE, PROOF, CUSTOMER, PLEDGE = "sig", "prf", "cus", "plg"
Row = TypeVar("Row", bound=Model)


def signatures(key: ApiKey) -> QuerySet[Signature]:
    """Return the signatures of the key's account, with all that is shown of each."""
    papers = ProofDocument.objects.present().order_by("pk")
    return (
        Signature.objects.filter(account=key.account_id)
        .select_related("letter")
        .prefetch_related(
            Prefetch("proofs", papers, to_attr="present_proofs"),
            Prefetch("rounds", Round.objects.order_by("-pk"), to_attr="newest_rounds"),
        )
    )


def customers(key: ApiKey) -> QuerySet[Customer]:
    """Return the customers that the key reaches."""
    own = Customer.objects.filter(partner=key.account.partner_id)
    return own.filter(pk=key.account.customer_id) if key.account.customer_id else own


def pledges(key: ApiKey) -> QuerySet[Pledge]:
    """Return the pledges of the customers that the key reaches."""
    return Pledge.objects.filter(customer__in=customers(key))


def found(rows: QuerySet[Row], prefix: str, public_id: str) -> Row:
    """Return the row that a partner names.

    Raises:
        NotFoundError: there is none, or the key does not reach it.
    """
    number = numbered.parse(prefix, public_id)
    row = rows.filter(pk=number).first() if number else None
    if row is None:
        raise NotFoundError
    return row


def check_own(key: ApiKey) -> None:
    """Refuse a key of a customer's account.

    Raises:
        OwnAccountNeededError: it is one.
    """
    if key.account.customer_id is not None:
        raise OwnAccountNeededError
