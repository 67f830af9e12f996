"""Authorisation letters: entered, handed in, judged, revoked; what is told of them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from apps.common.models import OutboxEvent
from apps.partners.services.credit_codes import CreditCodeError
from apps.reviews.services import claims, ends, judging, submissions
from apps.signatures.services import letters
from apps.signatures.services.completeness import SignatureLetterError
from apps.signatures.services.kinds import LETTERS, SIGNATURES
from apps.signatures.services.kinds.letters import OwnLetterError
from apps.signatures.services.kinds.signatures import SignatureReasonMissingError
from apps.signatures.services.letter_terms import (
    LetterPartiesError,
    LetterPeriodError,
    LetterScanMissingError,
    LetterScopeError,
)
from tests.factories.partners import PartnerFactory
from tests.factories.signatures import (
    SPRING,
    AuthorisationLetterFactory,
    ProofDocumentFactory,
    RoundFactory,
    SignatureFactory,
    behalf,
)
from tests.factories.users import StaffFactory, UserFactory
from tests.racing import race

pytestmark = pytest.mark.django_db

TERMS = letters.Terms(
    grantor_name="杭州西溪口腔门诊部有限公司",
    grantor_code="91330110MACH370602",
    grantee_name="北京青禾软件有限公司",
    valid_from=date(2026, 1, 1),
    valid_until=date(2027, 1, 1),
    texts=("西溪口腔",),
)
END = SPRING + timedelta(days=400)
VERBS = {
    "approve": lambda pk, by: judging.approve(LETTERS, pk, by=by, at=SPRING),
    "reject": lambda pk, by: judging.reject(
        LETTERS, pk, reasons=["LETTER_INVALID"], by=by, at=SPRING
    ),
    "revoke": lambda pk, by: judging.revoke(LETTERS, pk, by=by, at=SPRING, reason="授权撤回"),
    "expire": lambda pk, _by: ends.expire(LETTERS, pk, at=END),
}


class TestDraft:
    def draft(self, **wishes):
        terms = replace(TERMS, **wishes)
        return letters.draft(
            partner_id=PartnerFactory().pk, terms=terms, by=UserFactory().as_actor(), at=SPRING
        )

    def test_keeps_the_bare_texts_each_once(self):
        assert self.draft(texts=("【西溪口腔】", "西溪口腔")).texts == ["西溪口腔"]

    @pytest.mark.parametrize(
        ("wrong", "error"),
        [
            ({"grantor_code": "91330110MACH370603"}, CreditCodeError),
            ({"grantor_code": ""}, LetterPartiesError),
            ({"grantee_name": " "}, LetterPartiesError),
            ({"valid_until": date(2026, 1, 1)}, LetterPeriodError),
            ({"valid_until": date(2026, 3, 2)}, LetterPeriodError),
            ({"texts": ("测试",)}, LetterScopeError),
            ({"covers_all": True}, LetterScopeError),
        ],
    )
    def test_refuses_what_a_letter_cannot_say(self, wrong, error):
        with pytest.raises(error):
            self.draft(**wrong)


class TestSubmit:
    def submit(self, **traits):
        letter = AuthorisationLetterFactory(**traits)
        return submissions.hand_in(LETTERS, letter.pk, by=UserFactory().as_actor(), at=SPRING)

    def test_gets_a_work_order_that_is_due_after_two_working_hours(self):
        letter = self.submit(scanned=True)

        assert letter.order_number == "SQ20260302-0001"
        assert letter.due_at == SPRING + timedelta(hours=2)

    def test_keeps_its_work_order_after_a_refusal(self):
        assert self.submit(rejected=True, order_number="SQ20260101-0009").order_number.endswith("9")

    def test_needs_the_scan(self):
        with pytest.raises(LetterScanMissingError):
            self.submit()

    def test_needs_something_to_cover(self):
        with pytest.raises(LetterScopeError):
            self.submit(scanned=True, covers_all=False)


class TestJudging:
    def test_refuses_whoever_entered_it(self):
        staff = StaffFactory()
        letter = AuthorisationLetterFactory(submitted=True, entered_by=staff)

        with pytest.raises(OwnLetterError):
            judging.approve(LETTERS, letter.pk, by=staff.as_actor(), at=SPRING)

    def test_refuses_what_somebody_else_is_at(self, reviewer):
        letter = AuthorisationLetterFactory(submitted=True)
        other = StaffFactory(reviewer=True).as_actor()
        claims.take(queue="letters", subject_id=str(letter.pk), by=other, at=SPRING)

        with pytest.raises(claims.ClaimedByAnotherError):
            judging.approve(LETTERS, letter.pk, by=reviewer, at=SPRING)

    def test_refusing_needs_a_reason(self, reviewer):
        letter = AuthorisationLetterFactory(submitted=True)

        with pytest.raises(SignatureReasonMissingError):
            judging.reject(LETTERS, letter.pk, reasons=[], by=reviewer, at=SPRING)


class TestRevoke:
    def revoke(self, letter, by):
        judging.revoke(LETTERS, letter.pk, by=by, at=SPRING, reason="授权撤回")

    def test_stops_every_signature_that_holds_by_it(self, reviewer, told):
        letter = AuthorisationLetterFactory(approved=True)
        held = SignatureFactory(approved=True, **behalf(letter))
        suspended = SignatureFactory(
            suspended=True, account=held.account, use="BEHALF", letter=letter
        )
        own = SignatureFactory(approved=True, account=held.account)

        self.revoke(letter, reviewer)

        for signature in (held, suspended, own):
            signature.refresh_from_db()
        assert (held.status, suspended.status, own.status) == ("EXPIRED", "SUSPENDED", "APPROVED")
        assert suspended.holds_until == SPRING.date()
        assert letter.grantor_name in held.remark
        assert set(told("expired")[0]) == {"text", "order_number"}

    def test_leaves_what_was_renewed_by_another_letter(self, reviewer):
        old, new = AuthorisationLetterFactory.create_batch(2, approved=True)
        signature = SignatureFactory(approved=True, **behalf(old))
        RoundFactory(signature=signature, status="APPROVED", letter=new, is_renewal=True)

        self.revoke(old, reviewer)

        signature.refresh_from_db()
        assert signature.status == "APPROVED"

    @pytest.mark.django_db(transaction=True)
    def test_at_the_same_moment_as_an_approval_leaves_nothing_that_may_be_sent_with(self):
        letter = AuthorisationLetterFactory(approved=True)
        signature = SignatureFactory(submitted=True, proved=True, **behalf(letter))
        ProofDocumentFactory(signature=signature, type="OWNER_LICENCE")
        one, two = (StaffFactory(reviewer=True).as_actor() for _place in range(2))

        answers = race(
            lambda: judging.approve(SIGNATURES, signature.pk, by=one, at=SPRING),
            lambda: self.revoke(letter, two),
        )

        signature.refresh_from_db()
        assert signature.status in {"EXPIRED", "SUBMITTED"}
        assert isinstance(answers[0], SignatureLetterError) == (signature.status == "SUBMITTED")


class TestNews:
    """What the reviewers, and then the partner, are told."""

    @pytest.mark.parametrize(
        ("state", "verb", "event"),
        [
            ("SUBMITTED", "approve", "letter.approved"),
            ("SUBMITTED", "reject", "letter.rejected"),
            ("APPROVED", "revoke", "letter.revoked"),
            ("APPROVED", "expire", "letter.expired"),
        ],
    )
    def test_of_a_judgement_names_letter_and_work_order(self, state, verb, event):
        letter = AuthorisationLetterFactory(**{state.lower(): True})

        VERBS[verb](letter.pk, StaffFactory().as_actor())

        told = OutboxEvent.objects.get()
        assert (told.name, told.partner_id) == (event, letter.partner_id)
        assert (told.payload["grantor"], told.payload["order_number"]) == (
            letter.grantor_name,
            letter.order_number,
        )

    def test_of_a_refusal_says_why_in_codes(self):
        letter = AuthorisationLetterFactory(submitted=True)

        VERBS["reject"](letter.pk, StaffFactory().as_actor())

        told = OutboxEvent.objects.get().payload
        assert told["reasons"] == ["LETTER_INVALID"]
        assert set(told) == {"grantor", "order_number", "reasons", "remark"}

    def test_of_a_submission_goes_to_the_reviewers(self):
        letter = AuthorisationLetterFactory(scanned=True)

        submissions.hand_in(LETTERS, letter.pk, by=UserFactory().as_actor(), at=SPRING)

        assert OutboxEvent.objects.get().name == "letter.submitted"
