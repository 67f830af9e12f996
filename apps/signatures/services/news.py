"""Publishing what happened to a signature or letter, with what every event of it says."""

from datetime import datetime
from typing import Any

from apps.common import outbox
from apps.signatures.events import LetterEvent, SignatureEvent
from apps.signatures.models import AuthorisationLetter, Signature


def tell(event: type[SignatureEvent], signature: Signature, at: datetime, **facts: Any) -> None:
    """Publish an event of a signature, inside the caller's transaction."""
    newest = signature.rounds.order_by("-pk").values_list("order_number", flat=True).first()
    outbox.publish(
        event(
            partner_id=signature.account.partner_id,
            account_id=signature.account_id,
            subject_id=str(signature.pk),
            text=signature.text,
            order_number=newest or "",
            **facts,
        ),
        at=at,
    )


def tell_letter(
    event: type[LetterEvent], letter: AuthorisationLetter, at: datetime, **facts: Any
) -> None:
    """Publish an event of a letter, inside the caller's transaction."""
    outbox.publish(
        event(
            partner_id=letter.partner_id,
            subject_id=str(letter.pk),
            grantor=letter.grantor_name,
            order_number=letter.order_number,
            **facts,
        ),
        at=at,
    )
