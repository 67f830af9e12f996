"""Issuing: a draft gets its number and its PDF, both or neither.

*Typesetting and signing take some tenths of a second, so they happen before any row is locked*, with
the number that would be the next one. Only then a short transaction locks the agreement and the
counter, looks whether both are still as they were, and writes document, number and state together.
Where another agreement took the number, or somebody changed the draft, the work is done anew.

*After a crash* there is either all or nothing: the file is on the disk before the transaction that
names it commits, and a file that no row names is swept. So no agreement has a number without its
PDF, and no number is lost.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.agreements import blanks, locks, printing
from apps.agreements.choices import AgreementStatus
from apps.agreements.events import AgreementIssued
from apps.agreements.models import Agreement, IssuedDocument, NumberCounter, TemplateClause
from apps.agreements.services import steps
from apps.audit.actors import Actor
from apps.common import documents
from apps.common.clock import local_date
from apps.common.errors import ConflictError, NotFoundError
from apps.common.files import keeping
from apps.partners.models import Gateway

MAX_ATTEMPTS = 20  # each loses only to another that was issued, or to a change of the draft
REASON = "签发合作协议 {number}"


class NumbersTakenError(ConflictError):
    """Others were quicker each time."""

    code = "agreement_numbers_taken"
    message = _("Many agreements are being issued at this moment. Try again.")
    cure = _("Wait a moment and issue it again.")


class _OvertakenError(Exception):
    """The number is taken, or the draft is not what was typeset."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Prepared:
    agreement_id: int
    number: str
    document: IssuedDocument


def issue(*, agreement_id: int, by: Actor, at: datetime) -> Agreement:
    """Give a draft the next number of the year in Asia/Shanghai, such as 2026-0001, and its PDF.

    Raises:
        AgreementStateError: it is not a draft.
        AgreementBlanksError: blanks are missing or contradictory; each is named.
        UnprintableCharacterError: a value has characters that cannot be printed.
        NumbersTakenError: too many were issued at the same moment.
    """
    for _attempt in range(MAX_ATTEMPTS):
        prepared = _prepare(agreement_id, at=at)
        try:
            return _take(prepared, by=by, at=at)
        except _OvertakenError:
            prepared.document.file.delete(save=False)
        except BaseException:
            prepared.document.file.delete(save=False)
            raise
    raise NumbersTakenError


def _prepare(agreement_id: int, *, at: datetime) -> _Prepared:
    """Typeset, sign and keep the PDF under the next number, with nothing locked."""
    agreement = Agreement.objects.filter(pk=agreement_id).first()
    if agreement is None:
        raise NotFoundError(agreement_id=agreement_id)
    steps.check(agreement, AgreementStatus.ISSUED)
    number = _next_number(NumberCounter.objects.filter(year=local_date(at).year).first(), at=at)
    printed = _printed(agreement, number=number, at=at)
    pdf = documents.signing.sign(
        documents.render(template=printing.TEMPLATE, values=printed),
        reason=REASON.format(number=number),
        at=at,
    )
    document = IssuedDocument(
        sha256=hashlib.sha256(pdf).hexdigest(), size=len(pdf), printed=printed, created_at=at
    )
    keeping.keep(document.file, pdf)
    return _Prepared(agreement_id=agreement_id, number=number, document=document)


@transaction.atomic
def _take(prepared: _Prepared, *, by: Actor, at: datetime) -> Agreement:
    """Write number, document and state together, if all is still as it was typeset."""
    agreement = steps.locked(prepared.agreement_id, AgreementStatus.ISSUED)
    counter = locks.number_counter(local_date(at).year)
    is_next = _next_number(counter, at=at) == prepared.number
    if not is_next or _printed(agreement, number=prepared.number, at=at) != (
        prepared.document.printed
    ):
        raise _OvertakenError
    counter.last_number += 1
    counter.save(update_fields=["last_number"])
    prepared.document.save(force_insert=True)
    agreement.document = prepared.document
    agreement.number, agreement.issued_at = prepared.number, at
    issued = steps.saved(agreement, AgreementStatus.ISSUED, verb="issue", by=by)
    steps.tell(AgreementIssued, issued, at=at)
    return issued


def _printed(agreement: Agreement, *, number: str, at: datetime) -> dict[str, Any]:
    gateway = Gateway.objects.first() or Gateway()
    clauses = list(
        TemplateClause.objects.filter(template=agreement.template_id).order_by("position", "pk")
    )
    blanks.check(agreement, clauses, gateway=gateway, at=at)
    return printing.values(agreement, clauses, gateway=gateway, number=number, at=at)


def _next_number(counter: NumberCounter | None, *, at: datetime) -> str:
    last = counter.last_number if counter else 0
    return str(NumberCounter(year=local_date(at).year, last_number=last + 1))
