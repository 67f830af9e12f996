"""The errors of the domain: a family, a stable code, a text, named data and a cure.

The families below say what kind of refusal an error is; every interface has a short table of them
(`api` to HTTP statuses) and knows no error by name. A concrete error stands beside the service that
raises it, below one family, and says everything about itself:

    class CopyExistsError(ConflictError):
        code = "agreement_copy_exists"
        message = _("This file is among the signed copies already.")
        cure = _("Choose another file, or go on: this one is kept.")

Nobody parses the message.
"""

from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Cures that many errors have in common.
RELOAD = _("Somebody was quicker, or the step was taken before. Reload the page and look again.")
REASON = _("Fill in the reason and repeat. It is recorded, and the partner reads it.")


class DomainError(Exception):
    """A rule of the business forbids what was asked; nothing was changed.

    Attributes:
        code: published, never reused for something else.
        message: one sentence in the reader's language that says what happened,
            with `%(name)s` placeholders filled from the data.
        cure: what to do about it, on the page of the code.
        published: which of the data an interface may name beside the message; the rest is for us.
        retry_after_seconds: after how long the same may succeed, where waiting helps.
        field: the value that is wrong, as the service's argument is called; forms show it there.
        data: what the message and the interfaces may name.
    """

    code: ClassVar[str]
    message: ClassVar[Promise | str]
    cure: ClassVar[Promise | str]
    published: ClassVar[tuple[str, ...]] = ()
    retry_after_seconds: ClassVar[int | None] = None
    field: ClassVar[str] = ""

    def __init__(self, **data: Any) -> None:
        super().__init__(self.code, data)
        self.data = data

    def __str__(self) -> str:
        return str(self.message) % self.data if self.data else str(self.message)


class InvalidError(DomainError):
    """A value cannot be used as it is, or one is missing."""


class UnauthenticatedError(DomainError):
    """Nobody knows who asks."""


class InsufficientError(DomainError):
    """The account has less than this needs."""


class ForbiddenError(DomainError):
    """Whoever asks may not do this, or not for this account, now."""


class NotFoundError(DomainError):
    """It does not exist, or it belongs to somebody else."""

    code = "not_found"
    message = _("There is nothing here, or it is not yours to see.")
    cure = _("Check the id or address. What belongs to somebody else is not found either.")


class ConflictError(DomainError):
    """The object is in a state that does not allow this."""

    code = "conflict"
    message = _(
        "This was changed meanwhile, or its state does not allow this. Reload and look again."
    )
    cure = RELOAD


class TooLargeError(DomainError):
    """More bytes than are taken."""


class WrongTypeError(DomainError):
    """Content of a kind that is not taken here."""


class TooManyError(DomainError):
    """A limit of how often is reached; later it may be done."""


class UnavailableError(DomainError):
    """What this needs is out of reach for the moment; nothing was changed."""


class CollisionError(ConflictError):
    """Something else was written at the same moment, and nothing was done."""

    code = "collision"
    message = _(
        "Somebody did the same at this very moment, so nothing was done. Look, and try again."
    )
    cure = RELOAD


class NotAllowedError(ForbiddenError):
    """The actor's role does not include this."""

    code = "not_allowed"
    message = _("Your role does not include this.")
    cure = _("Ask the owner at your company, or an administrator of the gateway.")


class InvalidRequestError(InvalidError):
    """Fields of the request cannot be used; `errors` says which and why."""

    code = "validation_error"
    message = _("Some fields cannot be used as they are; see errors.")
    cure = _("Read “errors” in the answer: it says for each field what is wrong.")
