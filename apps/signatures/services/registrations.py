"""Registrations of a signature with the operators: staff record what was filed and answered.

They tell where messages may be refused. They never stop sends by themselves: only where the rules
name operators (`SignaturePolicy.required_operators`) an application waits for them.
"""

import re
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.audit.actors import Actor
from apps.audit.acts import act
from apps.common.errors import ConflictError, InvalidError
from apps.signatures import locks
from apps.signatures.choices import (
    NEXT_REGISTRATION_STATUS,
    RENEWABLE,
    RegisteringOperator,
    RegistrationStatus,
    SignatureStatus,
)
from apps.signatures.models import OperatorRegistration
from apps.signatures.services.kinds import SIGNATURES

REGISTRABLE = RENEWABLE | {SignatureStatus.SUBMITTED}
_EXTENSION = re.compile(r"[0-9]{0,20}")


class RegistrationStateError(ConflictError):
    """The registration's state does not allow this step."""

    code = "registration_wrong_state"
    message = _("%(operator)s: it is %(status)s, which does not allow this.")
    cure = _("Record the steps in their order: filed, then answered.")


class RegistrationExtensionError(InvalidError):
    """An extension has only digits."""

    code = "registration_extension_invalid"
    message = _("The extension has digits only, at most 20.")
    cure = _("Type the digits without blanks or dashes.")


@transaction.atomic
def record(
    *,
    signature_id: int,
    operator: RegisteringOperator,
    status: RegistrationStatus,
    on: date,
    by: Actor,
    at: datetime,
    extension: str = "",
    remark: str = "",
) -> OperatorRegistration:
    """Write down that a signature was filed with an operator, or what the operator answered.

    Recording the same state again corrects its day, extension and remark.

    Args:
        signature_id: of a signature that is submitted, or was approved and is not over.
        operator: with whom.
        status: how far it is now; `NEXT_REGISTRATION_STATUS` says what may follow what.
        on: the day on which it was filed, or answered.
        by: who records it.
        at: now.
        extension: the digits bound to the signature behind the channel's number.
        remark: such as the operator's reason.

    Raises:
        SignatureStateError: the signature is not at a stage where it is registered.
        RegistrationStateError: the state does not follow the present one.
        RegistrationExtensionError: the extension is not of digits.
    """
    signature = locks.signature(signature_id)
    if signature.status not in REGISTRABLE:
        raise SIGNATURES.wrong_state(signature)
    if not _EXTENSION.fullmatch(extension):
        raise RegistrationExtensionError
    found = OperatorRegistration.objects.filter(signature=signature, operator=operator).first()
    registration = found or OperatorRegistration(signature=signature, operator=operator)
    before = RegistrationStatus(registration.status)
    may_follow = status in NEXT_REGISTRATION_STATUS[before] or (found and status == before)
    if not may_follow:
        raise RegistrationStateError(
            operator=registration.get_operator_display(), status=before.label
        )
    registration.status, registration.extension, registration.remark = status, extension, remark
    registration.recorded_at = at
    _date(registration, on)
    with act("signatures.record_registration", by=by, reason=remark):
        registration.save()
    return registration


def _date(registration: OperatorRegistration, on: date) -> None:
    """Put the day where the state belongs; an answer keeps the day of filing."""
    match registration.status:
        case RegistrationStatus.NOT_FILED:
            registration.filed_on, registration.answered_on = None, None
        case RegistrationStatus.FILED:
            registration.filed_on, registration.answered_on = on, None
        case _:
            registration.answered_on = on
