"""Which papers prove the right to a text, how long they do, and when their end is announced.

Types and sources are the values of `choices.ProofType` and `choices.Source`; a test holds the two
together. A requirement is a group of types of which one is enough. A paper's `valid_until` is the
day on which it holds no longer, like the ends of agreements and pledges.

Source: reference/compliance.md 5.2 and 5.3, agreement clause 5.
"""

import enum
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

Group = frozenset[str]

# Who exists is shown by one of these (clause 5 and 5.2: licence, formerly organisation code).
COMPANY_PAPERS: Group = frozenset({"LICENCE", "CREDIT_CODE_CERTIFICATE", "ORGANISATION_CODE"})
INSTITUTION_PAPERS: Group = frozenset(
    {
        "INSTITUTION_CERTIFICATE",
        "SOCIAL_GROUP_CERTIFICATE",
        "CREDIT_CODE_CERTIFICATE",
        "ORGANISATION_CODE",
        "ENFORCEMENT_QUALIFICATION",
    }
)
ANY_BODY: Group = COMPANY_PAPERS | INSTITUTION_PAPERS
SITE_PAPERS: Group = frozenset({"SITE_FILING", "DOMAIN_CERTIFICATE"})
APP_PAPERS: Group = frozenset({"APP_FILING", "APP_STORE_PAGE"})
# The letter that authorises is an object of its own, told from a mere copy among the proofs.
LETTER = "LETTER"

MUST: dict[str, tuple[Group, ...]] = {
    "COMPANY": (COMPANY_PAPERS,),
    "INSTITUTION": (INSTITUTION_PAPERS,),
    "WEBSITE": (SITE_PAPERS, ANY_BODY),
    "APP": (APP_PAPERS, ANY_BODY),
    "OFFICIAL_ACCOUNT": (frozenset({"ACCOUNT_SCREENSHOT"}), ANY_BODY),
    "TRADEMARK": (frozenset({"TRADEMARK_CERTIFICATE"}), ANY_BODY),
    "SHOP": (ANY_BODY,),
}
FOR_ANOTHER: tuple[Group, ...] = (frozenset({LETTER}), frozenset({"OWNER_LICENCE"}))
# 5.3: the operator (经办人) shows both sides of the ID card and a photo holding it.
REAL_NAME: tuple[Group, ...] = (
    frozenset({"OPERATOR_ID_FRONT"}),
    frozenset({"OPERATOR_ID_BACK"}),
    frozenset({"OPERATOR_HOLDING_ID"}),
)
# What any application may have besides: people, special lines of business, and the rest.
MAY_ALWAYS: Group = frozenset(
    {
        "OPERATOR_ID_FRONT",
        "OPERATOR_ID_BACK",
        "OPERATOR_HOLDING_ID",
        "LEGAL_PERSON_ID",
        "OWNER_LICENCE",
        "SOFTWARE_COPYRIGHT",
        "INDUSTRY_PERMIT",
        "AUTHORISATION",
        "OTHER",
    }
)
MAY: dict[str, Group] = {
    "COMPANY": SITE_PAPERS | {"TRADEMARK_CERTIFICATE"},
    "INSTITUTION": SITE_PAPERS | {"LICENCE"},
    "WEBSITE": frozenset({"TRADEMARK_CERTIFICATE"}),
    "APP": SITE_PAPERS | {"TRADEMARK_CERTIFICATE"},
    "OFFICIAL_ACCOUNT": frozenset({"TRADEMARK_CERTIFICATE"}),
    "TRADEMARK": SITE_PAPERS,
    "SHOP": frozenset({"SHOP_SCREENSHOT", "TRADEMARK_CERTIFICATE"}),
}


class Validity(enum.Enum):
    """Whether a type of paper states an end."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    NONE = "none"


_ALWAYS_DATED: Group = frozenset({"TRADEMARK_CERTIFICATE", "AUTHORISATION"})
_NEVER_DATED: Group = frozenset(
    {
        "ACCOUNT_SCREENSHOT",
        "APP_STORE_PAGE",
        "OPERATOR_HOLDING_ID",
        "OPERATOR_ID_FRONT",
        "SHOP_SCREENSHOT",
        "SOFTWARE_COPYRIGHT",
    }
)
# Where the text is the name of a thing, the thing is named: domain, store page, account, number.
NAMES_A_THING: Group = frozenset({"WEBSITE", "APP", "OFFICIAL_ACCOUNT", "TRADEMARK", "SHOP"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Paper:
    """A proof or letter by what the rules need to know of it; `key` finds it again."""

    key: str
    type: str
    valid_until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Tell whether it has not ended by that day."""
        return self.valid_until is None or day < self.valid_until


def validity(proof_type: str) -> Validity:
    """Tell whether papers of a type state an end."""
    if proof_type in _ALWAYS_DATED:
        return Validity.REQUIRED
    return Validity.NONE if proof_type in _NEVER_DATED else Validity.OPTIONAL


def musts(source: str, *, for_another: bool, with_real_name: bool) -> tuple[Group, ...]:
    """Return the groups of which an application must have one paper each."""
    return (
        MUST[source] + (FOR_ANOTHER if for_another else ()) + (REAL_NAME if with_real_name else ())
    )


def takes(source: str, proof_type: str) -> bool:
    """Tell whether an application from a source may have a paper of that type."""
    return proof_type in MAY_ALWAYS | MAY[source] | frozenset().union(*MUST[source])


def missing(groups: Iterable[Group], papers: Collection[Paper], day: date) -> list[Group]:
    """Return the groups of which no paper holds on `day`."""
    held = {paper.type for paper in papers if paper.holds_on(day)}
    return [group for group in groups if not group & held]


def deadlines(groups: Iterable[Group], papers: Collection[Paper]) -> list[Paper]:
    """Return, the earliest first, the dated papers that requirements hang on.

    Of several papers that meet a requirement the one that lasts longest counts, so a renewed paper
    silences the one it renews.
    """
    decisive = set()
    for group in groups:
        meeting = [paper for paper in papers if paper.type in group]
        if meeting:
            decisive.add(max(meeting, key=lambda paper: paper.valid_until or date.max))
    dated = [paper for paper in decisive if paper.valid_until]
    return sorted(dated, key=lambda paper: (paper.valid_until, paper.key))


def holds_until(groups: Iterable[Group], papers: Collection[Paper]) -> date | None:
    """Return the day on which the first requirement is met no longer; None for never."""
    first = next(iter(deadlines(groups, papers)), None)
    return first.valid_until if first else None
