"""What every verb of `money_world` should do to the money, in plain Python.

A second telling of the rules that knows no database: each verb says whether it is allowed, and if
so, writes down what it does. Where the product and these books differ, one of them is wrong.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from apps.common.clock import SHANGHAI
from apps.common.working_time import WorkingCalendar
from tests.recharges.money_world import ONE_PERSON_MAX_YUAN, OTHER_PARTNERS, OWN, TIERS, segments_of

CALENDAR, CUT_OFF = WorkingCalendar(), time(17)


@dataclass
class Line:
    """Money on the bank account."""

    yuan: Decimal
    typed_by: int | None
    due_at: datetime
    status: str = "UNMATCHED"
    settled_at: datetime | None = None


@dataclass
class Slip:
    account: int
    status: str = "ENTERED"


@dataclass
class Credit:
    """A recharge; those of one purchase share a `purchase` and its slips."""

    account: int
    line: int
    segments: int
    price: Decimal
    by: int
    purchase: object
    slips: list[int]
    status: str = "PENDING"


@dataclass
class Debt:
    """A reversal, and what became of it."""

    credit: int
    cause: str
    by: int
    held: int
    status: str = "PENDING"
    taken: int = 0
    owed: int = 0
    recovered: int = 0
    written_off: int = 0
    decided: tuple[datetime, int] = (datetime.max, 0)  # noqa: DTZ901 - not yet

    @property
    def open(self) -> int:
        return self.owed - self.recovered - self.written_off


@dataclass
class Buckets:
    available: int = 0
    held: int = 0
    spent: int = 0


def price_of(yuan: Decimal) -> Decimal | None:
    """Return the price of the highest tier that so much money reaches at that tier's own price."""
    reached = [price for least, price in TIERS.items() if yuan // price >= least]
    return min(reached, default=None)


@dataclass
class Books:
    """The money of four accounts, of which the last is another partner's."""

    at: datetime
    buckets: list[Buckets] = field(default_factory=lambda: [Buckets() for _ in range(4)])
    lines: dict[int, Line] = field(default_factory=dict)
    slips: dict[int, Slip] = field(default_factory=dict)
    credits: dict[int, Credit] = field(default_factory=dict)
    debts: dict[int, Debt] = field(default_factory=dict)
    first: dict[int, tuple[int, int | None]] = field(default_factory=dict)
    sent: dict[Any, tuple[int, int]] = field(default_factory=dict)
    breaches: set[tuple[int, datetime]] = field(default_factory=set)
    alone: dict[tuple[int, date], Decimal] = field(default_factory=lambda: defaultdict(Decimal))

    def bring(self, made: list[int], *, yuans: list[Decimal], who: int | None = None) -> bool:
        for yuan, line in zip(yuans, made, strict=True):
            self.lines[line] = Line(yuan, who, CALENDAR.same_day_due(self.at, CUT_OFF))
        return True

    def file(self, made: list[int], *, yuans: list[Decimal], who: int) -> bool:
        """Whoever uploads a file counts as who typed its lines."""
        return self.bring(made, yuans=yuans, who=who)

    def enter(self, made: int, *, yuan: Decimal, who: int) -> bool:
        self.lines[made] = Line(yuan, who, CALENDAR.same_day_due(self.at, CUT_OFF))
        return True

    def report(self, made: int, *, account: int, yuan: Decimal) -> bool:
        self.slips[made] = Slip(account)
        return True

    def reject(self, made: Any, *, slip: int, who: int) -> bool:
        if self.slips[slip].status != "ENTERED":
            return False
        self.slips[slip].status = "REJECTED"
        return True

    def propose(self, made: int, *, entry: int, account: int, who: int) -> bool:
        return self._propose({entry: made}, [], account, who)

    def match(
        self, made: Any, *, entries: list[int], slips: list[int], account: int, who: int
    ) -> bool:
        if not entries or not all(self._fits(slip, account) for slip in slips):
            return False
        ids = made if isinstance(made, dict) else dict.fromkeys(entries, 0)
        if not self._propose(ids, slips, account, who):
            return False
        for slip in slips:
            self.slips[slip].status = "MATCHED"
        self.confirm(None, recharge=ids[entries[0]], who=who)
        return True

    def confirm(self, made: Any, *, recharge: int, who: int) -> bool:
        together = self._together(recharge)
        if not together or any(self.credits[each].status != "PENDING" for each in together):
            return False
        if self._needs_another(together, who):
            return False
        for each in together:
            credit = self.credits[each]
            credit.status = "CONFIRMED"
            self._settle_line(credit.line, "MATCHED")
            self._meet(each)
            if credit.by == who:
                self.alone[who, self._day()] += self.lines[credit.line].yuan
            self.buckets[credit.account].available += credit.segments
        self._set_slips(self.credits[recharge].slips, "CREDITED")
        self._bring_back(self.credits[recharge].account)
        return True

    def withdraw(self, made: Any, *, recharge: int, who: int) -> bool:
        together = self._together(recharge)
        if not together or self.credits[recharge].status != "PENDING":
            return False
        self._set_slips(self.credits[recharge].slips, "ENTERED")
        for each in together:
            del self.credits[each]
        return True

    def give_back(self, made: Any, *, entry: int, who: int) -> bool:
        return self._put_aside(entry, "RETURNED")

    def discard(self, made: Any, *, entry: int, who: int) -> bool:
        return self._put_aside(entry, "DISCARDED")

    def request(self, made: int, *, recharge: int, cause: str, who: int) -> bool:
        credit = self.credits.get(recharge)
        if credit is None or credit.status != "CONFIRMED":
            return False
        if any(d.credit == recharge and d.status == "PENDING" for d in self.debts.values()):
            return False
        bucket = self.buckets[credit.account]
        held = min(credit.segments, bucket.available)
        bucket.available, bucket.held = bucket.available - held, bucket.held + held
        self.debts[made] = Debt(recharge, cause, who, held)
        return True

    def approve(self, made: Any, *, reversal: int, who: int) -> bool:
        debt = self.debts[reversal]
        if debt.status != "PENDING" or debt.by == who:
            return False
        credit = self.credits[debt.credit]
        bucket = self.buckets[credit.account]
        more = min(credit.segments - debt.held, bucket.available)
        bucket.available, bucket.held = bucket.available - more, bucket.held - debt.held
        debt.status, debt.taken, debt.decided = "APPROVED", debt.held + more, (self.at, reversal)
        debt.owed = credit.segments - debt.taken
        credit.status = "REVERSED"
        self._take_money_back(debt.credit, debt.cause)
        return True

    def decline(self, made: Any, *, reversal: int, who: int) -> bool:
        debt = self.debts[reversal]
        if debt.status != "PENDING":
            return False
        bucket = self.buckets[self.credits[debt.credit].account]
        bucket.available, bucket.held = bucket.available + debt.held, bucket.held - debt.held
        debt.status = "DECLINED"
        return True

    def collect(self, made: int, *, account: int, who: int) -> bool:
        return self._bring_back(account) == made

    def write_off(self, made: Any, *, reversal: int, who: int) -> bool:
        debt = self.debts[reversal]
        if debt.by == who or not debt.open:
            return False
        debt.written_off += debt.open
        return True

    def transfer(self, made: Any, *, way: tuple[int, int], segments: int) -> bool:
        giver, taker = way
        is_sided = giver != taker and OWN in {giver, taker}
        if OTHER_PARTNERS in {giver, taker} or not is_sided or segments < 1:
            return False
        if self.buckets[giver].available < segments:
            return False
        self.buckets[giver].available -= segments
        self.buckets[taker].available += segments
        return True

    def send(self, made: Any, *, account: int, count: int, length: int) -> bool:
        cost = count * segments_of(length)
        if self.buckets[account].available < cost:
            return False
        self._spend(account, cost)
        self.sent[made] = (account, cost)
        return True

    def refund(self, made: dict[Any, int], *, batches: list[Any], part: int) -> bool:
        for batch, segments in made.items():
            account, cost = self.sent[batch]
            self.sent[batch] = (account, cost - segments)
            self._spend(account, -segments)
        return all(cost >= 0 for _account, cost in self.sent.values())

    def settle(self, made: Any) -> bool:
        return True

    def notice(self, made: Any) -> bool:
        return True

    def open_first(self, made: int, *, account: int, yuan: Decimal) -> bool:
        self.first[made] = (account, None)
        return True

    def pass_time(self, made: datetime, *, minutes: int) -> bool:
        self.at += timedelta(minutes=minutes)
        return self.at == made

    def late(self) -> set[tuple[int, datetime]]:
        """Return every line that was not dealt with by when it was due, with that moment."""
        late = {
            (number, line.due_at)
            for number, line in self.lines.items()
            if line.due_at < (line.settled_at or self.at)
        }
        return self.breaches | late

    def _fits(self, slip: int, account: int) -> bool:
        found = self.slips[slip]
        is_other = (found.account == OTHER_PARTNERS) != (account == OTHER_PARTNERS)
        return found.status == "ENTERED" and not is_other

    def _is_free(self, line: int) -> bool:
        proposed = {c.line for c in self.credits.values() if c.status == "PENDING"}
        return self.lines[line].status == "UNMATCHED" and line not in proposed

    def _propose(self, made: dict[int, int], slips: list[int], account: int, who: int) -> bool:
        lines = {line: self.lines[line] for line in made}
        price = price_of(sum((line.yuan for line in lines.values()), Decimal(0)))
        if price is None or not all(self._is_free(line) for line in lines):
            return False
        bought = {number: int(line.yuan // price) for number, line in lines.items()}
        if not all(bought.values()):
            return False
        purchase = object()
        for line, number in made.items():
            self.credits[number] = Credit(account, line, bought[line], price, who, purchase, slips)
        return True

    def _together(self, recharge: int) -> list[int]:
        credit = self.credits.get(recharge)
        if credit is None:
            return []
        return [n for n, other in self.credits.items() if other.purchase is credit.purchase]

    def _needs_another(self, together: list[int], who: int) -> bool:
        found = [self.credits[each] for each in together]
        lines = [self.lines[credit.line] for credit in found]
        whole = sum((line.yuan for line in lines), self.alone[who, self._day()])
        is_much = whole > ONE_PERSON_MAX_YUAN
        has_proposed = any(credit.by == who for credit in found)
        return any(line.typed_by == who for line in lines) or (is_much and has_proposed)

    def _day(self) -> date:
        """The day in Beijing."""
        return self.at.astimezone(SHANGHAI).date()

    def _settle_line(self, number: int, status: str) -> None:
        line = self.lines[number]
        line.status, line.settled_at = status, self.at

    def _put_aside(self, entry: int, status: str) -> bool:
        if not self._is_free(entry):
            return False
        self._settle_line(entry, status)
        return True

    def _meet(self, recharge: int) -> None:
        account = self.credits[recharge].account
        for number, (owing, met_by) in self.first.items():
            if owing == account and met_by is None:
                self.first[number] = (owing, recharge)
                return

    def _take_money_back(self, recharge: int, cause: str) -> None:
        credit = self.credits[recharge]
        line = self.lines[credit.line]
        if cause == "BANK_RECALL":
            line.status = "RETURNED"
        else:
            self.breaches |= {b for b in self.late() if b[0] == credit.line}
            line.status, line.settled_at = "UNMATCHED", None
            line.due_at = CALENDAR.same_day_due(self.at, CUT_OFF)
        if all(self.credits[each].status == "REVERSED" for each in self._together(recharge)):
            self._set_slips(credit.slips, "REJECTED" if cause == "BANK_RECALL" else "ENTERED")
        for number, (owing, met_by) in self.first.items():
            if met_by == recharge:
                self.first[number] = (owing, None)

    def _set_slips(self, slips: list[int], status: str) -> None:
        for slip in slips:
            self.slips[slip].status = status

    def _bring_back(self, account: int) -> int:
        open_ones = [d for d in self.debts.values() if d.status == "APPROVED" and d.open]
        came = 0
        for debt in sorted(open_ones, key=lambda debt: debt.decided):
            if self.credits[debt.credit].account == account:
                part = min(debt.open, self.buckets[account].available)
                self.buckets[account].available -= part
                debt.recovered += part
                came += part
        return came

    def _spend(self, account: int, segments: int) -> None:
        bucket = self.buckets[account]
        bucket.available, bucket.spent = bucket.available - segments, bucket.spent + segments
