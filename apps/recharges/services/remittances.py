"""Remittances: what partners say they paid; entered, mended, withdrawn, rejected."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import IO

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.audit.actors import Actor
from apps.audit.acts import act
from apps.common import outbox, uploads
from apps.common.clock import local_date
from apps.common.errors import REASON, RELOAD, ConflictError, InvalidError
from apps.partners import locks as partner_locks
from apps.partners.models import Account
from apps.recharges import locks
from apps.recharges.choices import NEXT_REMITTANCE_STATUS, RemittanceStatus
from apps.recharges.events import RemittanceEntered, RemittanceEvent, RemittanceRejected
from apps.recharges.models import Match, Remittance
from apps.recharges.queries import money as queries
from apps.recharges.services.bank_entries import check_amount


class RemittanceRepeatedError(ConflictError):
    """It looks like one that was reported before: `remittance_ids` in the data, the oldest first."""

    code = "remittance_repeated"
    message = _(
        "This looks like the payment of %(amount)s yuan reported on %(day)s. "
        "If it is another one, say so."
    )
    cure = _("Compare both. If you paid twice, say that it is another payment.")


class RemittanceStateError(ConflictError):
    """The remittance has gone a step further, or was withdrawn."""

    code = "remittance_wrong_state"
    message = _("The payment of %(payer)s is %(status)s, which does not allow this.")
    cure = RELOAD


class RemittanceDayError(InvalidError):
    """Nobody has paid tomorrow."""

    code = "remittance_day_ahead"
    message = _("%(day)s has not come. Type the day on the slip.")
    cure = _("Give the day on the slip, in Beijing time.")


class RemittanceReasonMissingError(InvalidError):
    """A rejection says why, and what the partner can do."""

    code = "remittance_reason_missing"
    message = _("Say why it is rejected, and what the partner can do now.")
    cure = REASON


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """What a partner says it paid.

    Attributes:
        payer: the name on the slip.
        bank_reference: the number on the slip, by which the bank's line may be found.
    """

    amount_yuan: Decimal
    paid_on: date
    payer: str
    bank_reference: str = ""


@transaction.atomic
def enter(
    *,
    account: Account,
    amount_yuan: Decimal,
    paid_on: date,
    payer: str,
    voucher: IO[bytes],
    by: Actor,
    at: datetime,
    bank_reference: str = "",
) -> Remittance:
    """Write down a payment with its scanned slip; it credits nothing.

    Raises:
        AmountError: not an amount of money.
        RemittanceDayError: the day has not come.
        RemittanceRepeatedError: it looks like one that was reported before.
        DomainError: the slip was refused; the errors of `common.uploads.inspect`.
    """
    claim = Claim(
        amount_yuan=amount_yuan, paid_on=paid_on, payer=payer, bank_reference=bank_reference
    )
    _check(claim, at=at)
    upload = uploads.inspect(voucher)
    partner_locks.partner(account.partner_id)  # or two at once would each see that it is the first
    repeated = queries.likely_duplicates(
        partner_id=account.partner_id, sha256=upload.sha256, claim=claim
    )
    if repeated:
        raise RemittanceRepeatedError(
            amount=repeated[0].amount_yuan,
            day=repeated[0].paid_on,
            remittance_ids=[each.pk for each in repeated],
        )
    return _enter(account, claim, upload, looks_like=None, by=by, at=at)


@transaction.atomic
def enter_another(
    *,
    account: Account,
    amount_yuan: Decimal,
    paid_on: date,
    payer: str,
    voucher: IO[bytes],
    by: Actor,
    at: datetime,
    bank_reference: str = "",
) -> Remittance:
    """Write down a payment that a person says is another one than that which it looks like.

    It keeps which one it looks like, so that finance looks twice.

    Raises:
        AmountError: not an amount of money.
        RemittanceDayError: the day has not come.
        DomainError: the slip was refused; the errors of `common.uploads.inspect`.
    """
    claim = Claim(
        amount_yuan=amount_yuan, paid_on=paid_on, payer=payer, bank_reference=bank_reference
    )
    _check(claim, at=at)
    upload = uploads.inspect(voucher)
    repeated = queries.likely_duplicates(
        partner_id=account.partner_id, sha256=upload.sha256, claim=claim
    )
    return _enter(account, claim, upload, looks_like=next(iter(repeated), None), by=by, at=at)


@transaction.atomic
def edit(*, remittance_id: int, claim: Claim, by: Actor, at: datetime) -> Remittance:
    """Mend what was entered; a rejected one waits for its money again.

    Raises:
        AmountError: not an amount of money.
        RemittanceDayError: the day has not come.
        RemittanceStateError: its money was found, or it was withdrawn.
    """
    _check(claim, at=at)
    remittance = locks.remittance(remittance_id)
    _check_editable(remittance)
    was_rejected = remittance.status == RemittanceStatus.REJECTED
    _write(remittance, claim)
    remittance.status, remittance.status_reason = RemittanceStatus.ENTERED, ""
    remittance.remedy = ""
    with act("remittances.edit", by=by):
        remittance.save()
    if was_rejected:
        _tell(RemittanceEntered, remittance, at=at)
    return remittance


@transaction.atomic
def replace_voucher(*, remittance_id: int, voucher: IO[bytes], by: Actor) -> Remittance:
    """Put another scan in the place of the slip, such as a legible one.

    Raises:
        RemittanceStateError: its money was found, or it was withdrawn.
        DomainError: the slip was refused; the errors of `common.uploads.inspect`.
    """
    upload = uploads.inspect(voucher)
    remittance = locks.remittance(remittance_id)
    _check_editable(remittance)
    _keep(remittance, upload)
    with act("remittances.replace_voucher", by=by):
        remittance.save()
    return remittance


@transaction.atomic
def withdraw(*, remittance_id: int, by: Actor, reason: str = "") -> Remittance:
    """Take a payment back that was reported by mistake.

    Raises:
        RemittanceStateError: its money was found, or it was withdrawn before.
    """
    remittance = locks.remittance(remittance_id)
    _check_step(remittance, RemittanceStatus.WITHDRAWN)
    remittance.status, remittance.status_reason = RemittanceStatus.WITHDRAWN, reason
    with act("remittances.withdraw", by=by, reason=reason):
        remittance.save(update_fields=["status", "status_reason"])
    return remittance


@transaction.atomic
def reject(*, remittance_id: int, reason: str, remedy: str, by: Actor, at: datetime) -> Remittance:
    """Tell the partner that its slip does not do, why, and what to do.

    Raises:
        RemittanceReasonMissingError: no reason or no remedy was given.
        RemittanceStateError: its money was found, or it was withdrawn or rejected before.
    """
    if not reason.strip() or not remedy.strip():
        raise RemittanceReasonMissingError
    remittance = locks.remittance(remittance_id)
    if remittance.status != RemittanceStatus.ENTERED:
        raise _wrong_state(remittance)
    remittance.status, remittance.status_reason = RemittanceStatus.REJECTED, reason
    remittance.remedy = remedy
    with act("remittances.reject", by=by, reason=reason):
        remittance.save(update_fields=["status", "status_reason", "remedy"])
    _tell(RemittanceRejected, remittance, at=at)
    return remittance


def tie(remittance: Remittance, match: Match) -> None:
    """Say that the money of a locked remittance was found; under the act of the match.

    Raises:
        RemittanceStateError: it was found before, or it was withdrawn or rejected.
    """
    _check_step(remittance, RemittanceStatus.MATCHED)
    remittance.status, remittance.match = RemittanceStatus.MATCHED, match
    remittance.save(update_fields=["status", "match"])


def credit_all(match_id: int) -> None:
    """Say that the slips of a match are credited; under the act of the recharge."""
    for remittance in locks.remittances_of_match(match_id):
        _check_step(remittance, RemittanceStatus.CREDITED)
        remittance.status = RemittanceStatus.CREDITED
        remittance.save(update_fields=["status"])


def untie_all(match_id: int) -> None:
    """Let the slips of a match that was withdrawn or reversed wait again; under its act."""
    for remittance in locks.remittances_of_match(match_id):
        _check_step(remittance, RemittanceStatus.ENTERED)
        remittance.status, remittance.match = RemittanceStatus.ENTERED, None
        remittance.save(update_fields=["status", "match"])


def reject_all(match_id: int, *, reason: str, remedy: str) -> None:
    """Say that the money of a match's slips is gone, why, and what to do; under its act."""
    for remittance in locks.remittances_of_match(match_id):
        _check_step(remittance, RemittanceStatus.REJECTED)
        remittance.status, remittance.match = RemittanceStatus.REJECTED, None
        remittance.status_reason, remittance.remedy = reason, remedy
        remittance.save(update_fields=["status", "match", "status_reason", "remedy"])


def _enter(
    account: Account,
    claim: Claim,
    upload: uploads.Upload,
    *,
    looks_like: Remittance | None,
    by: Actor,
    at: datetime,
) -> Remittance:
    remittance = Remittance(
        account=account, looks_like=looks_like, entered_by_id=by.user_id, entered_at=at
    )
    _write(remittance, claim)
    _keep(remittance, upload)
    with act("remittances.enter", by=by):
        remittance.save()
    _tell(RemittanceEntered, remittance, at=at)
    return remittance


def _write(remittance: Remittance, claim: Claim) -> None:
    remittance.amount_yuan, remittance.paid_on = claim.amount_yuan, claim.paid_on
    remittance.payer, remittance.bank_reference = claim.payer, claim.bank_reference


def _keep(remittance: Remittance, upload: uploads.Upload) -> None:
    remittance.content_type, remittance.sha256 = upload.content_type, upload.sha256
    remittance.voucher = ContentFile(upload.content, name=f"voucher.{upload.extension}")


def _tell(event: type[RemittanceEvent], remittance: Remittance, *, at: datetime) -> None:
    outbox.publish(
        event(
            partner_id=remittance.account.partner_id,
            account_id=remittance.account_id,
            subject_id=str(remittance.pk),
            amount_yuan=remittance.amount_yuan,
            paid_on=remittance.paid_on,
            payer=remittance.payer,
            reason=remittance.status_reason,
            remedy=remittance.remedy,
        ),
        at=at,
    )


def _check(claim: Claim, *, at: datetime) -> None:
    check_amount(claim.amount_yuan)
    if claim.paid_on > local_date(at):
        raise RemittanceDayError(day=claim.paid_on)


def _check_editable(remittance: Remittance) -> None:
    if remittance.status not in {RemittanceStatus.ENTERED, RemittanceStatus.REJECTED}:
        raise _wrong_state(remittance)


def _check_step(remittance: Remittance, status: RemittanceStatus) -> None:
    if status not in NEXT_REMITTANCE_STATUS[RemittanceStatus(remittance.status)]:
        raise _wrong_state(remittance)


def _wrong_state(remittance: Remittance) -> RemittanceStateError:
    return RemittanceStateError(payer=remittance.payer, status=remittance.get_status_display())
