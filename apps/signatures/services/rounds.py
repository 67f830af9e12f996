"""Rounds of work orders, for the services beside: opened, urged, closed under the signature's lock."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from apps.audit.actors import Actor
from apps.common.clock import SHANGHAI
from apps.common.errors import ConflictError
from apps.reviews import timing
from apps.reviews.services import claims
from apps.signatures.choices import RENEWABLE, RoundStatus
from apps.signatures.models import Round, Signature
from apps.signatures.particulars import FIELDS
from apps.signatures.services import orders, steps


class SignatureUrgeTooEarlyError(ConflictError):
    """A working hour has not passed since it was submitted or urged."""

    code = "signature_urge_too_early"
    message = _("You may urge this from %(from_time)s on, and once in a working hour.")
    cure = _("Wait until the time that the message names.")

    def __init__(self, *, earliest: datetime) -> None:
        from_time = earliest.astimezone(SHANGHAI).strftime("%m-%d %H:%M")
        super().__init__(earliest=earliest, from_time=from_time)


def open_round(signature: Signature, *, by: Actor, at: datetime) -> Round:
    """Keep what is submitted: text, source, particulars, letter and papers as they are now."""
    is_renewal = signature.status in RENEWABLE
    order_number, number = _numbered(signature, is_renewal=is_renewal, at=at)
    opened = Round.objects.create(
        signature=signature,
        order_number=order_number,
        number=number,
        is_renewal=is_renewal,
        text=signature.text,
        source=signature.source,
        use=signature.use,
        particulars={name: getattr(signature, name) for name in FIELDS},
        letter=signature.letter,
        submitted_by_id=by.user_id,
        submitted_at=at,
        due_at=timing.due_after(at),
    )
    opened.proofs.set(signature.proofs.present())
    return opened


def close(
    opened: Round,
    signature: Signature,
    status: RoundStatus,
    *,
    at: datetime,
    by: Actor | None = None,
    reasons: Sequence[str] = (),
    remark: str = "",
) -> None:
    """Write a round's end, and forget that the signature waits; the caller saves the signature."""
    opened.status, opened.judged_at = status, at
    opened.judged_by_id = by.user_id if by else None
    opened.reasons, opened.remark = list(reasons), remark
    opened.save()
    signature.due_at = None
    claims.drop(queue=steps.QUEUE, subject_id=str(signature.pk))


def close_any(signature: Signature, *, at: datetime) -> None:
    """Withdraw the open round of a signature that ends, where there is one."""
    for opened in signature.rounds.waiting():
        close(opened, signature, RoundStatus.WITHDRAWN, at=at)


def count_urge(opened: Round, *, at: datetime) -> None:
    """Count an urge.

    Raises:
        SignatureUrgeTooEarlyError: the hour has not passed.
    """
    earliest = timing.urgeable_from(submitted_at=opened.submitted_at, urged_at=opened.urged_at)
    if at < earliest:
        raise SignatureUrgeTooEarlyError(earliest=earliest)
    opened.urge_count, opened.urged_at = opened.urge_count + 1, at
    opened.save(update_fields=["urge_count", "urged_at"])


def _numbered(signature: Signature, *, is_renewal: bool, at: datetime) -> tuple[str, int]:
    """Go on with the work order until it is approved; then begin another."""
    last = signature.rounds.order_by("-pk").first()
    is_same_order = (
        last is not None and last.status != RoundStatus.APPROVED and last.is_renewal == is_renewal
    )
    if last is not None and is_same_order:
        return last.order_number, last.number + 1
    return orders.next_number(orders.SIGNATURE, at), 1
