"""Pages of a list that is read by key: the newest, and from each the next older."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest


@dataclass(frozen=True, kw_only=True, slots=True)
class KeysetPage:
    """Some rows, and where the newest and the next older ones are; empty when there are none."""

    rows: Sequence[Any]
    newest_url: str
    older_url: str


def keyset_page(request: HttpRequest, rows: Sequence[Any], *, size: int, key: str) -> KeysetPage:
    """Cut one page from `rows`, of which one more than a page was read to see if older ones follow.

    `key` names the attribute that the next page starts below; it travels as `?before=`.
    """
    shown = rows[:size]
    older_url = ""
    if len(rows) > size:
        older_url = _address(request, before=str(getattr(shown[-1], key)))
    newest_url = _address(request, before="") if "before" in request.GET else ""
    return KeysetPage(rows=shown, newest_url=newest_url, older_url=older_url)


def _address(request: HttpRequest, *, before: str) -> str:
    parameters = request.GET.copy()
    parameters.pop("before", None)
    if before:
        parameters["before"] = before
    return f"{request.path}?{parameters.urlencode()}"
