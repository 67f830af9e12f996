"""A worker process hands events over and sends the mails, without anybody waiting for a sweep."""

import pytest
from django.db import transaction

from apps.common import clock, outbox
from apps.notices.models import Notice
from apps.signatures.events import SignatureSubmitted
from tests.common.outbox import event_like
from tests.factories.users import StaffFactory
from tests.messaging.worker_process import WorkerProcess, wait_until

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def worker(tmp_path):
    process = WorkerProcess(tmp_path / "worker.log")
    process.start()
    yield process
    process.kill()


def test_an_event_becomes_a_mail(worker):
    StaffFactory(reviewer=True, email="zhou.min@gateway.example")

    with transaction.atomic():
        outbox.publish(event_like(SignatureSubmitted), at=clock.now())

    wait_until(lambda: Notice.objects.filter(mailed_at__isnull=False).exists())
    assert worker.stop() == 0
