"""What is told of signatures and letters: events of the outbox, in the language of the portal."""

from datetime import datetime

from django.conf import settings
from django.utils import translation

from apps.common import outbox
from apps.signatures.models import AuthorisationLetter, Round, Signature
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


def tell_letter(
    verb: str, letter: AuthorisationLetter, at: datetime, **payload: outbox.JSON
) -> None:
    """Publish `letter.<verb>` with grantor and work order, inside the caller's transaction."""
    outbox.publish(
        event=f"letter.{verb}",
        partner_id=letter.partner_id,
        subject_kind="letter",
        subject_id=str(letter.pk),
        payload={"grantor": letter.grantor_name, "order_number": letter.order_number, **payload},
        at=at,
    )


def tell_letter_rejected(letter: AuthorisationLetter, at: datetime) -> None:
    """Publish a letter's refusal with its codes, what they mean and what to do about them."""
    with translation.override(settings.LANGUAGE_CODE):
        tell_letter(
            "rejected",
            letter,
            at,
            reasons=letter.reasons,
            reason_texts=labels_of(letter.reasons),
            remedies=remedies_of(letter.reasons),
            remark=letter.remark,
        )
