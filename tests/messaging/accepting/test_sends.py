"""Accepting a send through the service: every refusal leaves everything as it was."""

from datetime import timedelta

import pytest

from apps.carriers.models import Route
from apps.common import clock
from apps.common.cache import forget_all
from apps.common.errors import InvalidRequestError
from apps.common.idempotency import IdempotencyMismatchError
from apps.common.models import StoredAnswer
from apps.ledger.models import Balance, LedgerEntry
from apps.ledger.services.entries import InsufficientCreditError
from apps.messaging import errors
from apps.messaging.accepting import sends
from apps.messaging.models import Batch, Chunk, Message
from apps.partners.choices import KeyMode
from tests.factories.senders import make_caller

NUMBER = "13800138000"


@pytest.fixture
def caller(db):
    return make_caller(segments=10)


def send(caller, *, to=(NUMBER,), text="您好", **fields):
    fingerprint = repr((to, text)).encode() if "key" in fields else b""
    request = sends.Request(to=to, text=text, fingerprint=fingerprint, **fields)
    return sends.send(caller.sender(signature=request.signature), request, at=clock.now())


def books():
    tables = (Batch, Message, Chunk, LedgerEntry, Balance, StoredAnswer)
    return [sorted(table.objects.values_list(), key=str) for table in tables]


def lose_routes(_caller):
    Route.objects.all().delete()
    forget_all()


def suspend(caller):
    type(caller.account).objects.update(status="SUSPENDED")


def end_agreement(caller):
    caller.account.partner.agreements.update(status="EXPIRED")


def lose_default(caller):
    caller.account.signatures.update(is_default=False)


REFUSALS = {
    "suspended": (suspend, {}, errors.AccountSuspendedError),
    "no agreement": (end_agreement, {}, errors.AgreementInactiveError),
    "no default": (lose_default, {}, errors.SignatureNotApprovedError),
    "other signature": (None, {"signature": "别家"}, errors.SignatureNotApprovedError),
    "no route": (lose_routes, {}, errors.NoValidRecipientError),
    "no number": (None, {"to": ["110"]}, errors.NoValidRecipientError),
    "brackets": (None, {"text": "您好】"}, InvalidRequestError),
    "too long": (None, {"text": "字" * 500}, InvalidRequestError),
    "too late": (
        None,
        {"send_at": clock.now() - timedelta(minutes=10)},
        InvalidRequestError,
    ),
    "no credit": (None, {"to": [f"139{n:08}" for n in range(11)]}, InsufficientCreditError),
    "no credit for many": (
        None,
        {"to": [f"139{n:08}" for n in range(101)]},
        InsufficientCreditError,
    ),
}


@pytest.mark.parametrize(("spoil", "asked", "error"), REFUSALS.values(), ids=REFUSALS)
def test_a_refusal_changes_nothing(caller, spoil, asked, error):
    if spoil:
        spoil(caller)
    before = books()

    with pytest.raises(error):
        send(caller, **asked)

    assert books() == before


class TestSend:
    def test_spends_the_last_segment(self, caller):
        answer = send(caller, to=[f"139{n:08}" for n in range(10)])

        assert (answer["accepted"], answer["available"]) == (10, 0)

    def test_names_what_is_short(self, caller):
        with pytest.raises(InsufficientCreditError) as refused:
            send(caller, text="字" * 400, to=[NUMBER, "18900138000"])

        assert refused.value.data == {"required": 14, "available": 10}

    def test_queues_each_network_by_itself_with_its_priority(self, caller):
        send(caller, to=[NUMBER, "18900138000", "13900139000"], kind="otp")

        chunks = Chunk.objects.order_by("operator").values_list(
            "operator", "message_count", "priority"
        )
        assert list(chunks) == [("MOBILE", 2, 0), ("TELECOM", 1, 0)]

    def test_keeps_the_refund_rule_of_the_day(self, caller):
        caller.account.partner.agreements.update(refund_rule="on_failure")

        send(caller)

        assert Batch.objects.get().refund_rule == "on_failure"

    def test_writes_the_account_down_as_the_one_who_did_it(self, caller):
        send(caller)

        assert LedgerEntry.objects.get(kind="CAPTURE").actor == f"key {caller.account.code}"


class TestTheSameKey:
    def test_answers_what_the_other_request_was_answered(self, caller):
        first = send(caller, key="k")
        second = send(caller, key="k")

        assert second == first
        assert Batch.objects.count() == 1

    def test_for_another_request_is_refused(self, caller):
        send(caller, key="k")

        with pytest.raises(IdempotencyMismatchError):
            send(caller, key="k", text="改了")

        assert caller.balance().spent == 1

    def test_in_the_sandbox_is_another_key(self, caller):
        sandbox = make_caller(caller.account, mode=KeyMode.TEST)

        assert send(sandbox, key="k")["id"] != send(caller, key="k")["id"]
        assert send(sandbox, key="k")["available"] == 10

    def test_is_replayed_only_for_the_same_fingerprint(self, caller):
        answer = send(caller, key="k")
        sender = caller.sender(key="k")

        def asked(fingerprint):
            return sends.Request(to=[NUMBER], text="您好", fingerprint=fingerprint)

        assert sends.replay(sender, asked(repr(((NUMBER,), "您好")).encode())) == answer
        assert sends.replay(caller.sender(key="other"), asked(b"")) is None
        with pytest.raises(IdempotencyMismatchError):
            sends.replay(sender, asked(b""))
