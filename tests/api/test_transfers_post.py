"""`POST /accounts/{code}/transfers`: credit moved between a partner's accounts, once."""

import pytest

from apps.common.models import StoredAnswer
from apps.ledger.models import Transfer
from tests.factories.partners import AccountFactory
from tests.factories.senders import SEND, make_caller
from tests.racing import race


@pytest.fixture
def other(caller):
    """The account of a customer of the caller's partner."""
    return AccountFactory(partner=caller.account.partner, of_customer=True)


def move(caller, source, to, segments=30, body=None, **headers):
    path = f"/api/v1/accounts/{source.code}/transfers"
    asked = {"to": to.code, "segments": segments} | (body or {})
    return caller.post(asked, path=path, **headers)


class TestTransfer:
    def test_moves_credit_and_says_what_is_left(self, caller, other):
        answer = move(caller, caller.account, other, body={"note": "三月"})

        made = Transfer.objects.get()
        assert answer.status_code == 201
        assert answer.json() | {"created_at": ""} == {
            "id": f"trf_{made.pk.hex}", "from": caller.account.code, "to": other.code,
            "segments": 30, "note": "三月", "available": 970, "created_at": "",
        }  # fmt: skip
        assert made.actor == f"key {caller.key.prefix}"

    def test_moves_it_back(self, caller, other):
        move(caller, caller.account, other)

        assert move(caller, other, caller.account).json()["available"] == 0
        assert caller.balance().available == 1000

    def test_never_moves_more_than_there_is(self, caller, other, books):
        before = books()

        answer = move(caller, caller.account, other, segments=1001)

        assert answer.status_code == 402
        assert (answer.json()["required"], answer.json()["available"]) == (1001, 1000)
        assert books() == before

    def test_never_crosses_partners(self, caller, stranger):
        answer = move(caller, caller.account, stranger.account)

        assert (answer.status_code, list(answer.json()["errors"])) == (422, ["to"])
        assert move(caller, stranger.account, caller.account).status_code == 404

    def test_never_goes_from_customer_to_customer(self, caller, other):
        third = AccountFactory(partner=caller.account.partner, of_customer=True)

        assert move(caller, other, third).json()["code"] == "transfer_sides"

    @pytest.mark.parametrize(
        ("body", "field"),
        [
            ({"segments": 0}, "segments"),
            ({"segments": True}, "segments"),
            ({"to": 5}, "to"),
            ({"note": "字" * 101}, "note"),
            ({"note": "\0"}, "note"),
            ({"from": "x"}, "from"),
        ],
    )
    def test_names_the_field_that_is_wrong(self, caller, other, body, field):
        answer = move(caller, caller.account, other, body=body)

        assert (answer.status_code, list(answer.json()["errors"])) == (422, [field])


class TestKey:
    def test_for_tests_moves_nothing(self, caller, sandbox, other):
        assert move(sandbox, caller.account, other).json()["code"] == "live_key_needed"

    def test_of_a_customers_account_cannot_draw_on_the_partners(self, caller, other):
        customer = make_caller(other)

        assert move(customer, caller.account, other).status_code == 404
        assert move(customer, other, caller.account).json()["errors"].keys() == {"to"}

    def test_needs_the_scope_to_manage(self, caller, other):
        reader = make_caller(caller.account, scopes=("ledger:read",))

        assert move(reader, caller.account, other).json()["code"] == "scope_missing"


class TestIdempotencyKey:
    def test_replays_the_answer_byte_for_byte(self, caller, other):
        first = move(caller, caller.account, other, Idempotency_Key="march")
        second = move(caller, caller.account, other, Idempotency_Key="march")

        assert (first.status_code, first.content) == (second.status_code, second.content)
        assert Transfer.objects.count() == 1

    def test_with_another_body_is_refused(self, caller, other):
        move(caller, caller.account, other, Idempotency_Key="march")

        answer = move(caller, caller.account, other, segments=31, Idempotency_Key="march")

        assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_mismatch")

    def test_used_for_a_send_is_refused(self, caller, other):
        caller.post(SEND, Idempotency_Key="march")

        answer = move(caller, caller.account, other, Idempotency_Key="march")

        assert answer.json()["code"] == "idempotency_mismatch"

    def test_used_here_is_refused_for_a_send(self, caller, other):
        move(caller, caller.account, other, Idempotency_Key="march")

        assert caller.post(SEND, Idempotency_Key="march").json()["code"] == "idempotency_mismatch"

    def test_is_free_again_after_a_refusal(self, caller, other):
        move(caller, caller.account, other, segments=1001, Idempotency_Key="march")

        assert not StoredAnswer.objects.exists()
        assert move(caller, caller.account, other, Idempotency_Key="march").status_code == 201

    @pytest.mark.parametrize("key", ["", "a b", "k" * 129])
    def test_that_cannot_be_used_is_refused_by_name(self, caller, other, key):
        answer = move(caller, caller.account, other, Idempotency_Key=key)

        assert list(answer.json()["errors"]) == ["Idempotency-Key"]


@pytest.mark.django_db(transaction=True)
def test_many_at_the_same_moment_are_done_once():
    caller = make_caller()
    other = AccountFactory(partner=caller.account.partner, of_customer=True)

    answers = race(*[lambda: move(caller, caller.account, other, Idempotency_Key="march")] * 8)

    made = {answer.content for answer in answers if answer.status_code == 201}
    refused = {answer.json()["code"] for answer in answers if answer.status_code == 409}
    assert len(made) == 1
    assert refused <= {"idempotency_in_flight"}
    assert Transfer.objects.count() == 1
    assert caller.balance().available == 970
