"""Recharges: proposed from a bank entry, confirmed by a second person, withdrawn.

The price is that of the rate table in force for the partner when the recharge is proposed: its own
table, or else the standard one (rates stand below agreements, so the agreement's choice shows
itself as the partner having a table).
"""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.audit import separations
from apps.audit.actors import Actor
from apps.audit.acts import act
from apps.audit.separations import SeparationError
from apps.common import jobs, outbox
from apps.common.errors import REASON, RELOAD, ConflictError, InvalidError
from apps.ledger.services import credits as ledger_credits
from apps.partners.choices import AccountStatus
from apps.partners.models import Account
from apps.rates.queries import prices as rates
from apps.rates.rules import segments_for
from apps.recharges import locks
from apps.recharges.choices import NEXT_RECHARGE_STATUS, BankEntryStatus, RechargeStatus
from apps.recharges.events import RechargeCredited, RechargeProposed
from apps.recharges.models import BankEntry, Lot, Match, Recharge
from apps.recharges.queries import money as queries
from apps.recharges.queries.obstacles import Allowance, hands_on, judge
from apps.recharges.services import expected, remittances
from apps.recharges.services import owed as owed_segments
from apps.recharges.services.bank_entries import check_unmatched
from apps.users import locks as people_locks

RECEIPT_TASK = "apps.recharges.tasks.issue_receipt"


class RechargeStateError(ConflictError):
    """The recharge is confirmed or reversed: nothing is credited twice."""

    code = "recharge_wrong_state"
    message = _("The recharge of %(account)s is %(status)s, which does not allow this.")
    cure = RELOAD


class OwnBankEntryError(SeparationError):
    """Nobody credits money that they themselves typed, or uploaded in a file."""

    code = "recharge_own_bank_entry"


class OwnProposalError(SeparationError):
    """Above the limit of a person and day, nobody credits what they themselves proposed."""

    code = "recharge_own_proposal"
    message = _(
        "You said whose money this is, and with it you would credit more than %(limit)s yuan alone "
        "today (%(used)s by now): %(who)s approves it."
    )


class RechargeReasonMissingError(InvalidError):
    """Whoever proposed it wants to know why it is sent back."""

    code = "recharge_reason_missing"
    message = _("Say why this recharge is sent back.")
    cure = REASON


class RechargeAccountClosedError(ConflictError):
    """A closed account takes no credit."""

    code = "recharge_account_closed"
    message = _("Account %(account)s is closed. Choose another account, or return the money.")
    cure = _("Propose another account of the partner, or return the money.")


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
    with act("recharges.propose", by=by):
        proposed = propose_locked([entry], account=account, match=None, by=by, at=at)
    tell_waiting(proposed, at=at)
    return proposed[0]


def propose_locked(
    entries: Sequence[BankEntry], *, account: Account, match: Match | None, by: Actor, at: datetime
) -> list[Recharge]:
    """Propose a recharge from each of some bank entries that the caller has locked, as one purchase.

    All get the price of the tier that they reach together: 5 000 and 5 000 yuan buy like 10 000.

    Raises:
        as `propose`.
    """
    for entry in entries:
        check_unmatched(entry)
    _check_open(account)
    total = sum((entry.amount_yuan for entry in entries), Decimal(0))
    quote = rates.price_for_amount(partner_id=account.partner_id, amount_yuan=total, at=at)
    return [
        _create(entry, account=account, match=match, quote=quote, by=by, at=at) for entry in entries
    ]


@transaction.atomic
def confirm(*, recharge_id: int, by: Actor, at: datetime) -> Recharge:
    """Credit a proposed recharge to its account, and with it all of its match.

    Raises:
        RechargeStateError: it was confirmed before; nothing is credited twice.
        OwnBankEntryError: `by` typed the bank entry, or uploaded the file that it was read from.
        OwnProposalError: `by` proposed it, and it is above the limit for a person and day.
        RechargeAccountClosedError: the account was closed meanwhile.
    """
    purchase = locks.purchase(recharge_id)
    for recharge in purchase:
        _check_step(recharge, RechargeStatus.CONFIRMED)
    relaxed = _check_person(purchase, by=by, at=at)
    _check_open(purchase[0].account)
    with act("recharges.confirm", by=by, relaxed=relaxed):
        if purchase[0].match_id is not None:
            remittances.credit_all(purchase[0].match_id)
        for recharge in purchase:
            _confirm(recharge, by=by, at=at)
        for recharge in purchase:
            _credit(recharge, by=by, at=at)
        owed_segments.bring_back(purchase[0].account_id, by=by, at=at)
    return next(each for each in purchase if each.pk == recharge_id)


@transaction.atomic
def withdraw(*, recharge_id: int, by: Actor, reason: str) -> None:
    """Take a wrong proposal back with all of its match; the history keeps it.

    Its bank entries are free again, and its slips wait for their money again.

    Raises:
        RechargeReasonMissingError: no reason was given.
        RechargeStateError: it is confirmed.
    """
    if not reason.strip():
        raise RechargeReasonMissingError
    purchase = locks.purchase(recharge_id)
    match = purchase[0].match
    with act("recharges.withdraw", by=by, reason=reason):
        for recharge in purchase:
            if recharge.status != RechargeStatus.PENDING:
                raise _wrong_state(recharge)
            recharge.delete()
        if match is not None:
            remittances.untie_all(match.pk)
            match.delete()


def needs_second_person(purchase: Sequence[Recharge], *, by: Actor, at: datetime) -> bool:
    """Tell whether `by` must leave this purchase to another person."""
    allowance = _allowance(purchase, by=by, at=at)
    return judge(purchase, by=by, allowance=allowance).obstacle is not None


def tell_waiting(purchase: Sequence[Recharge], *, at: datetime) -> None:
    """Tell finance that a purchase waits for a second person; in the caller's transaction."""
    first = purchase[0]
    outbox.publish(
        RechargeProposed(
            partner_id=first.account.partner_id,
            account_id=first.account_id,
            subject_id=str(first.pk),
            account=first.account.code,
            payer=first.bank_entry.payer,
            amount_yuan=sum((each.amount_yuan for each in purchase), Decimal()),
            segments=sum(each.segments for each in purchase),
            due_at=min(each.bank_entry.due_at for each in purchase),
        ),
        at=at,
    )


def _create(
    entry: BankEntry,
    *,
    account: Account,
    match: Match | None,
    quote: rates.Quote,
    by: Actor,
    at: datetime,
) -> Recharge:
    unit_price_yuan = quote.price.unit_price_yuan
    segments, remainder_yuan = segments_for(entry.amount_yuan, unit_price_yuan)
    if not segments:
        raise rates.BelowLowestTierError
    return Recharge.objects.create(
        account=account,
        bank_entry=entry,
        match=match,
        amount_yuan=entry.amount_yuan,
        unit_price_yuan=unit_price_yuan,
        segments=segments,
        remainder_yuan=remainder_yuan,
        rate_version=quote.version,
        rate_tier_id=quote.price.tier.id,
        entered_by_id=by.user_id,
        entered_at=at,
    )


def _confirm(recharge: Recharge, *, by: Actor, at: datetime) -> None:
    recharge.status, recharge.confirmed_at = RechargeStatus.CONFIRMED, at
    recharge.confirmed_by_id = by.user_id
    recharge.bank_entry.status = BankEntryStatus.MATCHED
    recharge.bank_entry.settled_at = at
    recharge.save(update_fields=["status", "confirmed_at", "confirmed_by"])
    recharge.bank_entry.save(update_fields=["status", "settled_at"])
    expected.meet(recharge)


def _credit(recharge: Recharge, *, by: Actor, at: datetime) -> None:
    entry = ledger_credits.recharge(
        account_id=recharge.account_id,
        segments=recharge.segments,
        recharge_id=recharge.pk,
        by=by,
        at=at,
    )
    Lot.objects.create(
        recharge=recharge,
        account=recharge.account,
        arrived_sequence=entry.sequence,
        segments=recharge.segments,
        remaining_segments=recharge.segments,
        unit_price_yuan=recharge.unit_price_yuan,
        created_at=at,
    )
    jobs.defer(RECEIPT_TASK, recharge_id=recharge.pk)
    _tell(recharge, at=at)


def _tell(recharge: Recharge, *, at: datetime) -> None:
    outbox.publish(
        RechargeCredited(
            partner_id=recharge.account.partner_id,
            account_id=recharge.account_id,
            subject_id=str(recharge.pk),
            number=recharge.number,
            account=recharge.account.code,
            amount_yuan=recharge.amount_yuan,
            segments=recharge.segments,
            unit_price_yuan=recharge.unit_price_yuan,
            remainder_yuan=recharge.remainder_yuan,
        ),
        at=at,
    )


def _check_person(purchase: Sequence[Recharge], *, by: Actor, at: datetime) -> tuple[str, ...]:
    allowance = _allowance(purchase, by=by, at=at)
    return separations.check(
        "recharges.confirm",
        by=by,
        hands=hands_on(purchase, is_proposal_free=allowance.covers(purchase)),
        errors={
            "recharge-typed": OwnBankEntryError,
            "recharge-uploaded": OwnBankEntryError,
            "recharge-proposed": OwnProposalError,
        },
        limit=allowance.limit_yuan,
        used=allowance.used_yuan,
    )


def _allowance(purchase: Sequence[Recharge], *, by: Actor, at: datetime) -> Allowance:
    """Return what `by` may credit alone today; their own proposals are reckoned one after another."""
    if by.user_id is not None and any(by.is_same_person(each.entered_by_id) for each in purchase):
        people_locks.person(by.user_id)  # Two at once would each see the day without the other.
    return queries.allowance(by, at=at)


def _check_open(account: Account) -> None:
    if account.status == AccountStatus.CLOSED:
        raise RechargeAccountClosedError(account=account.code)


def _check_step(recharge: Recharge, status: RechargeStatus) -> None:
    if status not in NEXT_RECHARGE_STATUS[RechargeStatus(recharge.status)]:
        raise _wrong_state(recharge)


def _wrong_state(recharge: Recharge) -> RechargeStateError:
    return RechargeStateError(account=recharge.account.code, status=recharge.get_status_display())
