"""Recharges and transfers: the buckets are always the sum of the entries."""

import pytest
from django.db import ProgrammingError
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from apps.common import clock
from apps.common.ids import uuid7
from apps.ledger import locks
from apps.ledger.choices import About, Bucket, EntryKind
from apps.ledger.models import Balance, LedgerEntry, Transfer
from apps.ledger.services import verification
from apps.ledger.services.credits import (
    DifferentPartnersError,
    TransferAccountClosedError,
    TransferMadeError,
    TransferQuantityError,
    TransferSidesError,
)
from apps.ledger.services.entries import InsufficientCreditError, Movement, post
from apps.partners.choices import AccountStatus
from tests.factories.partners import AccountFactory, PartnerFactory
from tests.ledger.conftest import recharge, transfer
from tests.racing import race


def buckets(account):
    row = Balance.objects.get(pk=account.pk)
    return row.issued, row.available, row.held, row.spent


def two_accounts():
    """Return a partner's own account and one of its customer's."""
    own = AccountFactory()
    return own, AccountFactory(partner=own.partner, of_customer=True)


def move(account, from_bucket, to_bucket, segments, kind=EntryKind.CAPTURE):
    movement = Movement(
        kind=kind,
        from_bucket=from_bucket,
        to_bucket=to_bucket,
        segments=segments,
        about=About.BATCH,
        about_id="0" * 32,
        actor="test",
    )
    return post(locks.balances([account.pk])[account.pk], movement, at=clock.now())


class TestRecharge:
    def test_credits_the_account_and_writes_it_down(self, account):
        entry = recharge(account, 50)

        assert buckets(account) == (150, 150, 0, 0)
        assert (entry.sequence, entry.segments, entry.available_after) == (2, 50, 150)
        assert (entry.from_bucket, entry.to_bucket) == ("OUTSIDE", "AVAILABLE")
        assert (entry.about, entry.about_id, entry.actor) == ("RECHARGE", "1", "system")


class TestTransfer:
    @pytest.fixture
    def other(self, account):
        return AccountFactory(partner=account.partner, of_customer=True)

    def test_moves_credit_between_accounts_of_one_partner(self, account, other):
        made = transfer(account, other, 30)

        entries = LedgerEntry.objects.filter(about="TRANSFER", about_id=made.id.hex)
        assert buckets(account) == (70, 70, 0, 0)
        assert buckets(other) == (30, 30, 0, 0)
        assert dict(entries.values_list("account", "note")) == {
            account.pk: other.code,
            other.pk: account.code,
        }

    def test_refuses_more_than_there_is(self, account, other):
        with pytest.raises(InsufficientCreditError) as refused:
            transfer(account, other, 101)

        assert refused.value.data == {"required": 101, "available": 100}
        assert buckets(account) == (100, 100, 0, 0)

    def test_never_crosses_partners(self, account):
        with pytest.raises(DifferentPartnersError):
            transfer(account, AccountFactory(partner=PartnerFactory()), 1)

    def test_needs_two_accounts(self, account):
        with pytest.raises(DifferentPartnersError):
            transfer(account, account, 1)

    def test_goes_back_from_the_customer(self, account, other):
        transfer(account, other, 30)
        transfer(other, account, 10)

        assert buckets(other) == (20, 20, 0, 0)

    def test_never_goes_from_customer_to_customer(self, account, other):
        with pytest.raises(TransferSidesError):
            transfer(other, AccountFactory(partner=account.partner, of_customer=True), 1)

    @pytest.mark.parametrize("segments", [0, -5])
    def test_moves_at_least_one_segment(self, account, other, segments):
        with pytest.raises(TransferQuantityError):
            transfer(account, other, segments)

    def test_does_not_go_into_a_closed_account_but_out_of_it(self, account, other):
        transfer(account, other, 30)
        type(other).objects.filter(pk=other.pk).update(status=AccountStatus.CLOSED)

        with pytest.raises(TransferAccountClosedError):
            transfer(account, other, 1)
        transfer(other, account, 30)
        assert buckets(account) == (100, 100, 0, 0)

    def test_of_one_id_is_made_once(self, account, other):
        transfer_id = uuid7()
        transfer(account, other, 30, transfer_id=transfer_id)

        with pytest.raises(TransferMadeError):
            transfer(account, other, 30, transfer_id=transfer_id)
        assert buckets(other) == (30, 30, 0, 0)

    def test_is_never_changed(self, account, other):
        transfer(account, other, 30)

        with pytest.raises(ProgrammingError):
            Transfer.objects.update(segments=1)


class TestMovement:
    @pytest.mark.parametrize(
        ("steps", "expected"),
        [
            ([("AVAILABLE", "HELD", 40)], (100, 60, 40, 0)),
            ([("AVAILABLE", "HELD", 40), ("HELD", "SPENT", 40)], (100, 60, 0, 40)),
            ([("AVAILABLE", "HELD", 40), ("HELD", "AVAILABLE", 15)], (100, 75, 25, 0)),
            ([("AVAILABLE", "SPENT", 100), ("SPENT", "AVAILABLE", 1)], (100, 1, 0, 99)),
            ([("AVAILABLE", "OUTSIDE", 100)], (0, 0, 0, 0)),
        ],
        ids=["hold", "capture a hold", "release part", "refund", "reverse"],
    )
    def test_takes_from_one_bucket_and_gives_to_another(self, account, steps, expected):
        for step in steps:
            move(account, *step)

        assert buckets(account) == expected
        assert verification.verify().faults == ()

    @pytest.mark.parametrize("bucket", ["AVAILABLE", "HELD", "SPENT"])
    def test_takes_no_more_than_the_bucket_has(self, account, bucket):
        with pytest.raises(InsufficientCreditError):
            move(account, bucket, "OUTSIDE", 101)

        assert LedgerEntry.objects.count() == 1


STEP = st.tuples(
    st.sampled_from(["recharge", "transfer", *Bucket.values]),
    st.sampled_from(Bucket.values),
    st.integers(0, 1),
    st.integers(1, 60),
)


class TestAnyOrder(TestCase):
    @settings(max_examples=25, deadline=None)
    @given(steps=st.lists(STEP, max_size=12))
    def test_of_movements_keeps_buckets_equal_to_entries(self, steps):
        accounts = two_accounts()
        for account in accounts:
            recharge(account, 50)
        for what, to_bucket, place, segments in steps:
            account, other = accounts[place], accounts[1 - place]
            try:
                if what == "recharge":
                    recharge(account, segments)
                elif what == "transfer":
                    transfer(account, other, segments)
                elif what != to_bucket:
                    move(account, what, to_bucket, segments)
            except InsufficientCreditError:
                continue
        assert verification.verify().faults == ()


@pytest.mark.django_db(transaction=True)
class TestRace:
    def test_of_transfers_both_ways_ends_without_deadlock_and_agrees(self):
        one, two = two_accounts()
        for account in (one, two):
            recharge(account, 100)

        answers = race(
            *[lambda: transfer(one, two, 7)] * 4,
            *[lambda: transfer(two, one, 5)] * 4,
        )

        assert [answer for answer in answers if isinstance(answer, Exception)] == []
        assert (buckets(one)[1], buckets(two)[1]) == (92, 108)
        assert verification.verify().faults == ()

    def test_for_the_last_segments_has_one_winner(self):
        one, two = two_accounts()
        recharge(one, 10)

        answers = race(*[lambda: transfer(one, two, 10)] * 4)

        assert sum(isinstance(answer, InsufficientCreditError) for answer in answers) == 3
        assert buckets(two) == (10, 10, 0, 0)

    def test_of_one_form_sent_many_times_moves_once(self):
        one, two = two_accounts()
        recharge(one, 100)
        transfer_id = uuid7()

        answers = race(*[lambda: transfer(one, two, 10, transfer_id=transfer_id)] * 4)

        assert sum(isinstance(answer, TransferMadeError) for answer in answers) == 3
        assert buckets(two) == (10, 10, 0, 0)

    def test_for_an_accounts_first_recharge_counts_both(self):
        account = AccountFactory()

        race(*[lambda: recharge(account, 10)] * 4)

        assert buckets(account) == (40, 40, 0, 0)
        assert verification.verify().faults == ()
