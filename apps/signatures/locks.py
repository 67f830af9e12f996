"""Row locks of signatures. Order: letter, account, signature; then those of `reviews.locks`.

The account is locked because what holds over all its signatures (one default) is decided with it.
The letter comes first because revoking one stops every signature that it authorises. A round is
changed only under its signature's lock.
"""

from collections.abc import Iterable

from apps.common.errors import ConflictError, NotFoundError
from apps.partners import locks as partner_locks
from apps.signatures.models import AuthorisationLetter, Signature


def signature(signature_id: int) -> Signature:
    """Lock a signature's account, then the signature, and return it."""
    account_id = Signature.objects.filter(pk=signature_id).values_list("account", flat=True).first()
    if account_id is None:
        raise NotFoundError(signature_id=signature_id)
    account = partner_locks.account(account_id)
    found = Signature.objects.select_for_update().get(pk=signature_id)
    found.account = account
    return found


def signature_with_letter(signature_id: int) -> Signature:
    """Lock the letter that a signature names, if it names one, then the signature.

    Raises:
        ConflictError: another letter was named meanwhile.
    """
    letter_id = Signature.objects.filter(pk=signature_id).values_list("letter", flat=True).first()
    held = letter(letter_id) if letter_id else None
    found = signature(signature_id)
    if found.letter_id != letter_id:
        raise ConflictError
    found.letter = held
    return found


def signatures(signature_ids: Iterable[int]) -> list[Signature]:
    """Lock the accounts of several signatures, then the signatures, and return these."""
    rows = Signature.objects.filter(pk__in=list(signature_ids))
    for account_id in rows.order_by("account").values_list("account", flat=True).distinct():
        partner_locks.account(account_id)
    return list(
        rows.select_for_update(of=("self",)).select_related("account__partner").order_by("pk")
    )


def letter(letter_id: int) -> AuthorisationLetter:
    """Lock and return one authorisation letter, with its partner read beside it."""
    found = (
        AuthorisationLetter.objects.select_for_update(of=("self",))
        .select_related("partner")
        .filter(pk=letter_id)
        .first()
    )
    if found is None:
        raise NotFoundError(letter_id=letter_id)
    return found
