"""Files that no row names: left by a request that failed after its file was stored.

A file is stored before the row that names it is committed, so a young one may be on its way and is
left alone. What history names (pghistory's tables have the same fields) is named: it is evidence.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from posixpath import join
from typing import Any

from django.apps import apps
from django.core.files.storage import Storage, default_storage
from django.db.models import FileField

YOUNG = timedelta(hours=24)
AT_ONCE = 500  # names asked for in one query


@dataclass(frozen=True, kw_only=True, slots=True)
class Orphan:
    """A stored file that nothing names."""

    name: str
    size: int
    stored_at: datetime


def orphans(*, at: datetime, storage: Storage = default_storage) -> Iterator[Orphan]:
    """Find the files that no row names and that were stored more than a day before `at`."""
    stored = _stored(storage, "")
    while names := list(islice(stored, AT_ONCE)):
        named = _named(names)
        for name in names:
            if name not in named and (found := _if_old(storage, name, at)):
                yield found


def delete(orphan: Orphan, *, storage: Storage = default_storage) -> bool:
    """Delete an orphan, and tell whether it was; one that a row names by now stays."""
    if _named([orphan.name]):
        return False
    storage.delete(orphan.name)
    return True


def _stored(storage: Storage, folder: str) -> Iterator[str]:
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:  # Nothing was ever stored.
        return
    yield from (join(folder, name) for name in files)
    for each in folders:
        yield from _stored(storage, join(folder, each))


def _named(names: list[str]) -> set[str]:
    """Return those of `names` that a row names, in any field of any model."""
    named: set[str] = set()
    for model, field in _fields():
        rows = model._base_manager.filter(**{f"{field}__in": names})  # noqa: SLF001 - all rows
        named.update(rows.values_list(field, flat=True))
    return named


def _fields() -> Iterator[tuple[Any, str]]:
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            if isinstance(field, FileField):
                yield model, field.name


def _if_old(storage: Storage, name: str, at: datetime) -> Orphan | None:
    try:
        stored_at = storage.get_modified_time(name)
        if stored_at > at - YOUNG:
            return None
        return Orphan(name=name, size=storage.size(name), stored_at=stored_at)
    except FileNotFoundError:  # Somebody else deleted it.
        return None
