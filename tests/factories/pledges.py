"""Pledges in each of their states, their rounds, and the wording they are printed from."""

from datetime import UTC, date, datetime, timedelta

import factory
from django.core.files.base import ContentFile

from apps.pledges import wording
from apps.pledges.choices import PledgeStatus, TemplateStatus
from apps.pledges.models import Pledge, PledgeRound, PledgeTemplate
from apps.reviews.choices import RoundStatus
from tests.factories import files
from tests.factories.partners import CustomerFactory, GatewayFactory
from tests.factories.users import StaffFactory, UserFactory

SPRING = datetime(2026, 3, 2, 1, tzinfo=UTC)
DUE = SPRING + timedelta(hours=2)


def _particulars(pledge):
    """Return what the form says, as the services would write it."""
    customer = pledge.customer
    names = "name credit_code legal_person address contact_name contact_phone industry"
    return {
        **{name: str(getattr(customer, name)) for name in names.split()},
        "audience": pledge.audience,
        "consent": pledge.consent,
        "samples": pledge.samples,
        "partner": customer.partner.name,
        "gateway": pledge.gateway.name,
    }


_paper = factory.LazyFunction(lambda: ContentFile(files.pdf().getvalue(), name="copy.pdf"))
_printed = {
    "template": factory.SubFactory("tests.factories.pledges.FirstTemplateFactory"),
    "gateway": factory.SubFactory(GatewayFactory),
    "form": _paper,
    "form_sha256": "1" * 64,
    "printed_at": SPRING,
    "particulars": factory.LazyAttribute(_particulars),
}
_copied = {
    **_printed,
    "content_type": "application/pdf",
    "sha256": "0" * 64,
    "signed_copy": _paper,
}
_submitted = {
    **_copied,
    "submitted_at": SPRING,
    "submitted_by": factory.SelfAttribute("entered_by"),
}
_judged = {
    **_submitted,
    "judged_at": SPRING,
    "judged_by": factory.SubFactory(StaffFactory, reviewer=True),
}
_held = {**_judged, "valid_from": date(2026, 1, 1), "valid_until": date(2027, 1, 1)}


class PledgeTemplateFactory(factory.django.DjangoModelFactory):
    """A draft of a new version, worded like the first."""

    class Meta:
        model = PledgeTemplate

    version = factory.Sequence(lambda number: number + 2)
    title = wording.TITLE
    wording = wording.WORDING
    drafted_by = factory.SubFactory(StaffFactory)
    drafted_at = SPRING

    class Params:
        published = factory.Trait(status=TemplateStatus.PUBLISHED, published_at=SPRING)


class FirstTemplateFactory(PledgeTemplateFactory):
    """Version 1, which a migration published, unless a test with real transactions emptied it."""

    class Meta:
        model = PledgeTemplate
        django_get_or_create = ("version",)

    version = 1
    drafted_by = None
    status = TemplateStatus.PUBLISHED
    published_at = SPRING


class PledgeFactory(factory.django.DjangoModelFactory):
    """A draft that is filled in and not yet printed; by trait further on its way."""

    class Meta:
        model = Pledge
        exclude = ("gateway",)
        skip_postgeneration_save = True

    number = factory.Sequence("ZR20260302-{:04}".format)
    customer = factory.SubFactory(CustomerFactory)
    audience = "会员"
    consent = "入会时书面同意"
    samples = ["您的会员积分本月底到期，请及时使用。"]
    entered_by = factory.SubFactory(UserFactory)
    entered_at = SPRING
    gateway = None

    class Params:
        printed = factory.Trait(**_printed)
        copied = factory.Trait(**_copied)
        submitted = factory.Trait(status=PledgeStatus.SUBMITTED, due_at=DUE, **_submitted)
        approved = factory.Trait(status=PledgeStatus.APPROVED, **_held)
        rejected = factory.Trait(
            status=PledgeStatus.REJECTED, reasons=["NOT_STAMPED"], remark="未盖章", **_judged
        )
        revoked = factory.Trait(
            status=PledgeStatus.REVOKED, remark="超出范围", ended_at=SPRING, **_held
        )
        expired = factory.Trait(status=PledgeStatus.EXPIRED, ended_at=SPRING, **_held)
        abandoned = factory.Trait(status=PledgeStatus.ABANDONED)

    @factory.post_generation
    def rounds(pledge, create, extracted, **kwargs):  # noqa: N805 - factory_boy passes the pledge
        """Keep the round of what was submitted, as the service does."""
        statuses = {
            PledgeStatus.SUBMITTED: RoundStatus.WAITING,
            PledgeStatus.REJECTED: RoundStatus.REJECTED,
        }
        if create and pledge.submitted_at and pledge.signed_copy:
            status = statuses.get(pledge.status, RoundStatus.APPROVED)
            PledgeRoundFactory(pledge=pledge, status=status, due_at=pledge.due_at or DUE)


class PledgeRoundFactory(factory.django.DjangoModelFactory):
    """The first submission of a pledge, with what the pledge says of it."""

    class Meta:
        model = PledgeRound

    pledge = factory.SubFactory(PledgeFactory, submitted=True)
    order_number = factory.SelfAttribute("pledge.number")
    number = 1
    is_renewal = factory.LazyAttribute(lambda made: made.pledge.renews_id is not None)
    submitted_by = factory.SelfAttribute("pledge.submitted_by")
    submitted_at = factory.SelfAttribute("pledge.submitted_at")
    due_at = DUE
    particulars = factory.SelfAttribute("pledge.particulars")
    form = factory.SelfAttribute("pledge.form.name")
    form_sha256 = factory.SelfAttribute("pledge.form_sha256")
    signed_copy = factory.SelfAttribute("pledge.signed_copy.name")
    content_type = factory.SelfAttribute("pledge.content_type")
    sha256 = factory.SelfAttribute("pledge.sha256")
    judged_by = factory.SelfAttribute("pledge.judged_by")
    judged_at = factory.SelfAttribute("pledge.judged_at")
    reasons = factory.SelfAttribute("pledge.reasons")
    remark = factory.SelfAttribute("pledge.remark")
