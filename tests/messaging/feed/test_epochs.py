"""A database that moved to a server that counts from below goes on telling."""

import pytest
from django.db import connection

from apps.messaging import feed
from apps.messaging.feed import sql
from apps.messaging.models import FeedEpoch, StatusChange
from tests.messaging.feed.writers import ACCOUNT, writers
from tests.racing import race

pytestmark = pytest.mark.django_db(transaction=True)
FAR_AHEAD = 10**12  # a number that the cluster of the tests does not reach


@pytest.fixture
def restored(db):
    """Return the cursor of a reader, and have everything come from a cluster that was far ahead."""
    FeedEpoch.objects.all().delete()
    FeedEpoch.objects.create(epoch=1, cluster="7000000000000000001/1", began_at="2026-01-01T00:00Z")
    with writers(1) as (writer,):
        writer.tell(1)
        writer.tell(2)
        writer.commit()
    first, second = StatusChange.objects.order_by("position").values_list("position", flat=True)
    number = (1 << sql.EPOCH_BITS) + FAR_AHEAD
    StatusChange.objects.filter(position=first).update(transaction_number=number)
    StatusChange.objects.filter(position=second).update(transaction_number=number + 10)
    moment = feed.reading.Moment(1, f"{FAR_AHEAD + 5}:{FAR_AHEAD + 5}:")
    return feed.Cursor(moment)


def read(cursor):
    page = feed.read(account_id=ACCOUNT, cursor=cursor, limit=100)
    return [change.message_id.int for change in page.changes], page.cursor


def tell(message):
    with writers(1) as (writer,):
        writer.tell(message)
        writer.commit()


class TestNoticeAnotherCluster:
    def test_begins_an_epoch_once(self, restored):
        assert [feed.notice_another_cluster() for _ in range(3)] == [True, False, False]
        assert FeedEpoch.objects.order_by("-epoch").first().epoch == 2

    def test_several_workers_begin_one(self, restored):
        race(*[feed.notice_another_cluster] * 3)

        assert FeedEpoch.objects.count() == 2

    def test_an_old_cursor_reads_what_it_had_not_and_all_that_is_new(self, restored):
        feed.notice_another_cluster()
        tell(3)

        seen, cursor = read(restored)
        tell(4)

        assert seen == [2, 3]
        assert read(cursor)[0] == [4]

    def test_without_it_the_news_would_be_lost(self, restored):
        tell(3)

        assert 3 not in read(restored)[0]

    def test_the_migrations_know_their_cluster(self):
        with connection.cursor() as cursor:
            cursor.execute(sql.CLUSTER)
            assert cursor.fetchone()[0]
