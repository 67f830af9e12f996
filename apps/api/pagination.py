"""Lists by cursor: `{"data": […], "next": "…" or null}`, newest first."""

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from apps.common import numbers
from apps.common.errors import InvalidRequestError

DEFAULT_LIMIT = 50
MAX_LIMIT = 100
Row = TypeVar("Row")
Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of a list is asked for: rows after a key, at most `limit`."""

    limit: int
    after: str | None

    def key(self, read: Callable[[str], Key]) -> Key | None:
        """Return the key after which the page begins.

        Raises:
            InvalidRequestError: the cursor is not one that we gave.
        """
        if self.after is None:
            return None
        try:
            return read(base64.urlsafe_b64decode(self.after.encode()).decode())
        except ValueError as error:
            raise InvalidRequestError(
                errors={"cursor": [_("Use the value of next as it was given.")]}
            ) from error


def page_of(query: Mapping[str, str]) -> Page:
    """Read `limit` and `cursor`.

    Raises:
        InvalidRequestError: the limit is not a whole number from 1 to 100.
    """
    try:
        limit = numbers.whole_number(
            query.get("limit", str(DEFAULT_LIMIT)), least=1, most=MAX_LIMIT
        )
    except ValueError as error:
        raise InvalidRequestError(
            errors={"limit": [_("Give a whole number from 1 to %(most)s.") % {"most": MAX_LIMIT}]}
        ) from error
    return Page(limit, query.get("cursor") or None)


def answer(
    rows: Sequence[Row], page: Page, *, key: Callable[[Row], str], show: Callable[[Row], Any]
) -> dict[str, Any]:
    """Return the list document; `rows` holds one more than the limit when there is a next page."""
    shown = rows[: page.limit]
    following = None
    if len(rows) > page.limit:
        following = base64.urlsafe_b64encode(key(shown[-1]).encode()).decode()
    return {"data": [show(row) for row in shown], "next": following}


def whole_number(text: str) -> int:
    """Read the key of a list that is numbered.

    Raises:
        ValueError: it is not one that we gave.
    """
    return numbers.whole_number(text, least=0, most=numbers.MAX_ROW_NUMBER)
