"""Papers that end: announced 30, 7 and 1 days ahead, each once; then the signature stops.

Called by the daily task for each signature. What a day missed is made up for once: the closest
announcement is made, and what has ended stops.
"""

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.audit.actors import SYSTEM
from apps.audit.acts import act
from apps.common.clock import local_date
from apps.common.errors import ConflictError
from apps.signatures import locks, queries
from apps.signatures.choices import ProofType, SignatureStatus
from apps.signatures.events import SignatureExpired, SignatureProofExpiring
from apps.signatures.models import AuthorisationLetter, ExpiryWarning, Signature
from apps.signatures.rules import papers
from apps.signatures.rules.papers import Paper
from apps.signatures.services import news, steps


class SignatureNotEndedError(ConflictError):
    """Its papers still hold."""

    code = "signature_not_ended"
    message = _("The papers of 【%(text)s】 still hold.")
    cure = _("Look at the day on which the papers end; nothing is to be done.")


@transaction.atomic
def expire(*, signature_id: int, at: datetime) -> Signature:
    """Stop an approved signature whose papers have ended, until renewed ones are approved.

    Raises:
        SignatureStateError: it is not approved.
        SignatureNotEndedError: its papers still hold.
    """
    signature = locks.signature(signature_id)
    steps.check(signature, SignatureStatus.EXPIRED)
    today = local_date(at)
    if signature.holds_until is None or signature.holds_until > today:
        raise SignatureNotEndedError(text=signature.text)
    ended = [each for each in queries.deadlines_of(signature) if not each.holds_on(today)]
    with translation.override(settings.LANGUAGE_CODE):
        reason = gettext("Ended: %(papers)s") % {
            "papers": "、".join(name_of(each) for each in ended) or str(signature.holds_until)
        }
    stop(signature, reason=reason, at=at)
    return signature


def stop(signature: Signature, *, reason: str, at: datetime) -> None:
    """Write that the papers of a locked, approved signature hold no longer, and tell the partner."""
    signature.status, signature.reason = SignatureStatus.EXPIRED, reason[:200]
    with act("signatures.expire", by=SYSTEM, reason=signature.reason):
        signature.save()
    news.tell(SignatureExpired, signature, at)


@transaction.atomic
def warn(*, signature_id: int, at: datetime) -> list[ExpiryWarning]:
    """Announce the ends of papers that are due to be announced and were not; often none.

    Raises:
        SignatureStateError: it neither holds nor is suspended.
    """
    signature = locks.signature(signature_id)
    if signature.status not in {SignatureStatus.APPROVED, SignatureStatus.SUSPENDED}:
        raise steps.wrong_state(signature)
    today = local_date(at)
    made = []
    for paper in queries.deadlines_of(signature):
        made += _announce(signature, paper, today, at)
    return made


def name_of(paper: Paper) -> str:
    """Name a paper in the reader's language."""
    if paper.type == papers.LETTER:
        return str(AuthorisationLetter._meta.verbose_name)
    return str(ProofType(paper.type).label)


def _announce(signature: Signature, paper: Paper, today: date, at: datetime) -> list[ExpiryWarning]:
    if paper.valid_until is None:
        return []
    days_left = (paper.valid_until - today).days
    made_before = ExpiryWarning.objects.filter(
        signature=signature, paper=paper.key, valid_until=paper.valid_until
    )
    threshold = papers.due_warning(
        days_left, set(made_before.values_list("threshold_days", flat=True))
    )
    if threshold is None:
        return []
    warning = ExpiryWarning.objects.create(
        signature=signature,
        paper=paper.key,
        valid_until=paper.valid_until,
        threshold_days=threshold,
        warned_at=at,
    )
    news.tell(
        SignatureProofExpiring,
        signature,
        at,
        document_type=paper.type,
        valid_until=paper.valid_until,
        days=days_left,
    )
    return [warning]
