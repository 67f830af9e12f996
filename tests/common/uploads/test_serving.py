"""What was kept of the corpus is served as PDF, JPEG or PNG to be saved, or as a PNG we drew."""

import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from apps.common import uploads
from apps.common.files import responses
from apps.common.files.kinds import CONTENT_TYPES, KeptFile
from tests.common.uploads.corpus import DEFUSED, made

SAFE = {"application/pdf", "image/jpeg", "image/png"}


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.PREVIEWS_ROOT = tmp_path / "previews"


def kept(sent):
    upload = uploads.inspect(io.BytesIO(made(sent)))
    storage = storages["default"]
    name = storage.save(f"proofs/a.{upload.extension}", ContentFile(upload.content))
    return KeptFile(
        row=None,
        title="执照",
        about=None,
        name=name,
        storage=storage,
        content_type=CONTENT_TYPES[f".{upload.extension}"],
    )


def test_nothing_else_is_in_the_table_of_types():
    assert set(CONTENT_TYPES.values()) == SAFE


@pytest.mark.django_db  # Closing a response looks after the connection.
@pytest.mark.parametrize(("sent", "mark"), DEFUSED.values(), ids=DEFUSED)
def test_is_saved_and_never_run(sent, mark):
    response = responses.original(kept(sent), name="proofs-1")
    content = b"".join(response.streaming_content)
    response.close()

    assert mark not in content
    assert response.headers["Content-Type"] in SAFE
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == responses.SANDBOX


@pytest.mark.parametrize(("sent", "mark"), DEFUSED.values(), ids=DEFUSED)
def test_is_shown_as_a_picture_of_ours(sent, mark):
    response = responses.page(kept(sent), 1)

    assert mark not in response.content
    assert response.content.startswith(b"\x89PNG")
    assert response.headers["Content-Type"] == "image/png"
