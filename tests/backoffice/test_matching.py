from decimal import Decimal

import pytest

from apps.ledger.models import LedgerEntry
from apps.recharges.models import Match, Recharge, Remittance
from tests.factories.partners import AccountFactory, PartnerFactory
from tests.factories.rates import RateVersionFactory
from tests.factories.recharges import BankEntryFactory, RemittanceFactory
from tests.factories.users import StaffFactory

pytestmark = pytest.mark.django_db
PAGE, CONFIRM = "/admin/matching/", "/admin/matching/confirm/"


@pytest.fixture
def finance(client):
    RateVersionFactory()
    client.force_login(StaffFactory(finance=True))
    return client


def waiting_pair(number=0, **fields):
    """Return a credit and its slip, alike in every way."""
    partner = PartnerFactory(name=f"北京{'青蓝赤橙黄绿紫金银铜'[number]}禾软件有限公司")
    amount = Decimal(4_000 + number)  # ten of them are below the limit of a person and day
    slip = RemittanceFactory(
        account=AccountFactory(partner=partner), payer=partner.name, amount_yuan=amount
    )
    fields = {"imported": True, "payer": partner.name, "amount_yuan": amount} | fields
    return BankEntryFactory(**fields), slip


def rows(client):
    return list(client.get(PAGE).context["page"])


def levels(response):
    return [each.level_tag for each in response.context["messages"]]


class TestPage:
    def test_shows_the_money_with_its_best_proposal_and_evidence(self, finance):
        entry, slip = waiting_pair()

        (row,) = rows(finance)

        assert (row.entry, row.top.slips, row.is_exact) == (entry, [slip], True)
        assert row.top.evidence[0].kind == "AMOUNT_EQUAL"

    def test_shows_money_that_nothing_speaks_for_with_its_age(self, finance):
        BankEntryFactory(payer="某人", reference="利息")

        (row,) = rows(finance)

        assert row.top is None
        assert row.age_days > 0

    def test_leaves_out_what_is_proposed(self, finance):
        waiting_pair(entered_by=StaffFactory(), statement=None)
        finance.post(CONFIRM, {"match": rows(finance)[0].top.value})

        assert rows(finance) == []

    def test_asks_the_database_as_often_for_many_as_for_few(
        self, finance, django_assert_max_num_queries
    ):
        for number in range(10):
            waiting_pair(number)

        with django_assert_max_num_queries(40):
            finance.get(PAGE)

    def test_gives_no_buttons_to_those_who_only_look(self, client):
        waiting_pair()
        client.force_login(StaffFactory(auditor=True))

        assert 'name="match"' not in client.get(PAGE).text


class TestConfirm:
    def test_credits_what_one_person_may(self, finance):
        waiting_pair()

        response = finance.post(CONFIRM, {"match": rows(finance)[0].top.value}, follow=True)

        assert levels(response) == ["success"]
        assert Remittance.objects.get().status == "CREDITED"

    def test_confirms_ten_at_once(self, finance):
        for number in range(10):
            waiting_pair(number)
        values = [row.top.value for row in rows(finance)]

        finance.post(CONFIRM, {"match": values})

        assert Match.objects.count() == LedgerEntry.objects.count() == 10

    def test_tells_which_failed_and_keeps_the_others(self, finance):
        waiting_pair(0)
        waiting_pair(1)
        values = [row.top.value for row in rows(finance)]
        finance.post(CONFIRM, {"match": values[:1]}, follow=True)

        response = finance.post(CONFIRM, {"match": values}, follow=True)

        assert sorted(levels(response)) == ["error", "success"]
        assert Match.objects.count() == 2

    def test_says_when_a_second_person_is_needed(self, finance):
        waiting_pair(amount_yuan=Decimal(80_000))
        person = StaffFactory(finance=True)
        entry, _slip = waiting_pair(1, imported=False, entered_by=person)
        finance.force_login(person)
        value = next(row.top.value for row in rows(finance) if row.entry == entry)

        response = finance.post(CONFIRM, {"match": value}, follow=True)

        assert levels(response) == ["warning"]
        assert Recharge.objects.get().status == "PENDING"

    @pytest.mark.parametrize("value", ["", "1", "a|b|c", "|1|1", "999|999|999", "1|1|999999"])
    def test_refuses_what_is_no_choice(self, finance, value):
        response = finance.post(CONFIRM, {"match": value}, follow=True)

        assert levels(response) == ["error"]
        assert not Match.objects.exists()
