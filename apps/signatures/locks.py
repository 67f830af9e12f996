"""Row locks of signatures. Order: the account, then its signature.

The account is locked because what holds over all its signatures (one default) is decided with it.
"""

from apps.common.errors import NotFoundError
from apps.partners import locks as partner_locks
from apps.signatures.models import Signature


def signature(signature_id: int) -> Signature:
    """Lock a signature's account, then the signature, and return it."""
    account_id = Signature.objects.filter(pk=signature_id).values_list("account", flat=True).first()
    if account_id is None:
        raise NotFoundError(signature_id=signature_id)
    account = partner_locks.account(account_id)
    found = Signature.objects.select_for_update().get(pk=signature_id)
    found.account = account
    return found
