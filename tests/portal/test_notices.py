import pytest

from apps.notices.models import Notice
from apps.portal.notices.views import PAGE_SIZE
from tests.factories.notices import NoticeFactory


@pytest.fixture
def reader(signed_in):
    """Return the owner's browser, and the owner as `user`."""
    client = signed_in()
    client.user_id = int(client.session["_auth_user_id"])
    return client


def notice(reader, **fields):
    return NoticeFactory(user=None, user_id=reader.user_id, **fields)


class TestList:
    def test_shows_what_was_told_and_how_much_is_unread(self, reader):
        notice(reader, params={"text": "青禾科技"})
        notice(reader, read=True)

        page = reader.get("/notices/").content.decode()

        assert "青禾科技" in page
        assert page.count("told-new") == 1
        assert '<span class="bell-count">1<' in page

    def test_says_so_where_there_is_nothing(self, reader):
        page = reader.get("/notices/").content.decode()

        assert "/accounts/email/" in page
        assert "bell-count" not in page

    def test_keeps_others_notices_away(self, reader):
        NoticeFactory(params={"text": "别人的"})

        assert "别人的" not in reader.get("/notices/").content.decode()

    def test_escapes_what_was_told(self, reader):
        notice(reader, params={"text": "<script>"})

        assert "【<script>" not in reader.get("/notices/").content.decode()

    def test_pages(self, reader):
        for _notice in range(PAGE_SIZE + 1):
            notice(reader)
        oldest = Notice.objects.order_by("pk").first()

        assert f"/notices/{oldest.pk}/read/" not in reader.get("/notices/").content.decode()
        older = reader.get(f"/notices/?before={oldest.pk + 1}").content.decode()
        assert older.count("told-new") == 1

    def test_needs_as_many_queries_for_twenty_as_for_two(
        self, reader, django_assert_max_num_queries
    ):
        for rows in (2, 20):
            for _notice in range(rows):
                notice(reader)
            with django_assert_max_num_queries(4):
                reader.get("/notices/")


class TestRead:
    def test_marks_one(self, reader):
        told = notice(reader)
        notice(reader)

        assert reader.post(f"/notices/{told.pk}/read/").status_code == 302

        told.refresh_from_db()
        assert told.read_at
        assert Notice.objects.unread().count() == 1

    def test_marks_all(self, reader):
        notice(reader)
        NoticeFactory()

        reader.post("/notices/read/")

        assert Notice.objects.unread().count() == 1

    def test_does_not_find_anothers(self, reader):
        assert reader.post(f"/notices/{NoticeFactory().pk}/read/").status_code == 404
