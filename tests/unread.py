"""A body that must not be read."""

import io

import pytest


class Unread(io.RawIOBase):
    """Fails the test when anything reads it."""

    def read(self, size=-1):
        pytest.fail("The body was read.")

    def readline(self, size=-1):
        pytest.fail("The body was read.")


def unread(*, length: int, content_type: str = "application/json") -> dict[str, object]:
    """Return what to add to a request of Django's test client."""
    return {
        "wsgi.input": Unread(),
        "CONTENT_LENGTH": str(length),
        "CONTENT_TYPE": content_type,
    }
