from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.common import clock
from apps.messaging.models import Message
from tests.factories.messaging import queue
from tests.factories.partners import AccountFactory

SECRET = "您的验证码是880753"


@pytest.fixture
def sent(db):
    return queue(AccountFactory(), ["13800138000", "13800139999"], text=SECRET)


class TestMessageLog:
    def test_masks_numbers(self, staff, sent):
        page = staff().get("/admin/messaging/message/").content.decode()

        assert "138****8000" in page
        assert "13800138000" not in page

    def test_masks_texts_everywhere(self, staff, sent):
        client = staff()
        message = Message.objects.first()
        addresses = [
            reverse("admin:messaging_message_change", args=[message.pk]),
            reverse("admin:messaging_batch_changelist"),
            reverse("admin:messaging_batch_change", args=[sent.pk]),
        ]

        pages = [client.get(address).content.decode() for address in addresses]

        assert all("【青禾软件】••••••••（12 字）" in page for page in pages)
        assert not any(SECRET in page or "13800138000" in page for page in pages)

    def test_finds_a_whole_number_however_it_is_written(self, staff, sent):
        found = staff().get("/admin/messaging/message/", {"q": "+86 138 0013 8000"})

        assert [message.number for message in found.context["cl"].result_list] == ["13800138000"]

    def test_never_counts_the_table(self, staff, sent):
        client = staff()

        with CaptureQueriesContext(connection) as queries:
            client.get("/admin/messaging/message/")

        about_messages = [each["sql"] for each in queries if "messaging_message" in each["sql"]]
        assert len(about_messages) == 1
        assert "COUNT" not in about_messages[0]
        assert "LIMIT" in about_messages[0]

    def test_goes_no_deeper_than_it_can_read_quickly(self, staff, sent):
        response = staff().get("/admin/messaging/message/?p=201")

        assert response.status_code == 302

    def test_narrows_to_a_period(self, staff, sent):
        queue(AccountFactory(), ["13700137000"], at=clock.now() - timedelta(days=3))

        page = staff().get("/admin/messaging/message/?days=1").content.decode()

        assert "138****8000" in page
        assert "137****7000" not in page

    @pytest.mark.parametrize("table", ["message", "batch", "chunk"])
    def test_offers_no_way_to_write_or_send(self, staff, sent, table):
        client = staff()

        assert client.get(f"/admin/messaging/{table}/add/").status_code == 403
        assert not client.get(f"/admin/messaging/{table}/").context["actions_list"]
