"""What of signatures is judged, registered with `reviews` when Django starts."""

from apps.signatures.services.kinds.letters import LETTERS
from apps.signatures.services.kinds.signatures import SIGNATURES

__all__ = ["LETTERS", "SIGNATURES"]
