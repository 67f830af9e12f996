"""One body as it comes in, and what becomes of one that nobody reads."""

import io

import pytest

from apps.common.incoming import IncompleteError, bounded
from apps.common.incoming.bodies import LEAST_UNWANTED, MOST_UNWANTED, Body
from apps.common.incoming.seats import Seats

LARGE = LEAST_UNWANTED + 1


def body_of(stream, *, length=None, is_expected=False):
    return Body(stream, length=length, is_expected=is_expected)


class TestRead:
    def test_gives_the_body_and_then_nothing(self):
        body = body_of(io.BytesIO(b"hello, next request"), length=5)

        assert [body.read(3), body.read(3), body.read(3)] == [b"hel", b"lo", b""]

    def test_gives_all_of_a_body_in_chunks(self):
        body = body_of(io.BytesIO(b"hello"))

        assert (body.read(100), body.read(100), body.finish()) == (b"hello", b"", True)

    def test_gives_lines(self):
        body = body_of(io.BytesIO(b"one\ntwo"), length=7)

        assert [body.readline(), body.readline(2), body.readline()] == [b"one\n", b"tw", b"o"]

    def test_refuses_one_that_is_cut_off(self):
        body = body_of(io.BytesIO(b"hel"), length=5)

        with pytest.raises(IncompleteError):
            body.read()
        assert body.is_incomplete

    def test_refuses_to_wait_where_there_is_no_seat(self):
        body = body_of(io.BytesIO(b"hello"), length=5)
        body.seats = Seats(most=0, each=0, seconds=0)

        with pytest.raises(IncompleteError):
            body.read()
        assert body.is_incomplete


class TestFinish:
    def test_takes_what_nobody_read_off_the_line(self):
        stream = io.BytesIO(bytes(1_000_000) + b"next")
        body = body_of(stream, length=1_000_000)
        body.read(10)

        assert body.finish()
        assert stream.read() == b"next"

    def test_leaves_what_is_longer_than_any_request(self):
        stream = io.BytesIO(bytes(10))

        assert not body_of(stream, length=MOST_UNWANTED + 1).finish()
        assert stream.tell() == 0

    def test_leaves_what_fits_the_buffers_to_the_server(self):
        stream = io.BytesIO(bytes(10))

        assert body_of(stream, length=10).finish()
        assert stream.tell() == 0

    def test_leaves_chunks_without_end(self):
        class Endless(io.RawIOBase):
            given = 0

            def read(self, size=-1):
                self.given += size
                return bytes(size)

        endless = Endless()

        assert not body_of(endless).finish()
        assert endless.given == MOST_UNWANTED

    def test_leaves_the_body_of_who_asked_first(self):
        stream = io.BytesIO(bytes(LARGE))

        assert not body_of(stream, length=LARGE, is_expected=True).finish()
        assert stream.tell() == 0

    def test_leaves_one_that_is_cut_off(self):
        assert not body_of(io.BytesIO(b"hel"), length=LARGE).finish()


class TestBounded:
    def answer(self, environ):
        said = []

        def application(environ, start_response):
            start_response("401 Unauthorized", [("Content-Length", "2")])
            return [b"no"]

        pieces = bounded(application)(environ, lambda *words: said.extend(words))
        return said[0], dict(said[1]), b"".join(pieces)

    def test_keeps_the_connection_when_all_is_taken(self):
        environ = {"wsgi.input": io.BytesIO(bytes(LARGE)), "CONTENT_LENGTH": str(LARGE)}

        assert self.answer(environ) == ("401 Unauthorized", {"Content-Length": "2"}, b"no")

    def test_says_that_it_closes_otherwise(self):
        environ = {"wsgi.input": io.BytesIO(b"hel"), "CONTENT_LENGTH": str(LARGE)}

        assert self.answer(environ)[1]["Connection"] == "close"

    @pytest.mark.parametrize("length", [None, "", "0"])
    def test_touches_no_request_without_a_body(self, length):
        stream = io.BytesIO(b"next request")
        environ = {"wsgi.input": stream, "CONTENT_LENGTH": length}

        self.answer(environ)

        assert environ["wsgi.input"] is stream
        assert stream.tell() == 0
