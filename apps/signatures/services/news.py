"""What the partner is told of a signature: events of the outbox, in the language of the portal."""

from datetime import datetime

from django.conf import settings
from django.utils import translation

from apps.common import outbox
from apps.signatures.models import Round, Signature
from apps.signatures.reasons import labels_of, remedies_of


def tell(verb: str, signature: Signature, at: datetime, **payload: outbox.JSON) -> None:
    """Publish `signature.<verb>` with the text and work order, inside the caller's transaction."""
    newest = signature.rounds.order_by("-pk").values_list("order_number", flat=True).first()
    outbox.publish(
        event=f"signature.{verb}",
        partner_id=signature.account.partner_id,
        account_id=signature.account_id,
        subject_kind="signature",
        subject_id=str(signature.pk),
        payload={"text": signature.text, "order_number": newest or "", **payload},
        at=at,
    )


def tell_rejected(signature: Signature, judged: Round, at: datetime) -> None:
    """Publish a refusal with its codes, what they mean and what to do about them."""
    with translation.override(settings.LANGUAGE_CODE):
        tell(
            "rejected",
            signature,
            at,
            reasons=judged.reasons,
            reason_texts=labels_of(judged.reasons),
            remedies=remedies_of(judged.reasons),
            remark=judged.remark,
            is_renewal=judged.is_renewal,
        )
