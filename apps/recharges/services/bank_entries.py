"""Bank entries: entered from the statement, returned to the payer, discarded."""

import re
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.audit.actors import Actor
from apps.audit.acts import act
from apps.common.errors import REASON, RELOAD, ConflictError, InvalidError
from apps.common.money import CENT, MAX_AMOUNT_YUAN
from apps.recharges import locks
from apps.recharges.choices import BankEntryStatus, RechargeStatus
from apps.recharges.models import BankEntry, Recharge
from apps.recharges.queries import same_day


class AmountError(InvalidError):
    """Not an amount of money: zero or less, parts of a cent, or beyond all bounds."""

    code = "amount_invalid"
    field = "amount_yuan"
    message = _("Give an amount above zero in yuan and cents, up to 99 999 999.99.")
    cure = _("Type the amount as the bank wrote it, in yuan with two decimals.")


class BankEntryExistsError(ConflictError):
    """The line was entered before."""

    code = "bank_entry_exists"
    field = "serial"
    message = _("The bank's serial number %(serial)s has been entered already.")
    cure = _("Search the bank entries for the serial number.")


class BankEntryStateError(ConflictError):
    """The bank entry's money has gone elsewhere."""

    code = "bank_entry_wrong_state"
    message = _("Bank entry %(serial)s is %(status)s, which does not allow this.")
    cure = RELOAD


class BankEntryProposedError(ConflictError):
    """A recharge from this bank entry waits to be confirmed."""

    code = "bank_entry_proposed"
    message = _("A recharge from bank entry %(serial)s is proposed already. Withdraw it first.")
    cure = _("Confirm the recharge that is proposed, or withdraw it.")


class BankEntryReasonMissingError(InvalidError):
    """Money that is put aside needs a reason."""

    code = "bank_entry_reason_missing"
    message = _("Say why this money is put aside.")
    cure = REASON


@transaction.atomic
def enter(
    *,
    bank_account: str,
    serial: str,
    payer: str,
    amount_yuan: Decimal,
    received_at: datetime,
    by: Actor,
    at: datetime,
    reference: str = "",
) -> BankEntry:
    """Write down a credit line of the bank statement.

    Raises:
        AmountError: not an amount of money.
        BankEntryExistsError: that serial number of that bank account was entered before.
    """
    check_amount(amount_yuan)
    with act("bank_entries.enter", by=by):
        entry, is_new = BankEntry.objects.get_or_create(
            bank_account=bare_account(bank_account),
            serial=serial,
            defaults={
                "payer": payer,
                "amount_yuan": amount_yuan,
                "received_at": received_at,
                "reference": reference,
                "entered_by_id": by.user_id,
                "entered_at": at,
                "found_at": at,
                "due_at": same_day.due_at(at),
            },
        )
    if not is_new:
        raise BankEntryExistsError(serial=entry.serial)
    return entry


@transaction.atomic
def mark_returned(*, bank_entry_id: int, by: Actor, reason: str, at: datetime) -> BankEntry:
    """Write down that the money went back to its payer.

    Raises:
        BankEntryStateError: it is not unmatched.
        BankEntryProposedError: a recharge from it is proposed.
        BankEntryReasonMissingError: no reason was given.
    """
    return _put_aside(
        bank_entry_id, BankEntryStatus.RETURNED, verb="mark_returned", by=by, reason=reason, at=at
    )


@transaction.atomic
def discard(*, bank_entry_id: int, by: Actor, reason: str, at: datetime) -> BankEntry:
    """Set aside a line that is no partner's money, such as interest.

    Raises:
        BankEntryStateError: it is not unmatched.
        BankEntryProposedError: a recharge from it is proposed.
        BankEntryReasonMissingError: no reason was given.
    """
    return _put_aside(
        bank_entry_id, BankEntryStatus.DISCARDED, verb="discard", by=by, reason=reason, at=at
    )


def bare_account(bank_account: str) -> str:
    """Return an account number as it is kept: without blanks and hyphens, however it was typed."""
    return re.sub(r"[\s-]", "", bank_account)


def check_amount(amount_yuan: Decimal) -> None:
    """Refuse what is not an amount of money.

    Raises:
        AmountError: zero or less, parts of a cent, not a number, or too much.
    """
    if not amount_yuan.is_finite() or not 0 < amount_yuan <= MAX_AMOUNT_YUAN:
        raise AmountError
    if amount_yuan != amount_yuan.quantize(CENT):
        raise AmountError


def check_unmatched(entry: BankEntry) -> None:
    """Refuse to take money that has gone elsewhere or is about to.

    Raises:
        BankEntryStateError: it is not unmatched.
        BankEntryProposedError: a recharge from it is proposed.
    """
    if entry.status != BankEntryStatus.UNMATCHED:
        raise BankEntryStateError(serial=entry.serial, status=entry.get_status_display())
    if Recharge.objects.filter(bank_entry=entry, status=RechargeStatus.PENDING).exists():
        raise BankEntryProposedError(serial=entry.serial)


def _put_aside(
    bank_entry_id: int, status: BankEntryStatus, *, verb: str, by: Actor, reason: str, at: datetime
) -> BankEntry:
    if not reason.strip():
        raise BankEntryReasonMissingError
    entry = locks.bank_entry(bank_entry_id)
    check_unmatched(entry)
    entry.status, entry.status_reason, entry.settled_at = status, reason, at
    with act(f"bank_entries.{verb}", by=by, reason=reason):
        entry.save(update_fields=["status", "status_reason", "settled_at"])
    return entry
