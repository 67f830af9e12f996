"""Signatures as a kind of `reviews`: what judging one asks, keeps and does."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.audit.separations import Hands
from apps.common.errors import ConflictError
from apps.reviews.errors import (
    Errors,
    OwnApplicationError,
    ReasonMissingError,
    UrgedLatelyError,
    WrongStateError,
    coded,
)
from apps.reviews.kinds import End, Kind, register
from apps.signatures import locks, queries
from apps.signatures.choices import (
    NEXT_SIGNATURE_STATUS,
    RENEWABLE,
    ProofType,
    SignatureStatus,
)
from apps.signatures.events import SignatureEvent
from apps.signatures.models import AuthorisationLetter, ProofDocument, Round, Signature
from apps.signatures.particulars import FIELDS
from apps.signatures.reasons import REASONS
from apps.signatures.rules import papers
from apps.signatures.rules.papers import Paper
from apps.signatures.services import completeness, news


class SignatureStateError(WrongStateError):
    """The signature's state does not allow this step."""

    code = "signature_wrong_state"
    message = _("【%(text)s】 is %(status)s, which does not allow this.")


class SignatureNotEndedError(ConflictError):
    """Its papers still hold."""

    code = "signature_not_ended"
    message = _("The papers of 【%(text)s】 still hold.")
    cure = _("Look at the day on which the papers end; nothing is to be done.")


SignatureReasonMissingError = coded(
    ReasonMissingError, "SignatureReasonMissingError", "signature_reason_missing"
)
OwnSignatureError = coded(OwnApplicationError, "OwnSignatureError", "signature_own_application")
SignatureUrgeTooEarlyError = coded(
    UrgedLatelyError, "SignatureUrgeTooEarlyError", "signature_urge_too_early"
)


# The events of signatures by what happened.
EVENTS = {each.name.partition(".")[2]: each for each in SignatureEvent.__subclasses__()}


class Signatures(Kind[Signature, Round]):
    """Texts that an account may send with; renewed while they hold."""

    name = "signatures"
    prefix = "QM"
    model = Signature
    round_model = Round
    subject = "signature"
    steps = NEXT_SIGNATURE_STATUS
    reasons = REASONS
    errors = Errors(
        state=SignatureStateError,
        own=OwnSignatureError,
        urged=SignatureUrgeTooEarlyError,
        reason=SignatureReasonMissingError,
        not_ended=SignatureNotEndedError,
    )
    ends_by = "holds_until"
    warned_in = frozenset({SignatureStatus.APPROVED, SignatureStatus.SUSPENDED})

    def lock(self, subject_id: int) -> Signature:
        """Lock account and signature."""
        return locks.signature(subject_id)

    def lock_to_judge(self, subject_id: int) -> Signature:
        """Lock letter, account and signature."""
        return locks.signature_with_letter(subject_id)

    def words(self, subject: Signature) -> dict[str, Any]:
        """Name its text."""
        return {"title": self.title(subject), "text": subject.text}

    def may_be_handed_in(self, subject: Signature) -> bool:
        """Tell whether it is worked on, or holds and does not wait to be renewed."""
        return completeness.is_editable(subject)

    def check_complete(self, subject: Signature, *, at: datetime) -> None:
        """Refuse an application that cannot be judged as it stands."""
        completeness.check(subject, at=at)

    def is_renewal(self, subject: Signature) -> bool:
        """Tell whether it was approved once and is not over."""
        return subject.status in RENEWABLE

    def contents(self, subject: Signature) -> dict[str, Any]:
        """Keep text, source, particulars and letter."""
        return {
            "text": subject.text,
            "source": subject.source,
            "use": subject.use,
            "particulars": {name: getattr(subject, name) for name in FIELDS},
            "letter": subject.letter,
        }

    def keep_papers(self, subject: Signature, opened: Round) -> None:
        """Keep the papers that are with it now."""
        opened.proofs.set(subject.proofs.present())

    def take_effect(
        self,
        subject: Signature,
        opened: Round,
        *,
        terms: Any,  # noqa: ARG002
        at: datetime,
    ) -> None:
        """Let the account send with it as long as the papers hold.

        A renewal puts the new papers in the place of the old; an expired signature holds again, a
        suspended one stays suspended. The first one of an account becomes its default.
        """
        completeness.check_still_holds(opened, letter=subject.letter, at=at)
        completeness.check_registered(subject)
        if subject.status != SignatureStatus.SUSPENDED:
            subject.status, subject.remark = SignatureStatus.APPROVED, ""
            subject.is_default = subject.is_default or not queries.has_default(subject.account_id)
        subject.holds_until = papers.holds_until(
            queries.musts_of(opened, queries.policy()),
            queries.papers_of(opened.proofs.order_by("pk"), subject.letter),
        )

    def hands_on(self, subject: Signature) -> Hands:
        """Return who applied, submitted and uploaded."""
        uploads = ProofDocument.objects.filter(signature=subject)
        uploaders = uploads.values_list("uploaded_by", flat=True)
        return {**super().hands_on(subject), "signatures.add_proof": uploaders}

    def tell(self, verb: str, subject: Signature, *, at: datetime, **facts: Any) -> None:
        """Publish `signature.<verb>`."""
        news.tell(EVENTS[verb], subject, at, **facts)

    def round_facts(self, told: Round) -> dict[str, Any]:
        """Tell a renewal apart."""
        return {"is_renewal": told.is_renewal}

    def told_verb(self, subject: Signature, opened: Round) -> str:  # noqa: ARG002
        """Tell a renewal apart."""
        return "renewed" if opened.is_renewal else "approved"

    def end(self, subject: Signature, *, at: datetime) -> None:  # noqa: ARG002
        """Take the default away from one that is over."""
        subject.is_default = subject.is_default and not subject.is_over

    def why_ended(self, subject: Signature, today: date) -> str:
        """Name the papers that have ended."""
        ended = [each for each in queries.deadlines_of(subject) if not each.holds_on(today)]
        with translation.override(settings.LANGUAGE_CODE):
            return gettext("Ended: %(papers)s") % {
                "papers": "、".join(_name_of(each) for each in ended) or str(subject.holds_until)
            }

    def ends_of(self, subject: Signature) -> Sequence[End]:
        """Return the papers in force that it hangs on and that end."""
        return [
            End(what=paper.key, ends_on=paper.valid_until, facts={"document_type": paper.type})
            for paper in queries.deadlines_of(subject)
            if paper.valid_until
        ]

    def tell_ending(self, subject: Signature, end: End, *, days_left: int, at: datetime) -> None:
        """Publish that a paper ends soon."""
        self.tell(
            "proof_expiring", subject, at=at, valid_until=end.ends_on, days=days_left, **end.facts
        )


def _name_of(paper: Paper) -> str:
    if paper.type == papers.LETTER:
        return str(AuthorisationLetter._meta.verbose_name)
    return str(ProofType(paper.type).label)


SIGNATURES = register(Signatures())
