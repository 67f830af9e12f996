"""How to pay, the list of payments, and each recharge whole."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from apps.audit.actors import SYSTEM
from apps.common import clock
from apps.ledger.services import credits as ledger_credits
from apps.partners.choices import PartnerRole
from apps.portal.recharges.views import PAGE_SIZE
from apps.recharges.choices import ReversalCause
from apps.recharges.services import lots, recharges, remittances, reversals
from tests.factories.agreements import AgreementFactory
from tests.factories.partners import AccountFactory, GatewayFactory
from tests.factories.recharges import (
    BankEntryFactory,
    ExpectedRechargeFactory,
    RechargeFactory,
    RemittanceFactory,
)
from tests.factories.users import StaffFactory

LIST = "/recharges/"


def page(client, address=LIST, **query):
    return client.get(address, query).content.decode()


def detail(recharge):
    return reverse("portal:recharge-detail", args=[recharge.pk])


@pytest.fixture
def credited(qinghe):
    """10 000 yuan that the bank's file told of, credited as 200 000 segments."""
    proposed = RechargeFactory(account=qinghe.account, bank_entry=BankEntryFactory(imported=True))
    return recharges.confirm(recharge_id=proposed.pk, by=SYSTEM, at=clock.now())


def moved_on(account, segments):
    """Give segments to a customer's account, where a reversal does not follow them."""
    customer = AccountFactory(partner=account.partner, of_customer=True)
    ledger_credits.transfer(
        source=account, target=customer, segments=segments, by=SYSTEM, at=clock.now()
    )


def asked_back(recharge, cause=ReversalCause.BANK_RECALL, reason="银行退汇"):
    by = StaffFactory(finance=True).as_actor()
    return reversals.request(
        recharge_id=recharge.pk, cause=cause, reason=reason, by=by, at=clock.now()
    )


def taken_back(recharge):
    by = StaffFactory(finance=True).as_actor()
    reversals.approve(reversal_id=asked_back(recharge).pk, by=by, at=clock.now())


class TestHowToPay:
    def test_names_bank_account_and_remark(self, owner, qinghe):
        gateway = GatewayFactory()

        shown = page(owner)

        assert all(
            each in shown for each in (gateway.name, gateway.bank_name, gateway.bank_account)
        )
        assert "汇款附言" in shown
        assert qinghe.account.code in shown

    def test_names_the_cut_off_of_the_day(self, owner):
        GatewayFactory()

        assert "工作日 17:00 前查到的款项" in page(owner)

    @pytest.mark.parametrize("blank", ["bank_account", "bank_name", "name"])
    def test_says_whom_to_ask_while_it_is_not_filled_in(self, owner, blank):
        GatewayFactory(**{blank: ""})

        assert "请向我方联系人索取收款账户" in page(owner)


class TestStillToBePaid:
    def test_names_the_first_recharge_that_an_agreement_expects(self, owner, qinghe):
        agreement = AgreementFactory(partner=qinghe.partner, issued=True)
        due = clock.local_date(clock.now()) + timedelta(days=1)
        expected = ExpectedRechargeFactory(
            account=qinghe.account, agreement_number=agreement.number, due_on=due
        )

        shown = page(owner)

        assert "¥10,000.00" in shown
        assert reverse("portal:agreement-detail", args=[agreement.pk]) in shown
        assert f"/remittances/new/?expected={expected.pk}" in shown
        assert "已逾期" not in shown

    def test_says_when_it_is_overdue(self, owner, qinghe):
        ExpectedRechargeFactory(account=qinghe.account, due_on=date(2026, 1, 5))

        assert "已逾期" in page(owner)

    def test_shows_nothing_of_another_partner(self, owner):
        ExpectedRechargeFactory(agreement_number="2026-9999")

        assert "2026-9999" not in page(owner)

    def test_tells_what_is_owed_after_a_reversal(self, owner, qinghe, credited):
        moved_on(credited.account, 150_000)
        taken_back(credited)

        shown = page(owner)

        assert "尚欠 150,000 条" in shown
        assert "账户 TCLKJ00042 的下一笔充值中扣除" in shown


class TestList:
    def test_says_how_to_begin_where_there_is_none(self, owner):
        shown = page(owner)

        assert "还没有汇款记录" in shown
        assert "登记第一笔汇款" in shown

    def test_shows_what_was_reported_and_what_was_found_once_each(self, owner, qinghe, credited):
        RemittanceFactory(account=qinghe.account, payer="杭州远帆软件有限公司")

        rows = owner.get(LIST).context["page"].rows

        assert {row.is_reported for row in rows} == {False, True}
        assert len(rows) == 2

    def test_shows_matched_money_with_its_slip_alone(self, owner, qinghe):
        slip = RemittanceFactory(
            account=qinghe.account, matched=True, match__account=qinghe.account
        )
        RechargeFactory(account=qinghe.account, match=slip.match)

        (row,) = owner.get(LIST).context["page"].rows

        assert (row.row, row.segments, row.is_shared) == (slip, 200_000, False)

    def test_says_when_one_credit_paid_several_slips(self, owner, qinghe):
        slip = RemittanceFactory(
            account=qinghe.account, matched=True, match__account=qinghe.account
        )
        RemittanceFactory(account=qinghe.account, status="MATCHED", match=slip.match)
        RechargeFactory(account=qinghe.account, match=slip.match)

        assert "与其他汇款合并" in page(owner)

    def test_shows_nothing_of_another_partner(self, owner):
        RemittanceFactory(payer="杭州远帆软件有限公司")
        RechargeFactory()

        assert not owner.get(LIST).context["page"].rows

    def test_needs_as_many_queries_for_twenty_as_for_two(
        self, owner, qinghe, django_assert_max_num_queries
    ):
        for rows in (2, 20):
            RemittanceFactory.create_batch(rows, account=qinghe.account)
            RechargeFactory.create_batch(rows, account=qinghe.account)
            slips = RemittanceFactory.create_batch(rows, account=qinghe.account, matched=True)
            for slip in slips:
                RechargeFactory(account=qinghe.account, match=slip.match)
            with django_assert_max_num_queries(12):
                owner.get(LIST)

    def test_pages_from_the_newest_to_the_oldest_without_a_gap(self, owner, qinghe):
        # Half of them at one moment, so that the page ends between equals.
        for _each in range(PAGE_SIZE):
            RemittanceFactory(account=qinghe.account)
            RechargeFactory(account=qinghe.account)

        first = owner.get(LIST).context["page"]
        second = owner.get(first.older_url).context["page"]

        shown = [row.key for row in [*first.rows, *second.rows]]
        assert len(shown) == len(set(shown)) == 2 * PAGE_SIZE
        assert shown == sorted(shown, reverse=True)
        assert not second.older_url

    @pytest.mark.parametrize("place", ["x", "2026-06-01 rem 1", "2026-06-01T02:00:00+00:00 abc 1"])
    def test_takes_a_broken_position_for_none(self, owner, qinghe, place):
        RemittanceFactory(account=qinghe.account)

        assert len(owner.get(LIST, {"before": place}).context["page"].rows) == 1


class TestNarrowing:
    @pytest.fixture(autouse=True)
    def _payments(self, qinghe):
        RemittanceFactory(account=qinghe.account, payer="杭州远帆软件有限公司", amount_yuan="8000")
        RemittanceFactory(account=qinghe.account, rejected=True, bank_reference="HD7731")
        entry = BankEntryFactory(payer="沈岚", serial="BK900", amount_yuan=Decimal("12.50"))
        RechargeFactory(
            account=AccountFactory(partner=qinghe.partner, of_customer=True, code="TCLKJ00043"),
            bank_entry=entry,
            amount_yuan=Decimal("12.50"),
            segments=250,
        )

    @pytest.mark.parametrize(
        ("query", "payers"),
        [
            ({"state": "ENTERED"}, {"杭州远帆软件有限公司"}),
            ({"state": "REJECTED"}, {"北京青禾软件有限公司"}),
            ({"state": "MATCHED"}, {"沈岚"}),
            ({"state": "REVERSED"}, set()),
            ({"account": "TCLKJ00043"}, {"沈岚"}),
            ({"text": "远帆"}, {"杭州远帆软件有限公司"}),
            ({"text": "hd77"}, {"北京青禾软件有限公司"}),
            ({"text": "BK900"}, {"沈岚"}),
            ({"text": "8,000"}, {"杭州远帆软件有限公司"}),
            ({"text": "¥12.5"}, {"沈岚"}),
            ({"text": "123456789012345"}, set()),
            ({"text": "远帆", "state": "REJECTED"}, set()),
        ],
    )
    def test_keeps_what_was_asked_for(self, owner, query, payers):
        rows = owner.get(LIST, query).context["page"].rows

        assert {row.payer for row in rows} == payers

    def test_says_so_when_nothing_fits(self, owner):
        assert "没有符合条件的汇款" in page(owner, text="岭南")

    def test_does_not_know_another_partners_account(self, owner):
        other = AccountFactory()

        assert len(owner.get(LIST, {"account": other.code}).context["page"].rows) == 3


class TestDetail:
    def test_tells_amount_price_tier_and_segments(self, owner, credited):
        shown = page(owner, detail(credited))

        assert all(
            each in shown
            for each in (credited.number, "¥10,000.00", "¥0.05", "200,000", "条起，每条 ¥0.05")
        )

    def test_leads_to_the_entry_of_the_ledger(self, owner, qinghe, credited):
        shown = owner.get(detail(credited))

        before = shown.context["shown"].ledger_before
        assert f"/ledger/?account=TCLKJ00042&amp;before={before}" in shown.content.decode()

    def test_tells_what_is_left_of_it(self, owner, credited):
        assert "剩余 200,000 条" in page(owner, detail(credited))

    def test_hides_the_mark_of_a_line_without_a_serial_number(self, owner, qinghe):
        entry = BankEntryFactory(serial="~3f9a-1")
        recharge = RechargeFactory(account=qinghe.account, bank_entry=entry)

        assert "~3f9a" not in page(owner, detail(recharge)) + page(owner)

    def test_names_the_slips_that_told_of_it(self, owner, qinghe):
        slip = RemittanceFactory(
            account=qinghe.account, matched=True, match__account=qinghe.account
        )
        recharge = RechargeFactory(account=qinghe.account, match=slip.match)

        shown = page(owner, detail(recharge))

        assert reverse("portal:remittance-detail", args=[slip.pk]) in shown

    def test_says_by_when_money_that_waits_for_approval_is_credited(self, owner, qinghe):
        found = BankEntryFactory(
            found_at=datetime(2026, 6, 1, 2, tzinfo=UTC),
            due_at=datetime(2026, 6, 1, 10, tzinfo=UTC),
        )
        recharge = RechargeFactory(account=qinghe.account, bank_entry=found)

        shown = page(owner, detail(recharge))

        assert "正由我方另一人员复核，将于 2026-06-01 18:00 前入账" in shown

    def test_says_that_it_was_taken_back_why_and_what_is_owed(self, owner, credited):
        moved_on(credited.account, 150_000)
        taken_back(credited)

        shown = page(owner, detail(credited))

        assert "这笔充值已于" in shown
        assert "银行退汇" in shown
        assert all(each in shown for each in ("<dd>50,000</dd>", "<dd>150,000</dd>"))

    def test_says_what_is_frozen_while_that_is_not_decided(self, owner, credited):
        asked_back(credited, ReversalCause.BOOKED_WRONGLY, "记错账户")

        shown = page(owner, detail(credited))

        assert "审定前冻结 200,000 条" in shown
        assert "记错账户" not in shown

    def test_of_another_partner_is_not_found(self, owner):
        assert owner.get(detail(RechargeFactory())).status_code == 404

    def test_tells_what_was_moved_on(self, owner, credited):
        moved_on(credited.account, 150_000)
        lots.settle()

        shown = owner.get(detail(credited)).context["shown"]

        assert [(lot.moved_segments, lot.remaining_segments) for lot in shown.lots] == [
            (150_000, 50_000),
            (0, 150_000),
        ]

    def test_needs_as_many_queries_for_twenty_lots_as_for_two(
        self, owner, credited, django_assert_max_num_queries
    ):
        for moves in (2, 20):
            for _each in range(moves):
                moved_on(credited.account, 100)
            lots.settle()
            with django_assert_max_num_queries(9):
                owner.get(detail(credited))


class TestReceipt:
    @pytest.fixture(autouse=True)
    def _own_files(self, settings, tmp_path):
        settings.MEDIA_ROOT = tmp_path

    def receipt(self, recharge):
        return reverse("portal:recharge-receipt", args=[recharge.pk])

    def test_is_saved_as_a_pdf(self, owner, credited):
        GatewayFactory()

        answer = owner.get(self.receipt(credited), follow=True)

        assert b"".join(answer.streaming_content).startswith(b"%PDF")

    def test_is_the_same_each_time(self, owner, credited):
        GatewayFactory()

        first, second = (owner.get(self.receipt(credited)).headers["Location"] for _ in range(2))

        assert first == second

    def test_says_so_while_it_cannot_be_made(self, owner, qinghe):
        waits = RechargeFactory(account=qinghe.account)

        assert "操作未完成" in owner.get(self.receipt(waits), follow=True).content.decode()

    def test_is_not_offered_while_nothing_is_credited(self, owner, qinghe):
        waits = RechargeFactory(account=qinghe.account)

        assert self.receipt(waits) not in page(owner, detail(waits))

    def test_of_another_partner_is_not_found(self, owner):
        assert owner.get(self.receipt(RechargeFactory(confirmed=True))).status_code == 404


class TestWithdrawnProposal:
    def test_gives_the_slip_back_to_the_list_alone(self, owner, qinghe):
        slip = RemittanceFactory(
            account=qinghe.account, matched=True, match__account=qinghe.account
        )
        recharge = RechargeFactory(account=qinghe.account, match=slip.match)

        recharges.withdraw(recharge_id=recharge.pk, by=SYSTEM, reason="看错")

        (row,) = owner.get(LIST).context["page"].rows
        assert (row.row, row.state) == (slip, "ENTERED")


class TestRights:
    @pytest.mark.parametrize("role", [PartnerRole.FINANCE, PartnerRole.VIEWER])
    def test_are_seen_by(self, signed_in, role):
        browser = signed_in(role)

        assert browser.get(LIST).status_code == 200
        assert 'href="/recharges/"' in page(browser, "/")

    def test_are_closed_to_operators(self, signed_in):
        browser = signed_in(PartnerRole.OPERATOR)

        assert browser.get(LIST).status_code == 403
        assert 'href="/recharges/"' not in page(browser, "/")

    def test_a_viewer_is_not_offered_to_report(self, signed_in):
        assert "/remittances/new/" not in page(signed_in(PartnerRole.VIEWER))

    def test_the_overview_leads_to_reporting(self, owner, qinghe):
        assert "/remittances/new/" in page(owner, "/")


def test_a_slip_whose_money_was_recalled_is_told_of_with_what_to_do(owner, qinghe):
    slip = RemittanceFactory(account=qinghe.account, matched=True, match__account=qinghe.account)
    entry = BankEntryFactory(imported=True)
    proposed = RechargeFactory(account=qinghe.account, match=slip.match, bank_entry=entry)
    taken_back(recharges.confirm(recharge_id=proposed.pk, by=SYSTEM, at=clock.now()))

    rows = owner.get(LIST).context["page"].rows

    assert {row.state.value for row in rows} == {"REJECTED", "REVERSED"}
    assert "银行退汇" in page(owner, reverse("portal:remittance-detail", args=[slip.pk]))
    remittances.withdraw(remittance_id=slip.pk, by=SYSTEM)
