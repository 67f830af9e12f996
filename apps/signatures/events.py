"""What is told of signatures and of the letters that authorise them."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from apps.common.outbox import Code, Event, Written
from apps.signatures.choices import ProofType
from apps.signatures.reasons import RejectionReason
from apps.signatures.rules.papers import LETTER


@dataclass(frozen=True, kw_only=True)
class SignatureEvent(Event):
    """Something happened to a signature; the number is that of its newest work order."""

    subject_kind = "signature"

    text: Written
    order_number: Code


@dataclass(frozen=True, kw_only=True)
class SignatureSubmitted(SignatureEvent):
    """It waits to be judged."""

    name = "signature.submitted"

    is_renewal: bool = False


@dataclass(frozen=True, kw_only=True)
class SignatureUrged(SignatureEvent):
    """The applicant asks for a decision."""

    name = "signature.urged"

    urge_count: int


@dataclass(frozen=True, kw_only=True)
class SignatureApproved(SignatureEvent):
    """It may be sent with."""

    name = "signature.approved"


@dataclass(frozen=True, kw_only=True)
class SignatureRenewed(SignatureEvent):
    """Its renewed papers hold."""

    name = "signature.renewed"


@dataclass(frozen=True, kw_only=True)
class SignatureRejected(SignatureEvent):
    """It is refused, and may be mended and handed in again; a refused renewal changes nothing."""

    name = "signature.rejected"

    reasons: tuple[RejectionReason, ...]
    remark: Written
    is_renewal: bool = False


@dataclass(frozen=True, kw_only=True)
class SignatureSuspended(SignatureEvent):
    """It may not be sent with until it is resumed."""

    name = "signature.suspended"

    reason: Written


@dataclass(frozen=True, kw_only=True)
class SignatureResumed(SignatureEvent):
    """It may be sent with again."""

    name = "signature.resumed"


@dataclass(frozen=True, kw_only=True)
class SignatureRevoked(SignatureEvent):
    """It was taken back for good."""

    name = "signature.revoked"

    reason: Written


@dataclass(frozen=True, kw_only=True)
class SignatureExpired(SignatureEvent):
    """Its papers hold no longer."""

    name = "signature.expired"


@dataclass(frozen=True, kw_only=True)
class SignatureProofExpiring(SignatureEvent):
    """One of its papers ends soon; `valid_until` is the first day on which it no longer holds."""

    name = "signature.proof_expiring"

    document_type: Code
    valid_until: date
    days: int

    @property
    def document(self) -> str:
        """The paper's name in the reader's language."""
        if self.document_type == LETTER:
            return gettext("authorisation letter")
        return str(dict(ProofType.choices).get(self.document_type, ""))


@dataclass(frozen=True, kw_only=True)
class LetterEvent(Event):
    """Something happened to an authorisation letter, known by who gave it."""

    subject_kind = "letter"

    grantor: Written
    order_number: Code


@dataclass(frozen=True, kw_only=True)
class LetterSubmitted(LetterEvent):
    """It waits to be judged."""

    name = "letter.submitted"


@dataclass(frozen=True, kw_only=True)
class LetterUrged(LetterEvent):
    """The applicant asks for a decision."""

    name = "letter.urged"

    urge_count: int


@dataclass(frozen=True, kw_only=True)
class LetterApproved(LetterEvent):
    """Signatures can be applied for on its strength."""

    name = "letter.approved"


@dataclass(frozen=True, kw_only=True)
class LetterRejected(LetterEvent):
    """It is refused, and may be mended and handed in again."""

    name = "letter.rejected"

    reasons: tuple[RejectionReason, ...]
    remark: Written


@dataclass(frozen=True, kw_only=True)
class LetterRevoked(LetterEvent):
    """It was taken back; signatures that held by it have stopped."""

    name = "letter.revoked"

    reason: Written


@dataclass(frozen=True, kw_only=True)
class LetterExpired(LetterEvent):
    """It has ended by its date."""

    name = "letter.expired"
