"""Agreements in each of their states."""

from datetime import UTC, date, datetime

import factory

from apps.agreements.choices import AgreementStatus
from apps.agreements.models import Agreement
from tests.factories.partners import PartnerFactory
from tests.factories.users import StaffFactory

NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
_issued = {"number": factory.Sequence("2026-{:04}".format), "issued_at": NEW_YEAR}
_signed = {**_issued, "signed_at": NEW_YEAR}
_activated = {
    **_signed,
    "activated_at": NEW_YEAR,
    "activated_by": factory.SubFactory(StaffFactory),
}


class AgreementFactory(factory.django.DjangoModelFactory):
    """A draft that holds from 2026 on without end."""

    class Meta:
        model = Agreement

    partner = factory.SubFactory(PartnerFactory)
    starts_on = date(2026, 1, 1)
    drafted_by = factory.SubFactory(StaffFactory)
    drafted_at = NEW_YEAR

    class Params:
        issued = factory.Trait(status=AgreementStatus.ISSUED, **_issued)
        signed = factory.Trait(status=AgreementStatus.SIGNED, **_signed)
        active = factory.Trait(status=AgreementStatus.ACTIVE, **_activated)
        expired = factory.Trait(status=AgreementStatus.EXPIRED, **_activated)
        superseded = factory.Trait(status=AgreementStatus.SUPERSEDED, **_activated)
        terminated = factory.Trait(
            status=AgreementStatus.TERMINATED, status_reason="双方协商", **_activated
        )
