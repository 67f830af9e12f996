"""Agreements: drafted, issued, signed by the partner, activated, ended.

Whoever drafted an agreement does not activate it.
"""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.agreements import locks
from apps.agreements.choices import NEXT_AGREEMENT_STATUS, AgreementStatus, RefundRule
from apps.agreements.models import Agreement
from apps.audit.actors import SYSTEM, Actor
from apps.audit.acts import act
from apps.common.clock import local_date
from apps.common.errors import ConflictError, DomainError
from apps.partners import locks as partner_locks
from apps.partners.models import Partner
from apps.rates.models import RateTable


class AgreementPeriodError(DomainError):
    """It would end before it begins."""

    code = "agreement_period_invalid"
    message = _("An agreement holds for at least one day: choose a later end.")


class ForeignRateTableError(DomainError):
    """The rate table is another partner's."""

    code = "agreement_foreign_rate_table"
    message = _("These prices are another partner's. Choose the standard table or its own.")


class FirstRechargeError(DomainError):
    """Of the first recharge, quantity and price are both given or neither."""

    code = "agreement_first_recharge_incomplete"
    message = _("Give both quantity and price of the first recharge, above zero, or neither.")


class AgreementStateError(ConflictError):
    """The agreement's state does not allow this step."""

    code = "agreement_wrong_state"
    message = _("The agreement is %(status)s, which does not allow this.")


class AgreementOverlapError(ConflictError):
    """The partner has another agreement in force within the term."""

    code = "agreement_overlap"
    message = _("Agreement %(number)s of this partner is in force within the same term.")


class AgreementReasonMissingError(DomainError):
    """Ending an agreement needs a reason that the partner can read."""

    code = "agreement_reason_missing"
    message = _("Say why: the partner reads it.")


class OwnAgreementError(DomainError):
    """Nobody activates what they drafted."""

    code = "agreement_own_draft"
    message = _("You drafted this agreement; another person activates it.")


@transaction.atomic
def draft(
    *,
    partner: Partner,
    starts_on: date,
    by: Actor,
    at: datetime,
    ends_on: date | None = None,
    refund_rule: RefundRule = RefundRule.ON_REJECT,
    rate_table: RateTable | None = None,
    first_recharge_segments: int | None = None,
    first_recharge_unit_price_yuan: Decimal | None = None,
    mobile_characters: int | None = None,
    phs_characters: int | None = None,
) -> Agreement:
    """Fill the blanks of an agreement that holds from `starts_on` until before `ends_on`.

    Raises:
        AgreementPeriodError: the end is not after the start.
        ForeignRateTableError: the rate table is another partner's.
        FirstRechargeError: only one of quantity and price is given.
    """
    if ends_on is not None and ends_on <= starts_on:
        raise AgreementPeriodError
    if rate_table is not None and rate_table.partner_id not in {None, partner.pk}:
        raise ForeignRateTableError
    first_recharge = (first_recharge_segments, first_recharge_unit_price_yuan)
    if first_recharge != (None, None) and not all(blank and blank > 0 for blank in first_recharge):
        raise FirstRechargeError
    with act("agreements.draft", by=by):
        return Agreement.objects.create(
            partner=partner,
            starts_on=starts_on,
            ends_on=ends_on,
            refund_rule=refund_rule,
            rate_table=rate_table,
            first_recharge_segments=first_recharge_segments,
            first_recharge_unit_price_yuan=first_recharge_unit_price_yuan,
            mobile_characters=mobile_characters,
            phs_characters=phs_characters,
            drafted_by_id=by.user_id,
            drafted_at=at,
        )


@transaction.atomic
def issue(*, agreement_id: int, by: Actor, at: datetime) -> Agreement:
    """Give a draft the next number of the year in Asia/Shanghai, such as 2026-0001.

    Numbers have no gaps: the counter is locked until the transaction ends, and goes back with it.

    Raises:
        AgreementStateError: it is not a draft.
    """
    agreement = _checked(agreement_id, AgreementStatus.ISSUED)
    counter = locks.number_counter(local_date(at).year)
    counter.last_number += 1
    counter.save(update_fields=["last_number"])
    agreement.number, agreement.issued_at = str(counter), at
    return _saved(agreement, AgreementStatus.ISSUED, verb="issue", by=by)


@transaction.atomic
def mark_signed(*, agreement_id: int, by: Actor, at: datetime) -> Agreement:
    """Write down that the partner signed and stamped it.

    Raises:
        AgreementStateError: it is not issued.
    """
    agreement = _checked(agreement_id, AgreementStatus.SIGNED)
    agreement.signed_at = at
    return _saved(agreement, AgreementStatus.SIGNED, verb="mark_signed", by=by)


@transaction.atomic
def activate(*, agreement_id: int, by: Actor, at: datetime) -> Agreement:
    """Countersign: the partner may send within the term.

    Raises:
        AgreementStateError: the partner has not signed it.
        OwnAgreementError: `by` drafted it.
        AgreementOverlapError: another one of the partner is active within the term.
    """
    agreement = _checked(agreement_id, AgreementStatus.ACTIVE)
    if by.is_same_person(agreement.drafted_by_id):
        raise OwnAgreementError
    _check_overlap(agreement)
    agreement.activated_by_id = by.user_id
    agreement.activated_at = at
    return _saved(agreement, AgreementStatus.ACTIVE, verb="activate", by=by)


@transaction.atomic
def terminate(*, agreement_id: int, by: Actor, at: datetime, reason: str) -> Agreement:
    """End an agreement before its time; an active one stops sends at once.

    Raises:
        AgreementStateError: it is a draft, or has ended.
        AgreementReasonMissingError: no reason was given.
    """
    if not reason.strip():
        raise AgreementReasonMissingError
    agreement = _checked(agreement_id, AgreementStatus.TERMINATED)
    agreement.status_reason, agreement.ended_at = reason, at
    return _saved(agreement, AgreementStatus.TERMINATED, verb="terminate", by=by, reason=reason)


@transaction.atomic
def expire_due(*, at: datetime) -> int:
    """Expire every active agreement whose term has ended; return how many.

    Sending stops by the date itself, not by this; the state follows for those who look at it.
    """
    due = locks.agreements_over_on(local_date(at))
    for agreement in due:
        agreement.ended_at = at
        _saved(agreement, AgreementStatus.EXPIRED, verb="expire", by=SYSTEM)
    return len(due)


def _checked(agreement_id: int, status: AgreementStatus) -> Agreement:
    """Lock an agreement that may take the step to `status`."""
    agreement = locks.agreement(agreement_id)
    if status not in NEXT_AGREEMENT_STATUS[AgreementStatus(agreement.status)]:
        raise _wrong_state(agreement)
    return agreement


def _check_overlap(agreement: Agreement) -> None:
    """Find the agreement that the database would refuse this one for, to name it."""
    partner_locks.partner(agreement.partner_id)
    others = Agreement.objects.filter(partner=agreement.partner_id, status=AgreementStatus.ACTIVE)
    for other in others.order_by("pk"):
        starts_before_end = other.ends_on is None or agreement.starts_on < other.ends_on
        ends_after_start = agreement.ends_on is None or agreement.ends_on > other.starts_on
        if starts_before_end and ends_after_start:
            raise AgreementOverlapError(number=other.number)


def _saved(
    agreement: Agreement, status: AgreementStatus, *, verb: str, by: Actor, reason: str = ""
) -> Agreement:
    agreement.status = status
    with act(f"agreements.{verb}", by=by, reason=reason):
        agreement.save()
    return agreement


def _wrong_state(agreement: Agreement) -> AgreementStateError:
    return AgreementStateError(status=agreement.get_status_display())
