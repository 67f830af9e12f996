"""Every change is read once and in its order, whatever commits when."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.messaging import feed
from apps.messaging.feed.reading import Cursor
from tests.messaging.feed.writers import ACCOUNT, writers

pytestmark = pytest.mark.django_db(transaction=True)


class Reader:
    """Software that asks again and again and keeps the cursor, as text."""

    def __init__(self, *, page=100, cursor=None):
        self.seen = []
        self._page, self._cursor = page, str(cursor or feed.begin())

    def ask(self):
        """Read a page; return how many changes it had."""
        cursor = Cursor.parse(self._cursor)
        page = feed.read(account_id=ACCOUNT, cursor=cursor, limit=self._page)
        self.seen += [(change.message_id.int, change.status.value) for change in page.changes]
        self._cursor = str(page.cursor)
        return len(page.changes)


@pytest.fixture
def two():
    with writers(2) as opened:
        yield opened


class TestRead:
    def test_shows_what_was_committed_since(self, two):
        first, _ = two
        first.tell(1)
        first.commit()
        reader = Reader()
        first.tell(2, "REJECTED")
        first.commit()

        reader.ask()

        assert reader.seen == [(2, "REJECTED")]

    def test_shows_all_that_is_kept_to_who_has_no_cursor(self, two):
        two[0].tell(1)
        two[0].commit()

        assert len(feed.read(account_id=ACCOUNT, cursor=None, limit=9).changes) == 1

    def test_shows_nothing_of_another_account(self, two):
        reader = Reader()
        two[0].tell(1, account=ACCOUNT + 1)
        two[0].commit()

        assert reader.ask() == 0

    def test_does_not_skip_what_a_slower_transaction_commits_later(self, two):
        slow, quick = two
        reader = Reader()
        slow.tell(1)
        quick.tell(2)
        quick.commit()
        reader.ask()
        slow.commit()

        reader.ask()

        assert [message for message, _ in reader.seen] == [2, 1]

    def test_is_not_held_up_by_a_transaction_that_does_not_end(self, two):
        idle, busy = two
        idle.begin()
        reader = Reader()
        busy.tell(1)
        busy.commit()

        assert reader.ask() == 1

    def test_keeps_the_order_of_a_message_whose_later_transaction_began_first(self, two):
        later, earlier = two
        reader = Reader()
        later.begin()
        earlier.begin()
        earlier.tell(1, "UNDELIVERED")
        earlier.commit()
        later.tell(1, "DELIVERED")
        later.commit()

        reader.ask()

        assert [status for _, status in reader.seen] == ["UNDELIVERED", "DELIVERED"]

    def test_the_same_cursor_reads_the_same_again(self, two):
        cursor = feed.begin()
        two[0].tell(1)
        two[0].commit()
        first = feed.read(account_id=ACCOUNT, cursor=cursor, limit=9)

        assert feed.read(account_id=ACCOUNT, cursor=cursor, limit=9).changes == first.changes

    def test_pages_through_a_window_that_new_changes_do_not_lengthen(self, two):
        writer, _ = two
        reader = Reader(page=2)
        for message in (1, 2, 3):
            writer.tell(message)
        writer.commit()
        reader.ask()
        writer.tell(4)
        writer.commit()

        assert [reader.ask() for _ in range(2)] == [2, 0]
        assert [message for message, _ in reader.seen] == [1, 2, 3, 4]


STEPS = st.lists(
    st.tuples(
        st.integers(0, 3),  # which of four writers
        st.sampled_from(["begin", "tell", "tell", "commit", "commit", "roll_back", "read"]),
    ),
    min_size=5,
    max_size=60,
)


@settings(max_examples=60)
@given(steps=STEPS, page=st.integers(1, 5))
def test_every_committed_change_is_read_exactly_once(steps, page):
    reader, committed, number = Reader(page=page), [], 0
    with writers(4) as opened:
        waiting = [[] for _ in opened]
        for place, step in [*steps, *[(place, "commit") for place in range(4)]]:
            if step == "read":
                reader.ask()
            elif step == "tell":
                number += 1
                opened[place].tell(number)
                waiting[place].append(number)
            else:
                getattr(opened[place], step)()
            if step == "commit":
                committed += waiting[place]
            if step in {"commit", "roll_back"}:
                waiting[place] = []
        while reader.ask() == page:
            pass

    assert sorted(message for message, _ in reader.seen) == sorted(committed)
