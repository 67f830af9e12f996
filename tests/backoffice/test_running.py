"""Special days and the outbox, in the admin."""

from datetime import date

import pytest

from apps.common import clock, working_time
from apps.common.choices import DeliveryStatus
from apps.common.models import OutboxDelivery, SpecialDay
from tests.backoffice.test_decisions import press
from tests.common.outbox import Diary, publish, reading


def test_a_special_day_counts_at_once(staff):
    client = staff()
    working_time.load_calendar()

    client.post(
        "/admin/common/specialday/add/", {"day": "2026-03-07", "is_working": "on", "name": "补班"}
    )

    assert working_time.load_calendar().is_working_day(date(2026, 3, 7))


def test_a_special_day_has_a_history(staff):
    client = staff()
    day = SpecialDay.objects.create(day=date(2026, 3, 7), is_working=True, name="补班")
    client.post(f"/admin/common/specialday/{day.pk}/change/", {"day": "2026-03-07", "name": "休息"})

    page = client.get(f"/admin/common/specialday/{day.pk}/history/").content.decode()

    assert "补班" in page
    assert client.user.get_full_name() in page


@pytest.fixture
def failed(db):
    with reading(Diary()):
        publish(clock.now())
        OutboxDelivery.objects.update(
            status=DeliveryStatus.FAILED, attempts=9, last_error="ValueError: bad"
        )
        yield OutboxDelivery.objects.get()


def test_an_event_that_failed_is_seen_with_its_error(staff, failed):
    page = staff().get(f"/admin/common/outboxdelivery/{failed.pk}/change/").content.decode()

    assert "ValueError: bad" in page
    assert "青禾科技" in page


def test_an_event_that_failed_is_tried_again(staff, failed):
    client = staff()

    press(client, "common_outboxdelivery_retry", failed)

    assert (failed.status, failed.attempts) == (DeliveryStatus.WAITING, 0)
    assert failed.retried_by == client.user.get_full_name()
