"""Why an application is refused: coded reasons, and for each what the partner does about it.

The codes go out to partners' software and are never reused for something else.
"""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.reviews.reasons import Reasons


class RejectionReason(models.TextChoices):
    """What is wrong with an application for a signature, or with an authorisation letter."""

    PROOF_MISSING = "PROOF_MISSING", _("A required paper is missing")
    PROOF_UNREADABLE = "PROOF_UNREADABLE", _("A paper cannot be read")
    PROOF_UNSTAMPED = "PROOF_UNSTAMPED", _("A copy carries no seal")
    PROOF_EXPIRED = "PROOF_EXPIRED", _("A paper has expired")
    PROOF_ALTERED = "PROOF_ALTERED", _("A paper seems to be altered")
    NAME_MISMATCH = "NAME_MISMATCH", _("The names on form and papers differ")
    TEXT_NOT_OWNED = "TEXT_NOT_OWNED", _("The papers do not show the right to this name")
    TEXT_AMBIGUOUS = "TEXT_AMBIGUOUS", _("The name could be that of many")
    TEXT_FORBIDDEN = "TEXT_FORBIDDEN", _("The name is not allowed")
    FILING_NOT_FOUND = "FILING_NOT_FOUND", _("The filing cannot be found")
    FILING_HOLDER = "FILING_HOLDER", _("The filing is somebody else's")
    LETTER_INVALID = "LETTER_INVALID", _("The authorisation letter does not authorise this")
    OPERATOR_TAKEN = "OPERATOR_TAKEN", _("The person in charge stands for another company")
    HOLDER_UNSUPPORTED = "HOLDER_UNSUPPORTED", _("Individuals and sole traders cannot apply")
    LINE_REFUSED = "LINE_REFUSED", _("The line of business is not served")
    OTHER = "OTHER", _("Another reason")

    @property
    def remedy(self) -> Promise:
        """What the partner does about it."""
        return REMEDIES[self]


REMEDIES: dict[RejectionReason, Promise] = {
    RejectionReason.PROOF_MISSING: _(
        "Look at the list of papers for this source and add the one that is not there."
    ),
    RejectionReason.PROOF_UNREADABLE: _(
        "Scan the paper at 300 dpi, or photograph it straight from above in good light."
    ),
    RejectionReason.PROOF_UNSTAMPED: _("Put the red company seal on the copy and scan it again."),
    RejectionReason.PROOF_EXPIRED: _("Upload the renewed paper and type the day on which it ends."),
    RejectionReason.PROOF_ALTERED: _(
        "Upload a scan of the original as it is, without marks or corrections."
    ),
    RejectionReason.NAME_MISMATCH: _(
        "Write company name and code exactly as they stand on the licence."
    ),
    RejectionReason.TEXT_NOT_OWNED: _(
        "Apply with a name that stands in your registered name, or add a trademark certificate or "
        "the owner's authorisation letter."
    ),
    RejectionReason.TEXT_AMBIGUOUS: _(
        "Choose a longer name that only your company, site or product has."
    ),
    RejectionReason.TEXT_FORBIDDEN: _("Choose another name."),
    RejectionReason.FILING_NOT_FOUND: _(
        "Complete the filing with the ministry first, then upload the page that shows it."
    ),
    RejectionReason.FILING_HOLDER: _(
        "Apply in the holder's name, or add the holder's authorisation letter and licence."
    ),
    RejectionReason.LETTER_INVALID: _(
        "Let the owner sign a new letter with both names, the signature, the period and the seal."
    ),
    RejectionReason.OPERATOR_TAKEN: _(
        "Name another person: operators accept one person for one company only."
    ),
    RejectionReason.HOLDER_UNSUPPORTED: _("Apply in the name of a company or institution."),
    RejectionReason.LINE_REFUSED: _(
        "Ask your contact which messages this line of business may send."
    ),
    RejectionReason.OTHER: _("Read the remark; ask your contact if it is not clear."),
}


REASONS = Reasons(RejectionReason, REMEDIES)
# Those that a letter can have, the usual ones first.
LETTER_REASONS = Reasons(
    RejectionReason,
    REMEDIES,
    offered=(
        RejectionReason.LETTER_INVALID,
        RejectionReason.PROOF_UNREADABLE,
        RejectionReason.PROOF_UNSTAMPED,
        RejectionReason.PROOF_EXPIRED,
        RejectionReason.PROOF_ALTERED,
        RejectionReason.NAME_MISMATCH,
        RejectionReason.TEXT_NOT_OWNED,
        RejectionReason.HOLDER_UNSUPPORTED,
        RejectionReason.OTHER,
    ),
)
