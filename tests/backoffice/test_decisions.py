import pytest
from django.urls import reverse

from apps.ledger.models import Balance
from apps.partners.models import Account
from apps.users.choices import StaffRole
from tests.factories.agreements import AgreementFactory
from tests.factories.partners import AccountFactory, CustomerFactory, PartnerFactory
from tests.factories.pledges import PledgeFactory
from tests.factories.rates import RateVersionFactory
from tests.factories.recharges import BankEntryFactory, RechargeFactory
from tests.factories.signatures import SignatureFactory


def press(client, button, row=None, **values):
    """Press a button of the admin, as the form behind it would."""
    url = reverse(f"admin:{button}", args=[row.pk] if row is not None else [])
    response = client.post(url, {"_form_submitted": "on", **values}, follow=True)
    if row is not None and type(row).objects.filter(pk=row.pk).exists():
        row.refresh_from_db()
    return response.content.decode()


class TestSignatures:
    def test_approving_lets_the_account_send_with_it(self, staff):
        signature = SignatureFactory(submitted=True, proved=True)

        page = press(staff(StaffRole.REVIEWER), "signatures_signature_approve", signature)

        assert signature.status == "APPROVED"
        assert "已通过" in page

    def test_rejecting_needs_a_reason(self, staff):
        signature = SignatureFactory(submitted=True)
        reviewer = staff(StaffRole.REVIEWER)

        press(reviewer, "signatures_signature_reject", signature, reason="")
        assert signature.status == "SUBMITTED"

        press(reviewer, "signatures_signature_reject", signature, reason="执照模糊")
        assert (signature.status, signature.reason) == ("REJECTED", "执照模糊")

    def test_a_rule_of_the_business_is_said_in_chinese(self, staff):
        reviewer = staff(StaffRole.REVIEWER)
        signature = SignatureFactory(submitted=True, applied_by=reviewer.user)

        page = press(reviewer, "signatures_signature_approve", signature)

        assert signature.status == "SUBMITTED"
        assert "这个签名由您申请，须由其他人审核" in page

    def test_looking_at_the_question_changes_nothing(self, staff):
        signature = SignatureFactory(submitted=True)

        response = staff().get(
            reverse("admin:signatures_signature_approve", args=[signature.pk]),
            headers={"HX-Request": "true"},
        )

        signature.refresh_from_db()
        assert signature.status == "SUBMITTED"
        assert 'id="dialog"' in response.content.decode()

    def test_offers_only_what_fits_the_state(self, staff):
        page = (
            staff()
            .get(
                reverse(
                    "admin:signatures_signature_change", args=[SignatureFactory(approved=True).pk]
                )
            )
            .content.decode()
        )

        assert "/suspend/" in page
        assert "/approve/" not in page

    def test_offers_nothing_to_an_auditor(self, staff):
        url = reverse(
            "admin:signatures_signature_change", args=[SignatureFactory(submitted=True).pk]
        )

        assert "/approve/" not in staff(StaffRole.AUDITOR).get(url).content.decode()

    def test_refuses_an_auditor(self, staff):
        signature = SignatureFactory(submitted=True)

        page = press(staff(StaffRole.AUDITOR), "signatures_signature_approve", signature)

        assert signature.status == "SUBMITTED"
        assert "您的角色无权访问此页面" in page

    def test_the_history_says_who_and_why(self, staff):
        signature = SignatureFactory(submitted=True)
        reviewer = staff(StaffRole.REVIEWER)
        press(reviewer, "signatures_signature_reject", signature, reason="执照模糊")

        page = reviewer.get(
            reverse("admin:signatures_signature_history", args=[signature.pk])
        ).content.decode()

        assert all(word in page for word in ("签名驳回", "李娜", "执照模糊", "已提交", "已驳回"))


class TestPledges:
    def test_approving(self, staff):
        pledge = PledgeFactory(submitted=True)

        press(staff(StaffRole.REVIEWER), "pledges_pledge_approve", pledge)

        assert pledge.status == "APPROVED"


class TestMoney:
    def test_from_the_bank_statement_to_the_account_by_two_people(self, staff):
        RateVersionFactory()
        account = AccountFactory()
        clerk, colleague = staff(StaffRole.FINANCE), staff(StaffRole.FINANCE)

        page = press(
            clerk,
            "recharges_bankentry_enter",
            bank_account="0200 0045 1902 0000 123",
            serial="20260601-77",
            payer=account.partner.name,
            amount_yuan="10000.00",
            received_at="2026-06-01T10:00",
            reference="充值",
        )
        assert "已录入" in page
        entry = clerk.get("/admin/recharges/bankentry/").context["cl"].result_list[0]
        press(clerk, "recharges_bankentry_propose", entry, account=account.pk)
        own = press(clerk, "recharges_recharge_confirm", entry.recharge)
        assert "这笔银行流水由您录入，须由其他人确认充值" in own
        press(colleague, "recharges_recharge_confirm", entry.recharge)

        assert Balance.objects.get(account=account).available == 200_000

    def test_suggests_the_account_of_the_partner_that_paid(self, staff):
        AccountFactory()
        account = AccountFactory(partner__name="杭州云栖软件有限公司")
        entry = BankEntryFactory(payer="杭州云栖软件有限公司")

        page = staff().get(reverse("admin:recharges_bankentry_propose", args=[entry.pk]))

        assert f'<option value="{account.pk}" selected' in page.content.decode()

    def test_a_withdrawn_proposal_frees_the_money(self, staff):
        recharge = RechargeFactory()
        client = staff(StaffRole.FINANCE)

        page = press(client, "recharges_recharge_withdraw", recharge, reason="账户选错")

        assert "已撤回" in page
        assert not type(recharge).objects.exists()

    def test_a_reviewer_enters_no_money(self, staff):
        url = reverse("admin:recharges_bankentry_enter")

        assert staff(StaffRole.REVIEWER).get(url).status_code == 403


class TestAgreements:
    def test_from_draft_to_active_by_two_people(self, staff):
        partner = PartnerFactory()
        first, second = staff(), staff()
        press(first, "agreements_agreement_draft", partner=partner.pk, starts_on="2026-01-01",
              refund_rule="on_reject")  # fmt: skip
        agreement = partner.agreements.get()

        press(first, "agreements_agreement_issue", agreement)
        press(first, "agreements_agreement_mark_signed", agreement)
        own = press(first, "agreements_agreement_activate", agreement)
        assert "须由其他人使其生效" in own
        press(second, "agreements_agreement_activate", agreement)

        assert agreement.status == "ACTIVE"

    def test_terminating_needs_a_reason(self, staff):
        agreement = AgreementFactory(active=True)

        press(staff(), "agreements_agreement_terminate", agreement, reason="双方协商")

        assert (agreement.status, agreement.status_reason) == ("TERMINATED", "双方协商")


class TestPartners:
    def test_registering_opening_and_adding_a_person(self, staff, client):
        administrator = staff()
        press(administrator, "partners_partner_create", name="杭州云栖软件有限公司")
        partner = administrator.get("/admin/partners/partner/").context["cl"].result_list[0]

        press(administrator, "partners_partner_open_own_account", partner)
        page = press(administrator, "partners_partner_add_member", partner, username="zhou",
                     last_name="周", first_name="涛", role="OWNER")  # fmt: skip

        member = partner.memberships.get().user
        password = page.split("select-all")[1].split(">")[1].split("<")[0]
        assert partner.accounts.get().customer is None
        assert member.check_password(password)

    def test_opening_an_account_for_a_customer(self, staff):
        customer = CustomerFactory()

        press(staff(), "partners_partner_open_customer_account", customer.partner,
              customer=customer.pk)  # fmt: skip

        assert Account.objects.get().customer == customer

    def test_suspending_and_resuming(self, staff):
        account = AccountFactory()
        risk = staff(StaffRole.RISK)

        press(risk, "partners_account_suspend", account, reason="收到投诉")
        assert (account.status, account.status_reason) == ("SUSPENDED", "收到投诉")
        press(risk, "partners_account_resume", account)
        assert account.status == "ACTIVE"

    @pytest.mark.parametrize("way", ["add", "1/change", "1/delete"])
    def test_no_table_is_written_past_its_services(self, staff, way):
        AccountFactory(pk=1)

        response = staff().post(f"/admin/partners/account/{way}/", {"code": "TCLKJ99999"})

        assert response.status_code == 403


class TestRates:
    def test_drafting_and_publishing(self, staff):
        finance = staff(StaffRole.FINANCE)
        press(finance, "rates_ratetable_open_table", name="标准资费表")
        table = finance.get("/admin/rates/ratetable/").context["cl"].result_list[0]

        press(finance, "rates_ratetable_draft_version", table, starts_at="2026-01-01T00:00",
              tiers="0 0.06\n100,000 0.05")  # fmt: skip
        version = table.versions.get()
        press(finance, "rates_rateversion_publish", version)

        assert version.status == "PUBLISHED"
        assert [tier.from_segments for tier in version.tiers.order_by("pk")] == [0, 100_000]

    def test_names_the_line_that_cannot_be_read(self, staff):
        table = RateVersionFactory().table

        page = press(staff(StaffRole.FINANCE), "rates_ratetable_draft_version", table,
                     starts_at="2027-01-01T00:00", tiers="0 0.06\n六分")  # fmt: skip

        assert "“六分”不是“数量 空格 单价”的格式" in page


class TestPeople:
    def test_a_first_password_is_shown_once(self, staff):
        administrator = staff()

        page = press(administrator, "users_user_enrol", username="zhao.min", last_name="赵",
                     first_name="敏", role="FINANCE")  # fmt: skip

        assert "zhao.min 的初始密码" in page

    def test_a_name_in_use_is_refused(self, staff):
        administrator = staff()

        page = press(administrator, "users_user_enrol", username=administrator.user.username.upper(),
                     last_name="赵", first_name="敏", role="FINANCE")  # fmt: skip

        assert "已被使用" in page
