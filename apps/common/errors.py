"""The errors of the domain: a stable code, a translatable message and named data.

Subclasses stand beside the service that raises them. Interfaces translate: `api` to a problem
document, `legacy` to a number, pages to the text. Nobody parses the message.
"""

from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class DomainError(Exception):
    """A rule of the business forbids what was asked; nothing was changed.

    Attributes:
        code: published, never reused for something else.
        message: one sentence in the user's language that says what happened and what to do,
            with `%(name)s` placeholders filled from the data.
        field: the value that is wrong, as the service's argument is called; forms show it there.
        data: what the message and the interfaces may name.
    """

    code: ClassVar[str] = "error"
    message: ClassVar[Promise | str] = _("The request could not be carried out.")
    field: ClassVar[str] = ""

    def __init__(self, **data: Any) -> None:
        super().__init__(self.code, data)
        self.data = data

    def __str__(self) -> str:
        return str(self.message) % self.data if self.data else str(self.message)


class NotFoundError(DomainError):
    """It does not exist, or it belongs to somebody else."""

    code = "not_found"
    message = _("There is nothing here, or it is not yours to see.")


class ConflictError(DomainError):
    """The object is in a state that does not allow this."""

    code = "conflict"
    message = _(
        "This was changed meanwhile, or its state does not allow this. Reload and look again."
    )


class CollisionError(ConflictError):
    """Something else was written at the same moment, and nothing was done."""

    code = "collision"
    message = _(
        "Somebody did the same at this very moment, so nothing was done. Look, and try again."
    )


class NotAllowedError(DomainError):
    """The actor's role does not include this."""

    code = "not_allowed"
    message = _("Your role does not include this.")
