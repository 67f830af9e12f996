"""Pledges in each of their states."""

from datetime import UTC, date, datetime

import factory
from django.core.files.base import ContentFile

from apps.pledges.choices import PledgeStatus
from apps.pledges.models import Pledge
from tests.factories import files
from tests.factories.partners import CustomerFactory
from tests.factories.users import StaffFactory, UserFactory

SPRING = datetime(2026, 3, 2, 1, tzinfo=UTC)
_copied = {
    "content_type": "application/pdf",
    "sha256": "0" * 64,
    "signed_copy": factory.LazyAttribute(
        lambda _pledge: ContentFile(files.pdf().getvalue(), name="copy.pdf")
    ),
}
_submitted = {**_copied, "submitted_at": SPRING}
_judged = {
    **_submitted,
    "judged_at": SPRING,
    "judged_by": factory.SubFactory(StaffFactory, reviewer=True),
}


class PledgeFactory(factory.django.DjangoModelFactory):
    """A draft for the year 2026."""

    class Meta:
        model = Pledge

    customer = factory.SubFactory(CustomerFactory)
    valid_from = date(2026, 1, 1)
    valid_until = date(2027, 1, 1)
    filed_by = factory.SubFactory(UserFactory)
    filed_at = SPRING

    class Params:
        copied = factory.Trait(**_copied)
        submitted = factory.Trait(status=PledgeStatus.SUBMITTED, **_submitted)
        approved = factory.Trait(status=PledgeStatus.APPROVED, **_judged)
        rejected = factory.Trait(status=PledgeStatus.REJECTED, reason="未盖章", **_judged)
        revoked = factory.Trait(status=PledgeStatus.REVOKED, reason="超出范围", **_judged)
