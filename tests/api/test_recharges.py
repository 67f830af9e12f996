"""`GET|POST /recharges`: a payment reported with its slip, and what became of it."""

import pytest

from apps.recharges.models import Remittance
from tests.common.confined.limits import every_place_taken
from tests.factories import files
from tests.factories.recharges import RechargeFactory, RemittanceFactory, ReversalFactory
from tests.factories.senders import make_caller

RECHARGES = "/api/v1/recharges"
PAYMENT = {"amount": "10000.00", "paid_on": "2026-03-02", "payer": "北京青禾软件有限公司"}


@pytest.fixture(autouse=True)
def _store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def report(caller, form=None, **headers):
    slip = files.png()
    slip.name = "回单.png"
    return caller.upload(RECHARGES, {**PAYMENT, "file": slip} | (form or {}), **headers)


def ids(answer):
    return [row["id"] for row in answer.json()["data"]]


class TestReport:
    def test_is_answered_with_the_payment(self, caller):
        answer = report(caller, {"bank_reference": "20260302001"})

        made = Remittance.objects.get()
        assert answer.status_code == 201
        assert answer.json() | {"created_at": ""} == {
            "id": f"rem_{made.pk}", "status": "entered", "amount": "10000.00",
            "paid_on": "2026-03-02", "payer": PAYMENT["payer"],
            "bank_reference": "20260302001", "reason": "", "cure": "", "recharges": [],
            "created_at": "",
        }  # fmt: skip
        assert ids(caller.get(RECHARGES)) == [f"rem_{made.pk}"]

    def test_says_when_to_come_again_while_too_many_files_are_opened(
        self, caller, settings, tmp_path
    ):
        key = {"Idempotency_Key": "slip-1"}
        with every_place_taken(settings, tmp_path):
            answer = report(caller, **key)

        assert (answer.status_code, answer["Retry-After"]) == (503, "30")
        assert answer.json()["code"] == "files_busy"
        assert "errors" not in answer.json()
        assert report(caller, **key).status_code == 201

    @pytest.mark.parametrize(
        ("form", "field"),
        [
            ({"amount": "0"}, "amount"),
            ({"amount": "1.001"}, "amount"),
            ({"amount": "1e3"}, "amount"),
            ({"paid_on": "2026-3-2"}, "paid_on"),
            ({"payer": " "}, "payer"),
            ({"bank_reference": "1" * 65}, "bank_reference"),
            ({"file": "slip"}, "file"),
            ({"another": "yes"}, "another"),
            ({"account": "x"}, "account"),
        ],
    )
    def test_names_the_field_that_is_wrong(self, caller, form, field):
        answer = report(caller, form)

        assert (answer.status_code, list(answer.json()["errors"])) == (422, [field])
        assert not Remittance.objects.exists()

    def test_of_the_same_payment_has_to_say_that_it_is_another(self, caller):
        report(caller)

        again = report(caller)
        another = report(caller, {"another": "true"})

        assert (again.status_code, again.json()["code"]) == (409, "remittance_repeated")
        assert list(again.json()["errors"]) == ["another"]
        assert another.status_code == 201

    def test_is_done_once_under_a_key(self, caller):
        first = report(caller, Idempotency_Key="a")

        assert report(caller, Idempotency_Key="a").content == first.content
        assert report(caller, {"amount": "1"}, Idempotency_Key="a").status_code == 422

    def test_by_a_test_key_is_refused(self, sandbox):
        assert report(sandbox).json()["code"] == "live_key_needed"

    def test_needs_the_scope_to_manage(self, caller):
        reader = make_caller(caller.account, scopes=("ledger:read",))

        assert report(reader).json()["code"] == "scope_missing"
        assert reader.get(RECHARGES).status_code == 200


class TestList:
    def test_shows_money_that_nobody_reported_too(self, caller):
        slip = RemittanceFactory(account=caller.account)
        found = RechargeFactory(account=caller.account)

        shown = caller.get(RECHARGES).json()["data"]

        assert {row["id"] for row in shown} == {f"rem_{slip.pk}", f"rch_{found.pk}"}
        [recharge] = next(row for row in shown if row["id"][:3] == "rch")["recharges"]
        assert recharge["segments"] == found.segments

    def test_tells_what_is_owed_of_one_that_was_taken_back(self, caller):
        taken_back = RechargeFactory(account=caller.account, reversed=True)
        ReversalFactory(recharge=taken_back, approved=True)

        [row] = caller.get(RECHARGES).json()["data"]

        [recharge] = row["recharges"]
        assert (row["status"], recharge["status"]) == ("reversed", "reversed")
        assert (recharge["number"], recharge["owed_segments"]) == (taken_back.number, 200_000)

    def test_shows_nothing_of_another_account(self, caller, stranger):
        RemittanceFactory(account=stranger.account)

        assert ids(caller.get(RECHARGES)) == []

    def test_pages_by_cursor_through_both(self, caller):
        for _each in range(3):
            RemittanceFactory(account=caller.account)
            RechargeFactory(account=caller.account)

        seen, cursor = [], None
        while cursor is not None or not seen:
            asked = {"limit": 1} | ({"cursor": cursor} if cursor else {})
            answer = caller.get(RECHARGES, asked)
            seen, cursor = seen + ids(answer), answer.json()["next"]

        assert seen == ids(caller.get(RECHARGES))
        assert len(set(seen)) == 6

    @pytest.mark.parametrize("cursor", ["x", "MSAyIDM=", "MjAyNi0wMS0wMSByZW0gMQ=="])
    def test_refuses_a_cursor_of_its_own_making(self, caller, cursor):
        answer = caller.get(RECHARGES, {"cursor": cursor})

        assert (answer.status_code, list(answer.json()["errors"])) == (422, ["cursor"])
