from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from apps.audit.actors import SYSTEM
from apps.ledger.models import Balance
from apps.recharges.models import BankEntry, Match, Recharge, RechargePolicy, Remittance
from apps.recharges.queries import approvals
from apps.recharges.services import matches, recharges
from tests.factories.partners import AccountFactory
from tests.factories.rates import RateVersionFactory
from tests.factories.recharges import (
    MORNING,
    BankEntryFactory,
    RechargeFactory,
    RemittanceFactory,
    ReversalFactory,
)
from tests.factories.users import StaffFactory
from tests.racing import race

pytestmark = pytest.mark.django_db
PAGE = "/admin/approvals/"
MUCH = Decimal(80_000)


@pytest.fixture
def person(client):
    """Return somebody of finance who is signed in."""
    return sign_in(client)


def sign_in(client, **traits):
    user = StaffFactory(**(traits or {"finance": True}))
    client.force_login(user)
    return user


def matched(*, by, amount=MUCH, lines=1, **entry):
    """Return the match of some lines of a bank's file with a slip, as one person said it."""
    RateVersionFactory() if not Recharge.objects.exists() else None
    account = AccountFactory()
    entries = BankEntryFactory.create_batch(
        lines, **{"imported": True, "amount_yuan": amount / lines} | entry
    )
    slip = RemittanceFactory(
        account=account, payer=account.partner.name, amount_yuan=amount, bank_reference="0617-33"
    )
    return matches.confirm(
        bank_entry_ids=[each.pk for each in entries],
        remittance_ids=[slip.pk],
        account_id=account.pk,
        by=by.as_actor(),
        at=MORNING,
    )


def shown(client):
    return [row["purchase"] for row in client.get(PAGE).context["rows"]]


def press(client, name, row, **form):
    return client.post(reverse(f"backoffice:{name}", args=[row.pk]), form, follow=True)


def levels(response):
    return [each.level_tag for each in response.context["messages"]]


class TestPage:
    def test_shows_a_match_as_one_purchase_with_its_slips_and_evidence(self, client, person):
        match = matched(by=StaffFactory(finance=True), lines=2)

        (purchase,) = shown(client)

        assert [each.match for each in purchase.recharges] == [match, match]
        assert (purchase.amount_yuan, purchase.segments) == (MUCH, 1_600_000)
        assert purchase.slips == list(match.remittances.all())
        assert purchase.evidence[0].kind == "AMOUNT_SUM"

    def test_shows_a_proposal_without_a_match_alone(self, client, person):
        recharge = RechargeFactory()

        (purchase,) = shown(client)

        assert (purchase.recharges, purchase.slips, purchase.evidence) == ([recharge], [], [])

    def test_what_is_due_first_comes_first(self, client, person):
        later = RechargeFactory(bank_entry__entered_at=MORNING + timedelta(days=1))
        first = RechargeFactory()

        assert [each.first for each in shown(client)] == [first, later]

    def test_leaves_out_what_is_credited(self, client, person):
        RechargeFactory(confirmed=True)

        response = client.get(PAGE)

        assert response.context["rows"] == response.context["reversals"] == []

    def test_says_who_typed_a_line_and_which_was_read_from_a_file(self, client, person):
        typed = RechargeFactory()
        read = RechargeFactory(bank_entry__imported=True)

        page = client.get(PAGE).text

        assert typed.bank_entry.entered_by.display_name in page
        assert read.bank_entry.statement.file_name in page

    def test_links_each_slip_and_its_first_page(self, client, person):
        matched(by=StaffFactory(finance=True))
        slip = Remittance.objects.get()

        page = client.get(PAGE).text

        assert reverse("backoffice:file-view", args=["vouchers", slip.pk]) in page
        assert reverse("backoffice:file-page", args=["vouchers", slip.pk, 1]) in page

    def test_asks_the_database_as_often_for_many_as_for_few(
        self, client, person, django_assert_max_num_queries
    ):
        for rows in (2, 18):
            RechargeFactory.create_batch(rows // 2)
            ReversalFactory.create_batch(rows)
            for _row in range(rows // 2):
                matched(by=StaffFactory(finance=True), lines=2)
            with django_assert_max_num_queries(25):
                client.get(PAGE)

    def test_is_read_page_by_page(self, client, person):
        RechargeFactory.create_batch(21)

        assert len(client.get(PAGE, {"page": 2}).context["rows"]) == 1

    def test_gives_no_buttons_to_those_who_only_look(self, client):
        RechargeFactory()
        ReversalFactory()
        sign_in(client, auditor=True)

        assert "data-approval-form" not in client.get(PAGE).text


# Who read the line from the bank's file or typed it, and whether it is above the limit.
CASES = {
    "typed it": ("typed", Decimal(100), "recharge-typed"),
    "typed much": ("typed", MUCH, "recharge-typed"),
    "uploaded the file": ("uploaded", Decimal(100), "recharge-uploaded"),
    "chose the columns": ("mapped", Decimal(100), "recharge-uploaded"),
    "proposed little": ("proposed", Decimal(100), None),
    "proposed up to the limit": ("proposed", Decimal(50_000), None),
    "proposed much": ("proposed", MUCH, "recharge-proposed"),
    "took the file in": ("stored", MUCH, None),
    "somebody else": ("nothing", MUCH, None),
}


class TestWhoMay:
    @pytest.mark.parametrize(("role", "amount", "obstacle"), CASES.values(), ids=CASES)
    def test_says_beforehand_what_the_service_decides(self, client, person, role, amount, obstacle):
        entry = {"imported": role in {"uploaded", "mapped", "stored"}, "amount_yuan": amount}
        if entry["imported"]:
            entry |= {"statement__stored_by": StaffFactory(), f"statement__{role}_by": person}
        elif role == "typed":
            entry["entered_by"] = person
        recharge = RechargeFactory(
            amount_yuan=amount,
            segments=int(amount * 20),
            entered_by=person if role == "proposed" else StaffFactory(),
            **{f"bank_entry__{name}": value for name, value in entry.items()},
        )

        (purchase,) = shown(client)
        response = press(client, "approval-approve", recharge)

        found = purchase.judgement.obstacle
        assert (found and found.separation.name) == obstacle
        assert levels(response) == (["error"] if obstacle else ["success"])

    def test_the_limit_is_that_of_the_policy(self, client, person):
        recharge = RechargeFactory(entered_by=person, bank_entry__entered_by=StaffFactory())
        by = person.as_actor()

        assert approvals.judgement_of(recharge, by=by, at=MORNING).obstacle is None
        RechargePolicy.objects.update_or_create(
            defaults={"one_person_max_yuan": recharge.amount_yuan - 1}
        )
        assert approvals.judgement_of(recharge, by=by, at=MORNING).obstacle


class TestApprove:
    def test_credits_the_whole_match(self, client, person):
        match = matched(by=StaffFactory(finance=True), lines=2)

        response = press(client, "approval-approve", match.recharges.first())

        assert levels(response) == ["success"]
        assert Balance.objects.get().available == 1_600_000
        assert Remittance.objects.get().status == "CREDITED"

    def test_tells_whoever_comes_second(self, client, person):
        recharge = RechargeFactory()
        recharges.confirm(recharge_id=recharge.pk, by=SYSTEM, at=MORNING)

        assert levels(press(client, "approval-approve", recharge)) == ["error"]
        assert Balance.objects.get().available == 200_000

    def test_tells_when_it_was_sent_back_meanwhile(self, client, person):
        recharge = RechargeFactory()
        Recharge.objects.all().delete()

        assert levels(press(client, "approval-approve", recharge)) == ["error"]

    def test_is_for_finance(self, client):
        recharge = RechargeFactory()
        sign_in(client, auditor=True)

        assert press(client, "approval-approve", recharge).status_code == 403


class TestSendBack:
    def test_frees_the_money_and_its_slip(self, client, person):
        match = matched(by=StaffFactory(finance=True))

        response = press(client, "approval-send-back", match.recharges.get(), reason="户名不符")

        assert levels(response) == ["success"]
        assert not Match.objects.exists()
        assert BankEntry.objects.free().count() == 1
        assert Remittance.objects.get().status == "ENTERED"

    def test_tells_whoever_comes_second(self, client, person):
        recharge = RechargeFactory(confirmed=True)

        response = press(client, "approval-send-back", recharge, reason="户名不符")

        assert levels(response) == ["error"]


@pytest.mark.django_db(transaction=True)
class TestTwoAtOnce:
    def test_two_approve_and_one_is_told(self, client):
        recharge = RechargeFactory()
        clients = [type(client)(), type(client)()]
        for each in clients:
            sign_in(each)

        address = reverse("backoffice:approval-approve", args=[recharge.pk])
        race(*(lambda each=each: each.post(address) for each in clients))

        told = [levels(each.get(PAGE))[0] for each in clients]
        assert sorted(told) == ["error", "success"]
        assert Balance.objects.get().available == 200_000
