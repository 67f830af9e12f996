import csv
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.backoffice.coverage import pages as coverage
from apps.backoffice.coverage.choices import Gap
from apps.backoffice.coverage.pages import Wanted
from apps.users.choices import StaffRole
from tests.factories.partners import AccountFactory
from tests.factories.pledges import PledgeFactory
from tests.factories.signatures import SignatureFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)


def account_with(**pledge):
    """Return a customer's account with an approved signature and, unless none is told, a pledge."""
    signature = SignatureFactory(account=AccountFactory(of_customer=True), approved=True)
    if pledge:
        PledgeFactory(customer=signature.account.customer, **pledge)
    return signature.account


def gaps(wanted=Wanted()):  # noqa: B008 - frozen
    return [row.gap for row in coverage.rows(coverage.found(wanted, today=TODAY))]


class TestGap:
    @pytest.mark.parametrize(
        ("pledge", "gap"),
        [
            ({}, Gap.NO_PLEDGE),
            ({"copied": True}, Gap.NO_PLEDGE),
            ({"abandoned": True}, Gap.NO_PLEDGE),
            ({"submitted": True}, Gap.WAITING),
            ({"rejected": True}, Gap.REJECTED),
            ({"revoked": True}, Gap.REVOKED),
            ({"expired": True}, Gap.EXPIRED),
            ({"approved": True, "valid_until": TODAY}, Gap.EXPIRED),
            ({"approved": True, "valid_until": date(2026, 6, 2)}, Gap.EXPIRING),
            ({"approved": True, "valid_until": date(2026, 7, 1)}, Gap.EXPIRING),
            ({"approved": True, "valid_until": date(2026, 7, 2)}, Gap.NONE),
            ({"approved": True, "valid_from": date(2026, 6, 2)}, Gap.NOT_YET),
        ],
        ids=str,
    )
    def test_of_a_pledge(self, pledge, gap):
        account_with(**pledge)

        assert gaps() == [gap]

    def test_of_several_the_one_that_says_most_is_shown(self):
        account = account_with(expired=True)
        renewal = PledgeFactory(customer=account.customer, approved=True)
        PledgeFactory(customer=account.customer)

        (row,) = coverage.rows(coverage.found(Wanted(), today=TODAY))

        assert (row.gap, row.pledge) == (Gap.NONE, renewal)

    def test_a_partners_own_account_needs_none(self):
        SignatureFactory(approved=True)

        assert gaps() == [Gap.NONE]

    def test_an_account_without_an_approved_signature_is_one(self):
        AccountFactory()
        SignatureFactory(submitted=True)
        SignatureFactory(revoked=True)

        assert gaps() == [Gap.NO_SIGNATURE] * 3

    def test_closed_accounts_are_left_out(self):
        AccountFactory(closed=True)

        assert gaps() == []


class TestFound:
    def test_begins_with_the_gaps(self):
        account_with(approved=True)
        account_with(approved=True, valid_until=date(2026, 6, 10))
        account_with(expired=True)
        account_with()

        assert gaps() == [Gap.NO_PLEDGE, Gap.EXPIRED, Gap.EXPIRING, Gap.NONE]

    def test_a_signature_is_a_row(self):
        account = account_with(approved=True)
        SignatureFactory(account=account, approved=True)

        assert gaps() == [Gap.NONE, Gap.NONE]

    @pytest.mark.parametrize("part", ["code", "partner.name", "customer.name", "signature"])
    def test_searches(self, part):
        account = account_with(approved=True)
        account_with()
        texts = {
            "code": account.code,
            "partner.name": account.partner.name,
            "customer.name": account.customer.name,
            "signature": account.signatures.get().text,
        }

        found = coverage.found(Wanted(text=texts[part]), today=TODAY)

        assert account in found
        assert coverage.counts(Wanted(text=texts[part]), today=TODAY)[Gap.NONE] == 1

    def test_narrows_by_partner_and_gap(self):
        account = account_with(expired=True)
        account_with(expired=True)

        wanted = Wanted(partner_id=account.partner_id, gap=Gap.EXPIRED)

        assert coverage.found(wanted, today=TODAY).get() == account

    def test_counts_every_gap_whichever_is_asked_for(self):
        account_with(expired=True)
        account_with(approved=True)

        counted = coverage.counts(Wanted(gap=Gap.EXPIRED), today=TODAY)

        assert (counted[Gap.EXPIRED], counted[Gap.NONE], sum(counted.values())) == (1, 1, 2)


@pytest.fixture
def june():
    with time_machine.travel(datetime(2026, 6, 1, 2, tzinfo=UTC), tick=False):
        yield


class TestPage:
    def test_shows_signature_account_customer_pledge_and_dates(self, staff, june):
        account = account_with(approved=True)

        page = staff(StaffRole.AUDITOR).get("/admin/coverage/").content.decode()

        pledge = account.customer.pledges.get()
        shown = (account.code, account.customer.name, pledge.number, "2027-01-01")
        assert all(text in page for text in shown)
        assert f"【{account.signatures.get().text}】" in page

    def test_needs_as_many_queries_for_sixty_as_for_two(self, staff, june):
        client, counted = staff(), []
        for rows in (2, 58):
            for _row in range(rows):
                account_with(approved=True)
            with CaptureQueriesContext(connection) as queries:
                assert client.get("/admin/coverage/").status_code == 200
            counted.append(len(queries))

        assert counted[0] == counted[1]

    def test_pages_keep_what_is_asked_for(self, staff, june):
        for _row in range(51):
            account_with(expired=True)

        page = staff().get(f"/admin/coverage/?gap={Gap.EXPIRED.value}").content.decode()

        assert f"?gap={Gap.EXPIRED.value}&amp;page=2" in page

    @pytest.mark.parametrize("query", ["gap=99", "gap=x", "partner=0", "page=99"])
    def test_reads_what_makes_no_sense_as_not_asked(self, staff, june, query):
        assert staff().get(f"/admin/coverage/?{query}").status_code == 200


class TestCsv:
    def table(self, client, query=""):
        response = client.get(f"/admin/coverage.csv?{query}")
        text = b"".join(response.streaming_content).decode("utf-8-sig")
        return list(csv.reader(text.splitlines()))

    def test_has_the_rows_of_the_page(self, staff, june):
        account = account_with(approved=True)
        account_with()

        head, first, second = self.table(staff())

        assert len(head) == len(first) == len(second) == 11
        assert second[2] == account.code
        assert second[-1] == "2027-01-01"

    def test_a_name_is_never_a_formula(self, staff, june):
        AccountFactory(partner__name="=HYPERLINK(1)")

        assert self.table(staff())[1][1] == "'=HYPERLINK(1)"

    def test_sends_what_was_asked_for_alone(self, staff, june):
        account_with(expired=True)
        account_with()

        assert len(self.table(staff(), f"gap={Gap.EXPIRED.value}")) == 2
