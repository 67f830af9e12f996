import re
from datetime import timedelta

import pytest

from apps.common import clock
from apps.messaging.models import Message
from apps.portal.messages.views import PAGE_SIZE
from tests.factories.messaging import queue
from tests.factories.partners import AccountFactory


def numbers_on(response):
    return re.findall(r'nowrap">(1380013\d{4})<', response.content.decode())


def number(place):
    return f"1380013{place:04}"


class TestMessageList:
    def test_pages_from_the_newest_to_the_oldest_without_gap_or_repeat(self, owner, qinghe):
        total = PAGE_SIZE + 7
        queue(qinghe.account, [number(place) for place in range(total)])

        first = owner.get("/messages/")
        older = re.search(r'rel="next" href="([^"]+)"', first.content.decode()).group(1)
        second = owner.get(older.replace("&amp;", "&"))

        assert numbers_on(first) + numbers_on(second) == [
            number(place) for place in reversed(range(total))
        ]
        assert 'rel="next"' not in second.content.decode()

    @pytest.mark.parametrize(
        "written", ["13800130001", "+86 138 0013 0001"], ids=["plain", "international"]
    )
    def test_finds_a_number_however_it_is_written(self, owner, qinghe, written):
        queue(qinghe.account, [number(1), number(2)])

        assert numbers_on(owner.get("/messages/", {"number": written})) == [number(1)]

    def test_refuses_what_is_no_number(self, owner):
        page = owner.get("/messages/", {"number": "12"}).content.decode()

        assert "这不是大陆手机号或小灵通号码" in page

    def test_narrows_to_a_status(self, owner, qinghe):
        queue(qinghe.account, [number(1), number(2)])
        Message.objects.filter(number=number(2)).update(status="DELIVERED")

        assert numbers_on(owner.get("/messages/", {"status": "DELIVERED"})) == [number(2)]

    def test_narrows_to_days_of_beijing(self, owner, qinghe):
        now = clock.now()
        queue(qinghe.account, [number(1)], at=now - timedelta(days=2))
        queue(qinghe.account, [number(2)], at=now)
        today = clock.local_date(now)
        the_day_before = today - timedelta(days=2)

        assert numbers_on(owner.get("/messages/", {"since": today})) == [number(2)]
        assert numbers_on(owner.get("/messages/", {"until": the_day_before})) == [number(1)]

    def test_shows_the_personal_text_where_there_is_one(self, owner, qinghe):
        queue(qinghe.account, [number(1)], personal=["王先生，您的快递到了。"])

        assert "王先生，您的快递到了。" in owner.get("/messages/").content.decode()

    def test_shows_nothing_of_another_partner(self, owner):
        queue(AccountFactory(), [number(1)])

        assert numbers_on(owner.get("/messages/")) == []

    def test_escapes_texts(self, owner, qinghe):
        queue(qinghe.account, [number(1)], text="<script>alert(1)</script>")

        assert "<script>alert(1)" not in owner.get("/messages/").content.decode()

    def test_needs_as_many_queries_for_twenty_as_for_two(
        self, owner, qinghe, django_assert_max_num_queries
    ):
        for rows in (2, 20):
            queue(qinghe.account, [number(place) for place in range(rows)])
            with django_assert_max_num_queries(6):
                owner.get("/messages/")
