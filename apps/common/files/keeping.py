"""Files that the product makes itself and names in a row afterwards."""

import os
from pathlib import Path

from django.core.files.base import ContentFile
from django.db.models.fields.files import FieldFile


def keep(file: FieldFile, content: bytes) -> None:
    """Store a file before the row that names it is written; its `upload_to` gives the name.

    When this returns the local disk has it for good, or the bucket: whatever a power cut leaves of
    the transaction that follows, no row names a file that is not there. One that no row came to
    name is swept (`sweeping`).
    """
    file.save(file.field.name, ContentFile(content), save=False)
    _write_through(file)


def _write_through(file: FieldFile) -> None:
    try:
        path = Path(file.path)
    except NotImplementedError:  # A bucket has kept it by now.
        return
    for place in (path, path.parent):
        handle = os.open(place, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
