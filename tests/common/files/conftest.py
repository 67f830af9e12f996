"""Storages to keep files in: the disk, and a bucket."""

import pytest
from django.core.files.storage import storages

from config import env
from tests.common.files import fake_s3


@pytest.fixture
def bucket(settings, monkeypatch):
    """Keep files in a bucket, as FILES_URL says it, and return the server."""
    with fake_s3.running() as server:
        address = f"s3://key:sec%2Fret@papers/portal?endpoint={server.url}&region=cn-north-1"
        monkeypatch.setenv("FILES_URL", address)
        settings.STORAGES = settings.STORAGES | {"default": env.files_storage("FILES_URL")}
        yield server


@pytest.fixture
def disk(settings, tmp_path):
    """Keep files in a directory of the test's own, and return it."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT


@pytest.fixture(params=["disk", "bucket"])
def storage(request):
    """Return the storage of the portal: first on disk, then in a bucket."""
    request.getfixturevalue(request.param)
    return storages["default"]
