"""Recharges: proposed from a bank entry, confirmed by a second person, withdrawn.

The price is that of the rate table in force for the partner when the recharge is proposed: its own
table, or else the standard one (rates stand below agreements, so the agreement's choice shows
itself as the partner having a table).
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.audit.actors import Actor
from apps.audit.acts import act
from apps.common.errors import ConflictError, DomainError
from apps.ledger.services import credits as ledger_credits
from apps.partners.choices import AccountStatus
from apps.partners.models import Account
from apps.rates import queries as rates
from apps.recharges import locks
from apps.recharges.choices import NEXT_RECHARGE_STATUS, BankEntryStatus, RechargeStatus
from apps.recharges.models import Lot, Recharge
from apps.recharges.services.bank_entries import check_unmatched


class RechargeStateError(ConflictError):
    """The recharge is confirmed or reversed: nothing is credited twice."""

    code = "recharge_wrong_state"
    message = _("The recharge of %(account)s is %(status)s, which does not allow this.")


class OwnBankEntryError(DomainError):
    """Nobody credits money that they themselves entered."""

    code = "recharge_own_bank_entry"
    message = _("You entered this bank entry; another person confirms the recharge.")


class RechargeAccountClosedError(ConflictError):
    """A closed account takes no credit."""

    code = "recharge_account_closed"
    message = _("Account %(account)s is closed. Choose another account, or return the money.")


@transaction.atomic
def propose(*, bank_entry_id: int, account: Account, by: Actor, at: datetime) -> Recharge:
    """Say whose money a bank entry is; the amount is turned into segments at today's price.

    10 000 yuan at 0.05 make 200 000 segments. What does not make a whole one is the remainder.

    Raises:
        BankEntryStateError: its money has gone elsewhere.
        BankEntryProposedError: a recharge from it is proposed.
        RechargeAccountClosedError: the account is closed.
        NoRateError: no prices are in force.
        BelowLowestTierError: it buys less than the lowest tier.
    """
    entry = locks.bank_entry(bank_entry_id)
    check_unmatched(entry, BankEntryStatus.MATCHED)
    _check_open(account)
    quote = rates.price_for_amount(
        partner_id=account.partner_id, amount_yuan=entry.amount_yuan, at=at
    )
    with act("recharges.propose", by=by):
        return Recharge.objects.create(
            account=account,
            bank_entry=entry,
            amount_yuan=entry.amount_yuan,
            unit_price_yuan=quote.price.unit_price_yuan,
            segments=quote.price.segments,
            remainder_yuan=quote.price.remainder_yuan,
            rate_version=quote.version,
            rate_tier_id=quote.price.tier.id,
            entered_by_id=by.user_id,
            entered_at=at,
        )


@transaction.atomic
def confirm(*, recharge_id: int, by: Actor, at: datetime) -> Recharge:
    """Credit a proposed recharge to its account.

    Raises:
        RechargeStateError: it was confirmed before; nothing is credited twice.
        OwnBankEntryError: `by` entered the bank entry.
        RechargeAccountClosedError: the account was closed meanwhile.
    """
    recharge = locks.recharge(recharge_id)
    _check_step(recharge, RechargeStatus.CONFIRMED)
    if by.is_same_person(recharge.bank_entry.entered_by_id):
        raise OwnBankEntryError
    _check_open(recharge.account)
    recharge.status, recharge.confirmed_at = RechargeStatus.CONFIRMED, at
    recharge.confirmed_by_id = by.user_id
    recharge.bank_entry.status = BankEntryStatus.MATCHED
    with act("recharges.confirm", by=by):
        recharge.save(update_fields=["status", "confirmed_at", "confirmed_by"])
        recharge.bank_entry.save(update_fields=["status"])
        _credit(recharge, by=by, at=at)
    return recharge


@transaction.atomic
def withdraw(*, recharge_id: int, by: Actor, reason: str = "") -> None:
    """Take a wrong proposal back, so that its bank entry is free again; the history keeps it.

    Raises:
        RechargeStateError: it is confirmed.
    """
    recharge = locks.recharge(recharge_id)
    if recharge.status != RechargeStatus.PENDING:
        raise _wrong_state(recharge)
    with act("recharges.withdraw", by=by, reason=reason):
        recharge.delete()


def _credit(recharge: Recharge, *, by: Actor, at: datetime) -> None:
    Lot.objects.create(
        recharge=recharge,
        account=recharge.account,
        segments=recharge.segments,
        remaining_segments=recharge.segments,
        unit_price_yuan=recharge.unit_price_yuan,
        created_at=at,
    )
    ledger_credits.recharge(
        account_id=recharge.account_id,
        segments=recharge.segments,
        recharge_id=recharge.pk,
        by=by,
        at=at,
    )


def _check_open(account: Account) -> None:
    if account.status == AccountStatus.CLOSED:
        raise RechargeAccountClosedError(account=account.code)


def _check_step(recharge: Recharge, status: RechargeStatus) -> None:
    if status not in NEXT_RECHARGE_STATUS[RechargeStatus(recharge.status)]:
        raise _wrong_state(recharge)


def _wrong_state(recharge: Recharge) -> RechargeStateError:
    return RechargeStateError(account=recharge.account.code, status=recharge.get_status_display())
