"""Security pledges as the interface shows them."""

from typing import Any

from apps.api import numbered, reach
from apps.api.written import day, moment
from apps.common.clock import iso
from apps.pledges.choices import REMEDIES, PledgeStatus, RejectionReason
from apps.pledges.models import Pledge


def pledge(row: Pledge) -> dict[str, Any]:
    """Return a pledge."""
    return {
        "id": numbered.public(reach.PLEDGE, row.pk),
        "number": row.number,
        "customer": numbered.public(reach.CUSTOMER, row.customer_id),
        "status": row.status.lower(),
        "audience": row.audience,
        "consent": row.consent,
        "samples": row.samples,
        "form": _paper("application/pdf", row.form_sha256),
        "signed_copy": _paper(row.content_type, row.sha256),
        "printed_at": moment(row.printed_at),
        "submitted_at": moment(row.submitted_at),
        "due_at": moment(row.due_at),
        "judged_at": moment(row.judged_at),
        "valid_from": day(row.valid_from),
        "valid_until": day(row.valid_until),
        "refusal": _refusal_of_pledge(row),
        "created_at": iso(row.filed_at),
    }


def _refusal_of_pledge(row: Pledge) -> dict[str, Any] | None:
    if row.status != PledgeStatus.REJECTED:
        return None
    refused = [RejectionReason(code) for code in row.reasons]
    return {
        "reasons": [
            {"code": each.lower(), "detail": str(each.label), "cure": str(REMEDIES[each])}
            for each in refused
        ],
        "remark": row.remark,
    }


def _paper(content_type: str, sha256: str) -> dict[str, str] | None:
    return {"content_type": content_type, "sha256": sha256} if sha256 else None
