"""Signatures and their papers as they are answered."""

from collections.abc import Sequence
from datetime import date, datetime
from operator import attrgetter
from typing import Annotated, Any

from pydantic import Field

from apps.api import numbered, published, reach
from apps.api.answers import Answer, From, list_of, one_of
from apps.api.refusals import Refusal, refusal
from apps.reviews.choices import RoundStatus
from apps.signatures import models, queries
from apps.signatures.choices import OVER, ProofType, SignatureStatus, Source, Use
from apps.signatures.models import ProofDocument, Round, SignaturePolicy
from apps.signatures.reasons import REASONS
from apps.signatures.rules import papers

STATUSES = list(published.names(SignatureStatus))
SOURCES = list(published.names(Source))
USES = list(published.names(Use))
PROOF_TYPES = list(published.names(ProofType))
of = From(models.Signature)
of_proof = From(ProofDocument)


def _newest(row: models.Signature) -> Round | None:
    rounds: Sequence[Round] = getattr(row, "newest_rounds")  # noqa: B009 - prefetched
    return rounds[0] if rounds else None


def _refusal(row: models.Signature) -> dict[str, Any] | None:
    newest = _newest(row)
    if newest is None or newest.status != RoundStatus.REJECTED:
        return None
    return refusal(REASONS, newest)


class Proof(Answer):
    """A paper that is with an application."""

    id: str = of_proof(lambda row: numbered.public(reach.PROOF, row.pk))
    type: Annotated[str, one_of(PROOF_TYPES)]
    name: str
    content_type: str
    size: int = Field(description="Bytes, after cleaning.")
    pages: int = of_proof(lambda row: row.page_count)
    sha256: str = Field(description="Of the bytes as they were sent.")
    valid_until: date | None
    uploaded_at: datetime


class Signature(Answer):
    """A signature or an application for one."""

    id: str = of(lambda row: numbered.public(reach.SIGNATURE, row.pk))
    text: str
    status: Annotated[str, one_of(STATUSES)] = Field(
        description="Only approved ones are sent with."
    )
    source: Annotated[str, one_of(SOURCES)]
    source_detail: str
    use: Annotated[str, one_of(USES)]
    letter: str | None = of(lambda row: row.letter.order_number or None if row.letter else None)
    company_name: str
    company_code: str
    legal_person: str
    operator_name: str
    sample_texts: list[str]
    default: bool = of(
        lambda row: row.is_default, description="Used where a send names no signature."
    )
    proofs: list[Proof] = of.part(attrgetter("present_proofs"))
    missing: list[list[str]] = Field(
        description="Papers to add before it is submitted: of each group, one."
    )
    order: str | None = of(
        lambda row: newest.order_number if (newest := _newest(row)) else None,
        description="The work order of the last round.",
    )
    submitted_at: datetime | None
    due_at: datetime | None = Field(description="Null where nothing waits.")
    urged_at: datetime | None = of(
        lambda row: newest.urged_at if (newest := _newest(row)) else None
    )
    judged_at: datetime | None
    holds_until: date | None = Field(description="When its papers end.")
    reason: str = of(
        lambda row: row.remark, description="Why it was suspended, expired or revoked."
    )
    refusal: Refusal | None = of.part(_refusal)
    created_at: datetime = of(lambda row: row.entered_at)


SignatureList = list_of(Signature, "SignatureList", "A page of signatures.")


def signature(row: models.Signature, *, policy: SignaturePolicy, today: date) -> dict[str, Any]:
    """Return a signature; its papers and rounds are loaded as `reach.signatures` does."""
    return Signature.show(row, missing=_missing(row, policy, today))


def _missing(row: models.Signature, policy: SignaturePolicy, today: date) -> list[list[str]]:
    if row.status in OVER:
        return []
    proofs: Sequence[ProofDocument] = getattr(row, "present_proofs")  # noqa: B009 - prefetched
    groups = papers.missing(
        queries.musts_of(row, policy), queries.papers_of(proofs, row.letter), today
    )
    return [sorted(each.lower() for each in group) for group in groups]
