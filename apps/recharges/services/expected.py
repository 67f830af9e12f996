"""First recharges of agreements: opened on activation, met by a recharge, cancelled (clause 10)."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.audit.actors import Actor
from apps.audit.acts import act
from apps.common.errors import REASON, RELOAD, ConflictError, InvalidError
from apps.recharges import locks
from apps.recharges.choices import NEXT_EXPECTED_STATUS, ExpectedStatus
from apps.recharges.models import ExpectedRecharge, Recharge
from apps.recharges.services.bank_entries import check_amount


class ExpectedRechargeStateError(ConflictError):
    """It was paid or cancelled before."""

    code = "expected_recharge_wrong_state"
    message = _("The first recharge of %(agreement)s is %(status)s, which does not allow this.")
    cure = RELOAD


class ExpectedRechargeReasonMissingError(InvalidError):
    """Nothing that a contract calls for is dropped without a reason."""

    code = "expected_recharge_reason_missing"
    message = _("Say why the first recharge is not expected any more.")
    cure = REASON


@transaction.atomic
def open_first(
    *,
    account_id: int,
    agreement_number: str,
    amount_yuan: Decimal,
    due_on: date,
    by: Actor,
    at: datetime,
) -> ExpectedRecharge:
    """Open the first recharge of an activated agreement; asked again, return the one opened then.

    Raises:
        AmountError: not an amount of money.

    Source: agreement clause 10.
    """
    check_amount(amount_yuan)
    with act("expected_recharges.open", by=by):
        expected, _is_new = ExpectedRecharge.objects.get_or_create(
            agreement_number=agreement_number,
            defaults={
                "account_id": account_id,
                "amount_yuan": amount_yuan,
                "due_on": due_on,
                "opened_at": at,
            },
        )
    return expected


@transaction.atomic
def cancel(*, expected_id: int, by: Actor, reason: str) -> ExpectedRecharge:
    """Stop expecting a first recharge, such as when its agreement ended before it was paid.

    Raises:
        ExpectedRechargeStateError: it was paid or cancelled before.
        ExpectedRechargeReasonMissingError: no reason was given.
    """
    if not reason.strip():
        raise ExpectedRechargeReasonMissingError
    expected = locks.expected(expected_id)
    if ExpectedStatus.CANCELLED not in NEXT_EXPECTED_STATUS[ExpectedStatus(expected.status)]:
        raise ExpectedRechargeStateError(
            agreement=expected.agreement_number, status=expected.get_status_display()
        )
    expected.status, expected.status_reason = ExpectedStatus.CANCELLED, reason
    with act("expected_recharges.cancel", by=by, reason=reason):
        expected.save(update_fields=["status", "status_reason"])
    return expected


def meet(recharge: Recharge) -> ExpectedRecharge | None:
    """Tie a recharge that is being confirmed to the oldest first recharge its account owes.

    Runs in the transaction, and under the act, of the confirmation. The amount need not be equal:
    banks take fees, and a difference is for a person to see, not for the payment to be lost.
    """
    expected = locks.expected_of_account(recharge.account_id)
    if expected is not None:
        expected.status, expected.recharge = ExpectedStatus.MET, recharge
        expected.save(update_fields=["status", "recharge"])
    return expected


def reopen(recharge: Recharge) -> ExpectedRecharge | None:
    """Expect a first recharge again, since the recharge that met it is reversed; under its act."""
    expected = locks.expected_of_recharge(recharge.pk)
    if expected is not None:
        expected.status, expected.recharge = ExpectedStatus.OPEN, None
        expected.save(update_fields=["status", "recharge"])
    return expected
