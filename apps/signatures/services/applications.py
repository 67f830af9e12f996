"""Applications for a signature: drafted, edited, given up.

`services.proofs` adds their papers; `reviews` hands them in and has them judged. A signature that
holds may be edited and handed in like a draft: that renews it, and what was approved holds
meanwhile.
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
from apps.reviews.services import rounds
from apps.signatures import locks
from apps.signatures.choices import OVER, RENEWABLE, SignatureStatus, Source, Use
from apps.signatures.models import AuthorisationLetter, Signature
from apps.signatures.particulars import NONE_STATED, Particulars
from apps.signatures.services import completeness
from apps.signatures.services.editing import check_editable
from apps.signatures.services.kinds import SIGNATURES


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
        account=account, text=text, source=source, entered_by_id=by.user_id, entered_at=at
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
    check_editable(signature)
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
def abandon(*, signature_id: int, by: Actor, at: datetime) -> Signature:
    """Give a signature or an application for one up, for good. Sends with it end.

    Raises:
        SignatureStateError: it is over already.
    """
    signature = locks.signature(signature_id)
    SIGNATURES.check_step(signature, SignatureStatus.ABANDONED)
    signature.status, signature.is_default = SignatureStatus.ABANDONED, False
    with act("signatures.abandon", by=by):
        rounds.close_any(SIGNATURES, signature, by=by, at=at)
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
