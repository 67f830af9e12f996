from datetime import UTC, date, datetime, timedelta

import pytest

from apps.common.errors import NotFoundError
from apps.partners.services.credit_codes import CreditCodeError
from apps.reviews.models import OrderCounter
from apps.reviews.services import submissions
from apps.signatures.choices import ProofType, Source, Use
from apps.signatures.models import Round
from apps.signatures.particulars import Particulars
from apps.signatures.services import applications, completeness
from apps.signatures.services.kinds import SIGNATURES
from apps.signatures.services.kinds.signatures import SignatureUrgeTooEarlyError
from tests.factories.partners import AccountFactory
from tests.factories.signatures import (
    SPRING,
    AuthorisationLetterFactory,
    ProofDocumentFactory,
    SignatureFactory,
    behalf,
    set_rules,
)
from tests.factories.users import UserFactory
from tests.racing import race

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def draft(account, text, **wishes):
    return applications.draft(
        account_id=account.pk,
        **{"text": text, "source": Source.COMPANY, "by": UserFactory().as_actor(), "at": SPRING}
        | wishes,
    )


def submit(signature, at=SPRING):
    return submissions.hand_in(SIGNATURES, signature.pk, by=UserFactory().as_actor(), at=at)


class TestDraft:
    def test_keeps_the_bare_text(self):
        assert draft(AccountFactory(), "【青禾软件】").text == "青禾软件"

    def test_refuses_what_is_no_name(self):
        with pytest.raises(completeness.SignatureTextError) as caught:
            draft(AccountFactory(), "10086")

        assert caught.value.data["problem"] == "digits_alone"

    def test_goes_by_the_rules_that_staff_set(self):
        set_rules(max_characters=3)

        with pytest.raises(completeness.SignatureTextError, match="3"):
            draft(AccountFactory(), "青禾软件")

    def test_refuses_a_text_that_the_account_has(self):
        signature = SignatureFactory(rejected=True)

        with pytest.raises(applications.SignatureExistsError):
            draft(signature.account, signature.text)

    @pytest.mark.parametrize("end", ["revoked", "abandoned"])
    def test_takes_a_text_that_is_over(self, end):
        signature = SignatureFactory(**{end: True})

        assert draft(signature.account, signature.text).status == "DRAFT"

    def test_takes_a_text_that_another_account_has(self):
        signature = SignatureFactory(approved=True)

        assert draft(AccountFactory(), signature.text).text == signature.text

    def test_names_the_holder_of_the_account_where_no_company_is_named(self):
        account = AccountFactory(of_customer=True)

        assert draft(account, "惠民药房").company_name == account.customer.name

    def test_refuses_a_wrong_company_code(self):
        with pytest.raises(CreditCodeError):
            draft(AccountFactory(), "青禾", particulars=Particulars(company_code="91110108MA0000"))

    def test_keeps_no_more_of_an_id_number_than_its_end(self):
        with pytest.raises(completeness.SignatureIdTailError):
            draft(
                AccountFactory(),
                "青禾",
                particulars=Particulars(operator_id_tail="110101199003078515"),
            )

    def test_does_not_know_another_partners_letter(self):
        letter = AuthorisationLetterFactory(approved=True)

        with pytest.raises(NotFoundError):
            draft(AccountFactory(), "青禾", use=Use.BEHALF, letter_id=letter.pk)

    def test_takes_no_letter_for_ones_own_name(self):
        letter = AuthorisationLetterFactory()
        account = AccountFactory(partner=letter.partner)

        with pytest.raises(completeness.SignatureLetterError):
            draft(account, "青禾", use=Use.OWN, letter_id=letter.pk)


class TestEdit:
    def edit(self, signature, text, **wishes):
        return applications.edit(
            signature_id=signature.pk,
            **{"text": text, "source": Source.APP, "use": Use.OWN, "by": UserFactory().as_actor()}
            | wishes,
        )

    def test_writes_all_anew(self):
        stated = Particulars(source_detail="青禾商城", sample_texts=("您的订单已发货。", " "))

        edited = self.edit(SignatureFactory(), "青禾商城", particulars=stated)

        assert (edited.text, edited.source, edited.source_detail) == ("青禾商城", "APP", "青禾商城")
        assert edited.sample_texts == ["您的订单已发货。"]

    def test_keeps_the_text_of_what_was_approved(self):
        with pytest.raises(applications.SignatureTextFixedError):
            self.edit(SignatureFactory(approved=True), "青禾商城")

    def test_refuses_a_text_that_the_account_has(self):
        other = SignatureFactory()

        with pytest.raises(applications.SignatureExistsError):
            self.edit(SignatureFactory(account=other.account), other.text)

    def test_leaves_what_was_submitted_as_it_was(self):
        signature = SignatureFactory(approved=True, proved=True)

        self.edit(signature, signature.text, particulars=Particulars(source_detail="新"))

        assert signature.rounds.get().source == "COMPANY"


class TestSubmit:
    def test_keeps_what_was_handed_in(self):
        signature = SignatureFactory(proved=True, legal_person="王建国")

        submit(signature)

        kept = signature.rounds.get()
        assert (kept.text, kept.source, kept.number) == (signature.text, "COMPANY", 1)
        assert kept.particulars["legal_person"] == "王建国"
        assert list(kept.proofs.all()) == list(signature.proofs.all())

    def test_is_due_after_two_working_hours(self):
        friday_evening = datetime(2026, 3, 6, 9, tzinfo=UTC)  # 17:00 in Shanghai

        signature = submit(SignatureFactory(proved=True), at=friday_evening)

        assert signature.due_at == datetime(2026, 3, 9, 2, tzinfo=UTC)  # Monday 10:00

    def test_numbers_the_work_orders_of_a_day_without_a_gap(self):
        for signature in SignatureFactory.create_batch(2, proved=True):
            submit(signature)
        with pytest.raises(completeness.SignatureProofMissingError):
            submit(SignatureFactory())
        submit(SignatureFactory(proved=True))

        numbers = Round.objects.order_by("pk").values_list("order_number", flat=True)
        assert list(numbers) == [f"QM20260302-000{place}" for place in (1, 2, 3)]

    def test_goes_on_with_the_work_order_after_a_refusal(self):
        signature = SignatureFactory(rejected=True, proved=True)
        before = signature.rounds.get()

        submit(signature)

        again = signature.rounds.get(status="WAITING")
        assert (again.order_number, again.number) == (before.order_number, 2)

    def test_begins_a_work_order_to_renew(self):
        signature = SignatureFactory(approved=True, proved=True)

        submit(signature)

        renewal = signature.rounds.get(status="WAITING")
        assert (renewal.order_number, renewal.number) == ("QM20260302-0001", 1)
        assert renewal.is_renewal

    def test_names_the_papers_that_are_missing(self):
        signature = SignatureFactory(source=Source.TRADEMARK, source_detail="第 9 类", proved=True)

        with pytest.raises(completeness.SignatureProofMissingError, match="商标注册证"):
            submit(signature)

    def test_needs_the_thing_named_that_the_text_is_the_name_of(self):
        signature = SignatureFactory(source=Source.SHOP, proved=True)

        with pytest.raises(completeness.SignatureParticularsMissingError) as caught:
            submit(signature)

        assert caught.value.data["fields"] == ["source_detail"]

    def test_asks_for_real_names_where_the_rules_do(self):
        set_rules(is_real_name_required=True)

        with pytest.raises(completeness.SignatureParticularsMissingError) as caught:
            submit(SignatureFactory(proved=True))

        assert caught.value.data["fields"] == ["company_code", "legal_person", "operator_name"]

    def test_forgets_the_judgement_before(self):
        again = submit(SignatureFactory(rejected=True, proved=True))

        assert (again.judged_by, again.judged_at, again.remark) == (None, None, "")

    def test_tells_of_it(self, told):
        signature = submit(SignatureFactory(proved=True))

        assert told("submitted") == [
            {"text": signature.text, "order_number": "QM20260302-0001", "is_renewal": False}
        ]

    @pytest.mark.django_db(transaction=True)
    def test_two_at_once_get_two_numbers(self):
        both = SignatureFactory.create_batch(2, proved=True)

        race(*[lambda signature=signature: submit(signature) for signature in both])

        assert Round.objects.values("order_number").distinct().count() == 2
        assert OrderCounter.objects.get().last == 2


class TestOnBehalf:
    def test_needs_a_letter(self):
        with pytest.raises(completeness.SignatureLetterError):
            submit(SignatureFactory(use=Use.BEHALF, proved=True))

    @pytest.mark.parametrize(
        "letter",
        [
            {},
            {"rejected": True},
            {"revoked": True},
            {"approved": True, "covers_all": False, "texts": ["别家"]},
            {"approved": True, "valid_until": date(2026, 3, 2)},
        ],
    )
    def test_refuses_a_letter_that_does_not_authorise_it(self, letter):
        signature = SignatureFactory(proved=True, **behalf(AuthorisationLetterFactory(**letter)))

        with pytest.raises(completeness.SignatureLetterError):
            submit(signature)

    @pytest.mark.parametrize("state", ["submitted", "approved"])
    def test_takes_one_letter_for_several_signatures(self, state):
        letter = AuthorisationLetterFactory(**{state: True})
        account = AccountFactory(partner=letter.partner)
        for signature in SignatureFactory.create_batch(
            2, proved=True, use="BEHALF", letter=letter, account=account
        ):
            ProofDocumentFactory(signature=signature, type="OWNER_LICENCE")
            assert submit(signature).status == "SUBMITTED"

    def test_needs_the_owners_licence_besides(self):
        letter = AuthorisationLetterFactory(approved=True)

        with pytest.raises(completeness.SignatureProofMissingError) as caught:
            submit(SignatureFactory(proved=True, **behalf(letter)))

        assert caught.value.data["missing"] == str(ProofType.OWNER_LICENCE.label)


class TestUrge:
    def urge(self, signature, at):
        return submissions.urge(
            SIGNATURES, signature.pk, by=UserFactory().as_actor(), at=SPRING + at
        )

    def test_waits_for_a_working_hour(self):
        signature = SignatureFactory(submitted=True)

        with pytest.raises(SignatureUrgeTooEarlyError, match="10:00"):
            self.urge(signature, HOUR - timedelta(seconds=1))

    def test_counts_once_in_an_hour(self, told):
        signature = SignatureFactory(submitted=True)
        self.urge(signature, HOUR)
        with pytest.raises(SignatureUrgeTooEarlyError):
            self.urge(signature, 1.5 * HOUR)
        self.urge(signature, 2 * HOUR)

        assert signature.rounds.get().urge_count == 2
        assert [payload["urge_count"] for payload in told("urged")] == [1, 2]

    def test_does_not_count_the_noon_break(self):
        signature = SignatureFactory(submitted=True)
        self.urge(signature, 2.5 * HOUR)  # 11:30, so the next hour ends at 14:00

        with pytest.raises(SignatureUrgeTooEarlyError, match="14:00"):
            self.urge(signature, 4.5 * HOUR)


class TestAbandon:
    def test_takes_the_default_away_and_closes_what_waits(self):
        signature = SignatureFactory(approved=True, renewing=True, is_default=True)

        applications.abandon(signature_id=signature.pk, by=UserFactory().as_actor(), at=SPRING)

        signature.refresh_from_db()
        assert (signature.is_default, signature.due_at) == (False, None)
        assert not signature.rounds.waiting().exists()
