"""Accounts: opened for a partner or one of its customers, suspended, resumed, closed."""

import secrets
from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.audit.actors import Actor
from apps.audit.acts import act
from apps.common.errors import REASON, RELOAD, ConflictError, InvalidError
from apps.common.secrets import random_text
from apps.partners import locks
from apps.partners.choices import NEXT_ACCOUNT_STATUS, AccountStatus
from apps.partners.models import Account, Customer, Partner
from apps.partners.services import customers

CODE_DIGITS = 5
LEGACY_PASSWORD_LENGTH = 16
TRIES_PER_LENGTH = 20


class OwnAccountExistsError(ConflictError):
    """A partner has one account of its own."""

    code = "own_account_exists"
    message = _("This partner has an account of its own already: %(account)s.")
    cure = _("Use that account, or open one for a customer of the partner.")


class AccountStateError(ConflictError):
    """The account's state does not allow this step."""

    code = "account_wrong_state"
    message = _("Account %(account)s is %(status)s, which does not allow this.")
    cure = RELOAD


class AccountReasonMissingError(InvalidError):
    """Stopping an account needs a reason that its partner can read."""

    code = "account_reason_missing"
    message = _("Say why: the partner reads it.")
    cure = REASON


@transaction.atomic
def open_own(*, partner: Partner, by: Actor, at: datetime) -> Account:
    """Open the account that a partner has of its own.

    Raises:
        OwnAccountExistsError: it has one.
    """
    locks.partner(partner.pk)
    existing = Account.objects.filter(partner=partner, customer=None).first()
    if existing:
        raise OwnAccountExistsError(account=existing.code)
    return _open(partner=partner, customer=None, by=by, at=at)


@transaction.atomic
def open_for_customer(*, customer: Customer, by: Actor, at: datetime) -> Account:
    """Open an account that a partner's customer sends from.

    Raises:
        CustomerStateError: the customer is closed.
    """
    customer = locks.customer(customer.pk)
    customers.check_active(customer)
    return _open(partner=customer.partner, customer=customer, by=by, at=at)


@transaction.atomic
def suspend(*, account_id: int, by: Actor, reason: str) -> Account:
    """Stop an account from sending until it is resumed.

    Raises:
        AccountStateError: it is not active.
        AccountReasonMissingError: no reason was given.
    """
    if not reason.strip():
        raise AccountReasonMissingError
    return _step(account_id, AccountStatus.SUSPENDED, verb="suspend", by=by, reason=reason)


@transaction.atomic
def resume(*, account_id: int, by: Actor) -> Account:
    """Let a suspended account send again.

    Raises:
        AccountStateError: it is not suspended.
        CustomerStateError: it is of a customer that is closed.
    """
    account = locks.account(account_id)
    if account.customer_id:
        customers.check_active(Customer.objects.get(pk=account.customer_id))
    return _step(account_id, AccountStatus.ACTIVE, verb="resume", by=by, reason="")


@transaction.atomic
def close(*, account_id: int, by: Actor, reason: str) -> Account:
    """Close an account for good.

    Raises:
        AccountStateError: it is closed.
        AccountReasonMissingError: no reason was given.
    """
    if not reason.strip():
        raise AccountReasonMissingError
    return _step(account_id, AccountStatus.CLOSED, verb="close", by=by, reason=reason)


@transaction.atomic
def set_legacy_password(*, account_id: int, by: Actor) -> str:
    """Give the account a new random password for the legacy interface; it is shown this once.

    Raises:
        AccountStateError: the account is closed.
    """
    account = locks.account(account_id)
    if account.status == AccountStatus.CLOSED:
        raise AccountStateError(account=account.code, status=account.get_status_display())
    plain = random_text(LEGACY_PASSWORD_LENGTH)
    account.legacy_password = make_password(plain)
    with act("accounts.set_legacy_password", by=by):
        account.save(update_fields=["legacy_password"])
    return plain


def _step(account_id: int, status: AccountStatus, *, verb: str, by: Actor, reason: str) -> Account:
    account = locks.account(account_id)
    if status not in NEXT_ACCOUNT_STATUS[AccountStatus(account.status)]:
        raise AccountStateError(account=account.code, status=account.get_status_display())
    account.status, account.status_reason = status, reason
    with act(f"accounts.{verb}", by=by, reason=reason):
        account.save(update_fields=["status", "status_reason"])
    return account


def _open(*, partner: Partner, customer: Customer | None, by: Actor, at: datetime) -> Account:
    """Try codes until one is free: the unique index decides, so no two can get the same."""
    with act("accounts.open", by=by):
        for code in _codes():
            account, is_new = Account.objects.get_or_create(
                code=code,
                defaults={"partner": partner, "customer": customer, "created_at": at},
            )
            if is_new:
                return account
    raise AssertionError("endless")  # pragma: no cover


def _codes() -> Iterator[str]:
    """Yield login codes to try, longer ones as the short ones fill up.

    They are random, because a code is half of a legacy log-in: the next one cannot be guessed,
    and they do not tell how many accounts there are.
    """
    digits = CODE_DIGITS
    while True:
        for _try in range(TRIES_PER_LENGTH):
            yield f"{settings.SMS_ACCOUNT_CODE_PREFIX}{secrets.randbelow(10**digits):0{digits}d}"
        digits += 1
