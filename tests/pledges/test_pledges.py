from datetime import date

import pytest
from django.db import IntegrityError, transaction

from apps.pledges.models import Pledge
from apps.pledges.services import pledges
from tests.factories import files
from tests.factories.partners import CustomerFactory, MembershipFactory
from tests.factories.pledges import SPRING, PledgeFactory
from tests.factories.users import StaffFactory, UserFactory

pytestmark = pytest.mark.django_db


class TestFile:
    def test_refuses_an_end_before_the_start(self):
        with pytest.raises(pledges.PledgePeriodError):
            pledges.file(
                customer=CustomerFactory(),
                valid_from=date(2026, 1, 1),
                valid_until=date(2026, 1, 1),
                by=UserFactory().as_actor(),
                at=SPRING,
            )


class TestAttachSignedCopy:
    def test_keeps_the_cleaned_file_under_a_name_of_our_own(self):
        pledge = PledgeFactory()

        pledges.attach_signed_copy(
            pledge_id=pledge.pk, file=files.jpeg(), by=pledge.filed_by.as_actor()
        )

        pledge.refresh_from_db()
        assert pledge.signed_copy.name.startswith("pledges/")
        assert (pledge.content_type, len(pledge.sha256)) == ("image/jpeg", 64)


class TestSubmit:
    def test_refuses_without_the_signed_copy(self):
        with pytest.raises(pledges.PledgeCopyMissingError):
            pledges.submit(pledge_id=PledgeFactory().pk, by=UserFactory().as_actor(), at=SPRING)


class TestApprove:
    def test_refuses_whoever_filed_it(self):
        staff = StaffFactory()
        pledge = PledgeFactory(submitted=True, filed_by=staff)

        with pytest.raises(pledges.OwnPledgeError):
            pledges.approve(pledge_id=pledge.pk, by=staff.as_actor(), at=SPRING)

    @pytest.mark.parametrize(
        ("day", "count"),
        [
            (date(2025, 12, 31), 0),
            (date(2026, 1, 1), 1),
            (date(2026, 12, 31), 1),
            (date(2027, 1, 1), 0),
        ],
    )
    def test_holds_within_its_validity(self, day, count):
        pledge = PledgeFactory(submitted=True)
        pledges.approve(pledge_id=pledge.pk, by=StaffFactory().as_actor(), at=SPRING)

        assert Pledge.objects.in_force_on(day).count() == count


class TestReject:
    def test_needs_a_reason(self):
        pledge = PledgeFactory(submitted=True)

        with pytest.raises(pledges.PledgeReasonMissingError):
            pledges.reject(pledge_id=pledge.pk, by=StaffFactory().as_actor(), at=SPRING, reason="")


class TestVisibleTo:
    def test_shows_partners_their_own_and_staff_all(self):
        mine, _other = PledgeFactory.create_batch(2)
        person = MembershipFactory(partner=mine.customer.partner).user

        assert list(Pledge.objects.visible_to(person)) == [mine]
        assert Pledge.objects.visible_to(StaffFactory()).count() == 2


class TestConstraints:
    @pytest.mark.parametrize(
        "wrong",
        [
            {"status": "GONE"},
            {"valid_until": "2026-01-01"},
            {"status": "SUBMITTED", "submitted_at": SPRING},
            {"copied": True, "status": "APPROVED", "submitted_at": SPRING},
            {"copied": True, "content_type": "text/html", "signed_copy": "pledges/x.html"},
        ],
    )
    def test_refuse_what_services_would_never_write(self, wrong):
        with pytest.raises(IntegrityError), transaction.atomic():
            PledgeFactory(**wrong)

    def test_refuse_the_filer_as_judge(self):
        staff = StaffFactory()

        with pytest.raises(IntegrityError, match="four_eyes"), transaction.atomic():
            PledgeFactory(approved=True, filed_by=staff, judged_by=staff)
