"""A customer's account sends with a pledge in force, and with none it does not."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from apps.pledges.services import applications
from apps.pledges.services.kinds import PLEDGES
from apps.reviews.services import ends, judging, submissions
from tests.factories import files
from tests.factories.partners import GatewayFactory
from tests.factories.pledges import FirstTemplateFactory, PledgeFactory
from tests.factories.senders import SEND, make_caller
from tests.factories.users import StaffFactory, UserFactory

pytestmark = pytest.mark.django_db
JUNE = datetime(2026, 6, 1, 2, tzinfo=UTC)


@pytest.fixture
def caller():
    with time_machine.travel(JUNE, tick=False):
        return make_caller(of_customer=True)


def answer_on(caller, *day):
    with time_machine.travel(datetime(*day, 4, tzinfo=UTC), tick=False):
        response = caller.post(SEND)
    return response.status_code, response.json().get("code")


class TestSending:
    def test_is_refused_without_a_pledge(self, caller):
        assert answer_on(caller, 2026, 6, 1) == (403, "pledge_missing")

    @pytest.mark.parametrize("state", ["copied", "submitted", "rejected", "revoked", "expired"])
    def test_is_refused_with_one_that_does_not_hold(self, caller, state):
        PledgeFactory(customer=caller.account.customer, **{state: True})

        assert answer_on(caller, 2026, 6, 1) == (403, "pledge_missing")

    def test_stops_on_the_day_and_resumes_with_the_renewal(self, caller):
        customer = caller.account.customer
        old = PledgeFactory(customer=customer, approved=True, valid_until=date(2026, 7, 1))

        assert answer_on(caller, 2026, 6, 30) == (202, None)
        assert answer_on(caller, 2026, 7, 1) == (403, "pledge_missing")
        ends.expire(PLEDGES, old.pk, at=datetime(2026, 7, 1, 4, tzinfo=UTC))
        renew(old, at=datetime(2026, 7, 2, 2, tzinfo=UTC))
        assert answer_on(caller, 2026, 7, 2) == (202, None)

    def test_goes_on_without_a_break_when_renewed_ahead(self, caller):
        old = PledgeFactory(
            customer=caller.account.customer, approved=True, valid_until=date(2026, 7, 1)
        )

        renew(old, at=datetime(2026, 6, 20, 2, tzinfo=UTC))

        assert answer_on(caller, 2026, 6, 30) == (202, None)
        assert answer_on(caller, 2026, 7, 1) == (202, None)
        assert answer_on(caller, 2027, 6, 30) == (202, None)

    def test_stops_at_once_when_it_is_revoked(self, caller):
        pledge = PledgeFactory(customer=caller.account.customer, approved=True)
        judging.revoke(PLEDGES, pledge.pk, by=StaffFactory().as_actor(), at=JUNE, reason="收到投诉")

        assert answer_on(caller, 2026, 6, 1) == (403, "pledge_missing")


def renew(old, *, at):
    """Take a renewal from its draft to its approval, as partner and reviewer do."""
    FirstTemplateFactory()
    GatewayFactory()
    partner, reviewer = UserFactory().as_actor(), StaffFactory(reviewer=True).as_actor()
    pledge = applications.renew(pledge_id=old.pk, by=partner, at=at)
    applications.print_form(pledge_id=pledge.pk, by=partner, at=at)
    applications.attach_signed_copy(pledge_id=pledge.pk, file=files.pdf(), by=partner)
    submissions.hand_in(PLEDGES, pledge.pk, by=partner, at=at)
    judging.approve(PLEDGES, pledge.pk, by=reviewer, at=at)
