"""Security pledges as they are answered."""

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import Field

from apps.api import numbered, published, reach
from apps.api.answers import Answer, From, Retold, list_of, one_of
from apps.api.refusals import Refusal, refusal
from apps.pledges import models
from apps.pledges.choices import REASONS, PledgeStatus

STATUSES = list(published.names(PledgeStatus))
of = From(models.Pledge)


def _refusal(row: models.Pledge) -> dict[str, Any] | None:
    if row.status != PledgeStatus.REJECTED:
        return None
    return refusal(REASONS, row)


def _paper(content_type: str, sha256: str) -> dict[str, str] | None:
    return {"content_type": content_type, "sha256": sha256} if sha256 else None


class PledgePaper(Retold):
    """A paper of a pledge by its digest."""

    content_type: str
    sha256: str


class Pledge(Answer):
    """A customer's security pledge."""

    id: str = of(lambda row: numbered.public(reach.PLEDGE, row.pk))
    number: str
    customer: str = of(lambda row: numbered.public(reach.CUSTOMER, row.customer_id))
    status: Annotated[str, one_of(STATUSES)] = Field(
        description="An approved one, within its validity, allows sending."
    )
    audience: str
    consent: str
    samples: list[str]
    form: PledgePaper | None = of.part(
        lambda row: _paper("application/pdf", row.form_sha256),
        description="Null until it is printed.",
    )
    signed_copy: PledgePaper | None = of.part(lambda row: _paper(row.content_type, row.sha256))
    printed_at: datetime | None
    submitted_at: datetime | None
    due_at: datetime | None
    judged_at: datetime | None
    valid_from: date | None
    valid_until: date | None = Field(description="The first day on which it no longer holds.")
    refusal: Refusal | None = of.part(_refusal)
    created_at: datetime = of(lambda row: row.entered_at)


PledgeList = list_of(Pledge, "PledgeList", "A page of pledges.")
