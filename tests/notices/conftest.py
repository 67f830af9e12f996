from types import SimpleNamespace

import pytest

from apps.common import clock, outbox
from apps.partners.choices import PartnerRole
from tests.factories.partners import MembershipFactory, PartnerFactory
from tests.factories.users import UserFactory


@pytest.fixture
def qinghe(db):
    """A partner and one of its people in each role, all with an address."""
    partner = PartnerFactory(name="北京青禾软件有限公司")
    people = {
        role: MembershipFactory(
            partner=partner,
            role=role,
            user=UserFactory(email=f"{role.lower()}@qinghe.example"),
        ).user
        for role in PartnerRole
    }
    return SimpleNamespace(partner=partner, people=people, owner=people[PartnerRole.OWNER])


@pytest.fixture
def publish(db):
    """Return a function that publishes an event and has it handled."""

    def publish(event, partner=None, at=None, **payload):
        at = at or clock.now()
        outbox.publish(
            event=event,
            partner_id=partner.pk if partner else None,
            subject_kind=event.partition(".")[0],
            subject_id="1",
            payload=payload,
            at=at,
        )
        outbox.deliver_due(at=at)

    return publish
