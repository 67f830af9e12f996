"""What finance sees at the matching workbench: waiting money with its proposals, ready to confirm."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from apps.common import numbers
from apps.common.clock import local_date
from apps.partners.models import Account
from apps.recharges.matching.evidence import Evidence, Proposal
from apps.recharges.models import BankEntry, Remittance
from apps.recharges.queries import known


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """A proposal with the rows it is about.

    Attributes:
        value: what a form sends to have it confirmed; `parse` reads it.
        others: the credits that would be confirmed together with the one it stands at.
    """

    proposal: Proposal
    account: Account
    slips: list[Remittance]
    others: list[BankEntry]
    value: str

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """What speaks for and against it."""
        return self.proposal.evidence

    @property
    def slips_yuan(self) -> Decimal:
        """What its slips say was paid."""
        return sum((slip.amount_yuan for slip in self.slips), Decimal(0))


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """Money that waits for its account, and since how many days."""

    entry: BankEntry
    age_days: int
    choices: list[Choice]

    @property
    def top(self) -> Choice | None:
        """The best proposal."""
        return self.choices[0] if self.choices else None

    @property
    def is_exact(self) -> bool:
        """Tell whether the best proposal fits in every way, so that it may be marked with others."""
        return self.top is not None and self.top.proposal.is_exact


@dataclass(frozen=True, kw_only=True, slots=True)
class Chosen:
    """What a form sent."""

    bank_entry_ids: list[int]
    remittance_ids: list[int]
    account_id: int


def waiting(*, at: datetime) -> list[Waiting]:
    """Return all money that waits and is not proposed, the longest waiting first."""
    entries = {row.pk: row for row in BankEntry.objects.free()}
    found = known.proposals()
    shown = [each for entry_id in entries for each in found.get(entry_id, ())]
    accounts = Account.objects.select_related("partner", "customer").in_bulk(
        {each.account_id for each in shown}
    )
    slips = Remittance.objects.select_related("looks_like").in_bulk(
        {slip_id for each in shown for slip_id in each.slip_ids}
    )
    return [
        Waiting(
            entry=entry,
            age_days=(local_date(at) - local_date(entry.received_at)).days,
            choices=[
                _choice(each, entry, accounts, slips, entries) for each in found.get(entry.pk, ())
            ],
        )
        for entry in entries.values()
    ]


def parse(value: str) -> Chosen:
    """Read what a form sent.

    Raises:
        ValueError: it is no choice of ours.
    """
    entries, slips, account = value.split("|")
    return Chosen(
        bank_entry_ids=_numbers(entries),
        remittance_ids=_numbers(slips),
        account_id=_number(account),
    )


def _choice(
    proposal: Proposal,
    entry: BankEntry,
    accounts: dict[int, Account],
    slips: dict[int, Remittance],
    entries: dict[int, BankEntry],
) -> Choice:
    parts = (_joined(proposal.credit_ids), _joined(proposal.slip_ids), str(proposal.account_id))
    return Choice(
        proposal=proposal,
        account=accounts[proposal.account_id],
        slips=[slips[each] for each in proposal.slip_ids],
        others=[entries[each] for each in proposal.credit_ids if each != entry.pk],
        value="|".join(parts),
    )


def _joined(ids: Iterable[int]) -> str:
    return ",".join(map(str, ids))


def _numbers(text: str) -> list[int]:
    return [_number(part) for part in text.split(",") if part]


def _number(text: str) -> int:
    return numbers.whole_number(text, least=0, most=numbers.MAX_ROW_NUMBER)
