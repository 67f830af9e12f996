"""Which files there are: each kind is a field of a model, and who may see the row sees the file.

An interface serves a kind with one line in its own `files.py`:

    "proofs": Kind(model=ProofDocument, field="file", about=attrgetter("application")),
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.files.storage import Storage
from django.db.models import Model
from django.db.models.fields.files import FieldFile

from apps.common.uploads.names import EXTENSIONS

# The one table of types that a browser is ever told; what is not in it is not served.
CONTENT_TYPES = {f".{extension}": content_type for content_type, extension in EXTENSIONS.items()}


def _itself(row: Any) -> Any:
    return row


def _no_number(_row: Any) -> str:
    return ""


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptFile:
    """A file that somebody may see.

    Attributes:
        row: what names it.
        title: what people call it.
        about: the row in whose history a look at it is told.
        name: where the storage keeps it.
        storage: what keeps it.
        content_type: ours, by the ending that we gave it when it was stored.
        saved_as: what it is called on the disk of whoever saves it, without ending; empty where it
            has no number of its own.
    """

    row: Model
    title: str
    about: Model
    name: str
    storage: Storage
    content_type: str
    saved_as: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """A field that names files; its model's queryset answers `visible_to(user)`.

    Attributes:
        model: whose rows name the files.
        field: the name of its FileField.
        about: from a row to the one in whose history a look is told; by default the row itself.
        title: from a row to what people call its file; by default what they call the row.
        saved_as: from a row to the number that its file is saved under.
    """

    model: type[Model]
    field: str
    about: Callable[[Any], Model] = _itself
    title: Callable[[Any], str] = str
    saved_as: Callable[[Any], str] = _no_number

    @property
    def permission(self) -> str:
        """What staff need to see files of this kind."""
        return f"{self.model._meta.app_label}.view_{self.model._meta.model_name}"

    def find(self, *, pk: int, user: AbstractBaseUser) -> KeptFile | None:
        """Return the file of a row that `user` may see; None where there is none."""
        rows: Any = self.model._default_manager  # noqa: SLF001 - Django's name for `objects`
        row = rows.visible_to(user).filter(pk=pk).first()
        file: FieldFile | None = getattr(row, self.field) if row is not None else None
        if row is None or not file or not file.name:
            return None
        content_type = CONTENT_TYPES.get(f".{file.name.rpartition('.')[2]}")
        if content_type is None:
            return None
        return KeptFile(
            row=row,
            title=self.title(row),
            about=self.about(row),
            name=file.name,
            storage=file.storage,
            content_type=content_type,
            saved_as=self.saved_as(row),
        )
