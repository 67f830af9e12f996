"""Whoever urges an application is heard: reviewers are told, whatever its kind."""

import pytest

from apps.common import outbox
from apps.notices.models import Notice
from apps.reviews.kinds import KINDS
from apps.reviews.services import submissions
from apps.users.choices import StaffRole
from tests.backoffice.judging import MADE, MORNING, after
from tests.factories.partners import MembershipFactory
from tests.factories.users import StaffFactory


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(MADE))
def test_urging_tells_the_reviewers(name):
    reviewer = StaffFactory(staff_role=StaffRole.REVIEWER)
    row = MADE[name].make(due_at=MORNING)
    row.rounds.update(submitted_at=MORNING)
    at = after(61)

    submissions.urge(KINDS[name], row.pk, by=MembershipFactory().user.as_actor(), at=at)
    outbox.deliver_due(at=at)

    told = Notice.objects.filter(user=reviewer).values_list("event", flat=True)
    assert [event.partition(".")[2] for event in told] == ["urged"]
