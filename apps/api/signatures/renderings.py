"""Signatures and their papers as the interface shows them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from apps.api import numbered, reach
from apps.api.written import day, moment
from apps.common.clock import iso
from apps.signatures import queries, reasons
from apps.signatures.choices import OVER, RoundStatus
from apps.signatures.models import ProofDocument, Round, Signature, SignaturePolicy
from apps.signatures.rules import papers

_STATED = (
    "source_detail", "company_name", "company_code", "legal_person", "operator_name",
    "sample_texts",
)  # fmt: skip


def signature(row: Signature, *, policy: SignaturePolicy, today: date) -> dict[str, Any]:
    """Return a signature; its papers and rounds are loaded as `reach.signatures` does."""
    proofs: Sequence[ProofDocument] = getattr(row, "present_proofs")  # noqa: B009 - prefetched
    rounds: Sequence[Round] = getattr(row, "newest_rounds")  # noqa: B009 - prefetched
    newest = rounds[0] if rounds else None
    return {
        "id": numbered.public(reach.SIGNATURE, row.pk),
        "text": row.text,
        "status": row.status.lower(),
        "source": row.source.lower(),
        "use": row.use.lower(),
        "letter": row.letter.order_number or None if row.letter else None,
        **{name: getattr(row, name) for name in _STATED},
        "default": row.is_default,
        "proofs": [proof(each) for each in proofs],
        "missing": _missing(row, proofs, policy, today),
        "order": newest.order_number if newest else None,
        "submitted_at": moment(row.submitted_at),
        "due_at": moment(row.due_at),
        "urged_at": moment(newest.urged_at if newest else None),
        "judged_at": moment(row.judged_at),
        "holds_until": day(row.holds_until),
        "reason": row.reason,
        "refusal": _refusal_of_round(newest),
        "created_at": iso(row.applied_at),
    }


def proof(row: ProofDocument) -> dict[str, Any]:
    """Return a paper that is with an application."""
    return {
        "id": numbered.public(reach.PROOF, row.pk),
        "type": row.type.lower(),
        "name": row.name,
        "content_type": row.content_type,
        "size": row.size,
        "pages": row.page_count,
        "sha256": row.sha256,
        "valid_until": day(row.valid_until),
        "uploaded_at": iso(row.uploaded_at),
    }


def _missing(
    row: Signature, proofs: Sequence[ProofDocument], policy: SignaturePolicy, today: date
) -> list[list[str]]:
    if row.status in OVER:
        return []
    groups = papers.missing(
        queries.musts_of(row, policy), queries.papers_of(proofs, row.letter), today
    )
    return [sorted(each.lower() for each in group) for group in groups]


def _refusal_of_round(newest: Round | None) -> dict[str, Any] | None:
    if newest is None or newest.status != RoundStatus.REJECTED:
        return None
    codes, details = newest.reasons, reasons.labels_of(newest.reasons)
    told = zip(codes, details, reasons.remedies_of(codes), strict=True)
    return {
        "reasons": [
            {"code": code.lower(), "detail": detail, "cure": cure} for code, detail, cure in told
        ],
        "remark": newest.remark,
    }
