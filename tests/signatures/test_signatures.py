import pytest
from django.db import IntegrityError, transaction

from apps.common.errors import NotFoundError
from apps.signatures.models import Signature
from apps.signatures.services import signatures
from apps.signatures.services.steps import SignatureReasonMissingError
from tests.factories.partners import AccountFactory, MembershipFactory
from tests.factories.signatures import SPRING, SignatureFactory
from tests.factories.users import StaffFactory
from tests.racing import race


@pytest.fixture
def reviewer(db):
    return StaffFactory(reviewer=True).as_actor()


def approve(signature, by):
    return signatures.approve(signature_id=signature.pk, by=by, at=SPRING)


class TestApprove:
    def test_makes_the_first_the_default(self, reviewer):
        account = AccountFactory()
        first, second = SignatureFactory.create_batch(2, account=account, submitted=True)

        assert approve(first, reviewer).is_default
        assert not approve(second, reviewer).is_default

    def test_refuses_whoever_applied(self, db):
        staff = StaffFactory()
        signature = SignatureFactory(submitted=True, applied_by=staff)

        with pytest.raises(signatures.OwnSignatureError):
            approve(signature, staff.as_actor())

    def test_does_not_know_an_unknown_one(self, reviewer):
        with pytest.raises(NotFoundError):
            signatures.approve(signature_id=0, by=reviewer, at=SPRING)

    def test_writes_who_and_why_into_the_history(self, reviewer):
        signature = SignatureFactory(submitted=True)
        signatures.reject(signature_id=signature.pk, by=reviewer, at=SPRING, reason="未盖章")

        context = signature.events.order_by("-pgh_id").first().pgh_context.metadata

        assert context["act"] == "signatures.reject"
        assert (context["actor_id"], context["reason"]) == (reviewer.id, "未盖章")

    @pytest.mark.django_db(transaction=True)
    def test_two_at_once_make_one_default(self):
        by = StaffFactory(reviewer=True).as_actor()
        both = SignatureFactory.create_batch(2, account=AccountFactory(), submitted=True)

        race(*[lambda signature=signature: approve(signature, by) for signature in both])

        assert Signature.objects.filter(status="APPROVED").count() == 2
        assert Signature.objects.filter(is_default=True).count() == 1


class TestReject:
    def test_needs_a_reason(self, reviewer):
        signature = SignatureFactory(submitted=True)

        with pytest.raises(SignatureReasonMissingError):
            signatures.reject(signature_id=signature.pk, by=reviewer, at=SPRING, reason=" ")


class TestRevoke:
    def test_takes_the_default_away(self, reviewer):
        signature = SignatureFactory(approved=True, is_default=True)

        signatures.revoke(signature_id=signature.pk, by=reviewer, at=SPRING, reason="注销")

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
            SignatureFactory(approved=True, applied_by=staff, judged_by=staff)
