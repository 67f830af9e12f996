"""Reads about signatures: what proves them, what waits, what was decided before."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet
from rapidfuzz import fuzz, process

from apps.reviews.choices import JUDGED, RoundStatus
from apps.signatures.choices import RENEWABLE, Use
from apps.signatures.models import (
    AuthorisationLetter,
    LetterRound,
    ProofDocument,
    Round,
    Signature,
    SignaturePolicy,
)
from apps.signatures.rules import papers
from apps.signatures.rules.papers import Paper

SIMILAR_ENOUGH = 60.0  # rapidfuzz's ratio of 0 to 100: 青禾 and 青禾软件 have 67
SHOWN_DECISIONS = 20


def policy() -> SignaturePolicy:
    """Return the rules that staff set; the defaults where nobody set any."""
    return SignaturePolicy.objects.first() or SignaturePolicy()


# What proves a signature.


def musts_of(application: Signature | Round, rules: SignaturePolicy) -> tuple[papers.Group, ...]:
    """Return the groups of papers of which an application must have one each."""
    return papers.musts(
        application.source,
        for_another=application.use == Use.BEHALF,
        with_real_name=rules.is_real_name_required,
    )


def papers_of(proofs: Iterable[ProofDocument], letter: AuthorisationLetter | None) -> list[Paper]:
    """Return proofs and letter as the rules see them."""
    found = [proof.as_paper() for proof in proofs]
    if letter is not None:
        found.append(
            Paper(key=f"letter:{letter.pk}", type=papers.LETTER, valid_until=letter.valid_until)
        )
    return found


def round_in_force(signature: Signature) -> Round | None:
    """Return the round by which a signature holds: the last one that was approved."""
    approved = signature.rounds.filter(status=RoundStatus.APPROVED).select_related("letter")
    return approved.order_by("-pk").first()


def deadlines_of(signature: Signature) -> list[Paper]:
    """Return the papers in force that a signature hangs on and that end, the earliest first."""
    held = round_in_force(signature)
    if held is None:
        return []
    present = papers_of(held.proofs.order_by("pk"), held.letter)
    return papers.deadlines(musts_of(held, policy()), present)


def has_default(account_id: int) -> bool:
    """Tell whether an account has a signature that sends without a named one use."""
    return Signature.objects.filter(account=account_id, is_default=True).exists()


def list_authorised_by(letter_id: int) -> list[int]:
    """Return the ids of the signatures that hold by a letter."""
    newest = Round.objects.filter(status=RoundStatus.APPROVED, letter=letter_id)
    rows = Signature.objects.filter(pk__in=newest.values("signature"), status__in=RENEWABLE)
    return [
        signature.pk
        for signature in rows.order_by("pk")
        if (held := round_in_force(signature)) and held.letter_id == letter_id
    ]


# What the judging queue shows.


def waiting() -> QuerySet[Round]:
    """Return the rounds to be judged, the first due first, with all that a row shows."""
    return Round.objects.waiting().select_related(
        "signature__account__partner", "signature__account__customer", "letter", "submitted_by"
    )


def waiting_letters() -> QuerySet[LetterRound]:
    """Return the rounds of letters to be judged, the first due first, with all that a row shows."""
    return LetterRound.objects.waiting().select_related("letter__partner", "submitted_by")


def history_of_applicant(partner_id: int) -> QuerySet[Round]:
    """Return what was decided about a partner's applications, the newest first."""
    judged = Round.objects.judged().filter(signature__account__partner=partner_id)
    return judged.select_related("signature__account", "judged_by")


@dataclass(frozen=True, kw_only=True, slots=True)
class SimilarDecision:
    """An earlier decision about the same text or one like it; `likeness` is of 0 to 100."""

    round: Round
    likeness: int

    @property
    def is_same(self) -> bool:
        """Whether it was about the very text."""
        return self.likeness == 100


def similar_decisions(text: str, *, apart_from: Collection[int] = ()) -> list[SimilarDecision]:
    """Return the newest decisions on texts like this one, the most alike first.

    Args:
        text: a bare text.
        apart_from: ids of signatures to leave out, such as the one that is being judged.
    """
    judged = Round.objects.filter(status__in=JUDGED).exclude(signature__in=list(apart_from))
    shared_letter = Q(text__iregex=f"[{text}]")  # a bare text has only letters and digits
    candidates = judged.filter(shared_letter).values_list("text", flat=True).distinct()
    alike = process.extract(
        text.casefold(),
        {each: each.casefold() for each in candidates.order_by("text")},
        scorer=fuzz.ratio,
        score_cutoff=SIMILAR_ENOUGH,
        limit=SHOWN_DECISIONS,
    )
    scores = {each: round(score) for _folded, score, each in alike}
    rows = judged.filter(text__in=scores).select_related("signature__account__partner", "judged_by")
    found = [
        SimilarDecision(round=row, likeness=scores[row.text])
        for row in rows.order_by("-judged_at", "-pk")[: 5 * SHOWN_DECISIONS]
    ]
    return sorted(found, key=lambda each: -each.likeness)[:SHOWN_DECISIONS]


@dataclass(frozen=True, kw_only=True, slots=True)
class SameFile:
    """A proof whose bytes are those of another one."""

    proof: ProofDocument
    is_same_partner: bool


def same_files(proof: ProofDocument) -> list[SameFile]:
    """Return where else a file was handed in, other partners' first."""
    partner_id = proof.signature.account.partner_id
    others = ProofDocument.objects.filter(sha256=proof.sha256).exclude(pk=proof.pk)
    rows = others.select_related("signature__account__partner").order_by("pk")
    found = [
        SameFile(proof=row, is_same_partner=row.signature.account.partner_id == partner_id)
        for row in rows
    ]
    return sorted(found, key=lambda each: each.is_same_partner)


def latest_rounds(signature: Signature) -> QuerySet[Round]:
    """Return the rounds of a signature, the newest first, with their judges."""
    return signature.rounds.select_related("submitted_by", "judged_by", "letter").order_by(
        F("submitted_at").desc(), "-pk"
    )
