"""A sender that a process knows from its last send: whatever changed holds from the next one on."""

from datetime import timedelta

import pytest
import time_machine

from apps.agreements.models import Agreement
from apps.common import clock
from apps.messaging.accepting import remembering
from apps.messaging.models import Batch
from apps.partners.choices import KeyMode
from apps.partners.models import Account, ApiKey
from apps.pledges.models import Pledge
from apps.signatures.models import Signature
from tests.factories.partners import CustomerFactory
from tests.factories.pledges import PledgeFactory
from tests.factories.senders import SEND, make_caller


def is_known(caller, signature=None):
    today = clock.local_date(clock.now())
    found = remembering.find(plain_key=caller.plain, signature=signature, today=today)
    return found is not None


@pytest.fixture
def known(caller):
    """Return software whose last send was accepted."""
    assert caller.post(SEND).status_code == 202
    assert is_known(caller)
    return caller


def change(model, **values):
    return lambda: model.objects.update(**values)


CHANGES = {
    "suspended account": (change(Account, status="SUSPENDED"), "account_suspended"),
    "revoked key": (change(ApiKey, revoked=True), "revoked_key"),
    "other secret": (change(ApiKey, hashed_key="sha512$$0"), "invalid_key"),
    "key without the scope": (change(ApiKey, scopes=["READ"]), "scope_missing"),
    "key for other addresses": (
        change(ApiKey, allowed_networks=["203.0.113.0/24"]),
        "ip_not_allowed",
    ),
    "terminated agreement": (change(Agreement, status="TERMINATED"), "agreement_inactive"),
    "suspended signature": (change(Signature, status="SUSPENDED"), "signature_not_approved"),
    "no default signature": (change(Signature, is_default=False), "signature_not_approved"),
}


class TestChange:
    @pytest.mark.parametrize(("apply", "code"), CHANGES.values(), ids=CHANGES.keys())
    def test_is_told_at_the_next_send(self, known, apply, code):
        apply()

        answer = known.post(SEND)

        assert answer.json()["code"] == code
        assert known.balance().spent == Batch.objects.count() == 1

    def test_is_told_before_what_is_wrong_with_the_body(self, known):
        ApiKey.objects.update(revoked=True)

        assert known.post({"to": 1}).json()["code"] == "revoked_key"

    def test_of_the_default_signature_shows_in_the_next_send(self, known):
        Signature.objects.update(text="青禾云")

        assert known.post(SEND).json()["signature"] == "青禾云"

    def test_of_the_refund_rule_holds_for_the_next_send(self, known):
        Agreement.objects.update(refund_rule="never")

        assert known.post(SEND).status_code == 202
        assert list(Batch.objects.order_by("id").values_list("refund_rule", flat=True)) == [
            "on_reject",
            "never",
        ]

    def test_of_the_pledge_stops_a_customers_account(self, db):
        customer = CustomerFactory()
        PledgeFactory(customer=customer, approved=True)
        caller = make_caller(partner=customer.partner, customer=customer)
        assert caller.post(SEND).status_code == 202
        Pledge.objects.update(status="REVOKED")

        assert caller.post(SEND).json()["code"] == "pledge_missing"

    def test_back_is_seen_too(self, known):
        Account.objects.update(status="SUSPENDED")
        known.post(SEND)
        Account.objects.update(status="ACTIVE")

        assert known.post(SEND).status_code == 202


class TestTime:
    def test_ends_a_key_that_expires(self, known):
        ApiKey.objects.update(expiry_date=clock.now() + timedelta(hours=1))
        assert known.post(SEND).status_code == 202

        with time_machine.travel(clock.now() + timedelta(hours=2), tick=False):
            assert known.post(SEND).json()["code"] == "invalid_key"

    def test_ends_what_is_known_at_midnight(self, known):
        tomorrow = clock.local_date(clock.now()) + timedelta(days=1)
        Agreement.objects.update(ends_on=tomorrow)
        assert known.post(SEND).status_code == 202

        with time_machine.travel(clock.now() + timedelta(days=1), tick=False):
            assert not is_known(known)
            assert known.post(SEND).json()["code"] == "agreement_inactive"


class TestKnowledge:
    def test_is_of_one_key_alone(self, known):
        assert known.post(SEND, Authorization=f"Bearer {known.plain}x").status_code == 401

    def test_is_of_one_signature_alone(self, known):
        answer = known.post(SEND | {"signature": "他人"})

        assert answer.json()["code"] == "signature_not_approved"

    def test_is_not_kept_of_a_test_key(self, db):
        caller = make_caller(mode=KeyMode.TEST)

        assert caller.post(SEND).status_code == 202
        assert not is_known(caller)

    def test_does_not_let_more_through_than_is_paid_for(self, db):
        caller = make_caller(segments=1)

        assert [caller.post(SEND).status_code for _ in range(3)] == [202, 402, 402]

    def test_does_not_stand_in_for_an_idempotency_key(self, known):
        answers = [known.post(SEND, Idempotency_Key="k").content for _ in range(2)]

        assert answers[0] == answers[1]
        assert known.balance().spent == 2

    def test_is_bounded(self, known, monkeypatch):
        monkeypatch.setattr(remembering, "MOST_SENDERS", 1)

        assert make_caller().post(SEND).status_code == 202

        assert not is_known(known)
