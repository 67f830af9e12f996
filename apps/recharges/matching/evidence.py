"""What speaks for and against a proposal, spelled out."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Kind(StrEnum):
    """Kinds of evidence; their values stand in saved matches and are never reused."""

    AMOUNT_EQUAL = "AMOUNT_EQUAL"
    AMOUNT_SUM = "AMOUNT_SUM"
    AMOUNT_FEE = "AMOUNT_FEE"
    AMOUNT_DIFFERENT = "AMOUNT_DIFFERENT"
    NO_SLIP = "NO_SLIP"
    NAME_EQUAL = "NAME_EQUAL"
    NAME_SIMILAR = "NAME_SIMILAR"
    NAME_OTHER = "NAME_OTHER"
    PAYER_IS_PERSON = "PAYER_IS_PERSON"
    PAYER_KNOWN = "PAYER_KNOWN"
    ACCOUNT_KNOWN = "ACCOUNT_KNOWN"
    REFERENCE_FOUND = "REFERENCE_FOUND"
    CODE_FOUND = "CODE_FOUND"
    AGREEMENT_FOUND = "AGREEMENT_FOUND"
    PARTNER_NAMED = "PARTNER_NAMED"
    OTHER_PARTNER_NAMED = "OTHER_PARTNER_NAMED"
    DAYS_APART = "DAYS_APART"
    SAME_DAY = "SAME_DAY"
    DAY_MONTH_SWAPPED = "DAY_MONTH_SWAPPED"
    FITS_ANOTHER = "FITS_ANOTHER"


TEXTS: dict[Kind, Promise] = {
    Kind.AMOUNT_EQUAL: _("Amount equal: %(amount)s yuan"),
    Kind.AMOUNT_SUM: _("%(count)s parts add up to exactly %(amount)s yuan"),
    Kind.AMOUNT_FEE: _("%(difference)s yuan less than the slip, as when a bank takes its fee"),
    Kind.AMOUNT_DIFFERENT: _("Amount differs by %(difference)s yuan"),
    Kind.NO_SLIP: _("No slip is open for it"),
    Kind.NAME_EQUAL: _("Payer is “%(name)s”, as expected"),
    Kind.NAME_SIMILAR: _("Payer is %(percent)s %% similar to “%(name)s”"),
    Kind.NAME_OTHER: _("Payer is another firm than “%(name)s”"),
    Kind.PAYER_IS_PERSON: _("The payer is a person"),
    Kind.PAYER_KNOWN: _("This payer paid for the partner before"),
    Kind.ACCOUNT_KNOWN: _("This bank account paid for the partner before"),
    Kind.REFERENCE_FOUND: _("Reference %(reference)s stands in the bank's line"),
    Kind.CODE_FOUND: _("Login code %(code)s stands in the memo"),
    Kind.AGREEMENT_FOUND: _("Agreement number %(number)s stands in the memo"),
    Kind.PARTNER_NAMED: _("The memo names “%(name)s”"),
    Kind.OTHER_PARTNER_NAMED: _("The memo names another partner's account"),
    Kind.DAYS_APART: _("%(days)s days apart"),
    Kind.SAME_DAY: _("Same day"),
    Kind.DAY_MONTH_SWAPPED: _("Same day, once day and month change places"),
    Kind.FITS_ANOTHER: _("Another credit fits this slip better"),
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that speaks for (points above zero) or against a proposal."""

    kind: Kind
    points: int
    data: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return str(TEXTS[self.kind]) % self.data

    def to_json(self) -> dict[str, Any]:
        """Return what a saved match keeps."""
        shown = {name: str(value) for name, value in self.data.items()}
        return {"kind": self.kind.value, "points": self.points, "data": shown}


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """These credits are these slips, for this account; without slips, a guess at the account."""

    partner_id: int
    account_id: int
    credit_ids: tuple[int, ...]
    slip_ids: tuple[int, ...]
    evidence: tuple[Evidence, ...]

    @property
    def score(self) -> int:
        """The points of all evidence."""
        return sum(each.points for each in self.evidence)

    @property
    def is_exact(self) -> bool:
        """Tell whether one credit is one slip, to the cent, and something names the partner."""
        kinds = {each.kind for each in self.evidence}
        return Kind.AMOUNT_EQUAL in kinds and bool(kinds & _NAMING) and not kinds & _AGAINST


_NAMING = frozenset(
    {
        Kind.NAME_EQUAL,
        Kind.ACCOUNT_KNOWN,
        Kind.REFERENCE_FOUND,
        Kind.CODE_FOUND,
        Kind.AGREEMENT_FOUND,
    }
)
_AGAINST = frozenset({Kind.NAME_OTHER, Kind.OTHER_PARTNER_NAMED, Kind.FITS_ANOTHER})
