"""Which step an agreement may take, and the write of a step, for the services beside."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.agreements import locks
from apps.agreements.choices import NEXT_AGREEMENT_STATUS, AgreementStatus
from apps.agreements.events import AgreementEvent
from apps.agreements.models import Agreement
from apps.audit.actors import Actor
from apps.audit.acts import act
from apps.common import outbox
from apps.common.errors import RELOAD, ConflictError


class AgreementStateError(ConflictError):
    """The agreement's state does not allow this step."""

    code = "agreement_wrong_state"
    message = _("The agreement is %(status)s, which does not allow this.")
    cure = RELOAD


def locked(agreement_id: int, status: AgreementStatus) -> Agreement:
    """Lock an agreement that may take the step to `status`.

    Raises:
        AgreementStateError: the table of states does not have that step.
    """
    agreement = locks.agreement(agreement_id)
    check(agreement, status)
    return agreement


def check(agreement: Agreement, status: AgreementStatus) -> None:
    """Refuse a step that the table of states does not have."""
    if status not in NEXT_AGREEMENT_STATUS[AgreementStatus(agreement.status)]:
        raise wrong_state(agreement)


def wrong_state(agreement: Agreement) -> AgreementStateError:
    """Return the error that names the state."""
    return AgreementStateError(status=agreement.get_status_display())


def saved(
    agreement: Agreement,
    status: AgreementStatus,
    *,
    verb: str,
    by: Actor,
    reason: str = "",
    relaxed: Collection[str] = (),
) -> Agreement:
    """Write an agreement in its new state."""
    agreement.status = status
    with act(f"agreements.{verb}", by=by, reason=reason, relaxed=relaxed):
        agreement.save()
    return agreement


def tell(event: type[AgreementEvent], agreement: Agreement, *, at: datetime, **facts: Any) -> None:
    """Publish what happened to an agreement, by its number."""
    outbox.publish(
        event(
            partner_id=agreement.partner_id,
            subject_id=str(agreement.pk),
            number=agreement.number or "",
            **facts,
        ),
        at=at,
    )
