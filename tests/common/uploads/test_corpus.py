"""Hostile and broken files are refused with what to do about it, or kept without what hurts."""

import io
import re
import time

import pytest
from django.utils import translation

from apps.common import uploads
from apps.common.errors import DomainError
from tests.common.confined.limits import hold
from tests.common.uploads import pdfs
from tests.common.uploads.corpus import DEFUSED, REFUSED, STRANGE_NAMES, made
from tests.common.uploads.images import PNG

ADVICE = re.compile(r"\b(Choose|Scan|scan|Print|Save|save|Unpack|Try)\b")
SAFE_STARTS = {
    "application/pdf": b"%PDF-",
    "image/jpeg": b"\xff\xd8\xff",
    "image/png": b"\x89PNG\r\n\x1a\n",
}
LONGEST_SECONDS = 30


def inspect(sent, name=""):
    file = io.BytesIO(made(sent))
    file.name = name
    return uploads.inspect(file)


def test_the_corpus_is_large_enough():
    assert len(REFUSED) + len(DEFUSED) >= 60


@pytest.mark.parametrize(("sent", "code"), REFUSED.values(), ids=REFUSED)
def test_refuses(sent, code):
    sent = made(sent)
    started_at = time.monotonic()

    with pytest.raises(DomainError) as refusal:
        inspect(sent)

    assert refusal.value.code == code
    assert time.monotonic() - started_at < LONGEST_SECONDS


def test_refuses_what_would_be_drawn_for_years(settings):
    hold(settings, "clean", cpu_seconds=1)

    with pytest.raises(uploads.UploadTooComplexError):
        inspect(pdfs.never_drawn())


@pytest.mark.parametrize("code", sorted({code for _sent, code in REFUSED.values()}))
def test_says_what_to_do(code):
    sent = next(sent for sent, each in REFUSED.values() if each == code)

    with translation.override("en"), pytest.raises(DomainError) as refusal:
        inspect(sent)

    with translation.override("en"):
        assert ADVICE.search(str(refusal.value))


@pytest.mark.parametrize(("sent", "mark"), DEFUSED.values(), ids=DEFUSED)
def test_keeps_nothing_of_what_hurts(sent, mark):
    upload = inspect(sent)

    assert mark not in upload.content
    assert upload.content.startswith(SAFE_STARTS[upload.content_type])


@pytest.mark.parametrize(("sent", "_mark"), DEFUSED.values(), ids=DEFUSED)
def test_what_is_kept_passes_again_as_it_is(sent, _mark):
    upload = inspect(sent)

    assert inspect(upload.content).content_type == upload.content_type


@pytest.mark.parametrize("name", STRANGE_NAMES.values(), ids=STRANGE_NAMES)
def test_a_name_decides_nothing(name):
    upload = inspect(PNG, name)

    assert (upload.content_type, upload.extension) == ("image/png", "png")
    assert re.fullmatch(r"[^\W_][\w().= -]{0,80}\.png|file\.png", upload.name)
