"""Staff pages of signatures, their letters and their rules; Django finds them by this import."""

from apps.signatures.admin.letters import AuthorisationLetterAdmin
from apps.signatures.admin.policies import SignaturePolicyAdmin
from apps.signatures.admin.signatures import SignatureAdmin

__all__ = ["AuthorisationLetterAdmin", "SignatureAdmin", "SignaturePolicyAdmin"]
