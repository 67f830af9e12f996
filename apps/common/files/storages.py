"""Where files lie: the local disk or S3, and never at an address that a browser could ask.

A file leaves only through a view that checks the right, as bytes of that view's answer.
"""

from typing import Any, NoReturn

from django.core.files.storage import FileSystemStorage
from storages.backends.s3 import S3Storage


class PrivateDiskStorage(FileSystemStorage):
    """Files below MEDIA_ROOT, which no web server serves."""

    def url(self, name: str | None) -> NoReturn:
        """Refuse: there is no address.

        Raises:
            NotImplementedError: always.
        """
        raise NotImplementedError(f"{name} is private; link to a view that checks the right.")


class PrivateBucketStorage(S3Storage):
    """Files in a bucket that only this product reads; none is written over."""

    def get_default_settings(self) -> dict[str, Any]:
        """Return what must hold of every bucket, whatever else is set."""
        defaults: dict[str, Any] = super().get_default_settings()
        return defaults | {
            "default_acl": "private",
            "file_overwrite": False,
            "custom_domain": None,
            "querystring_auth": True,
            "signature_version": "s3v4",
        }

    def url(self, name: str, *_args: Any, **_options: Any) -> NoReturn:
        """Refuse: there is no address, not even a signed one.

        Raises:
            NotImplementedError: always.
        """
        raise NotImplementedError(f"{name} is private; link to a view that checks the right.")
