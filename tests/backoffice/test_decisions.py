import hashlib
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from apps.agreements.choices import Blank
from apps.agreements.models import AgreementTemplate
from apps.agreements.services import templates
from apps.common import clock
from apps.ledger.models import Balance
from apps.partners.models import Account
from apps.pledges.models import PledgeTemplate
from apps.users.choices import StaffRole
from tests.backoffice.judging import looked_at
from tests.factories import files
from tests.factories.agreements import AgreementFactory, make_issued
from tests.factories.partners import (
    AccountFactory,
    CustomerFactory,
    GatewayFactory,
    PartnerFactory,
)
from tests.factories.pledges import FirstTemplateFactory, PledgeFactory
from tests.factories.rates import RateVersionFactory
from tests.factories.recharges import BankEntryFactory, RechargeFactory
from tests.factories.signatures import SignatureFactory


def press(client, button, row=None, **values):
    """Press a button of the admin, as the form behind it would."""
    url = reverse(f"admin:{button}", args=[row.pk] if row is not None else [])
    sent = {"_form_submitted": "on", **looked_at(row), **values}
    response = client.post(url, sent, follow=True)
    if row is not None and type(row).objects.filter(pk=row.pk).exists():
        row.refresh_from_db()
    return response.content.decode()


class TestSignatures:
    def test_approving_lets_the_account_send_with_it(self, staff):
        signature = SignatureFactory(submitted=True, proved=True)

        page = press(staff(StaffRole.REVIEWER), "signatures_signature_approve", signature)

        assert signature.status == "APPROVED"
        assert "已通过" in page

    @pytest.mark.parametrize("version", ["", "0"])
    def test_a_round_that_was_not_looked_at_is_not_judged(self, staff, version):
        signature = SignatureFactory(submitted=True, proved=True)

        page = press(
            staff(StaffRole.REVIEWER), "signatures_signature_approve", signature, version=version
        )

        assert signature.status == "SUBMITTED"
        assert "重新提交" in page

    def test_rejecting_needs_a_reason(self, staff):
        signature = SignatureFactory(submitted=True)
        reviewer = staff(StaffRole.REVIEWER)

        press(reviewer, "signatures_signature_reject", signature, remark="执照模糊")
        assert signature.status == "SUBMITTED"

        press(reviewer, "signatures_signature_reject", signature,
              reasons=["PROOF_UNREADABLE"], remark="执照模糊")  # fmt: skip
        assert (signature.status, signature.remark) == ("REJECTED", "执照模糊")

    def test_a_rule_of_the_business_is_said_in_chinese(self, staff):
        reviewer = staff(StaffRole.REVIEWER)
        signature = SignatureFactory(submitted=True, entered_by=reviewer.user)

        page = press(reviewer, "signatures_signature_approve", signature)

        assert signature.status == "SUBMITTED"
        assert "须由他人办理：另一名审核人员" in page

    def test_looking_at_the_question_changes_nothing(self, staff):
        signature = SignatureFactory(submitted=True)

        response = staff(StaffRole.REVIEWER).get(
            reverse("admin:signatures_signature_approve", args=[signature.pk]),
            headers={"HX-Request": "true"},
        )

        signature.refresh_from_db()
        assert signature.status == "SUBMITTED"
        assert 'id="dialog"' in response.content.decode()

    def test_offers_only_what_fits_the_state(self, staff):
        page = (
            staff(StaffRole.REVIEWER)
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
        press(reviewer, "signatures_signature_reject", signature,
              reasons=["PROOF_UNREADABLE"], remark="执照模糊")  # fmt: skip

        page = reviewer.get(
            reverse("admin:signatures_signature_history", args=[signature.pk])
        ).content.decode()

        assert all(word in page for word in ("签名驳回", "李娜", "执照模糊", "已提交", "已驳回"))


class TestPledges:
    def test_approving_offers_a_year_and_takes_the_dates_given(self, staff):
        pledge = PledgeFactory(submitted=True)
        reviewer = staff(StaffRole.REVIEWER)
        today = clock.local_date(clock.now())
        later = today + timedelta(days=90)

        offered = reviewer.get(reverse("admin:pledges_pledge_approve", args=[pledge.pk]))
        press(reviewer, "pledges_pledge_approve", pledge, valid_from=today, valid_until=later)

        assert f'value="{today}"' in offered.content.decode()
        assert (pledge.status, pledge.valid_until) == ("APPROVED", later)

    def test_rejecting_names_reasons(self, staff):
        pledge = PledgeFactory(submitted=True)
        reviewer = staff(StaffRole.REVIEWER)

        press(reviewer, "pledges_pledge_reject", pledge)
        assert pledge.status == "SUBMITTED"

        press(reviewer, "pledges_pledge_reject", pledge, reasons=["NOT_SIGNED", "ILLEGIBLE"])
        assert (pledge.status, pledge.reasons) == ("REJECTED", ["NOT_SIGNED", "ILLEGIBLE"])

    def test_the_page_shows_its_submissions(self, staff):
        pledge = PledgeFactory(rejected=True)

        page = staff().get(reverse("admin:pledges_pledge_change", args=[pledge.pk]))

        kept = pledge.rounds.get()
        assert f"/admin/files/pledge-copies/{kept.pk}/view/" in page.content.decode()

    def test_a_version_of_the_wording_from_draft_to_published(self, staff):
        administrator = staff()
        title, text = "信息安全责任书", FirstTemplateFactory().wording
        press(administrator, "pledges_pledgetemplate_draft", title=title, wording=text)
        template = PledgeTemplate.objects.get(status="DRAFT")

        press(administrator, "pledges_pledgetemplate_edit", template, title=title * 2, wording=text)
        press(administrator, "pledges_pledgetemplate_publish", template)

        assert (template.status, template.title) == ("PUBLISHED", title * 2)


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
        own = press(clerk, "recharges_recharge_confirm", entry.recharges.get())
        assert "您已办理其中的“录入银行流水”" in own
        press(colleague, "recharges_recharge_confirm", entry.recharges.get())

        assert Balance.objects.get(account=account).available == 200_000

    def test_suggests_the_account_of_the_partner_that_paid(self, staff):
        AccountFactory()
        account = AccountFactory(partner__name="杭州云栖软件有限公司")
        entry = BankEntryFactory(payer="杭州云栖软件有限公司")

        page = staff(StaffRole.FINANCE).get(
            reverse("admin:recharges_bankentry_propose", args=[entry.pk])
        )

        assert f'<option value="{account.pk}" selected' in page.content.decode()

    def test_shows_payer_and_remark_as_the_bank_wrote_them(self, staff):
        payload = "<img src=x onerror=alert(1)>"
        entry = BankEntryFactory(payer=f"甲{payload}", reference=f"乙{payload}")

        page = staff(StaffRole.FINANCE).get(
            reverse("admin:recharges_bankentry_propose", args=[entry.pk])
        )

        assert payload not in page.text
        assert "甲&lt;img src=x onerror=alert(1)&gt;" in page.text
        assert "乙&lt;img src=x onerror=alert(1)&gt;" in page.text

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
    TERMS = {
        "starts_on": "2026-01-01",
        "ends_on": "2090-01-01",
        "signature_text": "青禾软件",
        "base_fee_yuan": "0.08",
        "first_recharge_segments": "200000",
        "first_recharge_unit_price_yuan": "0.05",
        "mobile_characters": "70",
        "phs_characters": "58",
        "refund_rule": "on_reject",
    }

    def drafted(self, client, **changed):
        GatewayFactory()
        RateVersionFactory()
        partner = PartnerFactory()
        press(client, "agreements_agreement_draft", partner=partner.pk, **self.TERMS | changed)
        return partner.agreements.get()

    def test_from_draft_to_active_by_two_people(self, staff):
        first, second = staff(), staff()
        agreement = self.drafted(first)

        press(first, "agreements_agreement_issue", agreement)
        for side in ("PARTNER", "GATEWAY"):
            scan = SimpleUploadedFile("协议.pdf", files.pdf().getvalue())
            press(first, "agreements_agreement_attach_copy", agreement, side=side, file=scan)
        press(first, "agreements_agreement_mark_signed", agreement)
        own = press(first, "agreements_agreement_activate", agreement)
        assert "须由他人办理：另一名管理员" in own
        press(second, "agreements_agreement_activate", agreement)

        assert agreement.status == "ACTIVE"

    def test_missing_blanks_are_named_where_it_is_issued(self, staff):
        client = staff()
        agreement = self.drafted(client, signature_text="", base_fee_yuan="")

        page = press(client, "agreements_agreement_issue", agreement)

        assert agreement.status == "DRAFT"
        assert all(str(blank.label) in page for blank in (Blank.SIGNATURE, Blank.BASE_FEE))

    def test_the_terms_of_a_draft_are_shown_and_changed(self, staff):
        client = staff()
        agreement = self.drafted(client)

        form = client.get(
            reverse("admin:agreements_agreement_revise", args=[agreement.pk])
        ).content.decode()
        press(client, "agreements_agreement_revise", agreement, **self.TERMS | {"ends_on": ""})

        assert 'value="青禾软件"' in form
        assert agreement.ends_on is None

    def test_a_renewal_is_drafted(self, staff):
        old = AgreementFactory(active=True, ends_on="2027-01-01")

        press(staff(), "agreements_agreement_renew", old)

        assert old.renewals.get().starts_on.isoformat() == "2027-01-01"

    def test_the_issued_pdf_is_saved_as_it_is(self, staff):
        agreement = make_issued()
        url = reverse("backoffice:file-download", args=["agreements", agreement.document_id])

        response = staff(StaffRole.AUDITOR).get(url)

        content = b"".join(response.streaming_content)
        assert hashlib.sha256(content).hexdigest() == agreement.document.sha256
        assert response["Content-Disposition"].startswith("attachment")

    @pytest.mark.parametrize(("days", "count"), [("7", 0), ("30", 1), ("60", 1)])
    def test_the_list_shows_what_ends_soon(self, staff, days, count):
        today = clock.local_date(clock.now())
        AgreementFactory(active=True, ends_on=today + timedelta(days=10))
        AgreementFactory(active=True)

        response = staff().get(
            reverse("admin:agreements_agreement_changelist"), {"ends_within": days}
        )

        assert response.context["cl"].result_count == count

    def test_terminating_needs_a_reason(self, staff):
        agreement = AgreementFactory(active=True)

        press(staff(), "agreements_agreement_terminate", agreement, reason="双方协商")

        assert (agreement.status, agreement.status_reason) == ("TERMINATED", "双方协商")


class TestWording:
    def test_a_version_is_added_edited_compared_and_published(self, staff):
        client = staff()
        templates.current(at=clock.now())
        press(client, "agreements_agreementtemplate_copy_latest", note="付款期限")
        draft = AgreementTemplate.objects.get(version=2)
        clause = draft.clauses.get(kind="CLAUSE", number="10")

        press(client, "agreements_templateclause_edit", clause, title="首付", text="三日内付清。")
        page = client.get(
            reverse("admin:agreements_agreementtemplate_change", args=[draft.pk])
        ).content.decode()
        press(client, "agreements_agreementtemplate_publish", draft)

        assert "<ins>" in page
        assert "<del>" in page
        assert draft.status == "PUBLISHED"

    def test_a_published_version_offers_no_editing(self, staff):
        template = templates.current(at=clock.now())

        page = staff().get(reverse("admin:agreements_agreementtemplate_change", args=[template.pk]))

        assert "/edit/" not in page.content.decode()


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

    def test_a_customer_from_registered_to_closed(self, staff):
        administrator, partner = staff(), PartnerFactory()
        form = {"name": "惠民大药房", "credit_code": "91110000600037341L"}
        press(administrator, "partners_partner_add_customer", partner, **form)
        customer = partner.customers.get()

        press(administrator, "partners_customer_edit", customer, **form, industry="HEALTH")
        press(administrator, "partners_customer_close", customer, reason="停业")

        assert (customer.industry, customer.status) == ("HEALTH", "CLOSED")

    def test_the_partners_particulars_and_security_rules(self, staff):
        administrator, partner = staff(), PartnerFactory()

        press(administrator, "partners_partner_edit", partner, name=partner.name, fax="010-1")
        press(administrator, "partners_partner_state_security_rules", partner, rules="主管复核。")

        assert (partner.fax, partner.security_rules) == ("010-1", "主管复核。")

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

        press(finance, "rates_ratetable_draft_version", table, starts_at="2026-01-01T00:00")
        version = table.versions.get()
        finance.post(
            f"/admin/rates/rateversion/{version.pk}/change/",
            {"starts_at": "2026-01-01T00:00", "revision": 0,
             "from_segments": ["0", "100,000"], "unit_price_yuan": ["0.06", "0.05"],
             "phs_factor": ["", ""], "phs_unit_price_yuan": ["", ""]},
        )  # fmt: skip
        press(finance, "rates_rateversion_publish", version)
        assert version.status == "DRAFT"
        press(staff(StaffRole.FINANCE), "rates_rateversion_publish", version)

        assert version.status == "PUBLISHED"
        assert [tier.from_segments for tier in version.tiers.order_by("pk")] == [0, 100_000]


class TestPeople:
    def test_a_first_password_is_shown_once(self, staff):
        administrator = staff()

        page = press(administrator, "users_user_enrol", username="zhao.min", last_name="赵",
                     first_name="敏", role="SUPPORT", reason="新同事")  # fmt: skip

        assert "zhao.min 的初始密码" in page

    def test_a_name_in_use_is_refused(self, staff):
        administrator = staff()

        page = press(administrator, "users_user_enrol", username=administrator.user.username.upper(),
                     last_name="赵", first_name="敏", role="SUPPORT", reason="新同事")  # fmt: skip

        assert "已被使用" in page
