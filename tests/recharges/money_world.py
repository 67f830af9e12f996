"""A small company whose money is pushed about: its people, accounts and prices, and what they do.

Every verb takes small numbers: which person, which account, which of the newest rows. So the same
verbs are taken one by one beside a model (`money_books`), and by several threads at once.
"""

import itertools
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from threading import Lock
from typing import Any, TypeAlias
from uuid import UUID

from django.db import connection, transaction
from hypothesis import strategies as st

from apps.audit.actors import SYSTEM
from apps.common.errors import DomainError
from apps.ledger.services import credits as ledger_credits
from apps.ledger.services.refunds import Refund, refund_batches
from apps.messaging.accepting import sends
from apps.recharges.models import BankEntry, RechargePolicy
from apps.recharges.queries import same_day
from apps.recharges.services import (
    bank_entries,
    expected,
    late_credits,
    lots,
    matches,
    owed,
    recharges,
    remittances,
    reversals,
    statements,
)
from tests.factories import files
from tests.factories.partners import CustomerFactory
from tests.factories.pledges import PledgeFactory
from tests.factories.rates import RateVersionFactory
from tests.factories.recharges import MORNING, StatementFactory
from tests.factories.senders import SIGNATURE, make_caller
from tests.factories.statements import BankProfileFactory, credit, csv
from tests.factories.users import StaffFactory

Step: TypeAlias = tuple[str, dict[str, Any]]

TIERS = {1: Decimal("0.06"), 30: Decimal("0.05"), 80: Decimal("0.0433")}
ONE_PERSON_MAX_YUAN = Decimal(3)
OWN, CUSTOMERS, OTHER_PARTNERS = 0, (1, 2), 3
_WAYS = [(0, 1), (0, 2), (0, 1), (1, 0), (1, 0), (2, 0), (1, 2), (0, 3), (0, 0)]

WHO = st.integers(0, 2)
NEAR = st.integers(0, 3)
ACCOUNT = st.sampled_from([OWN, 1, OWN, *CUSTOMERS, OTHER_PARTNERS])
YUAN = st.integers(1, 400).map(lambda cents: Decimal(cents) / 100)
LINES, SLIPS = st.lists(NEAR, min_size=1, max_size=3), st.lists(NEAR, max_size=2)
CAUSE = st.sampled_from(["BOOKED_WRONGLY", "BANK_RECALL"])


def _weighted(weights: Mapping[str, int], **verbs: Any) -> st.SearchStrategy[Step]:
    """Draw a verb, some more often than others, and its numbers."""
    names = [verb for verb in verbs for _ in range(weights.get(verb, 1))]
    drawn = {verb: st.fixed_dictionaries(numbers) for verb, numbers in verbs.items()}
    return st.sampled_from(names).flatmap(lambda verb: st.tuples(st.just(verb), drawn[verb]))


BANK = _weighted(
    {"bring": 4, "enter": 2},
    bring={"yuans": st.lists(YUAN, min_size=1, max_size=3)},
    enter={"yuan": YUAN, "who": WHO},
    file={"yuans": st.lists(YUAN, min_size=1, max_size=3), "who": WHO},
    report={"account": ACCOUNT, "yuan": YUAN},
    reject={"slip": NEAR, "who": WHO},
    give_back={"entry": NEAR, "who": WHO},
    discard={"entry": NEAR, "who": WHO},
    open_first={"account": ACCOUNT, "yuan": YUAN},
)
PURCHASE = _weighted(
    {"match": 4, "confirm": 2},
    propose={"entry": NEAR, "account": ACCOUNT, "who": WHO},
    match={"entries": LINES, "slips": SLIPS, "account": ACCOUNT, "who": WHO},
    confirm={"recharge": NEAR, "who": WHO},
    withdraw={"recharge": NEAR, "who": WHO},
)
USE = _weighted(
    {"send": 3},
    send={"account": ACCOUNT, "count": st.integers(1, 12), "length": st.integers(1, 480)},
    refund={"batches": LINES, "part": st.integers(0, 90)},
    transfer={"way": st.sampled_from(_WAYS), "segments": st.integers(0, 50)},
)
TAKING_BACK = _weighted(
    {"request": 3, "approve": 3},
    request={"recharge": NEAR, "cause": CAUSE, "who": WHO},
    approve={"reversal": NEAR, "who": WHO},
    decline={"reversal": NEAR, "who": WHO},
    collect={"account": ACCOUNT, "who": WHO},
    write_off={"reversal": NEAR, "who": WHO},
)
CLOCK = _weighted({"settle": 2}, settle={}, notice={}, pass_time={"minutes": st.integers(1, 3_000)})


# Which arguments of a verb are rows, and where they are looked for.
ONE = {"entry": "entries", "slip": "slips", "recharge": "recharges", "reversal": "reversals"}
MANY = {"entries", "slips", "batches"}


def segments_of(length: int) -> int:
    """Return what a text of so many characters costs to one mobile number: 70, or parts of 67."""
    characters = len(f"【{SIGNATURE}】") + length
    return 1 if characters <= 70 else math.ceil(characters / 67)


def tried(call: Any, **named: Any) -> Any:
    """Return what a call returns, or the rule that forbade it."""
    try:
        return call(**named)
    except DomainError as refused:
        return refused


@dataclass
class Rows:
    """What a history has made so far, what nobody has touched for longest first, and its clock.

    Attributes:
        left: what may still be refunded of each batch, and to which account.
    """

    at: datetime = MORNING
    entries: list[int] = field(default_factory=list)
    slips: list[int] = field(default_factory=list)
    recharges: list[int] = field(default_factory=list)
    reversals: list[int] = field(default_factory=list)
    batches: list[UUID] = field(default_factory=list)
    left: dict[UUID, tuple[int, int]] = field(default_factory=dict)

    def add(self, name: str, *made: Any) -> None:
        """Put new rows before the others."""
        getattr(self, name)[:0] = made

    def pick(self, name: str, number: int) -> Any:
        """Return a row near the front, which goes to the end; None where there is none."""
        rows: list[Any] = getattr(self, name)
        if not rows:
            return None
        rows.append(rows.pop(number % len(rows)))
        return rows[-1]


class World:
    """Three people of finance, a partner with two customers, and another partner."""

    def __init__(self) -> None:
        RateVersionFactory(tiers=TIERS)
        RechargePolicy.objects.update_or_create(
            pk=1, defaults={"one_person_max_yuan": ONE_PERSON_MAX_YUAN}
        )
        self.profile = BankProfileFactory()
        self.statement = StatementFactory(profile=self.profile)
        self.people = [StaffFactory(finance=True).as_actor() for _ in range(3)]
        callers = [make_caller(segments=0)]
        for _ in CUSTOMERS:
            customer = CustomerFactory(partner=callers[0].account.partner)
            PledgeFactory(customer=customer, approved=True)
            callers.append(make_caller(partner=customer.partner, customer=customer, segments=0))
        callers.append(make_caller(segments=0))
        self.accounts = [caller.account for caller in callers]
        self.senders = [caller.sender() for caller in callers]
        self.serials = itertools.count(1)
        self.rows = Rows()
        self._one_by_one = Lock()

    def resolve(self, numbers: dict[str, Any]) -> dict[str, Any] | None:
        """Put rows in the place of numbers; None where there are none."""
        named = dict(numbers)
        with self._one_by_one:
            for name in ONE.keys() & numbers.keys():
                named[name] = self.rows.pick(ONE[name], numbers[name])
            for name in MANY & numbers.keys():
                found = {self.rows.pick(name, number) for number in numbers[name]}
                named[name] = sorted(found - {None})
        return None if None in named.values() else named

    def buckets(self) -> list[tuple[int, int, int]]:
        """Return what each account has available, held and spent."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT account_id, available, held, spent FROM ledger_balance")
            found = {row[0]: row[1:] for row in cursor.fetchall()}
        return [found.get(account.pk, (0, 0, 0)) for account in self.accounts]

    def bring(self, *, yuans: list[Decimal]) -> list[int]:
        """Put lines there as a bank's file brings them, typed by nobody."""
        rows = [
            BankEntry(
                bank_account=self.profile.bank_account,
                serial=f"b{next(self.serials)}",
                amount_yuan=yuan,
                received_at=self.rows.at,
                statement=self.statement,
                entered_by=self.statement.stored_by,
                entered_at=self.rows.at,
                found_at=self.rows.at,
                due_at=same_day.due_at(self.rows.at),
            )
            for yuan in yuans
        ]
        made = [row.pk for row in BankEntry.objects.bulk_create(rows)]
        self.rows.add("entries", *made)
        return made

    def enter(self, *, yuan: Decimal, who: int) -> int:
        made = bank_entries.enter(
            bank_account=self.profile.bank_account,
            serial=f"e{next(self.serials)}",
            payer="北京青禾软件有限公司",
            amount_yuan=yuan,
            received_at=self.rows.at,
            **self._by(who),
        )
        self.rows.add("entries", made.pk)
        return made.pk

    def file(self, *, yuans: list[Decimal], who: int) -> list[int]:
        lines = csv([credit(f"f{next(self.serials)}", amount=str(yuan)) for yuan in yuans])
        found = statements.upload(
            profile_id=self.profile.pk, content=lines, file_name="明细.csv", **self._by(who)
        )
        statements.store(import_id=found.pk, **self._by(who))
        made = list(found.entries.order_by("pk").values_list("pk", flat=True))
        self.rows.add("entries", *made)
        return made

    def report(self, *, account: int, yuan: Decimal) -> int:
        made = remittances.enter_another(
            account=self.accounts[account],
            amount_yuan=yuan,
            paid_on=self.rows.at.date(),
            payer="北京青禾软件有限公司",
            voucher=files.png(),
            by=SYSTEM,
            at=self.rows.at,
        )
        self.rows.add("slips", made.pk)
        return made.pk

    def reject(self, *, slip: int, who: int) -> None:
        remittances.reject(
            remittance_id=slip, reason="看不清", remedy="请重新扫描", **self._by(who)
        )

    def propose(self, *, entry: int, account: int, who: int) -> int:
        made = recharges.propose(
            bank_entry_id=entry, account=self.accounts[account], **self._by(who)
        )
        self.rows.add("recharges", made.pk)
        return made.pk

    def match(
        self, *, entries: list[int], slips: list[int], account: int, who: int
    ) -> dict[int, int]:
        found = matches.confirm(
            bank_entry_ids=entries,
            remittance_ids=slips,
            account_id=self.accounts[account].pk,
            **self._by(who),
        )
        made = dict(found.recharges.order_by("pk").values_list("bank_entry", "pk"))
        self.rows.add("recharges", *made.values())
        return made

    def confirm(self, *, recharge: int, who: int) -> None:
        recharges.confirm(recharge_id=recharge, **self._by(who))

    def withdraw(self, *, recharge: int, who: int) -> None:
        recharges.withdraw(recharge_id=recharge, by=self.people[who], reason="账户有误")

    def give_back(self, *, entry: int, who: int) -> None:
        bank_entries.mark_returned(bank_entry_id=entry, reason="付款人有误", **self._by(who))

    def discard(self, *, entry: int, who: int) -> None:
        bank_entries.discard(bank_entry_id=entry, reason="利息", **self._by(who))

    def request(self, *, recharge: int, cause: Any, who: int) -> int:
        made = reversals.request(
            recharge_id=recharge, cause=cause, reason="记错账户", **self._by(who)
        )
        self.rows.add("reversals", made.pk)
        return made.pk

    def approve(self, *, reversal: int, who: int) -> None:
        reversals.approve(reversal_id=reversal, **self._by(who))

    def decline(self, *, reversal: int, who: int) -> None:
        reversals.decline(reversal_id=reversal, reason="到账无误", **self._by(who))

    def collect(self, *, account: int, who: int) -> int:
        return owed.collect(account_id=self.accounts[account].pk, **self._by(who))

    def write_off(self, *, reversal: int, who: int) -> None:
        owed.write_off(reversal_id=reversal, by=self.people[who], reason="我方记错")

    def transfer(self, *, way: tuple[int, int], segments: int) -> None:
        ledger_credits.transfer(
            source=self.accounts[way[0]],
            target=self.accounts[way[1]],
            segments=segments,
            by=SYSTEM,
            at=self.rows.at,
        )

    def send(self, *, account: int, count: int, length: int) -> UUID:
        request = sends.Request(to=[f"138001{n:05}" for n in range(count)], text="字" * length)
        answer = sends.send(self.senders[account], request, at=self.rows.at)
        made = UUID(answer["id"].removeprefix("bat_"))
        self.rows.left[made] = (account, answer["segments"])
        self.rows.add("batches", made)
        return made

    def refund(self, *, batches: list[UUID], part: int) -> dict[UUID, int]:
        """Give a part of each batch back; no more than it cost, which its messages see to."""
        taken: dict[UUID, int] = {}
        with self._one_by_one:
            for batch in batches:
                account, left = self.rows.left[batch]
                if left:
                    taken[batch] = 1 + part % left
                    self.rows.left[batch] = (account, left - taken[batch])
        items = [
            Refund(self.accounts[self.rows.left[batch][0]].pk, batch, segments)
            for batch, segments in taken.items()
        ]
        with transaction.atomic(), connection.cursor() as cursor:
            refund_batches(cursor, items, self.rows.at)
        return taken

    def settle(self) -> None:
        lots.settle()

    def notice(self) -> None:
        late_credits.notice(at=self.rows.at)

    def open_first(self, *, account: int, yuan: Decimal) -> int:
        made = expected.open_first(
            account_id=self.accounts[account].pk,
            agreement_number=f"2026-{next(self.serials):06}",
            amount_yuan=yuan,
            due_on=self.rows.at.date(),
            by=SYSTEM,
            at=self.rows.at,
        )
        return made.pk

    def pass_time(self, *, minutes: int) -> datetime:
        self.rows.at += timedelta(minutes=minutes)
        return self.rows.at

    def _by(self, who: int) -> dict[str, Any]:
        return {"by": self.people[who], "at": self.rows.at}
