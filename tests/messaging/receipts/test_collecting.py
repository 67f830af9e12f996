"""Receipts: early, late, repeated, unknown, corrected; refunds where the rule says."""

import time
from datetime import timedelta

import pytest

from apps.carriers.connectors.base import CarrierReceipt, Outcome, ReceiptPage
from apps.carriers.models import Connector
from apps.common import clock
from apps.ledger.models import Balance, LedgerEntry
from apps.ledger.services import verification
from apps.messaging.dispatching import answers, leases, rounds
from apps.messaging.dispatching.claims import OpenConnector
from apps.messaging.dispatching.loading import load
from apps.messaging.models import Chunk, Message, Receipt, Submission
from apps.messaging.receipts import collecting
from tests.factories.messaging import ConnectorFactory, queue
from tests.racing import race

AT_ONCE = "13800130000"
SILENT = "13800130002"


def collect(opened):
    time.sleep(0.01)  # a receipt is shown once its microsecond is over
    return collecting.collect(
        connector_id=opened.connector_id, carrier=opened.carrier, limit=100, at=clock.now()
    )


def send(opened):
    return rounds.hand_over(opened, at=clock.now())


def status_of(batch):
    return Message.objects.get(batch=batch).status


class CarrierWord:
    """A carrier that says what a test wants, page by page."""

    most_messages = 1000

    def __init__(self):
        self.pages = []

    def say(self, carrier_id, outcome, code="X"):
        receipt = CarrierReceipt(carrier_id, Outcome(outcome), code, clock.now())
        self.pages.append(ReceiptPage([receipt], f"c{len(self.pages) + 1}"))

    def fetch_receipts(self, *, cursor, limit):
        place = int(cursor[1:] or 0) if cursor else 0
        return self.pages[place] if place < len(self.pages) else ReceiptPage([], cursor)


@pytest.fixture
def carrier():
    return CarrierWord()


@pytest.fixture
def word(carrier, db):
    """A opened to a carrier that speaks as told."""
    return OpenConnector(connector_id=ConnectorFactory().pk, carrier=carrier, worker="tests/1")


@pytest.fixture
def submitted(word, account):
    """Make a message that the carrier took under an id."""

    def make(carrier_id, **fields):
        batch = queue(account, **fields)
        Chunk.objects.filter(batch_id=batch.id).delete()
        at = clock.now()
        Message.objects.filter(batch=batch).update(status="SUBMITTED", submitted_at=at)
        Submission.objects.create(
            connector_id=word.connector_id,
            carrier_id=carrier_id,
            account=account,
            message_id=batch.first_message_id,
            submitted_at=at,
        )
        return batch

    return make


class TestCollect:
    def test_delivers_a_message(self, opened, account):
        batch = queue(account, [AT_ONCE])
        send(opened)

        collected = collect(opened)

        assert (collected.stored, collected.matched, collected.moved) == (1, 1, 1)
        message = Message.objects.get(batch=batch)
        assert (message.status, message.carrier_code) == ("DELIVERED", "DELIVRD")
        assert message.finished_at >= message.submitted_at

    def test_moves_the_cursor_with_the_receipts(self, opened, account):
        queue(account, [AT_ONCE])
        send(opened)
        collect(opened)

        assert Connector.objects.get().receipts_cursor
        assert collect(opened).stored == 0

    def test_keeps_a_receipt_for_nobody(self, word, carrier):
        carrier.say("unheard-of", "DELIVERED")

        collected = collecting.collect(
            connector_id=word.connector_id, carrier=word.carrier, limit=1, at=clock.now()
        )

        assert (collected.stored, collected.matched) == (1, 0)
        assert Receipt.objects.get().matched_at is None

    def test_keeps_a_repeated_receipt_and_changes_nothing(self, word, carrier, submitted):
        batch = submitted("1")
        carrier.say("1", "DELIVERED", "FIRST")
        carrier.say("1", "DELIVERED", "AGAIN")
        first = collecting.collect(
            connector_id=word.connector_id, carrier=word.carrier, limit=1, at=clock.now()
        )
        second = collecting.collect(
            connector_id=word.connector_id, carrier=word.carrier, limit=1, at=clock.now()
        )

        assert (first.moved, second.moved) == (1, 0)
        assert Receipt.objects.count() == 2
        assert Message.objects.get(batch=batch).carrier_code == "FIRST"

    def test_takes_the_furthest_of_several_in_one_page(self, word, carrier, submitted):
        batch = submitted("1")
        for outcome in ("UNKNOWN", "DELIVERED", "UNDELIVERED"):
            carrier.say("1", outcome)
        carrier.pages = [ReceiptPage([p.receipts[0] for p in carrier.pages], "c1")]

        collecting.collect(
            connector_id=word.connector_id, carrier=word.carrier, limit=9, at=clock.now()
        )

        assert status_of(batch) == "DELIVERED"

    @pytest.mark.parametrize(
        ("words", "status"),
        [
            (["UNDELIVERED", "DELIVERED"], "DELIVERED"),
            (["DELIVERED", "UNDELIVERED"], "DELIVERED"),
            (["UNKNOWN", "UNDELIVERED"], "UNDELIVERED"),
            (["UNDELIVERED", "UNKNOWN"], "UNDELIVERED"),
        ],
    )
    def test_lets_a_later_word_only_correct(self, word, carrier, submitted, words, status):
        batch = submitted("1")
        for outcome in words:
            carrier.say("1", outcome)
            collecting.collect(
                connector_id=word.connector_id, carrier=word.carrier, limit=1, at=clock.now()
            )

        assert status_of(batch) == status

    def test_cuts_a_code_that_is_too_long(self, word, carrier, submitted):
        submitted("1")
        carrier.say("1", "DELIVERED", "x" * 50)

        assert (
            collecting.collect(
                connector_id=word.connector_id, carrier=word.carrier, limit=1, at=clock.now()
            ).moved
            == 1
        )


class TestRefund:
    @pytest.mark.parametrize(
        ("rule", "available"), [("never", 0), ("on_reject", 0), ("on_failure", 1)]
    )
    def test_follows_the_rule(self, word, carrier, submitted, rule, available):
        submitted("1", refund_rule=rule)
        carrier.say("1", "UNDELIVERED")

        collecting.collect(
            connector_id=word.connector_id, carrier=word.carrier, limit=1, at=clock.now()
        )

        assert Balance.objects.get().available == available
        assert verification.verify().faults == ()

    def test_is_given_once_for_a_repeated_receipt(self, word, carrier, submitted):
        submitted("1")
        for _ in range(2):
            carrier.say("1", "UNDELIVERED")
            collecting.collect(
                connector_id=word.connector_id, carrier=word.carrier, limit=1, at=clock.now()
            )

        assert LedgerEntry.objects.filter(kind="REFUND").count() == 1

    def test_stays_when_the_message_arrives_after_all(self, word, carrier, submitted):
        submitted("1")
        for outcome in ("UNDELIVERED", "DELIVERED"):
            carrier.say("1", outcome)
            collecting.collect(
                connector_id=word.connector_id, carrier=word.carrier, limit=1, at=clock.now()
            )

        assert Balance.objects.get().available == 1

    def test_is_not_given_for_a_test_batch(self, word, carrier, submitted):
        submitted("0")  # so that the account has spent something
        submitted("1", is_test=True)
        carrier.say("1", "UNDELIVERED")

        collecting.collect(
            connector_id=word.connector_id, carrier=word.carrier, limit=1, at=clock.now()
        )

        assert Balance.objects.get().available == 0


class TestMatchEarly:
    def test_delivers_when_our_own_record_comes_after_the_receipt(self, opened, account):
        batch = queue(account, [AT_ONCE])
        claim = load(leases.claim(opened))
        brought = opened.carrier.submit(claim.messages)
        assert collect(opened).matched == 0
        answers.record(opened, claim, brought, at=clock.now())

        at = clock.now()
        matched = collecting.match_early(since=at - timedelta(minutes=1), at=at)

        assert (matched.matched, matched.moved) == (1, 1)
        assert status_of(batch) == "DELIVERED"
        assert Receipt.objects.get().message_id == batch.first_message_id

    def test_leaves_what_was_received_before(self, word, carrier, submitted):
        carrier.say("1", "DELIVERED")
        collecting.collect(
            connector_id=word.connector_id,
            carrier=word.carrier,
            limit=1,
            at=clock.now() - timedelta(hours=2),
        )
        submitted("1")

        at = clock.now()
        assert collecting.match_early(since=at - timedelta(hours=1), at=at).matched == 0


class TestGiveUpWaiting:
    def test_makes_a_silent_message_unknown_after_72_hours(self, opened, account):
        batch = queue(account, [SILENT])
        send(opened)
        later = clock.now() + timedelta(hours=72, seconds=1)

        assert collecting.give_up_waiting(since=clock.now() - timedelta(hours=1), at=later) == 1
        assert status_of(batch) == "UNKNOWN"
        assert Balance.objects.get().available == 0

    def test_waits_for_72_hours(self, opened, account):
        queue(account, [SILENT])
        send(opened)
        later = clock.now() + timedelta(hours=71)

        assert collecting.give_up_waiting(since=clock.now() - timedelta(hours=1), at=later) == 0

    def test_leaves_what_was_delivered(self, opened, account):
        batch = queue(account, [AT_ONCE])
        send(opened)
        collect(opened)
        later = clock.now() + timedelta(hours=73)

        assert collecting.give_up_waiting(since=clock.now() - timedelta(hours=1), at=later) == 0
        assert status_of(batch) == "DELIVERED"

    def test_lets_a_receipt_after_all_correct_it(self, word, carrier, submitted):
        batch = submitted("1")
        later = clock.now() + timedelta(hours=73)
        collecting.give_up_waiting(since=clock.now() - timedelta(hours=1), at=later)
        carrier.say("1", "DELIVERED")

        collecting.collect(connector_id=word.connector_id, carrier=word.carrier, limit=1, at=later)

        assert status_of(batch) == "DELIVERED"


@pytest.mark.django_db(transaction=True)
class TestTwoWorkers:
    def test_store_each_receipt_once(self, word, carrier, submitted):
        submitted("1")
        carrier.say("1", "UNDELIVERED")

        found = race(
            *[
                lambda: collecting.collect(
                    connector_id=word.connector_id, carrier=word.carrier, limit=1, at=clock.now()
                )
            ]
            * 3
        )

        assert sum(collected.stored for collected in found) == 1
        assert Receipt.objects.count() == 1
        assert LedgerEntry.objects.filter(kind="REFUND").count() == 1
