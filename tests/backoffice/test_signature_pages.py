"""Staff pages of signatures beyond approving and refusing: letters, registrations, rules."""

import pytest
from django.urls import reverse

from apps.users.choices import StaffRole
from tests.backoffice.test_decisions import press
from tests.factories.signatures import (
    AuthorisationLetterFactory,
    ProofDocumentFactory,
    SignatureFactory,
    behalf,
    set_rules,
)

pytestmark = pytest.mark.django_db


def page_of(client, name, row):
    return client.get(reverse(f"admin:{name}_change", args=[row.pk])).content.decode()


class TestSignature:
    def test_shows_papers_noticed_things_rounds_and_similar_decisions(self, staff):
        SignatureFactory(text="青禾软件有限", rejected=True)
        letter = AuthorisationLetterFactory(submitted=True)
        signature = SignatureFactory(text="青禾软件", submitted=True, proved=True, **behalf(letter))

        page = page_of(staff(StaffRole.REVIEWER), "signatures_signature", signature)

        proof = signature.proofs.get()
        assert reverse("backoffice:file-view", args=["proofs", proof.pk]) in page
        assert signature.rounds.get().order_number in page
        assert letter.grantor_name in page
        assert "青禾软件有限" in page

    def test_the_list_is_searched_by_work_order(self, staff):
        signature = SignatureFactory(submitted=True)
        SignatureFactory(submitted=True)
        order = signature.rounds.get().order_number

        found = staff().get("/admin/signatures/signature/", {"q": order}).context["cl"]

        assert list(found.result_list) == [signature]

    def test_recording_a_registration(self, staff):
        signature = SignatureFactory(approved=True)

        press(staff(StaffRole.REVIEWER), "signatures_signature_register", signature,
              operator="MOBILE", status="FILED", on="2026-03-03")  # fmt: skip

        assert signature.registrations.get().status == "FILED"

    def test_a_renewal_is_approved_like_an_application(self, staff):
        signature = SignatureFactory(approved=True, renewing=True, proved=True)

        press(staff(StaffRole.REVIEWER), "signatures_signature_approve", signature)

        assert (signature.status, signature.due_at) == ("APPROVED", None)


class TestLetter:
    def test_is_approved_refused_and_revoked(self, staff):
        reviewer = staff(StaffRole.REVIEWER)
        good, bad = AuthorisationLetterFactory.create_batch(2, submitted=True)
        name = "signatures_authorisationletter"

        press(reviewer, f"{name}_approve", good)
        press(reviewer, f"{name}_reject", bad, reasons=["LETTER_INVALID"], remark="无公章")
        assert (good.status, bad.status) == ("APPROVED", "REJECTED")
        press(reviewer, f"{name}_revoke", good, reason="授权撤回")

        assert good.status == "REVOKED"
        assert "无公章" in page_of(reviewer, name, bad)

    def test_links_to_its_scan(self, staff):
        letter = AuthorisationLetterFactory(submitted=True)

        link = reverse("backoffice:file-view", args=["letters", letter.pk])

        assert link in page_of(staff(), "signatures_authorisationletter", letter)
        assert staff(StaffRole.REVIEWER).get(link).status_code == 200


class TestRules:
    VALUES = {
        "min_characters": "3",
        "max_characters": "8",
        "generic_words": "测试\n 【通知】 \n\n",
        "required_operators": ["MOBILE"],
    }

    def test_are_one_row_that_administrators_change(self, staff):
        rules = set_rules()
        change = reverse("admin:signatures_signaturepolicy_change", args=[rules.pk])

        assert staff().post(change, self.VALUES).status_code == 302

        rules.refresh_from_db()
        assert (rules.max_characters, rules.generic_words) == (8, ["测试", "通知"])
        newest = rules.events.order_by("-pgh_id").first()
        assert newest.pgh_context.metadata["act"] == "signatures.signaturepolicy.change"
        assert staff().get(reverse("admin:signatures_signaturepolicy_add")).status_code == 403

    def test_are_for_a_reviewer_to_read(self, staff):
        rules = set_rules()
        change = reverse("admin:signatures_signaturepolicy_change", args=[rules.pk])
        reviewer = staff(StaffRole.REVIEWER)

        assert reviewer.get(change).status_code == 200
        assert reviewer.post(change, self.VALUES).status_code == 403


def test_a_removed_paper_stays_in_sight(staff):
    signature = SignatureFactory(submitted=True)
    old = ProofDocumentFactory(signature=signature, removed_at=signature.entered_at)

    link = reverse("backoffice:file-view", args=["proofs", old.pk])

    assert link in page_of(staff(), "signatures_signature", signature)
