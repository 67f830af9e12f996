import pytest

from apps.agreements.choices import Side
from apps.agreements.models import SignedCopy
from apps.agreements.services import copies
from apps.common.uploads import UploadTypeError
from tests.factories import files
from tests.factories.agreements import NEW_YEAR, AgreementFactory
from tests.factories.partners import MembershipFactory
from tests.factories.users import StaffFactory

pytestmark = pytest.mark.django_db


def attach(agreement, file=None, side=Side.PARTNER):
    return copies.attach(
        agreement_id=agreement.pk,
        side=side,
        file=file or files.png(),
        by=StaffFactory().as_actor(),
        at=NEW_YEAR,
    )


def test_keeps_the_scan():
    copy = attach(AgreementFactory(issued=True))

    assert (copy.content_type, copy.side) == ("image/png", "PARTNER")
    assert copy.file.name.startswith("agreements/copies/")


def test_keeps_an_earlier_one_beside_a_better_one():
    agreement = AgreementFactory(issued=True)
    attach(agreement)

    attach(agreement, files.png("red"))

    assert agreement.copies.count() == 2


def test_refuses_the_same_file_of_the_same_side():
    agreement = AgreementFactory(issued=True)
    attach(agreement)
    attach(agreement, side=Side.GATEWAY)

    with pytest.raises(copies.CopyExistsError):
        attach(agreement)


def test_refuses_what_is_no_scan():
    with pytest.raises(UploadTypeError):
        attach(AgreementFactory(issued=True), files.io.BytesIO(b"just words, many of them"))


def test_is_seen_by_its_partner_and_staff_alone():
    mine = attach(AgreementFactory(issued=True))
    attach(AgreementFactory(issued=True))
    person = MembershipFactory(partner=mine.agreement.partner).user

    assert list(SignedCopy.objects.visible_to(person)) == [mine]
    assert SignedCopy.objects.visible_to(StaffFactory()).count() == 2
