"""Reads for those who judge pledges: what waits, who applies, and how the like was decided."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet
from rapidfuzz import fuzz

from apps.partners.models import Partner
from apps.pledges.models import Pledge, PledgeRound

COMPARED_ROUNDS = 300  # the newest decisions of an industry, of which the likest are shown
SHOWN_ROUNDS = 5
LEAST_LIKENESS = 40


@dataclass(frozen=True, kw_only=True, slots=True)
class ApplicantHistory:
    """How many of a partner's submissions stand how, and the newest decisions."""

    counts: dict[str, int]
    newest: list[PledgeRound]


@dataclass(frozen=True, kw_only=True, slots=True)
class SimilarDecision:
    """An earlier decision on another customer's pledge.

    Attributes:
        likeness: of audience, consent and samples together, 0 to 100.
        is_same_file: the very same scan was handed in there, too.
    """

    round: PledgeRound
    likeness: int
    is_same_file: bool


def waiting() -> QuerySet[PledgeRound]:
    """Return the rounds to be judged, the first due first, with what a queue shows of each."""
    return PledgeRound.objects.waiting().select_related(
        "pledge__customer__partner", "pledge__template", "submitted_by"
    )


def history_of_applicant(partner: Partner) -> ApplicantHistory:
    """Return how the submissions of a partner's customers were decided until now."""
    rounds = PledgeRound.objects.filter(pledge__customer__partner=partner)
    counts = rounds.order_by().values_list("status").annotate(count=Count("pk"))
    return ApplicantHistory(
        counts=dict(counts), newest=list(_shown(rounds.judged())[:SHOWN_ROUNDS])
    )


def similar_decisions(pledge: Pledge) -> list[SimilarDecision]:
    """Return earlier decisions on pledges of other customers: same scan first, then the likest.

    Compared are the newest of the same industry; the same scan is found however old it is.
    """
    others = PledgeRound.objects.judged().exclude(pledge__customer=pledge.customer_id)
    same_file = others.filter(sha256=pledge.sha256) if pledge.sha256 else others.none()
    alike = others.filter(pledge__customer__industry=pledge.customer.industry)
    candidates = {
        kept.pk: kept
        for kept in (*_shown(same_file)[:SHOWN_ROUNDS], *_shown(alike)[:COMPARED_ROUNDS])
    }
    found = [_compared(pledge, kept) for kept in candidates.values()]
    told = [each for each in found if each.is_same_file or each.likeness >= LEAST_LIKENESS]
    told.sort(key=lambda each: (not each.is_same_file, -each.likeness, -each.round.pk))
    return told[:SHOWN_ROUNDS]


def _shown(rounds: QuerySet[PledgeRound]) -> QuerySet[PledgeRound]:
    return rounds.select_related("pledge__customer__partner", "judged_by")


def _compared(pledge: Pledge, kept: PledgeRound) -> SimilarDecision:
    return SimilarDecision(
        round=kept,
        likeness=round(fuzz.ratio(_text_of(pledge), _text_of(kept.pledge))),
        is_same_file=bool(pledge.sha256) and kept.sha256 == pledge.sha256,
    )


def _text_of(pledge: Pledge) -> str:
    return "\n".join([pledge.audience, pledge.consent, *pledge.samples])
