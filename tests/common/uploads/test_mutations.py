"""Whatever happens to a file on its way, it is kept or refused, and never breaks the portal."""

import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.common import uploads
from apps.common.errors import DomainError
from apps.common.uploads.errors import BY_CODE
from tests.common.uploads import images, pdfs

WHOLE = {"pdf": pdfs.SCANNED, "jpeg": images.JPEG, "png": images.PNG, "animated": images.animated()}
SAFE_TYPES = set(uploads.EXTENSIONS)

REFUSALS = {"upload_empty", *BY_CODE}

change = st.one_of(
    st.tuples(st.just("overwrite"), st.floats(0, 1), st.binary(min_size=1, max_size=8)),
    st.tuples(st.just("insert"), st.floats(0, 1), st.binary(min_size=1, max_size=40)),
    st.tuples(st.just("cut"), st.floats(0, 1), st.just(b"")),
    st.tuples(st.just("drop"), st.floats(0, 1), st.binary(min_size=1, max_size=40)),
)


def mutated(whole, changes):
    sent = bytearray(whole)
    for kind, where, piece in changes:
        start = int(where * len(sent))
        if kind == "cut":
            del sent[start:]
        elif kind == "insert":
            sent[start:start] = piece
        elif kind == "drop":
            del sent[start : start + len(piece)]
        else:
            sent[start : start + len(piece)] = piece
    return bytes(sent)


def outcome_of(sent):
    try:
        return uploads.inspect(io.BytesIO(sent)).content_type
    except DomainError as error:
        return error.code


@pytest.mark.parametrize("kind", WHOLE)
@given(changes=st.lists(change, min_size=1, max_size=4))
@settings(max_examples=60, deadline=60_000, suppress_health_check=list(HealthCheck))
def test_a_changed_file_is_kept_or_refused(kind, changes):
    assert outcome_of(mutated(WHOLE[kind], changes)) in SAFE_TYPES | REFUSALS


@given(sent=st.binary(max_size=300))
@settings(max_examples=60, deadline=60_000)
def test_noise_is_refused(sent):
    with pytest.raises(DomainError):
        uploads.inspect(io.BytesIO(sent))
