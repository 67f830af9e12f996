"""The papers of an application as its applicant works on them: what is asked for, what is there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.common import clock
from apps.common.clock import local_date
from apps.portal.signatures.pages.signatures import Ending
from apps.signatures import queries
from apps.signatures.choices import PROOF_HINTS, ProofType
from apps.signatures.models import AuthorisationLetter, ProofDocument, Signature
from apps.signatures.rules import papers
from apps.signatures.rules.papers import Group, Validity
from apps.users.models import User

MOST_KNOWN = 50  # files offered to be used again; nobody reads a longer list
_NAMES: dict[Group, Promise] = {
    papers.COMPANY_PAPERS: _("Proof of the company"),
    papers.INSTITUTION_PAPERS: _("Proof of the institution"),
    papers.ANY_BODY: _("Proof of the company or institution"),
    papers.SITE_PAPERS: _("Proof of the website"),
    papers.APP_PAPERS: _("Proof of the App"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """A type of paper that may be uploaded."""

    type: ProofType

    @property
    def label(self) -> Promise | str:
        """What it is called."""
        return self.type.label

    @property
    def hint(self) -> Promise:
        """What to upload."""
        return PROOF_HINTS[self.type]

    @property
    def takes_day(self) -> bool:
        """Whether it may state an end."""
        return papers.validity(self.type) is not Validity.NONE

    @property
    def needs_day(self) -> bool:
        """Whether it always states an end."""
        return papers.validity(self.type) is Validity.REQUIRED


@dataclass(frozen=True, kw_only=True, slots=True)
class Paper:
    """A file that is with the application, and when it ends."""

    proof: ProofDocument
    ending: Ending

    @property
    def kind(self) -> Kind:
        """What type of paper it is."""
        return Kind(type=ProofType(self.proof.type))


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """Papers of which one is enough: which may be uploaded, which are there or known."""

    key: str
    title: Promise | str
    kinds: Sequence[Kind]
    present: Sequence[Paper] = ()
    known: Sequence[ProofDocument] = ()
    is_met: bool = False

    @property
    def takes_day(self) -> bool:
        """Whether any of them may state an end."""
        return any(kind.takes_day for kind in self.kinds)

    @property
    def hint(self) -> Promise:
        """What to upload, for the type that is chosen at first."""
        return self.kinds[0].hint


@dataclass(frozen=True, kw_only=True, slots=True)
class Papers:
    """All papers of an application by what they are for."""

    musts: Sequence[Asked]
    others: Asked
    unfit: Sequence[Paper]
    needs_letter: bool
    letter: AuthorisationLetter | None

    @property
    def must_count(self) -> int:
        """How many things are asked for, the letter among them."""
        return len(self.musts) + self.needs_letter

    @property
    def met_count(self) -> int:
        """How many of them are there."""
        return sum(each.is_met for each in self.musts) + (self.letter is not None)


def papers_of(signature: Signature, user: User) -> Papers:
    """Return what an application asks for and has; one that is not kept yet has nothing."""
    present = list(signature.proofs.present().order_by("pk")) if signature.pk else []
    known = _known(signature, present, user) if signature.pk else []
    today = local_date(clock.now())
    shown = [Paper(proof=each, ending=Ending(on=each.valid_until, today=today)) for each in present]
    groups = queries.musts_of(signature, queries.policy())
    needed = [group for group in groups if papers.LETTER not in group]
    missing = papers.missing(needed, [each.as_paper() for each in present], today)
    of_musts: Group = frozenset().union(*needed)
    takes = {each.value for each in ProofType if papers.takes(signature.source, each)} | of_musts
    others = _asked(takes - of_musts, _("Other papers"), shown, known, key="others")
    return Papers(
        musts=[
            _asked(group, _title(group), shown, known, is_met=group not in missing)
            for group in needed
        ],
        others=others,
        unfit=[each for each in shown if each.proof.type not in takes],
        needs_letter=len(needed) < len(groups),
        letter=signature.letter,
    )


def _asked(
    types: Iterable[str],
    title: Promise | str,
    present: Iterable[Paper],
    known: Iterable[ProofDocument],
    *,
    key: str = "",
    is_met: bool = False,
) -> Asked:
    wanted = set(types)
    ordered = [each for each in ProofType if each.value in wanted]
    return Asked(
        key=key or f"{ordered[0].value.lower()}-{len(ordered)}",
        title=title,
        kinds=[Kind(type=each) for each in ordered],
        present=[each for each in present if each.proof.type in wanted],
        known=[each for each in known if each.type in wanted],
        is_met=is_met,
    )


def _title(group: Group) -> Promise | str:
    if group in _NAMES:
        return _NAMES[group]
    (only,) = group
    return ProofType(only).label


def _known(
    signature: Signature, present: Iterable[ProofDocument], user: User
) -> list[ProofDocument]:
    """Return the partner's papers of other signatures, each file once, the newest first."""
    rows = (
        ProofDocument.objects.visible_to(user)
        .present()
        .exclude(signature=signature)
        .exclude(sha256__in=[each.sha256 for each in present])
        .exclude(valid_until__lte=local_date(clock.now()))
        .select_related("signature")
        .order_by("-pk")
    )
    once = {(each.sha256, each.type): each for each in reversed(rows[: 4 * MOST_KNOWN])}
    return sorted(once.values(), key=lambda each: -each.pk)[:MOST_KNOWN]
