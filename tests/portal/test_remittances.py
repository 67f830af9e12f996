"""Payments that a partner reports, as its people work with them."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from apps.audit.actors import SYSTEM
from apps.common import clock
from apps.partners.choices import AccountStatus, PartnerRole
from apps.recharges.models import Remittance
from apps.recharges.services import matches, recharges, remittances
from tests.factories import files
from tests.factories.partners import AccountFactory, MembershipFactory
from tests.factories.rates import RateVersionFactory
from tests.factories.recharges import (
    BankEntryFactory,
    ExpectedRechargeFactory,
    RechargeFactory,
    RemittanceFactory,
)
from tests.factories.users import StaffFactory

NEW = "/remittances/new/"
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def slip(qinghe):
    """A payment that was reported and waits for its money."""
    return RemittanceFactory(account=qinghe.account)


@pytest.fixture
def rejected(qinghe):
    return RemittanceFactory(account=qinghe.account, rejected=True)


def today():
    return clock.local_date(clock.now())


def said(qinghe, **fields):
    return {
        "account": qinghe.account.pk,
        "amount_yuan": "10,000.00",
        "paid_on": today(),
        "payer": "北京青禾软件有限公司",
        "bank_reference": "HD20260601",
        "voucher": files.png(),
    } | fields


def url(route, remittance):
    return reverse(f"portal:remittance-{route}", args=[remittance.pk])


def page(client, address, **query):
    return client.get(address, query).content.decode()


def post(client, address, fields, **more):
    return client.post(address, fields, **more).content.decode()


class TestNew:
    def test_fills_in_who_usually_pays(self, owner):
        assert 'value="北京青禾软件有限公司"' in page(owner, NEW)

    def test_is_kept_with_its_slip_and_leads_to_its_page(self, owner, qinghe):
        answer = owner.post(NEW, said(qinghe))

        kept = Remittance.objects.get()
        assert answer.headers["Location"] == url("detail", kept)
        assert (kept.account, kept.amount_yuan) == (qinghe.account, Decimal("10000.00"))
        assert kept.content_type == "image/png"

    def test_leads_a_page_with_scripts_there_too(self, owner, qinghe):
        answer = owner.post(NEW, said(qinghe), headers=HTMX)

        assert answer.headers["HX-Redirect"] == url("detail", Remittance.objects.get())

    @pytest.mark.parametrize(
        ("field", "value", "told"),
        [
            ("account", "", "此字段必填"),
            ("amount_yuan", "", "此字段必填"),
            ("amount_yuan", "x", "输入一个数字"),
            ("amount_yuan", "0", "0.01"),
            ("amount_yuan", "-5", "0.01"),
            ("amount_yuan", "1.005", "2"),
            ("amount_yuan", "100000000", "99999999.99"),
            ("paid_on", "", "此字段必填"),
            ("paid_on", "2199-01-01", "晚于今天，请按凭证填写"),
            ("payer", "", "此字段必填"),
            ("payer", "付" * 101, "100"),
            ("bank_reference", "1" * 65, "64"),
            ("voucher", "", "此字段必填"),
        ],
    )
    def test_tells_in_the_field_what_is_wrong(self, owner, qinghe, field, value, told):
        answer = owner.post(NEW, said(qinghe, **{field: value}))

        assert told in " ".join(answer.context["form"].errors[field])
        assert not Remittance.objects.exists()

    @pytest.mark.parametrize(
        ("content", "told"),
        [
            (b"", "文件为空"),
            (b"<html></html>", "网页"),
            (b"MZ\x90\x00\x03", "程序"),
            (b"%PDF-1.7 broken", "无法打开"),
        ],
    )
    def test_tells_beside_the_slip_why_it_is_refused(self, owner, qinghe, content, told):
        voucher = files.io.BytesIO(content)
        voucher.name = "slip.pdf"

        answer = owner.post(NEW, said(qinghe, voucher=voucher))

        assert told in " ".join(answer.context["form"].errors["voucher"])
        assert not Remittance.objects.exists()

    def test_loses_nothing_of_what_was_typed(self, owner, qinghe):
        shown = post(owner, NEW, said(qinghe, paid_on="2999-01-01", payer="沈岚"))

        assert all(each in shown for each in ('value="10,000.00"', 'value="沈岚"', "HD20260601"))
        assert "请重新选择凭证文件" in shown

    def test_keeps_the_file_chosen_where_the_page_has_scripts(self, owner, qinghe):
        shown = post(owner, NEW, said(qinghe, paid_on="2999-01-01"), headers=HTMX)

        assert shown.lstrip().startswith('<div id="fields">')
        assert 'hx-preserve="true"' in shown
        assert "请重新选择凭证文件" not in shown

    def test_reads_amounts_as_people_write_them(self, owner, qinghe):
        owner.post(NEW, said(qinghe, amount_yuan="￥１万"))

        assert Remittance.objects.get().amount_yuan == 10_000

    def test_fills_in_what_an_agreement_expects(self, owner, qinghe):
        customer = AccountFactory(partner=qinghe.partner, of_customer=True)
        expected = ExpectedRechargeFactory(account=customer, amount_yuan=Decimal("8000.00"))

        form = owner.get(NEW, {"expected": expected.pk}).context["form"]

        assert form.initial["account"] == customer.pk
        assert form.initial["amount_yuan"] == Decimal("8000.00")

    def test_fills_in_nothing_of_another_partner(self, owner, qinghe):
        form = owner.get(NEW, {"expected": ExpectedRechargeFactory().pk}).context["form"]

        assert set(form.initial) == {"payer"}

    @pytest.mark.parametrize("whose", ["closed", "another partner's"])
    def test_is_for_open_accounts_of_one_s_own(self, owner, qinghe, whose):
        of = {"partner": qinghe.partner, "of_customer": True} if whose == "closed" else {}
        status = AccountStatus.CLOSED if whose == "closed" else AccountStatus.ACTIVE
        account = AccountFactory(status=status, **of)

        owner.post(NEW, said(qinghe, account=account.pk))

        assert not Remittance.objects.exists()

    def test_says_so_where_there_is_no_account(self, client, db):
        client.force_login(MembershipFactory().user)

        assert "尚未开户" in page(client, NEW)

    @pytest.mark.parametrize("role", [PartnerRole.OPERATOR, PartnerRole.VIEWER])
    def test_is_closed_to_others(self, signed_in, qinghe, role):
        assert signed_in(role).post(NEW, said(qinghe)).status_code == 403
        assert not Remittance.objects.exists()


class TestRepeated:
    @pytest.fixture
    def first(self, owner, qinghe):
        owner.post(NEW, said(qinghe))
        return Remittance.objects.get()

    def test_shows_which_earlier_one_it_looks_like_and_keeps_nothing(self, owner, qinghe, first):
        shown = post(owner, NEW, said(qinghe, voucher=files.pdf()))

        assert "疑似重复" in shown
        assert all(each in shown for each in (url("detail", first), "¥10,000.00", "等待到账"))
        assert Remittance.objects.get() == first

    def test_knows_the_same_file_again(self, owner, qinghe, first):
        shown = post(owner, NEW, said(qinghe, amount_yuan="1", payer="沈岚"))

        assert "疑似重复" in shown

    def test_takes_the_word_that_it_is_another(self, owner, qinghe, first):
        owner.post(NEW, said(qinghe, another="1"))

        second = Remittance.objects.exclude(pk=first.pk).get()
        assert second.looks_like == first
        assert url("detail", first) in page(owner, url("detail", second))

    def test_shows_none_of_another_partner(self, client, owner, qinghe, first):
        account = AccountFactory()
        client.force_login(MembershipFactory(partner=account.partner).user)

        client.post(NEW, said(qinghe, account=account.pk))

        assert Remittance.objects.filter(account=account).exists()


class TestDetail:
    def steps(self, client, remittance):
        shown = client.get(url("detail", remittance)).context["shown"]
        return [(str(step.title), step.progress.value) for step in shown.steps]

    def test_waits_for_the_money(self, owner, slip):
        assert self.steps(owner, slip) == [
            ("登记汇款", "done"),
            ("查到款项", "now"),
            ("充值入账", "ahead"),
        ]
        assert "工作日 17:00 前查到，当日充值入账" in page(owner, url("detail", slip))

    def test_waits_for_a_second_person_and_says_by_when(self, owner, qinghe):
        slip = found(qinghe, found_at=clock.now(), due_at=datetime(2999, 6, 1, 10, tzinfo=UTC))

        assert self.steps(owner, slip) == [
            ("登记汇款", "done"),
            ("查到款项", "done"),
            ("复核", "now"),
            ("充值入账", "ahead"),
        ]
        assert "将于 2999-06-01 18:00 前入账" in page(owner, url("detail", slip))

    def test_says_when_it_is_late(self, owner, qinghe):
        slip = found(qinghe, due_at=datetime(2026, 6, 1, 10, tzinfo=UTC))

        assert "现已超时" in page(owner, url("detail", slip))

    def test_is_credited_by_two_people(self, owner, qinghe):
        slip = found(qinghe)
        approver = StaffFactory(finance=True).as_actor()

        recharges.confirm(recharge_id=slip.match.recharges.get().pk, by=approver, at=clock.now())

        assert [step for step, _progress in self.steps(owner, slip)] == [
            "登记汇款",
            "查到款项",
            "复核",
            "充值入账",
        ]

    def test_is_credited_by_one_where_that_is_enough(self, owner, slip):
        RateVersionFactory()
        entry = BankEntryFactory(imported=True)

        matched = matches.confirm(
            bank_entry_ids=[entry.pk],
            remittance_ids=[slip.pk],
            account_id=slip.account_id,
            by=StaffFactory(finance=True).as_actor(),
            at=clock.now(),
        )

        assert [progress for _step, progress in self.steps(owner, slip)] == ["done"] * 3
        shown = page(owner, url("detail", slip))
        assert reverse("portal:recharge-detail", args=[matched.recharges.get().pk]) in shown
        assert "为账户 TCLKJ00042 充入" in shown

    def test_tells_why_it_was_rejected_and_what_to_do(self, owner, rejected):
        shown = page(owner, url("detail", rejected))

        assert all(each in shown for each in ("看不清", "请重新扫描", "修改并重新提交"))

    def test_notes_when_it_was_rejected(self, owner, slip):
        remittances.reject(
            remittance_id=slip.pk, reason="看不清", remedy="请重扫", by=SYSTEM, at=clock.now()
        )

        step = owner.get(url("detail", slip)).context["shown"].steps[-1]

        assert (step.progress.value, clock.local_date(step.at)) == ("stopped", today())

    def test_shows_the_slip_page_by_page(self, owner, qinghe):
        owner.post(NEW, said(qinghe, voucher=files.pdf(pages=2)))
        slip = Remittance.objects.get()

        shown = page(owner, reverse("portal:file-view", args=["vouchers", slip.pk]))

        assert shown.count("<figure") == 2

    def test_names_what_was_credited_together_with_it(self, owner, qinghe):
        slip = found(qinghe)
        other = RemittanceFactory(account=qinghe.account, status="MATCHED", match=slip.match)

        assert url("detail", other) in page(owner, url("detail", slip))

    def test_offers_nothing_to_a_viewer(self, signed_in, slip):
        shown = page(signed_in(PartnerRole.VIEWER), url("detail", slip))

        assert "撤回登记" not in shown
        assert "更换凭证" not in shown

    def test_needs_as_many_queries_for_twenty_credits_as_for_two(
        self, owner, qinghe, django_assert_max_num_queries
    ):
        slip = found(qinghe)
        for rows in (2, 20):
            for _each in range(rows):
                RechargeFactory(account=qinghe.account, match=slip.match)
            with django_assert_max_num_queries(8):
                owner.get(url("detail", slip))


def found(qinghe, **entry):
    """Return a slip whose money was found and waits for a second person."""
    slip = RemittanceFactory(account=qinghe.account, matched=True, match__account=qinghe.account)
    RechargeFactory(account=qinghe.account, match=slip.match, bank_entry=BankEntryFactory(**entry))
    return slip


class TestEdit:
    def claim(self, **fields):
        return {"amount_yuan": "9000", "paid_on": today(), "payer": "沈岚"} | fields

    def test_mends_what_was_typed(self, owner, slip):
        owner.post(url("edit", slip), self.claim(bank_reference="HD9"))

        slip.refresh_from_db()
        assert (slip.amount_yuan, slip.payer, slip.bank_reference) == (9000, "沈岚", "HD9")

    def test_of_a_rejected_one_reports_it_again(self, owner, rejected):
        owner.post(url("edit", rejected), self.claim())

        rejected.refresh_from_db()
        assert (rejected.status, rejected.remedy) == ("ENTERED", "")

    @pytest.mark.parametrize(
        ("field", "value"),
        [("amount_yuan", "0"), ("paid_on", "2999-01-01"), ("payer", "")],
    )
    def test_tells_in_the_field_what_is_wrong(self, owner, slip, field, value):
        answer = owner.post(url("edit", slip), self.claim(**{field: value}))

        assert field in answer.context["form"].errors

    def test_is_refused_once_the_money_was_found(self, owner, qinghe):
        slip = found(qinghe)

        answer = owner.post(url("edit", slip), self.claim(), follow=True).content.decode()

        assert "该汇款目前不能修改" in answer

    def test_tells_when_the_money_is_found_meanwhile(self, owner, qinghe, slip, monkeypatch):
        def too_late(**_asked):
            raise remittances.RemittanceStateError(payer="沈岚", status="已入账")

        monkeypatch.setattr(remittances, "edit", too_late)

        assert "沈岚 的汇款已入账" in post(owner, url("edit", slip), self.claim())


class TestSlip:
    def test_is_replaced(self, owner, slip):
        answer = owner.post(url("slip", slip), {"file": files.jpeg()}, headers=HTMX)

        slip.refresh_from_db()
        assert slip.content_type == "image/jpeg"
        assert '<div id="slip">' in answer.content.decode()

    def test_is_refused_with_the_reason_alone(self, owner, slip):
        empty = files.io.BytesIO(b"")
        empty.name = "empty.pdf"

        answer = owner.post(url("slip", slip), {"file": empty}, headers=HTMX)

        assert answer.status_code == 422
        assert answer.content.decode().startswith("文件为空")

    def test_of_what_was_found_is_not_replaced(self, owner, qinghe):
        answer = owner.post(url("slip", found(qinghe)), {"file": files.jpeg()}, headers=HTMX)

        assert answer.status_code == 422

    def test_without_scripts_leads_back(self, owner, slip):
        answer = owner.post(url("slip", slip), {"file": files.jpeg()})

        assert answer.headers["Location"] == f"{url('detail', slip)}#slip"


class TestWithdraw:
    @pytest.mark.parametrize("which", ["slip", "rejected"])
    def test_takes_it_back(self, owner, request, which):
        remittance = request.getfixturevalue(which)

        owner.post(url("withdraw", remittance))

        remittance.refresh_from_db()
        assert remittance.status == "WITHDRAWN"

    def test_asks_first(self, owner, slip):
        assert "确定撤回" in page(owner, url("detail", slip))

    def test_is_refused_once_the_money_was_found(self, owner, qinghe):
        slip = found(qinghe)

        answer = owner.post(url("withdraw", slip), follow=True).content.decode()

        slip.refresh_from_db()
        assert slip.status == "MATCHED"
        assert "操作未完成" in answer


@pytest.mark.parametrize("route", ["detail", "edit"])
def test_of_another_partner_is_not_found(owner, route):
    assert owner.get(url(route, RemittanceFactory())).status_code == 404


@pytest.mark.parametrize("route", ["slip", "withdraw", "edit"])
def test_of_another_partner_is_not_changed(owner, route):
    assert owner.post(url(route, RemittanceFactory())).status_code == 404


@pytest.mark.parametrize("role", [PartnerRole.OPERATOR, PartnerRole.VIEWER])
@pytest.mark.parametrize("route", ["slip", "withdraw", "edit"])
def test_is_changed_by_owner_and_finance_alone(signed_in, slip, role, route):
    assert signed_in(role).post(url(route, slip)).status_code == 403
