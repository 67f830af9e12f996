"""Whether an application is worked on, for the services beside."""

from apps.signatures.models import Signature
from apps.signatures.services.kinds import SIGNATURES


def check_editable(signature: Signature) -> None:
    """Refuse work on an application that is over, or that stands as it was handed in.

    Raises:
        SignatureStateError: it is one of these.
    """
    if not SIGNATURES.may_be_handed_in(signature):
        raise SIGNATURES.wrong_state(signature)
