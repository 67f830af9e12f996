"""Accepting a send: check everything, then charge and store it in one transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import orjson
from django.utils.translation import gettext as _
from psycopg.errors import UniqueViolation

from apps.carriers import queries as carriers
from apps.common import ids
from apps.common.errors import InvalidRequestError
from apps.common.idempotency import IdempotencyInFlightError, IdempotencyMismatchError
from apps.common.models import StoredAnswer
from apps.ledger.services.entries import InsufficientCreditError
from apps.messaging import rules
from apps.messaging.accepting import answers, senders, storing
from apps.messaging.accepting.drafts import Draft, number_ranges
from apps.messaging.accepting.remembering import Remembered
from apps.messaging.accepting.senders import Sender
from apps.messaging.errors import NoValidRecipientError
from apps.rates.queries.standards import sizes_at

PAST_TOLERANCE = timedelta(minutes=5)  # Clocks differ; so long past still means now.
SCHEDULE_AHEAD = timedelta(days=30)
# Numbers of the sandbox whose send itself fails; the others are the simulator's affair.
SANDBOX_NO_CREDIT = "0009"


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """What was asked: one text to one or many. Its shape was checked, nothing else."""

    to: Sequence[str]
    text: str
    signature: str | None = None
    kind: str = "notice"
    send_at: datetime | None = None
    valid_for: int = 86_400
    extension: str = ""
    reference: str | None = None
    key: str | None = None
    fingerprint: bytes = b""


def replay(sender: Sender, request: Request) -> dict[str, Any] | None:
    """Return the answer given before under the request's idempotency key, if there is one.

    Raises:
        IdempotencyMismatchError: the key was used for another request.
    """
    if sender.answer is None:
        return None
    if bytes(sender.fingerprint or b"") != request.fingerprint:
        raise IdempotencyMismatchError
    return dict(orjson.loads(sender.answer))


def send(
    sender: Sender, request: Request, *, at: datetime, actor: str | None = None
) -> dict[str, Any]:
    """Accept a send, charge it and store it; return the answer of the REST contract.

    `actor` stands in the ledger; the account's key where nobody is named.

    Raises:
        AccountSuspendedError, AgreementInactiveError, PledgeMissingError: it may not send.
        SignatureNotApprovedError: the signature may not be used.
        InvalidRequestError: text or time cannot be used; `errors` says why.
        NoValidRecipientError: nobody is left to send to.
        InsufficientCreditError: the account cannot pay for all of it; nothing is sent.
        IdempotencyMismatchError, IdempotencyInFlightError: the key stands for something else.
    """
    senders.check_may_send(sender)
    return _store(_draft(sender, request, at, actor=actor))


def send_remembered(remembered: Remembered, request: Request, *, at: datetime) -> dict[str, Any]:
    """Accept a send, without an idempotency key, of a sender that may have changed since.

    Raises:
        SenderChangedError: it has; nothing was stored. Load the sender and send again.
        InvalidRequestError, NoValidRecipientError, InsufficientCreditError: as `send`.
    """
    return _store(_draft(remembered.sender, request, at, remembered=remembered))


def _store(draft: Draft) -> dict[str, Any]:
    try:
        available = storing.store(draft)
    except UniqueViolation as error:
        return _answer_of_the_other(draft, error)
    return answers.answer_of(draft) | {"available": available}


def _draft(
    sender: Sender,
    request: Request,
    at: datetime,
    *,
    remembered: Remembered | None = None,
    actor: str | None = None,
) -> Draft:
    signature = senders.signature_for(sender, request.signature)
    text = rules.with_opt_out(request.text, request.kind)
    composed = rules.compose(text=text, signature=signature)
    send_at = _check(request, composed, at)
    recipients = rules.sort_out(request.to)
    groups = _group(recipients, composed, is_test=sender.is_test, at=at)
    if not groups:
        raise NoValidRecipientError(rejected=recipients.rejected)
    draft = Draft(
        batch=ids.uuid7_run(at),
        account_id=sender.account_id,
        kind=request.kind,
        signature=signature,
        text=text,
        extension=request.extension,
        reference=request.reference,
        send_at=send_at,
        expires_at=(send_at or at) + timedelta(seconds=request.valid_for),
        is_test=sender.is_test,
        refund_rule=sender.refund_rule or senders.SANDBOX_REFUND_RULE,
        ranges=number_ranges(groups, at),
        rejected=recipients.rejected,
        order=recipients.numbers,
        actor=actor or f"key {sender.account_code}",
        at=at,
        key=request.key,
        fingerprint=request.fingerprint,
        remembered=remembered,
    )
    if sender.is_test and any(n.endswith(SANDBOX_NO_CREDIT) for n in recipients.numbers):
        raise InsufficientCreditError(required=draft.segments, available=0)
    return draft


def _check(request: Request, composed: str, at: datetime) -> datetime | None:
    """Return when to send, None for now; refuse a text or time that cannot be used."""
    errors: dict[str, list[str]] = {}
    if any(bracket in request.text for bracket in rules.BRACKETS):
        errors["text"] = [_("Leave the signature and its brackets 【】 out of the text.")]
    elif rules.is_too_long(composed):
        errors["text"] = [
            _("With signature and opt-out notice the text may have at most %(most)s characters.")
            % {"most": rules.MAX_CHARACTERS}
        ]
    send_at = request.send_at
    if send_at is not None and not at - PAST_TOLERANCE <= send_at <= at + SCHEDULE_AHEAD:
        errors["send_at"] = [_("Name a time within the next 30 days.")]
    if errors:
        raise InvalidRequestError(errors=errors)
    return send_at if send_at is not None and send_at > at else None


def _group(
    recipients: rules.Recipients, composed: str, *, is_test: bool, at: datetime
) -> dict[tuple[str, int], list[str]]:
    """Sort numbers by operator and segments; those without a route move to the rejected."""
    segments = rules.segments_by_class(composed, sizes_at(at))
    groups: dict[tuple[str, int], list[str]] = {}
    for number, operator in carriers.operators_of(recipients.numbers):
        key = (operator, segments[rules.network_class_of(number)])
        groups.setdefault(key, []).append(number)
    for operator, count in list(groups):
        if not carriers.routes_for(operator, is_test=is_test):
            _reject(recipients, groups.pop((operator, count)))
    return groups


def _reject(recipients: rules.Recipients, numbers: Iterable[str]) -> None:
    unroutable = set(numbers)
    recipients.rejected.extend(rules.Rejection(number, "unroutable") for number in unroutable)
    recipients.numbers = [n for n in recipients.numbers if n not in unroutable]


def _answer_of_the_other(draft: Draft, error: Exception) -> dict[str, Any]:
    """Return what the request that stored the same key at the same moment was answered."""
    if draft.key is None:
        raise error
    stored = StoredAnswer.objects.filter(scope=draft.answer_scope, key=draft.key).first()
    if stored is None:
        raise IdempotencyInFlightError from error
    if bytes(stored.fingerprint) != draft.fingerprint:
        raise IdempotencyMismatchError from error
    return dict(stored.answer)
