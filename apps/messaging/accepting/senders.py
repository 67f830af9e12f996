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

from apps.common.database import raw_cursor
from apps.messaging.errors import (
    AccountSuspendedError,
    AgreementInactiveError,
    PledgeMissingError,
    SignatureNotApprovedError,
)
from apps.partners.choices import AccountStatus, KeyMode
from apps.partners.services import api_keys

SANDBOX_SIGNATURE = "测试"
SANDBOX_REFUND_RULE = "never"


@dataclass(frozen=True, slots=True)
class Sender:
    """A key, its account and what that account may do today.

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


# What a key stands for today. Used to load it, and by the statement that accepts a send to see
# whether it still does; `{}` are the parameters of either.
STANDING = """
SELECT a.id AS account_id, a.code AS account_code, a.status AS account_status,
       k.hashed_key, k.revoked, k.expiry_date, k.scopes, k.allowed_networks, k.mode,
       g.refund_rule, p.holds AS pledge_holds, s.text AS signature,
       encode(sha256(convert_to(ROW(
           a.id, a.code, a.status, k.hashed_key, k.revoked, k.expiry_date, k.scopes,
           k.allowed_networks, k.mode, g.refund_rule, p.holds, s.text)::text, 'UTF8')), 'hex')
       AS digest
FROM partners_apikey k
JOIN partners_account a ON a.id = k.account_id
CROSS JOIN LATERAL (
    SELECT a.customer_id IS NULL OR EXISTS (
        SELECT FROM pledges_pledge
        WHERE customer_id = a.customer_id AND status = 'APPROVED'
          AND valid_from <= {today} AND valid_until > {today}) AS holds) p
LEFT JOIN agreements_agreement g
       ON g.partner_id = a.partner_id AND g.status = 'ACTIVE' AND g.starts_on <= {today}
      AND (g.ends_on IS NULL OR g.ends_on > {today})
LEFT JOIN signatures_signature s
       ON s.account_id = a.id AND s.status = 'APPROVED'
      AND CASE WHEN {signature} IS NULL THEN s.is_default ELSE s.text = {signature} END
WHERE k.prefix = {prefix}
LIMIT 1
"""

_STANDS_TODAY = STANDING.format(
    today="%(today)s::date", signature="%(signature)s::text", prefix="%(prefix)s::text"
)
_LOAD = f"""
SELECT n.*, i.fingerprint, i.answer
FROM ({_STANDS_TODAY}) n
LEFT JOIN common_storedanswer i ON i.key = %(key)s::text
      AND i.scope = CASE n.mode WHEN 'TEST' THEN -n.account_id ELSE n.account_id END
"""  # noqa: S608 - put together from constants of this module alone


def load(*, plain_key: str, today: date, signature: str | None, key: str | None) -> Sender:
    """Read the sender behind a key; `key` is the request's idempotency key.

    Raises:
        InvalidKeyError: there is no such key. Whether the secret is right is for `check_key`.
    """
    parameters = {
        "prefix": api_keys.prefix_of(plain_key),
        "today": today,
        "signature": signature,
        "key": key,
    }
    try:
        sender = _fetch(parameters)
    except psycopg.OperationalError:
        if connection.in_atomic_block:
            raise
        connection.close()  # The server was restarted since the last request; read once more.
        sender = _fetch(parameters)
    if sender is None:
        raise api_keys.InvalidKeyError
    return sender


def _fetch(parameters: dict[str, Any]) -> Sender | None:
    with raw_cursor(row_factory=class_row(Sender)) as cursor:
        cursor.execute(_LOAD, parameters, prepare=True)
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
