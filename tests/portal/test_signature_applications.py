"""The application: kept while it is typed, its papers, and what is to be mended in it."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from apps.common import clock
from apps.partners.choices import PartnerRole
from apps.portal.signatures.forms.applications import PLACES, ApplicationForm
from apps.reviews.services import judging
from apps.signatures.choices import ProofType, Source, Use
from apps.signatures.models import Signature
from apps.signatures.reasons import RejectionReason
from apps.signatures.services.kinds import SIGNATURES
from tests.factories import files
from tests.factories.partners import AccountFactory
from tests.factories.signatures import (
    AuthorisationLetterFactory,
    ProofDocumentFactory,
    SignatureFactory,
)
from tests.factories.users import StaffFactory

SAVE = "/signatures/save/"
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def draft(qinghe):
    return SignatureFactory(account=qinghe.account, text="青禾科技")


def typed(account, **fields):
    return {"account": account.pk, "source": "COMPANY", "use": "OWN", "text": "青禾科技"} | fields


def save(client, fields):
    return client.post(SAVE, fields, headers=HTMX)


def edit(client, signature):
    return client.get(reverse("portal:signature-edit", args=[signature.pk])).content.decode()


def upload(client, signature, proof_type, file, **fields):
    address = reverse("portal:proof-add", args=[signature.pk])
    return client.post(address, {"type": proof_type, "file": file} | fields, headers=HTMX)


class TestDraft:
    def test_is_kept_from_the_first_valid_field_on(self, owner, qinghe):
        answer = save(owner, typed(qinghe.account))

        kept = Signature.objects.get()
        assert kept.text == "青禾科技"
        assert answer.headers["HX-Replace-Url"] == f"/signatures/{kept.pk}/edit/"
        assert "自动保存" in answer.content.decode()

    def test_fills_the_company_in(self, owner, qinghe):
        answer = save(owner, typed(qinghe.account))

        assert qinghe.partner.name in answer.content.decode()

    def test_is_not_begun_without_a_signature(self, owner, qinghe):
        answer = save(owner, typed(qinghe.account, text=""))

        assert not Signature.objects.exists()
        assert "尚未保存" in answer.content.decode()

    def test_is_written_anew_by_every_change(self, owner, draft):
        fields = {"signature": draft.pk, "text": "青禾商城", "source": "APP", "use": "OWN"}

        save(owner, fields | {"source_detail": "青禾商城 App"})

        draft.refresh_from_db()
        assert (draft.text, draft.source) == ("青禾商城", Source.APP)
        assert draft.source_detail == "青禾商城 App"

    def test_keeps_the_rest_where_one_field_is_wrong(self, owner, draft):
        fields = typed(draft.account, signature=draft.pk, company_code="123", legal_person="赵敏")

        answer = save(owner, fields).content.decode()

        draft.refresh_from_db()
        assert draft.legal_person == "赵敏"
        assert "123" in answer
        assert "标记的字段除外" in answer

    def test_tells_that_the_account_has_the_text(self, owner, qinghe, draft):
        answer = save(owner, typed(qinghe.account, text=draft.text)).content.decode()

        assert Signature.objects.count() == 1
        assert "尚未保存" in answer

    def test_is_kept_without_scripts_too(self, owner, qinghe):
        answer = owner.post(SAVE, typed(qinghe.account), follow=True)

        assert "草稿已保存" in answer.content.decode()

    def test_of_another_partner_is_not_found(self, owner, qinghe):
        other = SignatureFactory()

        assert save(owner, typed(qinghe.account, signature=other.pk)).status_code == 404

    def test_of_another_partners_account_is_not_begun(self, owner):
        save(owner, typed(AccountFactory()))

        assert not Signature.objects.exists()

    @pytest.mark.parametrize("role", [PartnerRole.FINANCE, PartnerRole.VIEWER])
    def test_is_for_who_may_write(self, qinghe, signed_in, role):
        assert save(signed_in(role), typed(qinghe.account)).status_code == 403

    def test_is_handed_in_as_it_is_typed(self, owner, draft):
        ProofDocumentFactory(signature=draft)
        fields = typed(draft.account, signature=draft.pk, legal_person="赵敏", then="submit")

        owner.post(SAVE, fields)

        draft.refresh_from_db()
        assert (draft.status, draft.legal_person) == ("SUBMITTED", "赵敏")

    def test_that_waits_is_not_shown_for_editing(self, owner, qinghe):
        waits = SignatureFactory(account=qinghe.account, submitted=True)

        answer = owner.get(reverse("portal:signature-edit", args=[waits.pk]))

        assert answer.status_code == 302


class TestText:
    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("青禾科技", "格式符合要求"),
            ("青", "至少 2 个字"),
            ("10086", "不能只用数字"),
            ("青禾 科技", "不能有空格"),
            ("验证码", "过于笼统"),
            ("青" * 13, "最多 12 个字"),
            ("Qinghe", "建议签名包含中文"),
        ],
    )
    def test_is_judged_while_it_is_typed(self, owner, text, said):
        answer = owner.get("/signatures/text/", {"text": text}).content.decode()

        assert said in answer
        assert f"{len(text)} / 12 字" in answer

    def test_is_shown_in_a_message(self, owner):
        fields = {"text": "【青禾】", "sample_texts": "您的订单已发货。"}

        answer = owner.get("/signatures/text/", fields).content.decode()

        assert "【青禾】</strong>您的订单已发货。" in answer


class TestPapers:
    @pytest.mark.parametrize(
        ("source", "asked"),
        [("COMPANY", "企业主体证明"), ("WEBSITE", "网站证明"), ("TRADEMARK", "商标注册证")],
    )
    def test_follow_the_source_at_once(self, owner, qinghe, source, asked):
        answer = save(owner, typed(qinghe.account, text="", source=source)).content.decode()

        assert asked in answer

    def test_come_back_once_they_are_uploaded(self, owner, draft):
        answer = upload(owner, draft, "LICENCE", files.pdf(pages=3)).content.decode()

        assert "3 页" in answer
        assert "必备资料已齐全" in answer
        assert draft.proofs.get().type == ProofType.LICENCE

    def test_are_refused_with_the_reason_alone(self, owner, draft):
        answer = upload(owner, draft, "LICENCE", files.io.BytesIO(b"<html>"))

        assert answer.status_code == 422
        assert answer.content.decode().startswith("这是网页")

    def test_that_end_need_their_day(self, owner, draft):
        answer = upload(owner, draft, "TRADEMARK_CERTIFICATE", files.png())

        assert answer.status_code == 422
        assert "截止日" in answer.content.decode()

    def test_keep_their_day(self, owner, draft):
        day = clock.local_date(clock.now()) + timedelta(days=400)

        upload(owner, draft, "TRADEMARK_CERTIFICATE", files.png(), valid_until=day)

        assert draft.proofs.get().valid_until == day

    def test_are_replaced(self, owner, draft):
        proof = ProofDocumentFactory(signature=draft)

        address = reverse("portal:proof-replace", args=[proof.pk])
        owner.post(address, {"file": files.png()}, headers=HTMX)

        assert draft.proofs.present().get().replaces == proof

    def test_are_taken_out(self, owner, draft):
        proof = ProofDocumentFactory(signature=draft)

        owner.post(reverse("portal:proof-remove", args=[proof.pk]), headers=HTMX)

        assert not draft.proofs.present().exists()

    def test_known_from_before_are_used_again(self, owner, qinghe, draft):
        known = ProofDocumentFactory(signature=SignatureFactory(account=qinghe.account))
        assert "使用以前提交过的文件（1）" in edit(owner, draft)

        address = reverse("portal:proof-reuse", args=[draft.pk])
        owner.post(address, {"proof": known.pk}, headers=HTMX)

        assert draft.proofs.get().sha256 == known.sha256

    @pytest.mark.parametrize("verb", ["replace", "remove"])
    def test_of_another_partner_are_not_found(self, owner, verb):
        proof = ProofDocumentFactory()

        address = reverse(f"portal:proof-{verb}", args=[proof.pk])

        assert owner.post(address, {"file": files.png()}).status_code == 404

    def test_of_another_partner_are_not_used(self, owner, draft):
        address = reverse("portal:proof-reuse", args=[draft.pk])

        assert owner.post(address, {"proof": ProofDocumentFactory().pk}).status_code == 404

    def test_need_as_many_queries_for_twenty_as_for_two(
        self, owner, qinghe, draft, django_assert_max_num_queries
    ):
        for rows in (2, 18):
            ProofDocumentFactory.create_batch(rows, signature=draft)
            ProofDocumentFactory.create_batch(rows, signature__account=qinghe.account)
            with django_assert_max_num_queries(20):
                edit(owner, draft)


class TestMending:
    @pytest.fixture
    def refused(self, qinghe):
        signature = SignatureFactory(account=qinghe.account, submitted=True, proved=True)
        judging.reject(
            SIGNATURES,
            signature.pk,
            reasons=[RejectionReason.NAME_MISMATCH, RejectionReason.PROOF_UNREADABLE],
            remark="执照第二页模糊",
            by=StaffFactory(reviewer=True).as_actor(),
            at=clock.now(),
        )
        return signature

    def test_is_told_beside_the_field(self, owner, refused):
        shown = edit(owner, refused)

        after_company = shown.split('id="says-company_name"')[1].split('id="says-')[0]
        assert "申请信息与证照名称不一致" in after_company
        after_papers = shown.split('id="papers"')[1]
        assert "材料模糊，无法辨认" in after_papers
        assert "执照第二页模糊" in shown

    def test_ends_with_handing_in_again(self, owner, refused):
        fields = typed(refused.account, signature=refused.pk, text=refused.text, then="submit")

        owner.post(SAVE, fields)

        refused.refresh_from_db()
        assert refused.status == "SUBMITTED"

    def test_every_reason_has_its_place(self):
        places = set(PLACES.values()) - {"papers", "whole"}

        assert set(PLACES) == set(RejectionReason)
        assert places <= set(ApplicationForm.base_fields)


class TestRenewal:
    def test_leaves_the_text_and_goes_on_holding(self, owner, qinghe):
        signature = SignatureFactory(account=qinghe.account, approved=True, proved=True)
        fields = typed(qinghe.account, signature=signature.pk, text=signature.text, then="submit")
        assert "readonly" in edit(owner, signature)

        owner.post(SAVE, fields)

        signature.refresh_from_db()
        assert signature.status == "APPROVED"
        assert signature.rounds.waiting().get().is_renewal


class TestOnBehalf:
    def test_names_a_letter(self, owner, draft):
        letter = AuthorisationLetterFactory(
            partner=draft.account.partner, submitted=True, valid_until=date(2099, 1, 1)
        )

        save(owner, typed(draft.account, signature=draft.pk, use="BEHALF", letter=letter.pk))

        draft.refresh_from_db()
        assert (draft.use, draft.letter) == (Use.BEHALF, letter)

    def test_does_not_know_another_partners_letter(self, owner, draft):
        letter = AuthorisationLetterFactory(submitted=True)

        save(owner, typed(draft.account, signature=draft.pk, use="BEHALF", letter=letter.pk))

        draft.refresh_from_db()
        assert draft.letter is None
