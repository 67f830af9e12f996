"""Pledges: filed, given their signed copy, submitted, judged, revoked.

Nobody judges what they filed.
"""

from datetime import date, datetime
from typing import IO

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.audit.actors import Actor
from apps.audit.acts import act
from apps.common import uploads
from apps.common.errors import ConflictError, DomainError
from apps.partners.models import Customer
from apps.pledges import locks
from apps.pledges.choices import EDITABLE, NEXT_PLEDGE_STATUS, PledgeStatus
from apps.pledges.models import Pledge


class PledgePeriodError(DomainError):
    """It would end before it begins."""

    code = "pledge_period_invalid"
    message = _("A pledge holds for at least one day: choose a later end.")


class PledgeStateError(ConflictError):
    """The pledge's state does not allow this step."""

    code = "pledge_wrong_state"
    message = _("The pledge of %(customer)s is %(status)s, which does not allow this.")


class PledgeCopyMissingError(DomainError):
    """It cannot be judged without the signed and stamped copy."""

    code = "pledge_copy_missing"
    message = _("Add the signed and stamped copy first.")


class PledgeReasonMissingError(DomainError):
    """A refusal needs a reason that the partner can read."""

    code = "pledge_reason_missing"
    message = _("Say why: the partner reads it.")


class OwnPledgeError(DomainError):
    """Nobody judges what they filed."""

    code = "pledge_own_filing"
    message = _("You filed this pledge; another person judges it.")


@transaction.atomic
def file(
    *, customer: Customer, valid_from: date, valid_until: date, by: Actor, at: datetime
) -> Pledge:
    """Begin a pledge that holds from a day on and no longer on `valid_until`.

    Raises:
        PledgePeriodError: the end is not after the start.
    """
    if valid_until <= valid_from:
        raise PledgePeriodError
    with act("pledges.file", by=by):
        return Pledge.objects.create(
            customer=customer,
            valid_from=valid_from,
            valid_until=valid_until,
            filed_by_id=by.user_id,
            filed_at=at,
        )


@transaction.atomic
def attach_signed_copy(*, pledge_id: int, file: IO[bytes], by: Actor) -> Pledge:
    """Add the scan of the signed and stamped form, in place of an earlier one.

    Raises:
        PledgeStateError: it is neither a draft nor rejected.
        DomainError: the file was refused; the errors of `common.uploads.inspect`.
    """
    upload = uploads.inspect(file)
    pledge = locks.pledge(pledge_id)
    if pledge.status not in EDITABLE:
        raise _wrong_state(pledge)
    pledge.content_type, pledge.sha256 = upload.content_type, upload.sha256
    pledge.signed_copy = ContentFile(upload.content, name=f"copy.{upload.extension}")
    with act("pledges.attach_signed_copy", by=by):
        pledge.save()
    return pledge


@transaction.atomic
def submit(*, pledge_id: int, by: Actor, at: datetime) -> Pledge:
    """Hand a pledge in, also again after a refusal.

    Raises:
        PledgeStateError: it is neither a draft nor rejected.
        PledgeCopyMissingError: the signed copy is missing.
    """
    pledge = locks.pledge(pledge_id)
    _check_step(pledge, PledgeStatus.SUBMITTED)
    if not pledge.signed_copy:
        raise PledgeCopyMissingError
    pledge.status, pledge.submitted_at = PledgeStatus.SUBMITTED, at
    pledge.judged_by, pledge.judged_at, pledge.reason = None, None, ""
    with act("pledges.submit", by=by):
        pledge.save()
    return pledge


@transaction.atomic
def approve(*, pledge_id: int, by: Actor, at: datetime) -> Pledge:
    """Let the customer's accounts send within the pledge's validity.

    Raises:
        PledgeStateError: it is not submitted.
        OwnPledgeError: `by` filed it.
    """
    return _judge(pledge_id, PledgeStatus.APPROVED, verb="approve", by=by, at=at, reason="")


@transaction.atomic
def reject(*, pledge_id: int, by: Actor, at: datetime, reason: str) -> Pledge:
    """Refuse a pledge; the partner may mend and submit it again.

    Raises:
        PledgeStateError: it is not submitted.
        OwnPledgeError: `by` filed it.
        PledgeReasonMissingError: no reason was given.
    """
    _check_reason(reason)
    return _judge(pledge_id, PledgeStatus.REJECTED, verb="reject", by=by, at=at, reason=reason)


@transaction.atomic
def revoke(*, pledge_id: int, by: Actor, at: datetime, reason: str) -> Pledge:
    """End an approved pledge before its time.

    Raises:
        PledgeStateError: it is not approved.
        OwnPledgeError: `by` filed it.
        PledgeReasonMissingError: no reason was given.
    """
    _check_reason(reason)
    return _judge(pledge_id, PledgeStatus.REVOKED, verb="revoke", by=by, at=at, reason=reason)


def _judge(
    pledge_id: int, status: PledgeStatus, *, verb: str, by: Actor, at: datetime, reason: str
) -> Pledge:
    pledge = locks.pledge(pledge_id)
    _check_step(pledge, status)
    if by.is_same_person(pledge.filed_by_id):
        raise OwnPledgeError
    pledge.status, pledge.reason = status, reason
    pledge.judged_by_id, pledge.judged_at = by.user_id, at
    with act(f"pledges.{verb}", by=by, reason=reason):
        pledge.save()
    return pledge


def _check_step(pledge: Pledge, status: PledgeStatus) -> None:
    if status not in NEXT_PLEDGE_STATUS[PledgeStatus(pledge.status)]:
        raise _wrong_state(pledge)


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise PledgeReasonMissingError


def _wrong_state(pledge: Pledge) -> PledgeStateError:
    return PledgeStateError(customer=pledge.customer.name, status=pledge.get_status_display())
