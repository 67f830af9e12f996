"""Naming the field at fault where the domain refuses what a field says."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from apps.common.errors import DomainError


@contextmanager
def fields(at_fault: Mapping[str, str]) -> Iterator[None]:
    """Add `errors` to a refusal whose code is one of `at_fault`, each with the field it is about.

    A refused upload is always about `file`.
    """
    try:
        yield
    except DomainError as error:
        is_of_file = error.code.startswith("upload_") and error.code != "upload_not_checked"
        field = "file" if is_of_file else at_fault.get(error.code)
        if field is not None:
            error.data.setdefault("errors", {field: [str(error)]})
        raise
