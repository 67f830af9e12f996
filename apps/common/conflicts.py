"""What somebody else did at the same moment, told as a conflict and never as a fault of ours.

A service looks first and writes then; of two that looked at once the unique constraint lets one
write. The other's refusal is the same as if it had looked a moment later:

    with conflicts.told(partners_partner_name_key=PartnerExistsError(name=name)):
        partner.save()

A collision that no service named is told by `error_of`, at the edge of the page or interface.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import IntegrityError, transaction

from apps.common.errors import CollisionError, DomainError

logger = logging.getLogger(__name__)

# Who waits for each other, or read what was changed meanwhile: the same again will do.
_TRANSIENT = (
    psycopg.errors.DeadlockDetected,
    psycopg.errors.SerializationFailure,
    psycopg.errors.LockNotAvailable,
)


@contextmanager
def told(**errors: DomainError) -> Iterator[None]:
    """Raise `errors[name]` where the constraint of that name refuses what is written here.

    What was written before stands: the block is a savepoint of its own.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as refusal:
        error = errors.get(constraint_of(refusal))
        if error is None:
            raise
        raise error from refusal


def constraint_of(refusal: IntegrityError) -> str:
    """Return the name of the constraint that refused, empty where the server named none."""
    diagnosis = getattr(refusal.__cause__, "diag", None)
    return getattr(diagnosis, "constraint_name", None) or ""


def is_collision(error: BaseException) -> bool:
    """Tell whether the database refused because of what somebody else does or did."""
    return isinstance(error, IntegrityError) or any(
        isinstance(each, _TRANSIENT) for each in (error, error.__cause__)
    )


def error_of(error: Exception) -> CollisionError:
    """Return a collision as an error that can be told, and log it: no service foresaw it.

    Raises:
        Exception: the given error, where it is no collision.
    """
    if not is_collision(error):
        raise error
    logger.error("collision", exc_info=error)
    return CollisionError()
