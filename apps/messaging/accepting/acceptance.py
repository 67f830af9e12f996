"""The door of the room: one call for a send, whoever asks, whatever must be found out about them."""

from datetime import date, datetime
from typing import Any

from apps.common import clock
from apps.common.errors import DomainError
from apps.ledger.services.entries import InsufficientCreditError
from apps.messaging.accepting import remembering, senders, sends
from apps.messaging.accepting.callers import AccountCaller, Caller, KeyCaller
from apps.messaging.accepting.sends import Request
from apps.messaging.accepting.storing import SenderChangedError
from apps.partners.choices import Scope
from apps.partners.services import api_keys


def accept(caller: Caller, request: Request, *, at: datetime) -> dict[str, Any]:
    """Accept a send, charge it and store it; return the answer of the REST contract.

    A request under an idempotency key that was answered before gets the same answer again.

    Raises:
        InvalidKeyError, RevokedKeyError, IpNotAllowedError, ScopeMissingError: of a key.
        AccountSuspendedError, AgreementInactiveError, PledgeMissingError: it may not send.
        SignatureNotApprovedError: the signature may not be used.
        InvalidRequestError: text or time cannot be used; `errors` says why.
        NoValidRecipientError: nobody is left to send to.
        InsufficientCreditError: the account cannot pay for all of it; nothing is sent.
        IdempotencyMismatchError, IdempotencyInFlightError: the key stands for something else.
    """
    today = clock.local_date(at)
    if isinstance(caller, AccountCaller):
        sender = senders.load_account(
            account_id=caller.account_id,
            today=today,
            signature=request.signature,
            key=request.key,
        )
        replayed = sends.replay(sender, request)
        return replayed or sends.send(sender, request, at=at, actor=caller.actor.label)
    remembered = _accept_remembered(caller, request, at=at, today=today)
    return remembered or _accept_loaded(caller, request, at=at, today=today)


def check(caller: KeyCaller, *, at: datetime) -> None:
    """Refuse a key that is wrong, or not for sending, before its request is read.

    A key that has sent today is let through: `accept` looks at it with everything else.

    Raises:
        InvalidKeyError, RevokedKeyError, IpNotAllowedError, ScopeMissingError.
    """
    if not remembering.knows(plain_key=caller.plain, today=clock.local_date(at)):
        check_again(caller, at=at)


def check_again(caller: KeyCaller, *, at: datetime) -> None:
    """Refuse a key as `check` does, also one that has sent today.

    Raises:
        InvalidKeyError, RevokedKeyError, IpNotAllowedError, ScopeMissingError.
    """
    key = api_keys.authenticate(plain=caller.plain, address=caller.address, at=at)
    if Scope.SEND not in key.scopes:
        raise api_keys.ScopeMissingError(scope=Scope.SEND)


def _accept_remembered(
    caller: KeyCaller, request: Request, *, at: datetime, today: date
) -> dict[str, Any] | None:
    """Accept without a look at the database before the send, None where that cannot be.

    Whatever speaks against it, the caller is told by `_accept_loaded`, who looked.
    """
    if request.key:
        return None
    remembered = remembering.find(plain_key=caller.plain, signature=request.signature, today=today)
    if remembered is None:
        return None
    try:
        senders.check_use(remembered.sender, address=caller.address, at=at)
        return sends.send_remembered(remembered, request, at=at)
    except InsufficientCreditError:  # The statement that found so had checked the sender, too.
        raise
    except (DomainError, SenderChangedError):
        return None


def _accept_loaded(
    caller: KeyCaller, request: Request, *, at: datetime, today: date
) -> dict[str, Any]:
    sender = senders.load(
        plain_key=caller.plain, today=today, signature=request.signature, key=request.key
    )
    senders.check_key(sender, plain=caller.plain, address=caller.address, scope=Scope.SEND, at=at)
    replayed = sends.replay(sender, request)
    if replayed is not None:
        return replayed
    answer = sends.send(sender, request, at=at)
    remembering.remember(sender, plain_key=caller.plain, signature=request.signature, today=today)
    return answer
