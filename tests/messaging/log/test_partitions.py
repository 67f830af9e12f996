"""The months of messages: made ahead, each row in its own, none ever refused."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from apps.common import clock, ids
from apps.messaging.log import partitions
from apps.messaging.models import Message
from tests.racing import race

NOVEMBER = datetime(2031, 11, 15, tzinfo=UTC)
LAST_OF_YEAR = datetime(2031, 12, 31, 15, 59, 59, 999_000, tzinfo=UTC)  # Asia/Shanghai
NEW_YEAR = datetime(2031, 12, 31, 16, tzinfo=UTC)


def store(at):
    """Store a message made at a moment; return the table it went to."""
    message = Message.objects.create(
        id=ids.uuid7(at), account_id=1, batch_id=ids.uuid7(at), number="13800138000",
        operator="MOBILE", segments=1, status="QUEUED",
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tableoid::regclass::text FROM messaging_message WHERE id = %s", [message.id]
        )
        return cursor.fetchone()[0]


@pytest.mark.django_db
class TestEnsure:
    def test_makes_a_month_and_the_next_three(self):
        assert partitions.ensure_partitions(NOVEMBER) == [
            "messaging_message_2031_11",
            "messaging_message_2031_12",
            "messaging_message_2032_01",
            "messaging_message_2032_02",
        ]

    def test_done_again_makes_only_what_is_new(self):
        partitions.ensure_partitions(NOVEMBER)

        assert partitions.ensure_partitions(NOVEMBER) == []
        assert partitions.ensure_partitions(NEW_YEAR) == [
            "messaging_message_2032_03",
            "messaging_message_2032_04",
        ]

    def test_was_done_by_the_migrations_for_now(self):
        assert store(clock.now()) == partitions.name_of(clock.now().astimezone(clock.SHANGHAI))

    def test_parts_months_at_midnight_in_shanghai(self):
        partitions.ensure_partitions(NOVEMBER)

        assert store(LAST_OF_YEAR) == "messaging_message_2031_12"
        assert store(NEW_YEAR) == "messaging_message_2032_01"

    def test_leaves_a_month_whose_rows_stand_elsewhere(self):
        assert store(NEW_YEAR) == "messaging_message_other"

        assert "messaging_message_2032_01" not in partitions.ensure_partitions(NOVEMBER)
        assert store(NEW_YEAR) == "messaging_message_other"


@pytest.mark.django_db(transaction=True)
def test_two_machines_at_once_make_each_month_once():
    at = datetime(2041, 1, 15, tzinfo=UTC)

    made = race(*[lambda: partitions.ensure_partitions(at)] * 3)

    names = sorted(name for names in made for name in names)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {', '.join(names)}")
    assert names == [f"messaging_message_2041_0{month}" for month in (1, 2, 3, 4)]
