"""Authorisation letters: entered, and given their scan.

One letter serves every signature that it covers. It is handed in and judged by `reviews`.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import IO

from django.core.files.base import ContentFile
from django.db import transaction

from apps.audit.actors import Actor
from apps.audit.acts import act
from apps.common import uploads
from apps.common.clock import local_date
from apps.partners import locks as partner_locks
from apps.partners.services import credit_codes
from apps.signatures import locks, queries
from apps.signatures.choices import LETTER_EDITABLE
from apps.signatures.models import AuthorisationLetter
from apps.signatures.rules import texts
from apps.signatures.services.kinds import LETTERS
from apps.signatures.services.letter_terms import (
    LetterPartiesError,
    LetterPeriodError,
    LetterScopeError,
)


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
    letter = _editable(letter_id)
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
    letter = _editable(letter_id)
    letter.content_type, letter.page_count = upload.content_type, upload.page_count
    letter.sha256, letter.stored_sha256 = upload.sha256, upload.stored_sha256
    letter.file = ContentFile(upload.content, name=f"letter.{upload.extension}")
    with act("letters.attach_scan", by=by):
        letter.save()
    return letter


def _write(letter: AuthorisationLetter, terms: Terms, at: datetime) -> None:
    letter.grantor_name = terms.grantor_name.strip()
    letter.grantor_code = credit_codes.checked(terms.grantor_code)
    letter.grantee_name = terms.grantee_name.strip()
    if not (letter.grantor_name and letter.grantor_code and letter.grantee_name):
        raise LetterPartiesError
    if terms.valid_until <= max(terms.valid_from, local_date(at)):
        raise LetterPeriodError
    letter.valid_from, letter.valid_until = terms.valid_from, terms.valid_until
    named = list(dict.fromkeys(texts.normalised(text) for text in terms.texts))
    rules = queries.policy().text_rules()
    if any(texts.problem(text, rules) for text in named) or (terms.covers_all and named):
        raise LetterScopeError
    letter.covers_all, letter.texts = terms.covers_all, named


def _editable(letter_id: int) -> AuthorisationLetter:
    """Lock a letter that its partner still works on; refuse any other."""
    letter = locks.letter(letter_id)
    if letter.status not in LETTER_EDITABLE:
        raise LETTERS.wrong_state(letter)
    return letter
