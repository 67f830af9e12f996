"""Partners, their customers, the accounts they send from, who works for them and their keys.

An account belongs to a partner and, when it was opened for one, to a customer. Its credit is kept
by `ledger`; its signatures, agreement and pledge by the apps of those names. `Gateway` is the other
party of every agreement: the company that runs this portal.
"""

from apps.partners.models.accounts import Account, AccountQuerySet, ApiKey, ApiKeyGenerator
from apps.partners.models.customers import Customer, CustomerQuerySet
from apps.partners.models.gateway import Gateway
from apps.partners.models.partners import Membership, Partner, PartnerQuerySet

__all__ = [
    "Account",
    "AccountQuerySet",
    "ApiKey",
    "ApiKeyGenerator",
    "Customer",
    "CustomerQuerySet",
    "Gateway",
    "Membership",
    "Partner",
    "PartnerQuerySet",
]
