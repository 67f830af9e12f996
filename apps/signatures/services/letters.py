"""Authorisation letters: entered, given their scan, submitted, withdrawn.

One letter serves every signature that it covers; `services.letter_judgements` judges it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import IO

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.audit.actors import Actor
from apps.audit.acts import act
from apps.common import uploads
from apps.common.clock import local_date
from apps.common.errors import InvalidError
from apps.partners import locks as partner_locks
from apps.partners.services import credit_codes
from apps.reviews import timing
from apps.reviews.services import claims
from apps.signatures import locks, queries
from apps.signatures.choices import LetterStatus
from apps.signatures.events import LetterSubmitted
from apps.signatures.models import AuthorisationLetter
from apps.signatures.rules import texts
from apps.signatures.services import letter_steps, news, orders


class LetterPartiesError(InvalidError):
    """Who authorises whom is not stated."""

    code = "letter_parties_missing"
    message = _("Name both companies, and the company code of the one that authorises.")
    cure = _("Fill in both companies and the code from the licence.")


class LetterScopeError(InvalidError):
    """It names no signature, or one that cannot be one."""

    code = "letter_scope_invalid"
    message = _("Name the signatures as they stand in the letter, or say that it covers all.")
    cure = _("Type the bare names, without brackets, as the letter has them.")


class LetterScanMissingError(InvalidError):
    """It cannot be judged without the scan."""

    code = "letter_scan_missing"
    message = _("Add the scan of the sealed letter first.")
    cure = uploads.SCAN


@dataclass(frozen=True, kw_only=True, slots=True)
class Terms:
    """What a letter says; `texts` are the signatures it names, none where it covers all."""

    grantor_name: str
    grantor_code: str
    grantee_name: str
    valid_from: date
    valid_until: date
    covers_all: bool = False
    texts: tuple[str, ...] = ()


@transaction.atomic
def draft(*, partner_id: int, terms: Terms, by: Actor, at: datetime) -> AuthorisationLetter:
    """Enter what a letter to a partner, or to its customer, says.

    Raises:
        LetterPartiesError: a company or the grantor's code is not stated.
        CreditCodeError: the grantor's code is wrong.
        LetterPeriodError: it ends before it begins, or has ended.
        LetterScopeError: it names what cannot be a signature.
    """
    partner = partner_locks.partner(partner_id)
    letter = AuthorisationLetter(partner=partner, entered_by_id=by.user_id, entered_at=at)
    _write(letter, terms, at)
    with act("letters.draft", by=by):
        letter.save()
    return letter


@transaction.atomic
def edit(*, letter_id: int, terms: Terms, by: Actor, at: datetime) -> AuthorisationLetter:
    """Write a letter that was not judged, or was refused, anew.

    Raises:
        LetterStateError: it is neither a draft nor rejected.
        DomainError: what `draft` raises.
    """
    letter = letter_steps.editable(letter_id)
    _write(letter, terms, at)
    with act("letters.edit", by=by):
        letter.save()
    return letter


@transaction.atomic
def attach_scan(*, letter_id: int, file: IO[bytes], by: Actor) -> AuthorisationLetter:
    """Add the scan of the sealed letter, in place of an earlier one.

    Raises:
        LetterStateError: it is neither a draft nor rejected.
        DomainError: the file was refused; the errors of `common.uploads.inspect`.
    """
    upload = uploads.inspect(file)
    letter = letter_steps.editable(letter_id)
    letter.content_type, letter.page_count = upload.content_type, upload.page_count
    letter.sha256, letter.stored_sha256 = upload.sha256, upload.stored_sha256
    letter.file = ContentFile(upload.content, name=f"letter.{upload.extension}")
    with act("letters.attach_scan", by=by):
        letter.save()
    return letter


@transaction.atomic
def submit(*, letter_id: int, by: Actor, at: datetime) -> AuthorisationLetter:
    """Hand a letter in, also again after a refusal; it is due after two working hours.

    Raises:
        LetterStateError: it is neither a draft nor rejected.
        LetterScanMissingError: the scan is missing.
        LetterScopeError: it covers nothing.
        LetterPeriodError: it has ended.
    """
    letter = letter_steps.editable(letter_id)
    if not letter.file:
        raise LetterScanMissingError
    if not letter.covers_all and not letter.texts:
        raise LetterScopeError
    if letter.valid_until <= local_date(at):
        raise letter_steps.LetterPeriodError
    letter.order_number = letter.order_number or orders.next_number(orders.LETTER, at)
    letter.status, letter.due_at = LetterStatus.SUBMITTED, timing.due_after(at)
    letter.submitted_by_id, letter.submitted_at = by.user_id, at
    letter.judged_by, letter.judged_at, letter.reasons, letter.remark = None, None, [], ""
    with act("letters.submit", by=by):
        letter.save()
    news.tell_letter(LetterSubmitted, letter, at)
    return letter


@transaction.atomic
def withdraw(*, letter_id: int, by: Actor) -> AuthorisationLetter:
    """Take a letter back before it is judged, to go on working on it.

    Raises:
        LetterStateError: it does not wait to be judged.
    """
    letter = locks.letter(letter_id)
    letter_steps.check(letter, LetterStatus.DRAFT)
    letter.status, letter.due_at = LetterStatus.DRAFT, None
    claims.drop(queue=letter_steps.QUEUE, subject_id=str(letter.pk))
    with act("letters.withdraw", by=by):
        letter.save()
    return letter


def _write(letter: AuthorisationLetter, terms: Terms, at: datetime) -> None:
    letter.grantor_name = terms.grantor_name.strip()
    letter.grantor_code = credit_codes.checked(terms.grantor_code)
    letter.grantee_name = terms.grantee_name.strip()
    if not (letter.grantor_name and letter.grantor_code and letter.grantee_name):
        raise LetterPartiesError
    if terms.valid_until <= max(terms.valid_from, local_date(at)):
        raise letter_steps.LetterPeriodError
    letter.valid_from, letter.valid_until = terms.valid_from, terms.valid_until
    named = list(dict.fromkeys(texts.normalised(text) for text in terms.texts))
    rules = queries.policy().text_rules()
    if any(texts.problem(text, rules) for text in named) or (terms.covers_all and named):
        raise LetterScopeError
    letter.covers_all, letter.texts = terms.covers_all, named
