"""Applications for a signature: drafted, edited, submitted, urged, withdrawn, given up.

`services.proofs` adds their papers; `services.signatures` judges them. A signature that holds may
be edited and submitted like a draft: that renews it, and what was approved holds meanwhile.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.audit.actors import Actor
from apps.audit.acts import act
from apps.common.errors import ConflictError, NotFoundError
from apps.partners import locks as partner_locks
from apps.partners.models import Account
from apps.partners.services import credit_codes
from apps.signatures import locks
from apps.signatures.choices import OVER, RENEWABLE, RoundStatus, SignatureStatus, Source, Use
from apps.signatures.events import SignatureSubmitted, SignatureUrged
from apps.signatures.models import AuthorisationLetter, Signature
from apps.signatures.particulars import NONE_STATED, Particulars
from apps.signatures.services import completeness, news, rounds, steps


class SignatureExistsError(ConflictError):
    """The account has that signature, or an application for it."""

    code = "signature_exists"
    message = _("The account has 【%(text)s】 or an application for it already.")
    cure = _("Look at the application that is there already.")


class SignatureTextFixedError(ConflictError):
    """The text of a signature that was approved stays: another text is another signature."""

    code = "signature_text_fixed"
    message = _("【%(text)s】 keeps its text. Apply for the other text as a signature of its own.")
    cure = _("Give this signature up if it is not needed, and apply anew.")


@transaction.atomic
def draft(
    *,
    account_id: int,
    text: str,
    source: Source,
    by: Actor,
    at: datetime,
    use: Use = Use.OWN,
    letter_id: int | None = None,
    particulars: Particulars = NONE_STATED,
) -> Signature:
    """Begin an application. Brackets and outer blanks around the text are dropped.

    Raises:
        SignatureTextError: the text cannot be a signature.
        SignatureExistsError: the account has it, or an application for it.
        SignatureLetterError: the letter is not for this use.
        CreditCodeError: the company code is wrong.
        NotFoundError: no such account, or no such letter of its partner.
    """
    text = completeness.checked_text(text)
    account = partner_locks.account(account_id)
    _check_free(account, text)
    signature = Signature(
        account=account, text=text, source=source, applied_by_id=by.user_id, applied_at=at
    )
    _state(signature, use=use, letter_id=letter_id, particulars=particulars)
    with act("signatures.draft", by=by):
        signature.save()
    return signature


@transaction.atomic
def edit(
    *,
    signature_id: int,
    text: str,
    source: Source,
    use: Use,
    by: Actor,
    letter_id: int | None = None,
    particulars: Particulars = NONE_STATED,
) -> Signature:
    """Write an application anew, also that of a signature that holds, which goes on holding.

    Raises:
        SignatureStateError: it is over, or stands as it was submitted.
        SignatureTextFixedError: it was approved under another text.
        DomainError: what `draft` raises.
    """
    text = completeness.checked_text(text)
    signature = locks.signature(signature_id)
    steps.check_editable(signature)
    if text != signature.text:
        if signature.status in RENEWABLE:
            raise SignatureTextFixedError(text=signature.text)
        _check_free(signature.account, text)
    signature.text, signature.source = text, source
    _state(signature, use=use, letter_id=letter_id, particulars=particulars)
    with act("signatures.edit", by=by):
        signature.save()
    return signature


@transaction.atomic
def submit(*, signature_id: int, by: Actor, at: datetime) -> Signature:
    """Hand an application in: the first time, after a refusal, or to renew what holds.

    It is due after two working hours. What was handed in is kept as a round of its work order.

    Raises:
        SignatureStateError: it is over, or stands as it was submitted.
        SignatureParticularsMissingError: something is not stated.
        SignatureLetterError: on behalf of another, without a letter that authorises it.
        SignatureProofMissingError: a required paper is missing or has ended.
    """
    signature = locks.signature(signature_id)
    steps.check_editable(signature)
    completeness.check(signature, at=at)
    if signature.status not in RENEWABLE:
        signature.status = SignatureStatus.SUBMITTED
        signature.judged_by, signature.judged_at, signature.reason = None, None, ""
    with act("signatures.submit", by=by):
        opened = rounds.open_round(signature, by=by, at=at)
        signature.submitted_at, signature.due_at = at, opened.due_at
        signature.save()
    news.tell(SignatureSubmitted, signature, at, is_renewal=opened.is_renewal)
    return signature


@transaction.atomic
def withdraw(*, signature_id: int, by: Actor, at: datetime) -> Signature:
    """Take an application back before it is judged, to go on working on it.

    Raises:
        SignatureStateError: nothing of it waits to be judged.
    """
    signature = locks.signature(signature_id)
    opened = steps.open_round(signature)
    if signature.status == SignatureStatus.SUBMITTED:
        signature.status = SignatureStatus.DRAFT
    with act("signatures.withdraw", by=by):
        rounds.close(opened, signature, RoundStatus.WITHDRAWN, at=at)
        signature.save()
    return signature


@transaction.atomic
def urge(*, signature_id: int, by: Actor, at: datetime) -> Signature:
    """Ask for a decision: a working hour after it was handed in, and once an hour from then on.

    Raises:
        SignatureStateError: nothing of it waits to be judged.
        SignatureUrgeTooEarlyError: the hour has not passed.
    """
    signature = locks.signature(signature_id)
    opened = steps.open_round(signature)
    with act("signatures.urge", by=by):
        rounds.count_urge(opened, at=at)
    news.tell(SignatureUrged, signature, at, urge_count=opened.urge_count)
    return signature


@transaction.atomic
def abandon(*, signature_id: int, by: Actor, at: datetime) -> Signature:
    """Give a signature or an application for one up, for good. Sends with it end.

    Raises:
        SignatureStateError: it is over already.
    """
    signature = locks.signature(signature_id)
    steps.check(signature, SignatureStatus.ABANDONED)
    signature.status, signature.is_default = SignatureStatus.ABANDONED, False
    with act("signatures.abandon", by=by):
        rounds.close_any(signature, at=at)
        signature.save()
    return signature


def _check_free(account: Account, text: str) -> None:
    same = Signature.objects.filter(account=account, text=text)
    if same.exclude(status__in=OVER).exists():
        raise SignatureExistsError(text=text)


def _state(
    signature: Signature, *, use: Use, letter_id: int | None, particulars: Particulars
) -> None:
    """Write what the applicant states; the company is the account's holder where none is named."""
    for column, value in particulars.as_columns().items():
        setattr(signature, column, value)
    holder = signature.account.customer or signature.account.partner
    signature.company_name = signature.company_name or holder.name
    signature.company_code = credit_codes.checked(signature.company_code) or holder.credit_code
    completeness.check_id_tail(signature.operator_id_tail)
    signature.use, signature.letter = use, _letter(signature.account, letter_id)
    completeness.check_letter_use(signature)


def _letter(account: Account, letter_id: int | None) -> AuthorisationLetter | None:
    if letter_id is None:
        return None
    letters = AuthorisationLetter.objects.filter(partner=account.partner_id)
    found = letters.filter(pk=letter_id).first()
    if found is None:
        raise NotFoundError(letter_id=letter_id)
    return found
