"""Second factors as they are stored: their secrets sealed, whatever key they were sealed with."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from apps.common import sealing

PURPOSE = "users.second_factor"
SEALED_FIELDS = ("secret", "seed")  # Of an authenticator app, and of recovery codes.


def seal(text: str) -> str:
    """Return a second factor's secret as it is stored."""
    return sealing.seal(text, purpose=PURPOSE)


def unseal(stored: str) -> str:
    """Return a second factor's secret as it is used.

    One that a process of an older release stored in clear is read, too; `reseal` seals it.

    Raises:
        UnsealError: it was sealed with a secret that is not given any more.
    """
    return sealing.unseal(stored, purpose=PURPOSE) if sealing.is_sealed(stored) else stored


@transaction.atomic
def reseal() -> int:
    """Seal with the newest secret whatever is sealed with an older one or not at all; count them.

    Raises:
        UnsealError: one cannot be read; none is changed.
    """
    changed = 0
    for factor in Authenticator.objects.select_for_update().order_by("pk"):
        stale = [
            name
            for name in SEALED_FIELDS
            if name in factor.data and not sealing.is_sealed_with_newest(factor.data[name])
        ]
        for name in stale:
            factor.data[name] = seal(unseal(factor.data[name]))
        if stale:
            factor.save(update_fields=["data"])
            changed += 1
    return changed
