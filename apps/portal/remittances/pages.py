"""What the pages of reported payments show: where one stands, and what may be done about it.

Nothing is decided here: the services decide. These tell a page what it would be in vain to offer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.portal.recharges.payments import segments_of
from apps.recharges.choices import NEXT_REMITTANCE_STATUS, RechargeStatus, RemittanceStatus
from apps.recharges.models import Recharge, Remittance


class Progress(Enum):
    """How far a step of the way is."""

    DONE = "done"
    NOW = "now"
    AHEAD = "ahead"
    STOPPED = "stopped"


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """A step on the way from the slip to the credit.

    Attributes:
        at: when it was done; None where it was not, or nobody noted it.
        due_at: by when it is to be done.
    """

    title: Promise
    progress: Progress
    at: datetime | None = None
    due_at: datetime | None = None

    @property
    def is_now(self) -> bool:
        """Whether this is what is waited for."""
        return self.progress is Progress.NOW


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownRemittance:
    """A reported payment with the money that was found for it.

    Attributes:
        recharges: what was credited for it, or waits for approval.
        together_with: other slips that the same money pays.
        ended_at: when it was rejected or withdrawn.
        at: the moment of the reader.
    """

    remittance: Remittance
    recharges: Sequence[Recharge]
    together_with: Sequence[Remittance]
    ended_at: datetime | None
    at: datetime

    @property
    def status(self) -> RemittanceStatus:
        """Where it stands."""
        return RemittanceStatus(self.remittance.status)

    @property
    def may_be_edited(self) -> bool:
        """Whether its partner may mend it."""
        return self.status in {RemittanceStatus.ENTERED, RemittanceStatus.REJECTED}

    @property
    def may_be_withdrawn(self) -> bool:
        """Whether its partner may take it back."""
        return RemittanceStatus.WITHDRAWN in NEXT_REMITTANCE_STATUS[self.status]

    @property
    def is_rejected(self) -> bool:
        """Whether the gateway sent it back, and it was not mended since."""
        return self.status == RemittanceStatus.REJECTED

    @property
    def segments(self) -> int:
        """What it bought, or will buy with the approval."""
        return segments_of(self.recharges)

    @property
    def _standing(self) -> list[Recharge]:
        """Its recharges but for those taken back, whose money may be another's by now."""
        return [each for each in self.recharges if each.status != RechargeStatus.REVERSED]

    @property
    def found_at(self) -> datetime | None:
        """When the first of its money was found."""
        return min((each.bank_entry.found_at for each in self._standing), default=None)

    @property
    def due_at(self) -> datetime | None:
        """By when all of its money is to be credited (agreement clause 11)."""
        return max((each.bank_entry.due_at for each in self._standing), default=None)

    @property
    def credited_at(self) -> datetime | None:
        """When it was credited."""
        moments = (each.confirmed_at for each in self.recharges if each.confirmed_at)
        return max(moments, default=None)

    @property
    def is_late(self) -> bool:
        """Whether the money was found and not credited by when it was due."""
        waits = any(each.status == RechargeStatus.PENDING for each in self.recharges)
        return waits and self.due_at is not None and self.due_at < self.at

    @property
    def took_two(self) -> bool:
        """Whether another person approved what one had matched."""
        match = self.remittance.match
        return match is not None and any(
            each.confirmed_at and each.confirmed_by_id != match.confirmed_by_id
            for each in self.recharges
        )

    @property
    def steps(self) -> list[Step]:
        """The way that it went, and what is still ahead."""
        return list(self._steps())

    def _steps(self) -> Iterator[Step]:
        yield Step(title=_("Report"), progress=Progress.DONE, at=self.remittance.entered_at)
        if self.status == RemittanceStatus.REJECTED:
            yield Step(title=_("Rejected"), progress=Progress.STOPPED, at=self.ended_at)
        elif self.status == RemittanceStatus.WITHDRAWN:
            yield Step(title=_("Withdrawn"), progress=Progress.STOPPED, at=self.ended_at)
        elif self.status == RemittanceStatus.ENTERED:
            yield Step(title=_("Money found"), progress=Progress.NOW)
            yield Step(title=_("Credit to the account"), progress=Progress.AHEAD)
        else:
            yield from self._steps_of_found_money()

    def _steps_of_found_money(self) -> Iterator[Step]:
        yield Step(title=_("Money found"), progress=Progress.DONE, at=self.found_at)
        if self.status == RemittanceStatus.MATCHED:
            yield Step(title=_("Approval"), progress=Progress.NOW)
            yield Step(
                title=_("Credit to the account"), progress=Progress.AHEAD, due_at=self.due_at
            )
            return
        if self.took_two:
            yield Step(title=_("Approval"), progress=Progress.DONE, at=self.credited_at)
        yield Step(title=_("Credit to the account"), progress=Progress.DONE, at=self.credited_at)


def shown_remittance(remittance: Remittance, *, at: datetime) -> ShownRemittance:
    """Read all that is told of a reported payment."""
    recharges: list[Recharge] = []
    together_with: list[Remittance] = []
    if remittance.match is not None:
        found = remittance.match.recharges.select_related("bank_entry", "account")
        recharges = list(found.order_by("pk"))
        others = remittance.match.remittances.exclude(pk=remittance.pk)
        together_with = list(others.order_by("pk"))
    return ShownRemittance(
        remittance=remittance,
        recharges=recharges,
        together_with=together_with,
        ended_at=_ended_at(remittance),
        at=at,
    )


def _ended_at(remittance: Remittance) -> datetime | None:
    """Return when it was rejected or withdrawn, as its history has it."""
    if remittance.status not in {RemittanceStatus.REJECTED, RemittanceStatus.WITHDRAWN}:
        return None
    events = remittance.events.filter(status=remittance.status)  # type: ignore[attr-defined]
    newest: datetime | None = (
        events.order_by("-pgh_id").values_list("pgh_created_at", flat=True).first()
    )
    return newest
