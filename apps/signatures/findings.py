"""What a reviewer should know before judging: evidence, with which nothing is refused by itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.reviews.choices import RoundStatus
from apps.reviews.rules import WARNING_DAYS
from apps.signatures import queries
from apps.signatures.choices import RENEWABLE, Source, Use
from apps.signatures.models import ProofDocument, Round, Signature
from apps.signatures.particulars import REAL_NAME_FIELDS
from apps.signatures.rules import papers, texts
from apps.signatures.rules.texts import Likeness

SOON = timedelta(days=max(WARNING_DAYS))


class FindingCode(models.TextChoices):
    """What was noticed; each is a sentence for the reviewer."""

    SKIPS_LETTERS = "SKIPS_LETTERS", _("The text leaves letters of the registered name out")
    NOT_IN_NAME = "NOT_IN_NAME", _("The text does not stand in the registered name")
    TRADITIONAL = "TRADITIONAL", _("The text seems to have traditional characters")
    LETTERS_ALONE = "LETTERS_ALONE", _("The text has no Chinese")
    HELD_ELSEWHERE = "HELD_ELSEWHERE", _("Another partner holds the same text")
    FILE_ELSEWHERE = "FILE_ELSEWHERE", _("Another partner handed in the same file")
    FILE_REUSED = "FILE_REUSED", _("The partner handed in the same file with another signature")
    OPERATOR_ELSEWHERE = (
        "OPERATOR_ELSEWHERE",
        _("The person in charge stands for another company too"),
    )
    REAL_NAME_INCOMPLETE = "REAL_NAME_INCOMPLETE", _("Operators will ask for more at filing")
    LETTER_WAITS = "LETTER_WAITS", _("The authorisation letter is not approved")
    ENDS_SOON = "ENDS_SOON", _("A required paper ends within 30 days")


_OF_LIKENESS = {
    Likeness.SKIPPING: FindingCode.SKIPS_LETTERS,
    Likeness.FOREIGN: FindingCode.NOT_IN_NAME,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One thing noticed, and what it was noticed by."""

    code: FindingCode
    detail: str = ""

    def __str__(self) -> str:
        if not self.detail:
            return str(self.code.label)
        return gettext("%(finding)s: %(detail)s") % {
            "finding": self.code.label,
            "detail": self.detail,
        }


def findings_of(opened: Round) -> list[Finding]:
    """Return what is to be known of a round, the weightiest kinds first."""
    return [
        *_files(opened),
        *_holders(opened),
        *_operators(opened),
        *_text(opened),
        *_papers(opened),
    ]


def _text(opened: Round) -> Iterator[Finding]:
    if opened.source in {Source.COMPANY, Source.INSTITUTION}:
        name = _registered_name(opened)
        code = _OF_LIKENESS.get(texts.likeness(opened.text, name))
        if code is not None:
            yield Finding(code=code, detail=name)
    if texts.is_traditional(opened.text):
        yield Finding(code=FindingCode.TRADITIONAL)
    if texts.is_letters_alone(opened.text):
        yield Finding(code=FindingCode.LETTERS_ALONE)


def _registered_name(opened: Round) -> str:
    """Return whose name the text should be: the authorising company's, or the applicant's."""
    if opened.use == Use.BEHALF and opened.letter is not None:
        return opened.letter.grantor_name
    return str(opened.particulars.get("company_name", ""))


def _holders(opened: Round) -> Iterator[Finding]:
    held = Signature.objects.filter(text__iexact=opened.text, status__in=RENEWABLE)
    others = held.exclude(account__partner=opened.signature.account.partner_id)
    for other in others.select_related("account__partner").order_by("pk"):
        yield Finding(code=FindingCode.HELD_ELSEWHERE, detail=other.account.partner.name)


def _files(opened: Round) -> Iterator[Finding]:
    proofs = opened.proofs.select_related("signature__account").order_by("pk")
    for proof in proofs:
        for same in queries.same_files(proof):
            if same.proof.signature_id == opened.signature_id:
                continue
            code = FindingCode.FILE_REUSED if same.is_same_partner else FindingCode.FILE_ELSEWHERE
            yield Finding(code=code, detail=_of_file(proof, same.proof))


def _of_file(proof: ProofDocument, other: ProofDocument) -> str:
    owner = other.signature
    return f"{proof.get_type_display()} · {owner} · {owner.account.partner.name}"


def _operators(opened: Round) -> Iterator[Finding]:
    """Operators accept one person for one company only (compliance 5.3)."""
    name, tail = (opened.particulars.get(each) for each in ("operator_name", "operator_id_tail"))
    if not name or not tail:
        return
    others = Round.objects.filter(
        Q(status__in=[RoundStatus.APPROVED, RoundStatus.WAITING]),
        particulars__operator_name=name,
        particulars__operator_id_tail=tail,
    ).exclude(particulars__company_name=opened.particulars.get("company_name"))
    companies = {str(other.particulars.get("company_name")) for other in others.order_by("pk")}
    for company in sorted(companies):
        yield Finding(code=FindingCode.OPERATOR_ELSEWHERE, detail=company)


def _papers(opened: Round) -> Iterator[Finding]:
    if opened.letter is not None and opened.letter.status != opened.letter.Status.APPROVED:
        yield Finding(code=FindingCode.LETTER_WAITS, detail=opened.letter.get_status_display())
    present = queries.papers_of(opened.proofs.order_by("pk"), opened.letter)
    stated = all(opened.particulars.get(name) for name in REAL_NAME_FIELDS)
    day = opened.submitted_at.date()
    if not stated or papers.missing(papers.REAL_NAME, present, day):
        yield Finding(code=FindingCode.REAL_NAME_INCOMPLETE)
    musts = queries.musts_of(opened, queries.policy())
    for paper in papers.deadlines(musts, present):
        if not paper.holds_on(day + SOON):
            yield Finding(code=FindingCode.ENDS_SOON, detail=str(paper.valid_until))
