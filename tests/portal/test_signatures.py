"""Signatures as a partner's people see them: the list, the page of one, and its buttons."""

from datetime import timedelta

import pytest
from django.urls import reverse

from apps.common import clock
from apps.partners.choices import PartnerRole
from apps.portal.signatures.views.signatures import PAGE_SIZE
from apps.reviews.services import judging, submissions
from apps.signatures.choices import SignatureStatus
from apps.signatures.reasons import RejectionReason
from apps.signatures.services.kinds import SIGNATURES
from tests.factories.partners import AccountFactory
from tests.factories.signatures import SPRING, ProofDocumentFactory, SignatureFactory
from tests.factories.users import StaffFactory

LIST = "/signatures/"


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def page(client, address, **query):
    return client.get(address, query).content.decode()


def detail(signature):
    return reverse("portal:signature-detail", args=[signature.pk])


def press(client, signature, step):
    return client.post(reverse("portal:signature-step", args=[signature.pk, step]), follow=True)


def handed_in(account, text="青禾科技"):
    """Return an application that waits, handed in an hour ago and urged by nobody."""
    signature = SignatureFactory(account=account, text=text, proved=True)
    at = clock.now() - timedelta(days=20)
    return submissions.hand_in(SIGNATURES, signature.pk, by=signature.entered_by.as_actor(), at=at)


class TestList:
    def test_says_what_to_do_first_where_there_is_none(self, owner):
        shown = page(owner, LIST)

        assert "还没有签名" in shown
        assert "申请第一个签名" in shown

    def test_shows_state_and_until_when_it_is_proved(self, owner, qinghe):
        ends = clock.local_date(clock.now()) + timedelta(days=12)
        SignatureFactory(account=qinghe.account, text="青禾", approved=True, holds_until=ends)

        shown = page(owner, LIST)

        assert "【青禾】" in shown
        assert "已通过" in shown
        assert ends.isoformat() in shown
        assert "剩 12 天" in shown

    def test_finds_part_of_a_text(self, owner, qinghe):
        SignatureFactory(account=qinghe.account, text="青禾商城")
        SignatureFactory(account=qinghe.account, text="惠民药房")

        shown = page(owner, LIST, text="商城")

        assert "【青禾商城】" in shown
        assert "【惠民药房】" not in shown

    def test_narrows_to_a_state(self, owner, qinghe):
        SignatureFactory(account=qinghe.account, text="青禾商城", rejected=True)
        SignatureFactory(account=qinghe.account, text="惠民药房")

        shown = page(owner, LIST, status="REJECTED")

        assert "【青禾商城】" in shown
        assert "【惠民药房】" not in shown

    def test_pages_from_the_newest_to_the_oldest(self, owner, qinghe):
        SignatureFactory.create_batch(PAGE_SIZE + 1, account=qinghe.account)

        first = owner.get(LIST).context["page"]
        second = owner.get(first.older_url).context["page"]

        assert len(first.rows) == PAGE_SIZE
        assert len(second.rows) == 1

    def test_shows_nothing_of_another_partner(self, owner):
        SignatureFactory(text="远帆")

        assert "远帆" not in page(owner, LIST)

    def test_needs_as_many_queries_for_twenty_as_for_two(
        self, owner, qinghe, django_assert_max_num_queries
    ):
        for rows in (2, 20):
            SignatureFactory.create_batch(rows, account=qinghe.account, submitted=True)
            with django_assert_max_num_queries(6):
                owner.get(LIST)


class TestDetail:
    def test_tells_each_reason_with_its_remedy(self, owner, qinghe):
        signature = handed_in(qinghe.account)
        judging.reject(
            SIGNATURES,
            signature.pk,
            reasons=[RejectionReason.PROOF_UNSTAMPED, RejectionReason.NAME_MISMATCH],
            remark="公司名称少了“北京”",
            by=StaffFactory(reviewer=True).as_actor(),
            at=clock.now(),
        )

        shown = page(owner, detail(signature))

        assert "复印件未加盖公章" in shown
        assert "请在复印件上加盖公司红章后重新扫描。" in shown
        assert "申请信息与证照名称不一致" in shown
        assert "公司名称少了“北京”" in shown

    def test_shows_every_operator(self, owner, qinghe):
        shown = page(owner, detail(SignatureFactory(account=qinghe.account, approved=True)))

        assert all(name in shown for name in ("中国移动", "中国联通", "中国电信", "中国广电"))

    def test_is_not_found_by_another_partner(self, owner):
        assert owner.get(detail(SignatureFactory())).status_code == 404

    @pytest.mark.parametrize("role", [PartnerRole.FINANCE, PartnerRole.VIEWER])
    def test_offers_nothing_to_who_only_reads(self, qinghe, signed_in, role):
        shown = page(signed_in(role), detail(handed_in(qinghe.account)))

        assert "催办" not in shown
        assert "撤回申请" not in shown

    def test_needs_as_many_queries_for_twenty_as_for_two(
        self, owner, qinghe, django_assert_max_num_queries
    ):
        signature = SignatureFactory(account=qinghe.account, submitted=True)
        for rows in (2, 18):
            ProofDocumentFactory.create_batch(rows, signature=signature)
            with django_assert_max_num_queries(12):
                owner.get(detail(signature))


class TestUrge:
    def test_counts(self, owner, qinghe):
        signature = handed_in(qinghe.account)

        answer = press(owner, signature, "urge").content.decode()

        assert "已提醒审核人员" in answer
        assert signature.rounds.get().urge_count == 1

    def test_says_from_when_on_where_it_is_too_early(self, owner, qinghe):
        signature = handed_in(qinghe.account)
        press(owner, signature, "urge")

        shown = page(owner, detail(signature))

        assert "起可以催办" in shown
        assert "disabled" in shown
        assert "操作未完成" in press(owner, signature, "urge").content.decode()


class TestSteps:
    def test_takes_an_application_back(self, owner, qinghe):
        signature = handed_in(qinghe.account)

        press(owner, signature, "withdraw")

        signature.refresh_from_db()
        assert signature.status == SignatureStatus.DRAFT

    def test_makes_the_default(self, owner, qinghe):
        signature = SignatureFactory(account=qinghe.account, approved=True)

        press(owner, signature, "default")

        signature.refresh_from_db()
        assert signature.is_default

    def test_gives_up(self, owner, qinghe):
        signature = SignatureFactory(account=qinghe.account, approved=True)

        press(owner, signature, "abandon")

        signature.refresh_from_db()
        assert signature.status == SignatureStatus.ABANDONED

    def test_tells_what_is_missing_and_stays_with_the_form(self, owner, qinghe):
        signature = SignatureFactory(account=qinghe.account)

        answer = press(owner, signature, "submit")

        assert answer.redirect_chain[-1][0].endswith("/edit/")
        assert "操作未完成：缺少或已到期的材料" in answer.content.decode()

    def test_does_not_know_other_steps(self, owner, qinghe):
        signature = SignatureFactory(account=qinghe.account)

        assert press(owner, signature, "approve").status_code == 404

    @pytest.mark.parametrize("step", ["submit", "withdraw", "urge", "abandon", "default"])
    def test_of_another_partner_is_not_found(self, owner, step):
        assert press(owner, SignatureFactory(approved=True), step).status_code == 404

    @pytest.mark.parametrize("role", [PartnerRole.FINANCE, PartnerRole.VIEWER])
    def test_is_for_who_may_write(self, qinghe, signed_in, role):
        signature = SignatureFactory(account=qinghe.account)

        assert press(signed_in(role), signature, "abandon").status_code == 403


def test_a_customers_signature_names_the_customer(owner, qinghe):
    account = AccountFactory(of_customer=True, partner=qinghe.partner)
    SignatureFactory(account=account, entered_at=SPRING)

    assert account.customer.name in page(owner, LIST)
