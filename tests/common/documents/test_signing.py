"""A signed paper shows every later change."""

from datetime import UTC, datetime
from functools import cache

import pytest
from django.conf import settings as django_settings
from hypothesis import example, given, settings
from hypothesis import strategies as st

from apps.common.documents import signing
from tests.common.documents.papers import render

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)


@cache
def signed():
    return signing.sign(render(), reason="签发", at=AT)


def place_of_signature():
    """Return where the signature stands between its angle brackets."""
    begin = signed().index(b"/Contents <") + len(b"/Contents <")
    return begin, signed().index(b">", begin)


def changed(place, byte):
    pdf = bytearray(signed())
    pdf[place] = byte
    return bytes(pdf)


def test_says_who_signed_and_when():
    said = signing.verify(signed())

    assert said.is_intact
    assert said.is_trusted
    assert (said.signer, said.signed_at) == (django_settings.DOCUMENT_SELF_MADE_NAME, AT)


@settings(max_examples=60, deadline=None)
@given(place=st.integers(0, len(signed()) - 1), byte=st.integers(0, 255))
@example(place=0, byte=0)
@example(place=len(signed()) - 1, byte=0)
def test_one_changed_byte_is_seen(place, byte):
    if signed()[place] == byte:
        return

    assert not signing.verify(changed(place, byte)).is_intact


@settings(max_examples=60, deadline=None)
@given(share=st.floats(0, 1), byte=st.sampled_from(b"0123456789abcdefABCDEF> "))
def test_one_changed_byte_of_the_signature_is_seen(share, byte):
    begin, end = place_of_signature()
    place = begin + int(share * (end - begin - 1))
    if signed()[place] == byte:
        return

    assert not signing.verify(changed(place, byte)).is_intact


@pytest.mark.parametrize("more", [b"\n", b"%%EOF\n", b"0"])
def test_what_is_added_is_seen(more):
    assert not signing.verify(signed() + more).is_intact


@pytest.mark.parametrize("length", [0, 10, 1_000, -100, -1])
def test_what_is_cut_off_is_seen(length):
    assert not signing.verify(signed()[:length]).is_intact


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"\x00" * 100])
def test_what_is_no_signed_pdf_is_not_intact(content):
    assert signing.verify(content) == signing.Verification(is_intact=False)


def test_an_unsigned_paper_is_not_intact():
    assert not signing.verify(render()).is_intact


def test_another_certificate_is_not_trusted(settings, tmp_path):
    theirs = signed()
    settings.VAR_DIR = tmp_path

    said = signing.verify(theirs)

    assert said.is_intact
    assert not said.is_trusted
