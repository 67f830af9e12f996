from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from apps.common import clock
from apps.notices import tasks
from apps.notices.models import Notice
from apps.notices.services import mails
from tests.factories.users import StaffFactory
from tests.racing import race


@pytest.fixture
def notice(qinghe, publish):
    publish("signature.approved", qinghe.partner, text="青禾<科技>", order_number="QM1")
    return Notice.objects.get(user=qinghe.owner)


def send(notice):
    return mails.send(notice_id=notice.pk, at=clock.now())


class TestSend:
    def test_writes_plain_text_with_a_page_beside_it(self, notice):
        send(notice)

        [sent] = mail.outbox
        assert sent.to == ["owner@qinghe.example"]
        assert "【青禾<科技>】" in sent.subject
        [(page, kind)] = sent.alternatives
        assert kind == "text/html"
        assert "【青禾&lt;科技&gt;】" in page

    def test_sends_it_once(self, notice):
        assert [send(notice), send(notice)] == [True, False]
        assert len(mail.outbox) == 1

    def test_names_the_mail_so_that_a_repetition_is_recognised(self, notice):
        headers = mails._mail_of(notice).message()

        assert headers["Message-ID"] == mails._mail_of(notice).message()["Message-ID"]
        assert notice.event_id.hex in headers["Message-ID"]

    @pytest.mark.parametrize(
        ("language", "says"), [("en", "Signature"), ("zh-hans", "签名"), ("", "签名")]
    )
    def test_writes_in_the_persons_language(self, qinghe, notice, language, says):
        qinghe.owner.language = language
        qinghe.owner.save()

        send(notice)

        assert says in mail.outbox[0].subject

    def test_leads_to_the_portal_where_its_address_is_known(self, notice, settings):
        settings.PORTAL_URL = "https://portal.example.com"

        send(notice)

        assert "https://portal.example.com" in mail.outbox[0].body
        assert 'href="https://portal.example.com"' in mail.outbox[0].alternatives[0][0]

    def test_is_tried_again_after_the_server_was_away(self, notice, settings):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
        with pytest.raises(OSError, match="refused"):
            send(notice)
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

        assert send(notice)

    def test_is_written_as_a_file_where_no_server_is_named(self, notice, settings, tmp_path):
        settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
        settings.EMAIL_FILE_PATH = tmp_path / "mail"

        send(notice)

        [file] = (tmp_path / "mail").iterdir()
        assert "To: owner@qinghe.example" in file.read_text()


class TestTasks:
    def test_one_is_enqueued_for_each_who_gave_an_address(self, qinghe, publish):
        qinghe.owner.email = ""
        qinghe.owner.save()

        publish("signature.approved", qinghe.partner)

        operator = Notice.objects.get(user=qinghe.people["OPERATOR"])
        jobs = ProcrastinateJob.objects.filter(task_name=tasks.send_mail.name)
        assert [job.args for job in jobs] == [{"notice_id": operator.pk}]

    def test_a_mail_that_was_left_is_swept_up(self, notice):
        Notice.objects.update(created_at=clock.now() - timedelta(hours=1))

        tasks.send_unsent(0)

        assert len(mail.outbox) == 2

    @pytest.mark.parametrize("age", [timedelta(minutes=1), timedelta(days=4)])
    def test_a_mail_that_is_new_or_old_is_left(self, notice, age):
        Notice.objects.update(created_at=clock.now() - age)

        tasks.send_unsent(0)

        assert mail.outbox == []


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_one_mail(publish):
    StaffFactory(reviewer=True, email="zhou.min@gateway.example")
    with transaction.atomic():
        publish("signature.submitted")
    notice = Notice.objects.get()

    sent = race(*[lambda: send(notice)] * 3)

    assert sorted(sent) == [False, False, True]
