import re

from apps.audit.actors import SYSTEM
from apps.common import clock
from apps.ledger.services import credits as ledger_credits
from apps.portal.ledger.views import PAGE_SIZE
from tests.factories.partners import AccountFactory


def recharge(account, segments):
    ledger_credits.recharge(
        account_id=account.pk, segments=segments, recharge_id=1, by=SYSTEM, at=clock.now()
    )


def sequences_on(page):
    return [int(number) for number in re.findall(r'<td class="number soft">(\d+)</td>', page)]


class TestLedger:
    def test_shows_entries_with_what_was_available_after(self, owner, qinghe):
        recharge(qinghe.account, 1_500)
        recharge(qinghe.account, 500)

        page = owner.get("/ledger/").content.decode()

        assert "+1,500" in page
        assert "<strong>2,000</strong>" in page

    def test_pages_by_number(self, owner, qinghe):
        for _recharge in range(PAGE_SIZE + 2):
            recharge(qinghe.account, 1)

        first = owner.get("/ledger/").content.decode()
        older = re.search(r'rel="next" href="([^"]+)"', first).group(1)
        second = owner.get(older).content.decode()

        assert sequences_on(first)[0] == PAGE_SIZE + 2
        assert sequences_on(second) == [2, 1]

    def test_shows_the_account_that_was_chosen(self, owner, qinghe):
        other = AccountFactory(partner=qinghe.partner, of_customer=True)
        recharge(other, 77)

        assert "+77" in owner.get("/ledger/", {"account": other.code}).content.decode()

    def test_does_not_find_another_partners_account(self, owner):
        assert owner.get("/ledger/", {"account": AccountFactory().code}).status_code == 404

    def test_takes_a_broken_position_for_none(self, owner, qinghe):
        recharge(qinghe.account, 1)

        assert sequences_on(owner.get("/ledger/?before=x").content.decode()) == [1]

    def test_needs_as_many_queries_for_twenty_as_for_two(
        self, owner, qinghe, django_assert_max_num_queries
    ):
        for rows in (2, 20):
            for _recharge in range(rows):
                recharge(qinghe.account, 1)
            with django_assert_max_num_queries(7):
                owner.get("/ledger/")
