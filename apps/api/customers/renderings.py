"""Customers as the interface shows them."""

from typing import Any

from apps.api import numbered, reach
from apps.common.clock import iso
from apps.partners.models import Customer

_KNOWN = (
    "name", "credit_code", "legal_person", "address", "contact_name", "contact_phone",
    "contact_email",
)  # fmt: skip


def customer(row: Customer) -> dict[str, Any]:
    """Return a customer."""
    return {
        "id": numbered.public(reach.CUSTOMER, row.pk),
        **{name: getattr(row, name) for name in _KNOWN},
        "industry": row.industry.lower() or None,
        "audience": row.audience,
        "consent": row.consent,
        "status": row.status.lower(),
        "created_at": iso(row.created_at),
    }
