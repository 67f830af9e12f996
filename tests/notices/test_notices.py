from dataclasses import dataclass
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from apps.common import clock
from apps.common.errors import NotFoundError
from apps.common.models import OutboxDelivery, OutboxEvent
from apps.common.outbox import Event
from apps.common.outbox.delivery import typed
from apps.notices.models import Notice
from apps.notices.services import notices
from tests.factories.partners import MembershipFactory
from tests.factories.users import StaffFactory


@dataclass(frozen=True, kw_only=True)
class WeatherChanged(Event):
    """Of no concern to anybody here."""

    name = "weather.changed"
    subject_kind = "weather"


def published():
    """Return the only event there is, as a consumer gets it."""
    row = OutboxEvent.objects.get()
    return {"event": typed(row), "event_id": row.pk}


def told():
    return set(Notice.objects.values_list("user__username", flat=True))


def names(qinghe, *roles):
    return {qinghe.people[role].username for role in roles}


class TestTell:
    @pytest.mark.parametrize(
        ("event", "roles"),
        [
            ("agreement.activated", ["OWNER", "FINANCE"]),
            ("recharge.credited", ["OWNER", "FINANCE"]),
            ("balance.low", ["OWNER", "FINANCE"]),
            ("signature.approved", ["OWNER", "OPERATOR"]),
            ("pledge.rejected", ["OWNER", "OPERATOR"]),
        ],
    )
    def test_reaches_the_partners_people_by_role(self, qinghe, publish, event, roles):
        StaffFactory()
        MembershipFactory()

        publish(event, qinghe.partner)

        assert told() == names(qinghe, *roles)

    @pytest.mark.parametrize(
        ("event", "role"),
        [
            ("signature.submitted", "reviewer"),
            ("pledge.submitted", "reviewer"),
            ("signature.urged", "reviewer"),
            ("recharge.overdue", "finance"),
            ("recharge.remittance_entered", "finance"),
        ],
    )
    def test_reaches_staff_by_role(self, qinghe, publish, event, role):
        people = {name: StaffFactory(**{name: True}) for name in ("reviewer", "finance", "risk")}

        publish(event, qinghe.partner)

        assert told() == {people[role].username}

    def test_reaches_both_sides_of_an_agreement_that_ends(self, qinghe, publish):
        finance = StaffFactory(finance=True)

        publish("agreement.expiring", qinghe.partner)

        assert told() == names(qinghe, "OWNER", "FINANCE") | {finance.username}

    def test_passes_over_people_who_were_shut_out(self, qinghe, publish):
        qinghe.owner.is_active = False
        qinghe.owner.save()

        publish("signature.approved", qinghe.partner)

        assert told() == names(qinghe, "OPERATOR")

    def test_does_nothing_about_other_events(self, qinghe, publish):
        publish(WeatherChanged.name, qinghe.partner)

        assert told() == set()
        assert not OutboxDelivery.objects.exists()

    def test_passes_over_an_event_that_left_the_catalogue(self, qinghe):
        event = WeatherChanged(partner_id=qinghe.partner.pk, subject_id="1")

        notices.tell(event=event, event_id=uuid4(), at=clock.now())

        assert told() == set()

    def test_tells_nobody_twice(self, qinghe, publish):
        publish("signature.approved", qinghe.partner)

        with pytest.raises(IntegrityError, match="one_per_event"), transaction.atomic():
            notices.tell(**published(), at=clock.now())

    def test_needs_no_more_queries_for_many_people(
        self, qinghe, publish, django_assert_max_num_queries
    ):
        publish("signature.approved", qinghe.partner)
        event = published()
        Notice.objects.all().delete()
        for _person in range(10):
            MembershipFactory(partner=qinghe.partner)

        with django_assert_max_num_queries(8):
            notices.tell(**event, at=clock.now())


class TestMarkRead:
    @pytest.fixture
    def notice(self, qinghe, publish):
        publish("signature.approved", qinghe.partner)
        return Notice.objects.get(user=qinghe.owner)

    def test_keeps_when_it_was_read_first(self, qinghe, notice):
        first = clock.now()
        for at in (first, clock.now()):
            notices.mark_read(user=qinghe.owner, notice_id=notice.pk, at=at)

        notice.refresh_from_db()
        assert notice.read_at == first

    def test_does_not_find_anothers(self, qinghe, notice):
        with pytest.raises(NotFoundError):
            notices.mark_read(user=qinghe.people["VIEWER"], notice_id=notice.pk, at=clock.now())

    def test_marks_all_of_one_person_only(self, qinghe, notice):
        assert notices.mark_all_read(user=qinghe.owner, at=clock.now()) == 1

        assert Notice.objects.unread().get().user == qinghe.people["OPERATOR"]
