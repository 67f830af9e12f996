"""What the partner is told of a pledge: events of the outbox, in the language of the portal."""

from datetime import datetime

from django.conf import settings
from django.utils import translation

from apps.common import outbox
from apps.pledges.choices import REMEDIES, RejectionReason
from apps.pledges.models import Pledge


def tell(verb: str, pledge: Pledge, at: datetime, **payload: outbox.JSON) -> None:
    """Publish `pledge.<verb>` with customer and number, inside the caller's transaction."""
    outbox.publish(
        event=f"pledge.{verb}",
        partner_id=pledge.customer.partner_id,
        subject_kind="pledge",
        subject_id=str(pledge.pk),
        payload={"customer": pledge.customer.name, "number": pledge.number, **payload},
        at=at,
    )


def tell_rejected(pledge: Pledge, at: datetime) -> None:
    """Publish a refusal with its codes, what they mean and what to do about them."""
    reasons = [RejectionReason(code) for code in pledge.reasons]
    with translation.override(settings.LANGUAGE_CODE):
        tell(
            "rejected",
            pledge,
            at,
            reasons=list(pledge.reasons),
            reason_texts=[str(reason.label) for reason in reasons],
            remedies=[str(REMEDIES[reason]) for reason in reasons],
            remark=pledge.remark,
        )
