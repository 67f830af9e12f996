"""`/pledges`: begun, filled in, printed, signed, submitted; then the customer's account sends."""

import io

import pytest

from apps.audit.actors import Actor
from apps.common import clock
from apps.pledges.models import Pledge
from apps.pledges.services import kinds
from apps.reviews.services import judging
from tests.factories import files
from tests.factories.partners import CustomerFactory, GatewayFactory
from tests.factories.pledges import FirstTemplateFactory, PledgeFactory
from tests.factories.senders import SEND, make_account, make_caller
from tests.factories.users import StaffFactory

PLEDGES = "/api/v1/pledges"
FILLED = {"audience": "会员", "consent": "入会时书面同意", "samples": ["您的积分月底到期。"]}


@pytest.fixture(autouse=True)
def _store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def customer(caller):
    return CustomerFactory(partner=caller.account.partner)


@pytest.fixture
def customers_key(caller, customer):
    """The software of that customer's account."""
    return make_caller(make_account(partner=caller.account.partner, customer=customer))


@pytest.fixture
def wording(db):
    """What it takes to print a form."""
    GatewayFactory()
    return FirstTemplateFactory()


def begin(caller, customer, body=None, **headers):
    asked = {"customer": f"cus_{customer.pk}"} | (body or {})
    return caller.post(asked, path=PLEDGES, **headers)


def step(caller, pledge_id, verb, **headers):
    return caller.post(b"", path=f"{PLEDGES}/{pledge_id}/{verb}", **headers)


def sign(caller, pledge_id, file=None, **headers):
    scan = file or files.pdf(2)
    scan.name = "责任书.pdf"
    return caller.upload(f"{PLEDGES}/{pledge_id}/signed-copy", {"file": scan}, **headers)


def ids(answer):
    return [row["id"] for row in answer.json()["data"]]


def test_from_customer_to_the_first_message(caller, customer, customers_key, wording):
    assert customers_key.post(SEND).json()["code"] == "pledge_missing"

    pledge = begin(caller, customer, FILLED).json()["id"]
    assert step(caller, pledge, "form").json()["form"]["sha256"]
    form = caller.get(f"{PLEDGES}/{pledge}/form")
    assert (form["Content-Type"], form.content[:5]) == ("application/pdf", b"%PDF-")
    assert sign(caller, pledge).json()["signed_copy"]["content_type"] == "application/pdf"
    assert step(caller, pledge, "submit").json()["status"] == "submitted"
    reviewer = Actor.user(StaffFactory(reviewer=True).pk, "审核员")
    judging.approve(kinds.PLEDGES, Pledge.objects.get().pk, by=reviewer, at=clock.now())

    assert customers_key.get(f"{PLEDGES}/{pledge}").json()["status"] == "approved"
    assert customers_key.post(SEND).status_code == 202


class TestList:
    def test_shows_the_partners_pledges_the_newest_first(self, caller, customer):
        PledgeFactory()
        older = PledgeFactory(customer=customer, approved=True)
        newer = PledgeFactory(customer=customer)

        assert ids(caller.get(PLEDGES)) == [f"plg_{newer.pk}", f"plg_{older.pk}"]

    def test_shows_a_customers_key_its_own_alone(self, caller, customer, customers_key):
        own = PledgeFactory(customer=customer)
        PledgeFactory(customer__partner=caller.account.partner)

        assert ids(customers_key.get(PLEDGES)) == [f"plg_{own.pk}"]

    def test_pages_by_cursor(self, caller, customer):
        older = PledgeFactory(customer=customer, approved=True)
        PledgeFactory(customer=customer)
        first = caller.get(PLEDGES, {"limit": 1}).json()

        second = caller.get(PLEDGES, {"limit": 1, "cursor": first["next"]})

        assert (ids(second), second.json()["next"]) == ([f"plg_{older.pk}"], None)


class TestOne:
    def test_of_another_partner_is_not_found(self, stranger, customer):
        path = f"{PLEDGES}/plg_{PledgeFactory(customer=customer, printed=True).pk}"

        assert {stranger.get(path).status_code, stranger.get(f"{path}/form").status_code} == {404}
        assert stranger.patch(path, {}).status_code == 404

    def test_says_why_it_was_refused_and_what_to_do(self, caller, customer):
        refused = PledgeFactory(customer=customer, rejected=True)

        refusal = caller.get(f"{PLEDGES}/plg_{refused.pk}").json()["refusal"]

        assert refusal["reasons"][0]["code"] == "not_stamped"
        assert refusal["reasons"][0]["cure"]
        assert refusal["remark"] == "未盖章"


class TestBeginning:
    def test_takes_what_is_known_of_the_customer(self, caller, customer):
        answer = begin(caller, customer)

        assert answer.status_code == 201
        assert answer.json()["audience"] == customer.audience

    @pytest.mark.parametrize(
        ("body", "field"),
        [
            ({"customer": "cus_999999"}, "customer"),
            ({"customer": 1}, "customer"),
            ({"samples": ["一"] * 6}, "samples"),
            ({"samples": ["字" * 501]}, "samples"),
            ({"audience": "字" * 201}, "audience"),
            ({"number": "x"}, "number"),
        ],
    )
    def test_names_the_field_that_is_wrong(self, caller, customer, body, field):
        answer = begin(caller, customer, body)

        assert (answer.status_code, list(answer.json()["errors"])) == (422, [field])
        assert not Pledge.objects.exists()

    def test_of_a_second_one_is_a_conflict(self, caller, customer):
        begin(caller, customer)

        answer = begin(caller, customer)

        assert (answer.status_code, answer.json()["code"]) == (409, "pledge_open")

    def test_is_done_once_under_a_key(self, caller, customer):
        first = begin(caller, customer, Idempotency_Key="a")

        assert begin(caller, customer, Idempotency_Key="a").content == first.content

    def test_for_another_partners_customer_is_refused(self, stranger, customer):
        assert list(begin(stranger, customer).json()["errors"]) == ["customer"]

    def test_by_a_customers_key_is_refused(self, customers_key, customer):
        assert begin(customers_key, customer).json()["code"] == "own_account_needed"

    def test_by_a_test_key_is_refused(self, sandbox, customer):
        assert begin(sandbox, customer).json()["code"] == "live_key_needed"


class TestFilling:
    def test_keeps_what_is_not_named_and_drops_the_paper(self, caller, customer):
        printed = PledgeFactory(customer=customer, printed=True)

        changed = caller.patch(f"{PLEDGES}/plg_{printed.pk}", {"audience": "学员"}).json()

        assert (changed["audience"], changed["consent"]) == ("学员", printed.consent)
        assert changed["form"] is None

    def test_of_a_submitted_one_is_a_conflict(self, caller, customer):
        submitted = PledgeFactory(customer=customer, submitted=True)

        answer = caller.patch(f"{PLEDGES}/plg_{submitted.pk}", {"audience": "学员"})

        assert (answer.status_code, answer.json()["code"]) == (409, "pledge_wrong_state")


class TestPaper:
    def test_is_not_there_before_it_is_printed(self, caller, customer):
        answer = caller.get(f"{PLEDGES}/plg_{PledgeFactory(customer=customer).pk}/form")

        assert (answer.status_code, answer.json()["code"]) == (422, "pledge_not_printed")

    def test_is_not_printed_with_blanks(self, caller, customer, wording):
        blank = PledgeFactory(customer=customer, samples=[])

        answer = step(caller, f"plg_{blank.pk}", "form")

        assert (answer.status_code, answer.json()["code"]) == (422, "pledge_incomplete")

    def test_signed_is_kept_once_under_a_key(self, caller, customer):
        printed = PledgeFactory(customer=customer, printed=True)
        first = sign(caller, f"plg_{printed.pk}", Idempotency_Key="a")

        second = sign(caller, f"plg_{printed.pk}", Idempotency_Key="a")
        other = sign(caller, f"plg_{printed.pk}", files.png(), Idempotency_Key="a")

        assert (second.status_code, second.content) == (200, first.content)
        assert other.json()["code"] == "idempotency_mismatch"

    def test_that_cannot_be_opened_is_refused(self, caller, customer):
        printed = PledgeFactory(customer=customer, printed=True)
        broken = io.BytesIO(b"%PDF-1.7 cut")

        answer = sign(caller, f"plg_{printed.pk}", broken)

        assert (answer.status_code, list(answer.json()["errors"])) == (422, ["file"])

    def test_of_the_customer_is_not_handed_in_by_its_own_key(self, customers_key, customer):
        printed = PledgeFactory(customer=customer, printed=True)

        assert sign(customers_key, f"plg_{printed.pk}").json()["code"] == "own_account_needed"


class TestSubmission:
    def test_without_the_signed_copy_is_refused(self, caller, customer):
        printed = PledgeFactory(customer=customer, printed=True)

        answer = step(caller, f"plg_{printed.pk}", "submit")

        assert (answer.status_code, answer.json()["code"]) == (422, "pledge_copy_missing")

    def test_after_the_customer_changed_is_a_conflict(self, caller, customer):
        copied = PledgeFactory(customer=customer, copied=True)
        caller.patch(f"/api/v1/customers/cus_{customer.pk}", {"address": "杭州市西湖区"})

        answer = step(caller, f"plg_{copied.pk}", "submit")

        assert (answer.status_code, answer.json()["code"]) == (409, "pledge_form_outdated")

    def test_is_not_found_for_another_partner(self, stranger, customer):
        copied = PledgeFactory(customer=customer, copied=True)

        assert step(stranger, f"plg_{copied.pk}", "submit").status_code == 404
