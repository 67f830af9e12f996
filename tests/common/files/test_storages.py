"""Files are kept on disk or in a bucket, and nobody is given an address of them."""

import stat

import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from apps.common.files.storages import PrivateBucketStorage
from config import env


class TestEveryStorage:
    def test_gives_back_what_it_was_given(self, storage):
        name = storage.save("proofs/licence.pdf", ContentFile(b"%PDF"))

        with storage.open(name) as file:
            assert file.read() == b"%PDF"

    def test_has_no_address_of_a_file(self, storage):
        name = storage.save("proofs/licence.pdf", ContentFile(b"%PDF"))

        with pytest.raises(NotImplementedError, match="private"):
            storage.url(name)

    def test_writes_over_nothing(self, storage):
        first, second = (
            storage.save("proofs/licence.pdf", ContentFile(content)) for content in (b"1", b"2")
        )

        assert first != second
        with storage.open(first) as file:
            assert file.read() == b"1"

    def test_lists_folders_and_files(self, storage):
        storage.save("proofs/licence.pdf", ContentFile(b"%PDF"))

        assert storage.listdir("") == (["proofs"], [])
        assert storage.listdir("proofs") == ([], ["licence.pdf"])


class TestTheDisk:
    def test_lets_nobody_else_read(self, disk):
        name = storages["default"].save("proofs/licence.pdf", ContentFile(b"%PDF"))

        assert stat.S_IMODE((disk / name).stat().st_mode) == 0o600
        assert stat.S_IMODE((disk / "proofs").stat().st_mode) == 0o700

    def test_stays_in_its_directory(self, disk):
        with pytest.raises(SuspiciousFileOperation):
            storages["default"].open("../../etc/passwd")


class TestTheBucket:
    def test_is_told_that_every_file_is_private(self, bucket):
        storages["default"].save("proofs/licence.pdf", ContentFile(b"%PDF"))

        [headers] = bucket.headers_of.values()
        assert headers["x-amz-acl"] == "private"
        assert headers["Authorization"].startswith("AWS4-HMAC-SHA256 Credential=key/")

    def test_keeps_them_below_its_folder(self, bucket):
        storages["default"].save("proofs/licence.pdf", ContentFile(b"%PDF"))

        assert list(bucket.objects) == ["portal/proofs/licence.pdf"]

    def test_is_private_whatever_else_is_set(self):
        storage = PrivateBucketStorage(bucket_name="papers")

        assert (storage.default_acl, storage.file_overwrite) == ("private", False)
        assert (storage.custom_domain, storage.signature_version) == (None, "s3v4")


class TestTheSetting:
    def test_is_the_disk_when_empty(self, monkeypatch):
        monkeypatch.delenv("FILES_URL", raising=False)

        backend = "apps.common.files.storages.PrivateDiskStorage"
        assert env.files_storage("FILES_URL") == {"BACKEND": backend}

    def test_names_bucket_folder_keys_and_server(self, monkeypatch):
        monkeypatch.setenv(
            "FILES_URL", "s3://k:s%2Ft@papers/a/b?endpoint=https://s3.example.com&region=cn-north-1"
        )

        assert env.files_storage("FILES_URL")["OPTIONS"] == {
            "bucket_name": "papers",
            "location": "a/b",
            "access_key": "k",
            "secret_key": "s/t",
            "endpoint_url": "https://s3.example.com",
            "region_name": "cn-north-1",
        }

    def test_without_keys_leaves_them_to_the_machine(self, monkeypatch):
        monkeypatch.setenv("FILES_URL", "s3://papers")

        assert env.files_storage("FILES_URL")["OPTIONS"] == {
            "bucket_name": "papers",
            "location": "",
        }

    @pytest.mark.parametrize(
        "value", ["papers", "https://papers", "s3://", "s3://k:hidden@papers?acl=public-read"]
    )
    def test_that_is_wrong_stops_the_start_and_tells_no_secret(self, monkeypatch, value):
        monkeypatch.setenv("FILES_URL", value)

        with pytest.raises(env.SettingError, match="FILES_URL") as refusal:
            env.files_storage("FILES_URL")

        assert "hidden" not in str(refusal.value)
