import pytest
from django.db import IntegrityError, transaction

from apps.common.errors import NotFoundError
from apps.reviews.models import Claim
from apps.reviews.services import claims, judging
from apps.signatures.models import Signature
from apps.signatures.services import signatures
from apps.signatures.services.completeness import (
    SignatureLetterError,
    SignatureProofMissingError,
)
from apps.signatures.services.kinds import SIGNATURES
from apps.signatures.services.kinds.signatures import OwnSignatureError, SignatureReasonMissingError
from tests.factories.partners import AccountFactory, MembershipFactory
from tests.factories.senders import SEND, make_caller
from tests.factories.signatures import (
    SPRING,
    AuthorisationLetterFactory,
    ProofDocumentFactory,
    RoundFactory,
    SignatureFactory,
    behalf,
)
from tests.factories.users import StaffFactory
from tests.racing import race


def approve(signature, by):
    return judging.approve(SIGNATURES, signature.pk, by=by, at=SPRING)


def reject(signature, by, reasons=("PROOF_UNSTAMPED",), remark=""):
    return judging.reject(
        SIGNATURES, signature.pk, reasons=reasons, remark=remark, by=by, at=SPRING
    )


class TestApprove:
    def test_makes_the_first_the_default(self, reviewer):
        account = AccountFactory()
        first, second = SignatureFactory.create_batch(
            2, account=account, submitted=True, proved=True
        )

        assert approve(first, reviewer).is_default
        assert not approve(second, reviewer).is_default

    def test_does_not_know_an_unknown_one(self, reviewer):
        with pytest.raises(NotFoundError):
            judging.approve(SIGNATURES, 0, by=reviewer, at=SPRING)

    def test_writes_who_and_why_into_the_history(self, reviewer):
        signature = SignatureFactory(submitted=True)
        reject(signature, reviewer, remark="缺公章")

        context = signature.events.order_by("-pgh_id").first().pgh_context.metadata

        assert context["act"] == "signatures.reject"
        assert (context["actor_id"], context["reason"]) == (
            reviewer.id,
            "PROOF_UNSTAMPED 缺公章",
        )

    @pytest.mark.django_db(transaction=True)
    def test_two_at_once_make_one_default(self):
        by = StaffFactory(reviewer=True).as_actor()
        both = SignatureFactory.create_batch(
            2, account=AccountFactory(), submitted=True, proved=True
        )

        race(*[lambda signature=signature: approve(signature, by) for signature in both])

        assert Signature.objects.filter(status="APPROVED").count() == 2
        assert Signature.objects.filter(is_default=True).count() == 1


class TestJudging:
    """What approving and refusing have in common."""

    @pytest.fixture(params=["approve", "reject"])
    def judge(self, request):
        return {"approve": approve, "reject": reject}[request.param]

    @pytest.mark.parametrize("place", ["applied", "submitted", "uploaded"])
    def test_refuses_whoever_had_a_hand_in_it(self, db, judge, place):
        staff = StaffFactory()
        signature = SignatureFactory(submitted=True, proved=True)
        if place == "applied":
            type(signature).objects.update(entered_by=staff)
        elif place == "submitted":
            signature.rounds.update(submitted_by=staff)
        else:
            signature.proofs.update(uploaded_by=staff)

        with pytest.raises(OwnSignatureError):
            judge(signature, staff.as_actor())

    def test_refuses_what_somebody_else_is_at(self, judge, reviewer):
        signature = SignatureFactory(submitted=True, proved=True)
        other = StaffFactory(reviewer=True).as_actor()
        claims.take(queue="signatures", subject_id=str(signature.pk), by=other, at=SPRING)

        with pytest.raises(claims.ClaimedByAnotherError):
            judge(signature, reviewer)

    def test_ends_the_claim(self, judge, reviewer):
        signature = SignatureFactory(submitted=True, proved=True)
        claims.take(queue="signatures", subject_id=str(signature.pk), by=reviewer, at=SPRING)

        judge(signature, reviewer)

        assert not Claim.objects.exists()

    def test_writes_the_decision_into_the_round(self, judge, reviewer):
        signature = SignatureFactory(submitted=True, proved=True)

        judge(signature, reviewer)

        decided = signature.rounds.get()
        assert (decided.judged_by_id, decided.judged_at) == (reviewer.id, SPRING)
        assert signature.rounds.waiting().count() == 0


class TestApproving:
    def test_refuses_papers_that_ended_meanwhile(self, reviewer):
        signature = SignatureFactory(submitted=True, proved=True)
        signature.proofs.update(valid_until=SPRING.date())

        with pytest.raises(SignatureProofMissingError):
            approve(signature, reviewer)

    def test_refuses_a_letter_that_is_not_approved(self, reviewer):
        letter = AuthorisationLetterFactory(submitted=True)
        signature = SignatureFactory(submitted=True, proved=True, **behalf(letter))
        ProofDocumentFactory(signature=signature, type="OWNER_LICENCE")

        with pytest.raises(SignatureLetterError):
            approve(signature, reviewer)

    def test_reckons_until_when_the_papers_hold(self, reviewer):
        letter = AuthorisationLetterFactory(approved=True)
        signature = SignatureFactory(submitted=True, proved=True, **behalf(letter))
        ProofDocumentFactory(signature=signature, type="OWNER_LICENCE")

        assert approve(signature, reviewer).holds_until == letter.valid_until

    def test_tells_of_it(self, reviewer, told):
        signature = approve(SignatureFactory(submitted=True, proved=True), reviewer)

        assert [payload["text"] for payload in told("approved")] == [signature.text]

    def test_is_usable_at_once_in_a_send(self, reviewer):
        caller = make_caller()
        signature = SignatureFactory(account=caller.account, submitted=True, proved=True)
        send = SEND | {"signature": signature.text}
        assert caller.post(send).json()["code"] == "signature_not_approved"

        approve(signature, reviewer)

        assert caller.post(send).status_code == 202


class TestReject:
    @pytest.mark.parametrize(("reasons", "remark"), [([], "模糊"), (["OTHER"], " ")])
    def test_needs_a_reason(self, reviewer, reasons, remark):
        signature = SignatureFactory(submitted=True)

        with pytest.raises(SignatureReasonMissingError):
            reject(signature, reviewer, reasons=reasons, remark=remark)

    def test_takes_several_reasons_each_once(self, reviewer):
        signature = SignatureFactory(submitted=True)

        reject(signature, reviewer, reasons=["NAME_MISMATCH", "PROOF_EXPIRED", "NAME_MISMATCH"])

        assert signature.rounds.get().reasons == ["NAME_MISMATCH", "PROOF_EXPIRED"]

    def test_tells_codes_and_no_sentences(self, reviewer, told):
        reject(SignatureFactory(submitted=True), reviewer, remark="第二页")

        (payload,) = told("rejected")
        assert payload["reasons"] == ["PROOF_UNSTAMPED"]
        assert set(payload) == {
            "text", "order_number", "reasons", "remark", "is_renewal",
        }  # fmt: skip
        assert payload["remark"] == "第二页"

    def test_of_a_renewal_leaves_the_signature_in_use(self, reviewer):
        signature = SignatureFactory(approved=True, renewing=True, is_default=True)

        reject(signature, reviewer)

        signature.refresh_from_db()
        assert (signature.status, signature.is_default) == ("APPROVED", True)


class TestRevoke:
    def test_takes_the_default_away(self, reviewer):
        signature = SignatureFactory(approved=True, is_default=True)

        judging.revoke(SIGNATURES, signature.pk, by=reviewer, at=SPRING, reason="注销")

        assert not Signature.objects.get().is_default


class TestSetDefault:
    def test_takes_the_place_of_the_other(self, reviewer):
        account = AccountFactory()
        old = SignatureFactory(account=account, approved=True, is_default=True)
        new = SignatureFactory(account=account, approved=True)

        signatures.set_default(signature_id=new.pk, by=reviewer)

        old.refresh_from_db()
        new.refresh_from_db()
        assert (old.is_default, new.is_default) == (False, True)


class TestVisibleTo:
    def test_shows_partners_their_own_and_staff_all(self, db):
        mine, _other = SignatureFactory.create_batch(2)
        person = MembershipFactory(partner=mine.account.partner).user

        assert list(Signature.objects.visible_to(person)) == [mine]
        assert Signature.objects.visible_to(StaffFactory()).count() == 2


class TestConstraints:
    @pytest.mark.parametrize(
        "wrong",
        [
            {"text": "青"},
            {"text": "青 禾"},
            {"text": "【青禾】"},
            {"text": "青禾】"},
            {"text": "ㅤㅤ"},
            {"status": "GONE"},
            {"source": "RUMOUR"},
            {"status": "SUBMITTED"},
            {"status": "SUBMITTED", "submitted_at": SPRING},
            {"due_at": SPRING},
            {"operator_id_tail": "123"},
            {"status": "APPROVED", "submitted_at": SPRING},
            {"is_default": True},
        ],
    )
    def test_refuse_what_services_would_never_write(self, db, wrong):
        with pytest.raises(IntegrityError), transaction.atomic():
            SignatureFactory(**wrong)

    @pytest.mark.parametrize("text", ["青禾", "Qh1", "二〇二六", "𠮷野家", "青" * 32])
    def test_take_every_text_that_the_rules_take(self, db, text):
        assert SignatureFactory(text=text).pk

    def test_refuse_a_second_live_text(self, db):
        signature = SignatureFactory(approved=True)

        with pytest.raises(IntegrityError, match="one_text_per_account"), transaction.atomic():
            SignatureFactory(account=signature.account, text=signature.text)

    def test_refuse_a_second_default(self, db):
        account = SignatureFactory(approved=True, is_default=True).account

        with pytest.raises(IntegrityError, match="one_default"), transaction.atomic():
            SignatureFactory(account=account, approved=True, is_default=True)

    def test_refuse_the_applicant_as_judge(self, db):
        staff = StaffFactory()

        with pytest.raises(IntegrityError, match="four_eyes"), transaction.atomic():
            SignatureFactory(approved=True, entered_by=staff, judged_by=staff)

    def test_refuse_a_letter_for_ones_own_name(self, db):
        letter = AuthorisationLetterFactory()

        with pytest.raises(IntegrityError, match="own_use"), transaction.atomic():
            SignatureFactory(letter=letter)

    def test_refuse_a_second_open_round(self, db):
        signature = SignatureFactory(submitted=True)

        with pytest.raises(IntegrityError, match="one_open"), transaction.atomic():
            RoundFactory(signature=signature)
