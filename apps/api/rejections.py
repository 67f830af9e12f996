"""Recipients that are left out of a send: their published codes, in words."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.api.answers import Answer, From
from apps.messaging.rules import Rejection

REJECTIONS: dict[str, Promise | str] = {
    "invalid_number": _("This is not a mainland mobile or PHS number."),
    "duplicate": _("The number stands in the list more than once; it is sent to once."),
    "unroutable": _("No channel reaches this number's network at present."),
}


of = From(Rejection)


class Rejected(Answer):
    """A recipient that was left out."""

    to: str
    code: str
    detail: str = of(lambda row: str(REJECTIONS.get(row.code, row.code)))

    @classmethod
    def show(cls, row: Rejection | dict[str, str], **given: Any) -> dict[str, Any]:
        """Return a recipient, also one of a stored document, with the reason in words."""
        return super().show(Rejection(**row) if isinstance(row, dict) else row, **given)
