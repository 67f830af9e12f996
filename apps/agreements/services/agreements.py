"""Agreements from issued to ended: signed by the partner, countersigned, terminated.

Whoever had a hand in an agreement (drafted, revised, issued, attached a copy) does not activate it.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.agreements import locks
from apps.agreements.choices import AgreementStatus, Side
from apps.agreements.events import AgreementActivated, AgreementSuperseded, AgreementTerminated
from apps.agreements.models import Agreement
from apps.agreements.services import steps
from apps.audit import queries as history
from apps.audit import separations
from apps.audit.actors import Actor
from apps.audit.separations import Hands, SeparationError
from apps.common.clock import local_date
from apps.common.errors import REASON, ConflictError, InvalidError
from apps.partners import locks as partner_locks
from apps.partners.models import Account
from apps.partners.services import accounts
from apps.recharges.choices import ExpectedStatus
from apps.recharges.models import ExpectedRecharge
from apps.recharges.services import expected


class AgreementOverlapError(ConflictError):
    """The partner has another agreement in force within the term."""

    code = "agreement_overlap"
    message = _("Agreement %(number)s of this partner is in force within the same term.")
    cure = _("End the other agreement, or let this one start when that one ends.")


class AgreementReasonMissingError(InvalidError):
    """Ending an agreement needs a reason that the partner can read."""

    code = "agreement_reason_missing"
    message = _("Say why: the partner reads it.")
    cure = REASON


class OwnAgreementError(SeparationError):
    """Nobody activates what they drafted, revised, issued or attached a signed copy to."""

    code = "agreement_own_draft"


class SignedCopyMissingError(ConflictError):
    """The paper with a signature and seal is not on file."""

    code = "agreement_copy_missing"
    message = _("Add the scanned paper with this signature and seal first: %(sides)s.")
    cure = _("Scan the stamped paper and add it, then repeat.")


class TermOverError(ConflictError):
    """Its last day has passed."""

    code = "agreement_term_over"
    message = _("Its term has ended. Draft another one.")
    cure = _("Terminate it, and draft one that ends later.")


@transaction.atomic
def mark_signed(*, agreement_id: int, by: Actor, at: datetime) -> Agreement:
    """Write down that the partner signed and stamped it; its copy is on file.

    Raises:
        AgreementStateError: it is not issued.
        SignedCopyMissingError: the partner's copy is not on file.
    """
    agreement = steps.locked(agreement_id, AgreementStatus.SIGNED)
    _check_copies(agreement, Side.PARTNER)
    agreement.signed_at = at
    return steps.saved(agreement, AgreementStatus.SIGNED, verb="mark_signed", by=by)


@transaction.atomic
def activate(*, agreement_id: int, by: Actor, at: datetime) -> Agreement:
    """Countersign: the partner may send within the term, and owes its first recharge today.

    A renewal takes over on its first day: until then the old one holds, from then on this one.

    Raises:
        AgreementStateError: the partner has not signed it.
        OwnAgreementError: `by` drafted or revised it, issued it, or added a signed copy.
        SignedCopyMissingError: a copy is not on file.
        TermOverError: it would have ended by today.
        AgreementOverlapError: another one of the partner is active within the term.
    """
    agreement, old = locks.agreement_and_predecessor(agreement_id)
    steps.check(agreement, AgreementStatus.ACTIVE)
    relaxed = separations.check(
        "agreements.activate",
        by=by,
        hands=hands_on(agreement),
        errors=dict.fromkeys(("agreement-drafted", "agreement-prepared"), OwnAgreementError),
    )
    _check_copies(agreement, *Side)
    if agreement.ends_on is not None and agreement.ends_on <= local_date(at):
        raise TermOverError
    if old is not None and old.status == AgreementStatus.ACTIVE:
        _hand_over(old, agreement, by=by, at=at)
    _check_overlap(agreement)
    agreement.activated_by_id = by.user_id
    agreement.activated_at = at
    active = steps.saved(agreement, AgreementStatus.ACTIVE, verb="activate", by=by, relaxed=relaxed)
    _open_first_recharge(active, by=by, at=at)
    steps.tell(AgreementActivated, active, at=at)
    return active


@transaction.atomic
def terminate(*, agreement_id: int, by: Actor, at: datetime, reason: str) -> Agreement:
    """End an agreement before its time; an active one stops sends at once.

    A first recharge that was not paid is not expected any more.

    Raises:
        AgreementStateError: it is a draft, or has ended.
        AgreementReasonMissingError: no reason was given.
    """
    if not reason.strip():
        raise AgreementReasonMissingError
    agreement = steps.locked(agreement_id, AgreementStatus.TERMINATED)
    agreement.status_reason, agreement.ended_at = reason, at
    ended = steps.saved(
        agreement, AgreementStatus.TERMINATED, verb="terminate", by=by, reason=reason
    )
    owed = ExpectedRecharge.objects.filter(
        agreement_number=ended.number or "", status=ExpectedStatus.OPEN
    )
    for each in owed.order_by("pk"):
        expected.cancel(expected_id=each.pk, by=by, reason=reason)
    steps.tell(AgreementTerminated, ended, at=at)
    return ended


def hands_on(agreement: Agreement) -> Hands:
    """Return who drafted an agreement, revised and issued it, and added its signed copies."""
    found = history.hands_on(agreement, "agreements.revise", "agreements.issue")
    return {
        **found,
        "agreements.draft": [agreement.drafted_by_id],
        "agreements.attach_copy": agreement.copies.values_list("uploaded_by", flat=True),
    }


def supersede(old: Agreement, renewal: Agreement, *, by: Actor, at: datetime) -> None:
    """Let an active agreement that is locked here end because its renewal has begun."""
    old.ended_at = at
    steps.saved(old, AgreementStatus.SUPERSEDED, verb="supersede", by=by)
    steps.tell(AgreementSuperseded, old, at=at, renewal=renewal.number)


def _hand_over(old: Agreement, renewal: Agreement, *, by: Actor, at: datetime) -> None:
    """End the old one on the renewal's first day; one that has begun supersedes it now."""
    if old.ends_on is None or old.ends_on > renewal.starts_on:
        old.ends_on = renewal.starts_on
    if renewal.starts_on <= local_date(at):
        supersede(old, renewal, by=by, at=at)
    else:
        steps.saved(old, AgreementStatus.ACTIVE, verb="hand_over", by=by)


def _check_copies(agreement: Agreement, *sides: Side) -> None:
    there = set(agreement.copies.values_list("side", flat=True))
    missing = [str(side.label) for side in sides if side not in there]
    if missing:
        raise SignedCopyMissingError(sides=", ".join(missing))


def _check_overlap(agreement: Agreement) -> None:
    """Find the agreement that the database would refuse this one for, to name it."""
    partner_locks.partner(agreement.partner_id)
    others = Agreement.objects.filter(partner=agreement.partner_id, status=AgreementStatus.ACTIVE)
    for other in others.order_by("pk"):
        starts_before_end = other.ends_on is None or agreement.starts_on < other.ends_on
        ends_after_start = agreement.ends_on is None or agreement.ends_on > other.starts_on
        if starts_before_end and ends_after_start:
            raise AgreementOverlapError(number=other.number)


def _open_first_recharge(agreement: Agreement, *, by: Actor, at: datetime) -> None:
    """Let the first recharge fall due today, on the partner's own account (clause 10)."""
    if agreement.first_recharge_amount_yuan is None:
        return
    account = Account.objects.filter(partner=agreement.partner_id, customer=None).first()
    account = account or accounts.open_own(partner=agreement.partner, by=by, at=at)
    expected.open_first(
        account_id=account.pk,
        agreement_number=str(agreement.number),
        amount_yuan=agreement.first_recharge_amount_yuan,
        due_on=local_date(at),
        by=by,
        at=at,
    )
