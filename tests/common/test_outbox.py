from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from procrastinate.contrib.django.models import ProcrastinateJob

from apps.common import outbox
from apps.common.choices import DeliveryStatus
from apps.common.errors import ConflictError
from apps.common.models import OutboxDelivery, OutboxEvent
from apps.common.outbox import delivery, keeping
from apps.common.tasks import deliver_event
from apps.pledges.events import PledgeEvent
from apps.signatures.events import SignatureEvent
from tests.common.outbox import Diary, publish, reading
from tests.racing import race

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


@pytest.fixture
def diary():
    reader = Diary()
    with reading(reader):
        yield reader


def jobs():
    found = ProcrastinateJob.objects.filter(task_name=deliver_event.name)
    return [job.args["event_id"] for job in found]


@pytest.fixture(autouse=True)
def _no_jobs_yet(db):
    """Drop what tests with real transactions left: jobs are not in a table that they empty."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


@pytest.mark.django_db
class TestPublish:
    def test_writes_the_event_and_enqueues_its_task(self, diary):
        publish(NOW)

        event = OutboxEvent.objects.get()
        assert (event.name, event.partner_id, event.created_at) == ("signature.approved", 7, NOW)
        assert jobs() == [str(event.pk)]

    def test_writes_a_delivery_for_each_who_reads_it(self):
        readers = Diary("a"), Diary("b", [SignatureEvent]), Diary("c", [PledgeEvent])
        with reading(*readers):
            publish(NOW)

        names = OutboxDelivery.objects.values_list("consumer", flat=True)
        assert sorted(names) == ["a", "b"]

    def test_enqueues_nothing_that_nobody_reads(self):
        with reading():
            publish(NOW)

        assert OutboxEvent.objects.count() == 1
        assert jobs() == []

    def test_refuses_a_large_payload(self, diary):
        with pytest.raises(ValueError, match="signature"):
            publish(NOW, text="青" * 9_000)


@pytest.mark.django_db(transaction=True)
class TestPublishInTransaction:
    def test_refuses_to_write_outside_one(self, diary):
        with pytest.raises(outbox.NotInTransactionError):
            publish(NOW)

    def test_takes_event_and_task_back_with_it(self, diary):
        with transaction.atomic():
            publish(NOW)
            transaction.set_rollback(True)

        assert not OutboxEvent.objects.exists()
        assert jobs() == []


@pytest.mark.django_db
class TestEvents:
    def test_are_never_changed(self, diary):
        publish(NOW)

        with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
            OutboxEvent.objects.update(name="x")

    def test_are_not_deleted_by_hand(self):
        with reading():
            publish(NOW)

        with pytest.raises(ProgrammingError, match="Cannot delete"), transaction.atomic():
            OutboxEvent.objects.all().delete()


@pytest.mark.django_db
class TestDeliver:
    def test_hands_an_event_over_once(self, diary):
        publish(NOW)
        event = OutboxEvent.objects.get()

        handled = [delivery.deliver_event(event_id=event.pk, at=NOW) for _attempt in range(2)]

        assert handled == [1, 0]
        assert diary.pages() == 1
        assert OutboxDelivery.objects.get().done_at == NOW

    def test_hands_it_to_one_consumer_though_another_fails(self):
        good, bad = Diary("good"), Diary("bad")
        bad.failures = [RuntimeError()]
        with reading(bad, good):
            publish(NOW)
            delivery.deliver_due(at=NOW)

        assert (good.pages(), bad.pages()) == (1, 0)

    def test_keeps_what_went_wrong_and_waits(self, diary):
        publish(NOW)
        diary.failures = [ValueError("bad text\nDETAIL: secret")]

        delivery.deliver_due(at=NOW)

        row = OutboxDelivery.objects.get()
        assert (row.status, row.attempts) == (DeliveryStatus.WAITING, 1)
        assert row.last_error == "ValueError: bad text"
        assert row.due_at == NOW + delivery.PAUSES[0]

    def test_tries_again_when_it_is_time(self, diary):
        publish(NOW)
        diary.failures = [ValueError()]
        delivery.deliver_due(at=NOW)

        assert delivery.deliver_due(at=NOW + delivery.PAUSES[0] - timedelta(seconds=1)) == 0
        assert delivery.deliver_due(at=NOW + delivery.PAUSES[0]) == 1
        assert OutboxDelivery.objects.get().last_error == ""

    def test_gives_up_after_two_days(self, diary):
        publish(NOW)
        diary.failures = [ValueError()] * 99

        at = NOW
        for pause in delivery.PAUSES:
            delivery.deliver_due(at=at)
            at += pause

        row = OutboxDelivery.objects.get()
        assert (row.status, row.attempts) == (DeliveryStatus.FAILED, delivery.MAX_ATTEMPTS)
        assert timedelta(days=1) < at - NOW < timedelta(days=3)

    def test_hands_out_the_rest_though_one_event_kills_its_process(self, diary):
        publish(NOW, subject_id="poison")
        diary.failures = [SystemExit()]
        with pytest.raises(SystemExit):
            delivery.deliver_due(at=NOW)
        publish(NOW, subject_id="good")

        assert delivery.deliver_due(at=NOW) == 1
        assert OutboxDelivery.objects.get(event__subject_id="poison").attempts == 1

    def test_waits_for_a_consumer_that_this_process_does_not_have(self, diary):
        publish(NOW)
        with reading():
            delivery.deliver_due(at=NOW)

        assert OutboxDelivery.objects.get().last_error == "UnknownConsumerError: diary"


@pytest.mark.django_db(transaction=True)
class TestRace:
    def test_two_workers_hand_an_event_over_once(self, diary):
        with transaction.atomic():
            publish(NOW)

        handled = race(*[lambda: delivery.deliver_due(at=NOW)] * 4)

        assert sum(handled) == 1
        assert diary.pages() == 1

    def test_workers_share_the_events(self, diary):
        with transaction.atomic():
            for _event in range(20):
                publish(NOW)

        handled = race(*[lambda: delivery.deliver_due(at=NOW)] * 2)

        assert sum(handled) == diary.pages() == 20


@pytest.mark.django_db
class TestRetry:
    def test_begins_anew(self, diary):
        publish(NOW)
        OutboxDelivery.objects.update(status=DeliveryStatus.FAILED, attempts=9)

        row = delivery.retry(delivery_id=OutboxDelivery.objects.get().pk, by="李娜", at=NOW)

        assert (row.retried_by, row.attempts) == ("李娜", 0)
        assert delivery.deliver_due(at=NOW) == 1

    def test_refuses_what_is_handled(self, diary):
        publish(NOW)
        delivery.deliver_due(at=NOW)

        with pytest.raises(ConflictError):
            delivery.retry(delivery_id=OutboxDelivery.objects.get().pk, by="李娜", at=NOW)


@pytest.mark.django_db
class TestForgetOld:
    OLD = timedelta(days=91)

    def test_forgets_what_is_old_and_handled(self, diary):
        publish(NOW - self.OLD)
        delivery.deliver_due(at=NOW)
        publish(NOW)

        assert keeping.forget_old(at=NOW) == 1
        assert OutboxEvent.objects.get().created_at == NOW

    @pytest.mark.parametrize("status", [DeliveryStatus.WAITING, DeliveryStatus.FAILED])
    def test_keeps_what_somebody_waits_for(self, diary, status):
        publish(NOW - self.OLD)
        OutboxDelivery.objects.update(status=status)

        assert keeping.forget_old(at=NOW) == 0

    def test_forgets_what_nobody_read(self):
        with reading():
            publish(NOW - self.OLD)

        assert keeping.forget_old(at=NOW) == 1
