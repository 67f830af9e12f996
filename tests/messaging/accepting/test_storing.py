"""Storing drafts: in groups of neighbours who do not harm each other, or large ones by COPY."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta

import psycopg
import pytest
from django.db import connection, transaction
from psycopg.errors import DataError, UniqueViolation

from apps.common import clock, ids
from apps.common.models import StoredAnswer
from apps.ledger.models import Balance, LedgerEntry
from apps.ledger.services import verification
from apps.ledger.services.entries import InsufficientCreditError
from apps.messaging.accepting import storing
from apps.messaging.accepting.drafts import Draft, number_ranges
from apps.messaging.accepting.remembering import Remembered
from apps.messaging.models import Batch, Chunk, Message
from apps.partners.models import Account, ApiKey
from tests.factories.senders import make_account, make_caller
from tests.messaging.worker_process import wait_until
from tests.racing import race


def make_draft(account, numbers=("13800138000",), **overrides):
    at = clock.now()
    return Draft(
        **{
            "batch": ids.uuid7_run(at), "account_id": account.pk, "kind": "notice", "signature": "青禾软件", "text": "您好",
            "extension": "", "reference": None, "send_at": None,
            "expires_at": at + timedelta(days=1), "is_test": False, "refund_rule": "on_reject",
            "ranges": number_ranges({("MOBILE", 1): list(numbers)}, at), "rejected": [],
            "actor": "test", "at": at, "order": list(numbers),
        } | overrides
    )  # fmt: skip


def remembered(caller):
    return Remembered(caller.sender(), caller.key.prefix, None, clock.local_date(clock.now()))


def many(count):
    return [f"139{n:08}" for n in range(count)]


def counts():
    tables = (Batch, Message, Chunk, LedgerEntry, StoredAnswer)
    return tuple(table.objects.count() for table in tables)


@pytest.mark.django_db
class TestOne:
    def test_is_stored_whole(self):
        account = make_account(5)

        assert storing.store(make_draft(account, many(3), key="k")) == 2
        assert counts() == (1, 3, 1, 2, 1)

    def test_that_cannot_be_paid_is_not(self):
        account = make_account(2)
        before = counts()

        with pytest.raises(InsufficientCreditError):
            storing.store(make_draft(account, many(3), key="k"))

        assert counts() == before

    def test_of_a_remembered_sender_that_changed_is_not(self):
        caller = make_caller(make_account(5))
        draft = make_draft(caller.account, many(3), remembered=remembered(caller))
        Account.objects.filter(pk=caller.account.pk).update(status="SUSPENDED")
        before = counts()

        with pytest.raises(storing.SenderChangedError):
            storing.store(draft)

        assert counts() == before

    def test_of_an_account_without_a_balance_cannot_be_paid(self):
        with pytest.raises(InsufficientCreditError):
            storing.store(make_draft(make_account(0)))


@pytest.mark.django_db
class TestLarge:
    def test_is_copied_and_cut_into_chunks(self):
        account = make_account(1200)

        assert storing.store(make_draft(account, many(1200))) == 0
        assert counts() == (1, 1200, 3, 2, 0)
        assert list(Message.objects.order_by("id").values_list("number", flat=True)) == many(1200)

    def test_of_a_remembered_sender_that_changed_is_not_stored(self):
        caller = make_caller(make_account(1200))
        draft = make_draft(caller.account, many(600), remembered=remembered(caller))
        Account.objects.filter(pk=caller.account.pk).update(status="SUSPENDED")
        before = counts()

        with pytest.raises(storing.SenderChangedError):
            storing.store(draft)

        assert counts() == before

    @pytest.mark.parametrize("spoilt", ["number", "key"])
    def test_is_stored_whole_or_not_at_all(self, spoilt):
        account = make_account(1200)
        storing.store(make_draft(account, key="k"))
        before = counts()
        numbers = [*many(599), "1" * 13] if spoilt == "number" else many(600)
        key = "k" if spoilt == "key" else "other"

        with pytest.raises((DataError, UniqueViolation)), transaction.atomic():
            storing.store(make_draft(account, numbers, key=key))

        assert counts() == before
        assert Balance.objects.get().available == 1199


@pytest.mark.django_db(transaction=True)
class TestLargeRace:
    def test_for_credit_of_one_has_one_winner(self):
        account = make_account(150)

        answers = race(*[lambda: storing.store(make_draft(account, many(150)))] * 4)

        assert sum(isinstance(answer, InsufficientCreditError) for answer in answers) == 3
        assert counts() == (1, 150, 1, 2, 0)
        assert verification.verify().faults == ()


def store(draft):
    """Store a draft in a thread of its own; return the answer or the error."""
    try:
        return storing.store(draft)
    except Exception as error:  # noqa: BLE001 - looked at by the test
        return error
    finally:
        connection.close()


@contextmanager
def held(account):
    """Hold an account's balance, as a slow transaction elsewhere would."""
    with psycopg.connect(**connection.get_connection_params() | {"autocommit": False}) as other:
        other.execute("SELECT FROM ledger_balance WHERE account_id = %s FOR UPDATE", [account.pk])
        yield
        other.rollback()


def waiting_for_locks():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return [pid for (pid,) in cursor.fetchall()]


@pytest.mark.django_db(transaction=True)
class TestGroup:
    """Sends that come while another one's statement runs are stored by the next one together."""

    @pytest.fixture
    def pool(self):
        with ThreadPoolExecutor(16) as pool:
            yield pool

    @pytest.fixture
    def gather(self, pool):
        """Return a function that stores drafts as one group and gives their answers."""
        first = make_account(1)

        def together(drafts):
            with held(first):
                leader = pool.submit(store, make_draft(first))
                wait_until(waiting_for_locks, seconds=10)
                followers = [pool.submit(store, draft) for draft in drafts]
                wait_until(lambda: len(storing._gathering._waiting) == len(drafts), seconds=10)
            assert leader.result(timeout=10) == 0
            return followers

        return together

    def answers(self, followers):
        return [follower.result(timeout=10) for follower in followers]

    def test_of_several_accounts_is_charged_each_to_its_own(self, gather):
        one, two = make_account(10), make_account(10)

        answers = self.answers(gather([make_draft(a) for a in (one, two, one, one)]))

        assert sorted(answers) == [7, 8, 9, 9]
        assert verification.verify().faults == ()
        assert Message.objects.count() == 5

    def test_leaves_only_the_account_that_cannot_pay_to_what_fits(self, gather):
        rich, poor = make_account(10), make_account(5)
        drafts = [
            make_draft(rich),
            *[make_draft(poor, many(2)) for _ in range(3)],
            make_draft(rich),
        ]

        first, *poors, last = self.answers(gather(drafts))

        assert sorted([first, last]) == [8, 9]
        refused = [answer for answer in poors if isinstance(answer, InsufficientCreditError)]
        assert [error.data for error in refused] == [{"required": 2, "available": 1}]
        assert sorted(answer for answer in poors if answer not in refused) == [1, 3]
        assert verification.verify().faults == ()

    def test_stores_a_test_keys_send_beside_a_charged_one(self, gather):
        account = make_account(1)

        answers = self.answers(gather([make_draft(account, is_test=True), make_draft(account)]))

        assert answers[1] == 0
        assert Balance.objects.get(pk=account.pk).spent == 1
        assert Batch.objects.filter(account=account).count() == 2

    def test_leaves_out_a_remembered_sender_that_changed(self, gather):
        changed, same = make_caller(make_account(10)), make_caller(make_account(10))
        drafts = [
            make_draft(caller.account, remembered=remembered(caller))
            for caller in (changed, same, changed)
        ]
        ApiKey.objects.filter(pk=changed.key.pk).update(revoked=True)

        first, neighbour, last = self.answers(gather(drafts))

        assert isinstance(first, storing.SenderChangedError)
        assert isinstance(last, storing.SenderChangedError)
        assert neighbour == 9
        assert changed.balance().spent == 0

    def test_stores_the_account_s_other_sends_when_one_of_its_senders_changed(self, gather):
        changed = make_caller(make_account(10))
        drafts = [
            make_draft(changed.account, remembered=remembered(changed)),
            make_draft(changed.account, key="k"),
        ]
        ApiKey.objects.filter(pk=changed.key.pk).update(revoked=True)

        first, other = self.answers(gather(drafts))

        assert isinstance(first, storing.SenderChangedError)
        assert other == 9
        assert verification.verify().faults == ()

    def test_stores_a_test_keys_send_beside_one_that_cannot_be_paid(self, gather):
        account = make_account(1)
        drafts = [make_draft(account, many(2)), make_draft(account, is_test=True)]

        refused, tried = self.answers(gather(drafts))

        assert isinstance(refused, InsufficientCreditError)
        assert tried == 1

    def test_keeps_for_each_key_the_credit_that_was_left_then(self, gather):
        account = make_account(10)
        drafts = [make_draft(account, many(n), key=str(n)) for n in (1, 2, 3)]

        answers = self.answers(gather(drafts))

        kept = StoredAnswer.objects.order_by("key").values_list("answer__available", flat=True)
        assert list(kept) == answers
        entries = LedgerEntry.objects.filter(account=account)
        assert set(entries.values_list("available_after", flat=True)) == {10, *answers}

    def test_with_a_key_twice_stores_it_once_and_its_neighbours(self, gather):
        account, other = make_account(10), make_account(10)
        drafts = [make_draft(account, key="k"), make_draft(account, key="k"), make_draft(other)]

        *same, neighbour = self.answers(gather(drafts))

        assert sorted(isinstance(answer, UniqueViolation) for answer in same) == [False, True]
        assert neighbour == 9
        assert Balance.objects.get(pk=account.pk).spent == 1
        assert verification.verify().faults == ()

    def test_with_one_that_the_database_refuses_stores_its_neighbours(self, gather):
        account, other = make_account(10), make_account(10)

        wrong, right = self.answers(gather([make_draft(account, ["1" * 13]), make_draft(other)]))

        assert isinstance(wrong, DataError)
        assert right == 9
        assert Balance.objects.get(pk=account.pk).available == 10

    def test_that_loses_its_connection_tells_every_one_of_it(self, gather):
        account = make_account(10)
        with held(account):
            followers = gather([make_draft(account) for _ in range(3)])
            wait_until(waiting_for_locks, seconds=10)
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(%s)", waiting_for_locks())
            answers = self.answers(followers)

        assert [isinstance(answer, psycopg.OperationalError) for answer in answers] == [True] * 3
        assert Balance.objects.get(pk=account.pk).spent == 0
        assert store(make_draft(account)) == 9

    def test_goes_on_after_an_error_of_the_program(self, gather):
        account = make_account(10)

        answers = self.answers(gather([make_draft(account, text=object()), make_draft(account)]))

        assert all(isinstance(answer, TypeError) for answer in answers)
        assert store(make_draft(account)) == 9

    def test_locks_accounts_in_one_order(self):
        one, two = make_account(1000), make_account(1000)

        def repeat(*accounts):
            for _ in range(25):
                storing._execute([make_draft(account) for account in accounts])

        answers = race(lambda: repeat(one, two), lambda: repeat(two, one))

        assert answers == [None, None]
        assert set(Balance.objects.values_list("spent", flat=True)) == {50}
        assert verification.verify().faults == ()


@pytest.mark.django_db(transaction=True)
def test_the_workers_are_not_woken_for_every_send(monkeypatch):
    monkeypatch.setattr(storing, "WAKE_SECONDS", 60)
    monkeypatch.setattr(storing, "_waker", storing._Waker())
    account = make_account(10)
    listener = psycopg.connect(**connection.get_connection_params() | {"autocommit": True})
    with listener:
        listener.execute("LISTEN messaging_queued")

        for _ in range(3):
            storing.store(make_draft(account))

        assert len(list(listener.notifies(timeout=0.5))) == 1
