"""Everything that decides whether a request may send, read in one round trip, or in none.

A process remembers the senders whose sends it accepted, with a digest of all that was read. The
statement that stores the next send computes the digest anew and leaves the send out when it differs,
so a suspension, an expiry or a revoked key holds from the next request on, remembered or not.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import psycopg
from django.db import connection
from psycopg.rows import class_row

from apps.agreements.fragments import IN_FORCE
from apps.common.database import raw_cursor
from apps.common.errors import NotFoundError
from apps.common.fragments import ANSWERS
from apps.messaging.errors import (
    AccountSuspendedError,
    AgreementInactiveError,
    PledgeMissingError,
    SignatureNotApprovedError,
)
from apps.partners.choices import AccountStatus, KeyMode
from apps.partners.fragments import ACCOUNTS, ACCOUNTS_BY_KEY
from apps.partners.services import api_keys
from apps.pledges.fragments import HOLDING
from apps.signatures.fragments import USABLE

SANDBOX_SIGNATURE = "测试"
SANDBOX_REFUND_RULE = "never"


@dataclass(frozen=True, slots=True)
class Sender:
    """An account, its key if it came with one, and what that account may do today.

    Attributes:
        refund_rule: of the agreement in force; None when none is.
        signature: the approved signature asked for, or the default; None when there is none.
        digest: of all of the above, as the database computed it.
        answer: what was answered before under the request's idempotency key, as JSON.
    """

    account_id: int
    account_code: str
    account_status: str
    hashed_key: str
    revoked: bool
    expiry_date: datetime | None
    scopes: list[str]
    allowed_networks: list[str]
    mode: str
    refund_rule: str | None
    pledge_holds: bool
    signature: str | None
    digest: str
    fingerprint: bytes | None
    answer: str | None

    @property
    def is_test(self) -> bool:
        """Tell whether this is a test key: simulated and never charged."""
        return self.mode == KeyMode.TEST


# Every column of it goes into the digest, so that no change of any goes unnoticed.
_READ = """
a.account_id, a.account_code, a.account_status, a.hashed_key, a.revoked, a.expiry_date, a.scopes,
a.allowed_networks, a.mode, g.refund_rule, p.holds, s.text
"""


def standing(*, callers: str, caller: str, today: str, signature: str) -> str:
    """Return the SQL of what a caller stands for today, the same for loading and for comparing.

    Args:
        callers: a fragment of `partners`.
        caller: a condition on its columns that one row meets.
        today: the parameter of the day in Asia/Shanghai.
        signature: the parameter of the signature asked for; the default where it is null.
    """
    return f"""
SELECT a.account_id, a.account_code, a.account_status, a.hashed_key, a.revoked, a.expiry_date,
       a.scopes, a.allowed_networks, a.mode,
       g.refund_rule, p.holds AS pledge_holds, s.text AS signature,
       encode(sha256(convert_to(ROW({_READ})::text, 'UTF8')), 'hex') AS digest
FROM ({callers}) a
-- only a customer's account needs a pledge
CROSS JOIN LATERAL (
    SELECT a.customer_id IS NULL OR EXISTS (
        SELECT FROM ({HOLDING.format(today=today)}) h WHERE h.customer_id = a.customer_id
    ) AS holds
) p
LEFT JOIN ({IN_FORCE.format(today=today)}) g ON g.partner_id = a.partner_id
LEFT JOIN ({USABLE.format(today=today)}) s
       ON s.account_id = a.account_id
      AND CASE WHEN {signature} IS NULL THEN s.is_default ELSE s.text = {signature} END
WHERE {caller}
LIMIT 1
"""  # noqa: S608 - put together from constants


def _loading(*, callers: str, caller: str) -> str:
    stands = standing(
        callers=callers, caller=caller, today="%(today)s::date", signature="%(signature)s::text"
    )
    return f"""
SELECT n.*, i.fingerprint, i.answer
FROM ({stands}) n
-- what was tried with a test key has keys of its own
LEFT JOIN ({ANSWERS}) i ON i.key = %(key)s::text
      AND i.scope = CASE n.mode WHEN 'TEST' THEN -n.account_id ELSE n.account_id END
"""  # noqa: S608 - put together from constants


_LOAD = _loading(callers=ACCOUNTS_BY_KEY, caller="a.prefix = %(prefix)s::text")
_LOAD_ACCOUNT = _loading(callers=ACCOUNTS, caller="a.account_id = %(account)s::bigint")


def load(*, plain_key: str, today: date, signature: str | None, key: str | None) -> Sender:
    """Read the sender behind a key; `key` is the request's idempotency key.

    Raises:
        InvalidKeyError: there is no such key. Whether the secret is right is for `check_key`.
    """
    asked = {"today": today, "signature": signature, "key": key}
    sender = _read(_LOAD, asked | {"prefix": api_keys.prefix_of(plain_key)})
    if sender is None:
        raise api_keys.InvalidKeyError
    return sender


def load_account(*, account_id: int, today: date, signature: str | None, key: str | None) -> Sender:
    """Read an account as a sender without a key; `key` is the request's idempotency key.

    Raises:
        NotFoundError: there is no such account.
    """
    asked = {"today": today, "signature": signature, "key": key}
    sender = _read(_LOAD_ACCOUNT, asked | {"account": account_id})
    if sender is None:
        raise NotFoundError
    return sender


def _read(statement: str, parameters: dict[str, Any]) -> Sender | None:
    try:
        return _fetch(statement, parameters)
    except psycopg.OperationalError:
        if connection.in_atomic_block:
            raise
        connection.close()  # The server was restarted since the last request; read once more.
        return _fetch(statement, parameters)


def _fetch(statement: str, parameters: dict[str, Any]) -> Sender | None:
    with raw_cursor(row_factory=class_row(Sender)) as cursor:
        cursor.execute(statement, parameters, prepare=True)
        found: Sender | None = cursor.fetchone()
        return found


def check_key(sender: Sender, *, plain: str, address: str, scope: str, at: datetime) -> None:
    """Refuse a key that is wrong, ended, or not for this.

    Raises:
        InvalidKeyError, RevokedKeyError, IpNotAllowedError, ScopeMissingError.
    """
    api_keys.check(
        plain=plain,
        hashed=sender.hashed_key,
        revoked=sender.revoked,
        expires_at=sender.expiry_date,
        allowed_networks=sender.allowed_networks,
        address=address,
        at=at,
    )
    if scope not in sender.scopes:
        raise api_keys.ScopeMissingError(scope=scope)


def check_use(sender: Sender, *, address: str, at: datetime) -> None:
    """Refuse a remembered sender's key that has expired, or is used from a strange address.

    Raises:
        InvalidKeyError, IpNotAllowedError.
    """
    api_keys.check_use(
        revoked=sender.revoked,
        expires_at=sender.expiry_date,
        allowed_networks=sender.allowed_networks,
        address=address,
        at=at,
    )


def check_may_send(sender: Sender) -> None:
    """Refuse an account that may not send today.

    Test keys need an account in good standing, but no agreement or pledge: software is
    built before the papers are signed.

    Raises:
        AccountSuspendedError, AgreementInactiveError, PledgeMissingError.
    """
    if sender.account_status != AccountStatus.ACTIVE:
        raise AccountSuspendedError
    if sender.is_test:
        return
    if sender.refund_rule is None:
        raise AgreementInactiveError
    if not sender.pledge_holds:
        raise PledgeMissingError


def signature_for(sender: Sender, asked: str | None) -> str:
    """Return the signature that the messages carry.

    Raises:
        SignatureNotApprovedError: it is not an approved one, or none is the default.
    """
    if sender.signature is not None:
        return sender.signature
    if sender.is_test:
        return asked or SANDBOX_SIGNATURE
    raise SignatureNotApprovedError(signature=asked or "")
