"""A cursor as software keeps it."""

import pytest

from apps.messaging.feed.reading import BEGINNING, Cursor, Moment, StrangeCursorError


class TestCursor:
    @pytest.mark.parametrize(
        "text",
        ["", "x", "====", "é", "MQ", "MXwxLzA6MDo", "MXwwLzU6Mzo", "MXwwLzM6NTo3", "MXwwLzM6NTo0LDQ"],
        ids=["nothing", "short", "no base64", "no ASCII", "no moment", "from nought", "backwards",
             "running beyond the end", "twice running"],
    )  # fmt: skip
    def test_refuses_what_it_never_gave_out(self, text):
        with pytest.raises(StrangeCursorError):
            Cursor.parse(text)

    def test_is_read_as_it_was_written(self):
        cursor = Cursor(BEGINNING, Moment(2, "10:20:10,15"), 123)

        assert Cursor.parse(str(cursor)) == cursor
