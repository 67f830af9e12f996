import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.common.idempotency import fingerprint, is_key


class TestKey:
    @pytest.mark.parametrize("text", ["a", "order-2026/1", "~!{}", "k" * 128])
    def test_is_visible_ascii(self, text):
        assert is_key(text)

    @pytest.mark.parametrize("text", ["", "k" * 129, "a b", " a", "a\n", "\x7f", "é", "键"])
    def test_is_nothing_else(self, text):
        assert not is_key(text)


@given(st.text(), st.binary(), st.text(), st.binary())
def test_only_the_same_request_has_the_same_fingerprint(path, body, other_path, other_body):
    same = (path, body) == (other_path, other_body) or "\0" in path + other_path

    assert same or fingerprint(path, body) != fingerprint(other_path, other_body)
    assert fingerprint(path, body) == fingerprint(path, body)
