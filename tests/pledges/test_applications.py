from datetime import UTC, datetime, timedelta

import pytest

from apps.common.models import OutboxEvent
from apps.partners.services import customers
from apps.pledges.choices import PledgeStatus
from apps.pledges.models import Pledge, PledgeRound
from apps.pledges.services import applications, printing
from apps.pledges.services.kinds import (
    PLEDGES,
    PledgeCopyMissingError,
    PledgeFormOutdatedError,
    PledgeUrgedError,
)
from apps.reviews.choices import RoundStatus
from apps.reviews.models import Claim
from apps.reviews.services import claims, submissions
from tests.factories import files
from tests.factories.partners import CustomerFactory, GatewayFactory
from tests.factories.pledges import (
    SPRING,
    FirstTemplateFactory,
    PledgeFactory,
    PledgeTemplateFactory,
)
from tests.factories.users import StaffFactory, UserFactory
from tests.racing import race

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def by():
    return UserFactory().as_actor()


@pytest.fixture
def press():
    """What is there before a form can be printed."""
    FirstTemplateFactory()
    GatewayFactory()


class TestDraft:
    def test_knows_audience_and_consent_of_the_customer(self, by):
        customer = CustomerFactory(audience="门店会员", consent="入会登记表")

        pledge = applications.draft(customer=customer, by=by, at=SPRING)

        assert (pledge.audience, pledge.consent) == ("门店会员", "入会登记表")
        assert pledge.status == PledgeStatus.DRAFT

    def test_numbers_count_within_a_day_of_shanghai(self, by):
        evening = datetime(2026, 3, 2, 15, 59, tzinfo=UTC)

        numbers = [
            applications.draft(customer=CustomerFactory(), by=by, at=at).number
            for at in (SPRING, evening, evening + timedelta(minutes=1))
        ]

        assert numbers == ["ZR20260302-0001", "ZR20260302-0002", "ZR20260303-0001"]

    def test_refuses_a_second_one_that_is_not_decided(self, by):
        pledge = PledgeFactory(submitted=True)

        with pytest.raises(applications.PledgeOpenError, match=pledge.number):
            applications.draft(customer=pledge.customer, by=by, at=SPRING)

    def test_refuses_a_closed_customer(self, by):
        with pytest.raises(customers.CustomerStateError):
            applications.draft(customer=CustomerFactory(closed=True), by=by, at=SPRING)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_begin_one(by):
    customer = CustomerFactory()

    answers = race(*[lambda: applications.draft(customer=customer, by=by, at=SPRING)] * 2)

    assert Pledge.objects.count() == 1
    assert sum(isinstance(each, applications.PledgeOpenError) for each in answers) == 1


class TestFill:
    @pytest.mark.parametrize("samples", [["一"] * 6, ["长" * 501]])
    def test_refuses_too_many_or_too_long_samples(self, by, samples):
        with pytest.raises(applications.PledgeSamplesError):
            applications.fill(
                pledge_id=PledgeFactory().pk, audience="", consent="", samples=samples, by=by
            )

    def test_drops_the_paper_that_says_something_else(self, by):
        pledge = PledgeFactory(rejected=True)

        pledge = applications.fill(
            pledge_id=pledge.pk, audience="患者", consent="书面", samples=["复诊提醒", " "], by=by
        )

        assert (pledge.form.name, pledge.signed_copy.name, pledge.template) == ("", "", None)
        assert pledge.samples == ["复诊提醒"]


class TestPrintForm:
    def test_keeps_the_pdf_with_its_digest_and_what_it_says(self, by, press):
        pledge = applications.print_form(pledge_id=PledgeFactory().pk, by=by, at=SPRING)

        assert pledge.form.name.startswith("pledges/forms/")
        assert len(pledge.form_sha256) == 64
        assert pledge.particulars["credit_code"] == pledge.customer.credit_code

    def test_keeps_the_copy_when_nothing_changed(self, by, press):
        pledge = applications.print_form(pledge_id=PledgeFactory().pk, by=by, at=SPRING)
        applications.attach_signed_copy(pledge_id=pledge.pk, file=files.pdf(), by=by)

        again = applications.print_form(pledge_id=pledge.pk, by=by, at=SPRING + HOUR)

        assert again.form_sha256 == pledge.form_sha256
        assert again.signed_copy

    def test_names_what_is_blank(self, by, press):
        pledge = PledgeFactory(samples=[], customer__legal_person="")

        with pytest.raises(printing.PledgeIncompleteError) as caught:
            applications.print_form(pledge_id=pledge.pk, by=by, at=SPRING)

        assert str(caught.value.data["missing"]).count(",") == 1

    def test_prints_the_newest_wording_that_is_published(self, by, press):
        PledgeTemplateFactory(version=7, published=True, title="信息安全责任书")
        PledgeTemplateFactory(version=8)

        pledge = applications.print_form(pledge_id=PledgeFactory().pk, by=by, at=SPRING)

        assert pledge.template.version == 7


class TestAttachSignedCopy:
    def test_keeps_the_cleaned_file_under_a_name_of_our_own(self, by):
        pledge = PledgeFactory(printed=True)

        applications.attach_signed_copy(pledge_id=pledge.pk, file=files.jpeg(), by=by)

        pledge.refresh_from_db()
        assert pledge.signed_copy.name.startswith("pledges/")
        assert (pledge.content_type, len(pledge.sha256)) == ("image/jpeg", 64)

    def test_refuses_before_the_form_is_printed(self, by):
        with pytest.raises(applications.PledgeNotPrintedError):
            applications.attach_signed_copy(pledge_id=PledgeFactory().pk, file=files.pdf(), by=by)


class TestSubmit:
    def test_is_due_after_two_working_hours(self, by):
        pledge = PledgeFactory(copied=True)
        friday_evening = datetime(2026, 3, 6, 9, 30, tzinfo=UTC)  # 17:30 in Shanghai

        pledge = submissions.hand_in(PLEDGES, pledge.pk, by=by, at=friday_evening)

        assert pledge.due_at == datetime(2026, 3, 9, 2, 30, tzinfo=UTC)

    def test_keeps_a_round_with_what_was_handed_in(self, by):
        pledge = PledgeFactory(copied=True)

        submissions.hand_in(PLEDGES, pledge.pk, by=by, at=SPRING)

        kept = PledgeRound.objects.get()
        assert (kept.number, kept.status, kept.sha256) == (1, RoundStatus.WAITING, pledge.sha256)
        assert (kept.signed_copy.name, kept.form.name) == (
            pledge.signed_copy.name,
            pledge.form.name,
        )

    def test_a_second_one_is_a_round_of_its_own(self, by):
        pledge = PledgeFactory(rejected=True)

        submissions.hand_in(PLEDGES, pledge.pk, by=by, at=SPRING)

        statuses = pledge.rounds.order_by("number").values_list("status", flat=True)
        assert list(statuses) == [RoundStatus.REJECTED, RoundStatus.WAITING]

    def test_tells_with_customer_and_number(self, by):
        pledge = PledgeFactory(copied=True)

        submissions.hand_in(PLEDGES, pledge.pk, by=by, at=SPRING)

        event = OutboxEvent.objects.get()
        assert (event.name, event.partner_id) == ("pledge.submitted", pledge.customer.partner_id)
        assert event.payload == {"customer": pledge.customer.name, "number": pledge.number}

    def test_refuses_without_the_signed_copy(self, by):
        with pytest.raises(PledgeCopyMissingError):
            submissions.hand_in(PLEDGES, PledgeFactory(printed=True).pk, by=by, at=SPRING)

    def test_refuses_a_paper_that_the_customer_has_outgrown(self, by):
        pledge = PledgeFactory(copied=True)
        pledge.customer.legal_person = "钱晓雯"
        pledge.customer.save()

        with pytest.raises(PledgeFormOutdatedError):
            submissions.hand_in(PLEDGES, pledge.pk, by=by, at=SPRING)


class TestWithdraw:
    def test_ends_the_round_and_the_reviewers_claim(self, by):
        pledge = PledgeFactory(submitted=True)
        reviewer = StaffFactory(reviewer=True).as_actor()
        claims.take(queue="pledges", subject_id=str(pledge.pk), by=reviewer, at=SPRING)

        submissions.withdraw(PLEDGES, pledge.pk, by=by, at=SPRING)

        assert pledge.rounds.get().status == RoundStatus.WITHDRAWN
        assert not Claim.objects.exists()


class TestUrge:
    @pytest.mark.parametrize(
        ("urged_after", "now_after", "may"),
        [
            (None, 59, False),
            (None, 60, True),
            (60, 119, False),
            (60, 120, True),
        ],
    )
    def test_after_an_hour_and_hourly(self, by, urged_after, now_after, may):
        urged_at = urged_after and SPRING + timedelta(minutes=urged_after)
        pledge = PledgeFactory(submitted=True)
        pledge.rounds.update(urged_at=urged_at)
        now = SPRING + timedelta(minutes=now_after)

        if may:
            submissions.urge(PLEDGES, pledge.pk, by=by, at=now)
            assert pledge.rounds.get().urged_at == now
            return
        with pytest.raises(PledgeUrgedError):
            submissions.urge(PLEDGES, pledge.pk, by=by, at=now)


class TestRenew:
    def test_begins_like_the_old_one_which_runs_on(self, by):
        old = PledgeFactory(approved=True, samples=["到期提醒"])

        pledge = applications.renew(pledge_id=old.pk, by=by, at=SPRING)

        assert (pledge.renews, pledge.samples, pledge.signed_copy.name) == (old, ["到期提醒"], "")
        assert Pledge.objects.in_force_on(SPRING.date()).get() == old
