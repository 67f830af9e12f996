from types import SimpleNamespace

import pytest

from apps.common import clock, outbox
from apps.common.outbox.events import of_name
from apps.partners.choices import PartnerRole
from tests.common.outbox import event_like
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

    def publish(name, partner=None, at=None, **facts):
        at = at or clock.now()
        partner_id = partner.pk if partner else None
        outbox.publish(event_like(of_name(name), partner_id=partner_id, **facts), at=at)
        outbox.deliver_due(at=at)

    return publish
