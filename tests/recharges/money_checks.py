"""What must hold of all money and all segments after any history, however it came about.

Nothing of the product's own sums is used to judge them: lots are replayed entry by entry, and yuan
added up row by row, in plain Python. The product's verifications must agree, and find no fault.
"""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from apps.ledger.models import Balance, LedgerEntry
from apps.ledger.services import verification as ledger_verification
from apps.recharges.models import BankEntry, Lot, Recharge, Reversal
from apps.recharges.queries import money as queries
from apps.recharges.services import lots, verification

RECHARGE, REMAINING, SPENT, MOVED, TAKEN = range(5)
Row = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Found:
    """All that there is of money and segments, rows by primary key but for the ledger's entries."""

    balances: dict[int, Row]
    entries: list[Row]
    lines: dict[int, Row]
    recharges: dict[int, Row]
    reversals: dict[int, Row]
    lots: dict[int, Row]


def check() -> Found:
    """Settle the lots, then look at everything; return what was found.

    Raises:
        AssertionError: something does not agree.
    """
    lots.settle()
    assert ledger_verification.verify().faults == ()
    assert verification.verify().faults == ()
    found = Found(
        balances=_rows(Balance, key="account_id"),
        entries=list(LedgerEntry.objects.order_by("account_id", "sequence").values()),
        lines=_rows(BankEntry),
        recharges=_rows(Recharge),
        reversals=_rows(Reversal),
        lots=_rows(Lot),
    )
    check_lots(found)
    check_credited_once(found)
    check_taken_back(found)
    check_sums(found)
    check_yuan(found)
    return found


def check_lots(found: Found) -> None:
    """Each account's lots are those of a ledger that is followed entry by entry."""
    shown = defaultdict(list)
    assert all(lot["arrived_sequence"] for lot in found.lots.values())
    for lot in sorted(found.lots.values(), key=lambda lot: (lot["arrived_sequence"], lot["id"])):
        parts = [lot[f"{part}_segments"] for part in ("remaining", "spent", "moved", "reversed")]
        shown[lot["account_id"]].append([lot["recharge_id"], *parts])
    assert dict(shown) == replayed(found)


def replayed(found: Found) -> dict[int, list[list[int]]]:
    """Return what each account's lots should be: [recharge, remaining, spent, moved, taken back]."""
    books: dict[int, list[list[int]]] = defaultdict(list)
    parts: dict[str, list[tuple[int, int]]] = {}
    waiting = defaultdict(list)
    for entry in found.entries:
        waiting[entry["account_id"]].append(entry)
    while any(waiting.values()):
        before = sum(map(len, waiting.values()))
        for account, left in waiting.items():
            while left and follow(left[0], books[account], parts, found.reversals):
                left.pop(0)
        assert sum(map(len, waiting.values())) < before
    return {account: book for account, book in books.items() if book}


def follow(
    entry: Row,
    book: list[list[int]],
    parts: dict[str, list[tuple[int, int]]],
    reversals: dict[int, Row],
) -> bool:
    """Do what one entry says to an account's lots; False while its lots are on their way."""
    segments, about_id = entry["segments"], entry["about_id"]
    is_out = entry["to_bucket"] == "OUTSIDE"
    match entry["about"], entry["from_bucket"], entry["to_bucket"]:
        case "RECHARGE", _, _:
            book.append([int(about_id), segments, 0, 0, 0])
        case "BATCH", "AVAILABLE", "SPENT":
            deal(book, segments, REMAINING, SPENT)
        case "BATCH", "SPENT", "AVAILABLE":
            deal(book[::-1], segments, SPENT, REMAINING)
        case "TRANSFER", _, _ if is_out:
            parts[about_id] = deal(book, segments, REMAINING, MOVED)
        case "TRANSFER", _, _:
            if about_id not in parts:
                return False
            book.extend([recharge, part, 0, 0, 0] for recharge, part in parts[about_id])
        case "REVERSAL", _, _ if is_out:
            own = reversals[int(about_id)]["recharge_id"]
            deal(sorted(book, key=lambda lot: lot[RECHARGE] != own), segments, REMAINING, TAKEN)
    return True


def deal(book: list[list[int]], segments: int, source: int, target: int) -> list[tuple[int, int]]:
    """Move segments from a part of each lot to another, in their order; return from which."""
    dealt = []
    for lot in book:
        part = min(segments, lot[source])
        lot[source], lot[target], segments = lot[source] - part, lot[target] + part, segments - part
        if part:
            dealt.append((lot[RECHARGE], part))
    assert segments == 0
    return dealt


def check_credited_once(found: Found) -> None:
    """Each credited recharge has one entry and one lot, and no other has any."""
    credited = [
        (number, recharge["segments"])
        for number, recharge in found.recharges.items()
        if recharge["status"] != "PENDING"
    ]
    entered = [
        (int(e["about_id"]), e["segments"]) for e in found.entries if e["kind"] == "RECHARGE"
    ]
    opened = [
        (lot["recharge_id"], lot["segments"])
        for lot in found.lots.values()
        if lot["parent_id"] is None
    ]
    assert sorted(entered) == sorted(opened) == sorted(credited)


def check_taken_back(found: Found) -> None:
    """What left by each reversal is what it says, and what is frozen is asked for and undecided."""
    left: dict[int, int] = defaultdict(int)
    for entry in found.entries:
        if entry["about"] == "REVERSAL" and entry["to_bucket"] == "OUTSIDE":
            left[int(entry["about_id"])] += entry["segments"]
    frozen: dict[int, int] = defaultdict(int)
    for number, row in found.reversals.items():
        recharge = found.recharges[row["recharge_id"]]
        assert left[number] == row["taken_segments"] + row["recovered_segments"]
        assert row["owed_segments"] >= row["recovered_segments"] + row["written_off_segments"]
        if row["status"] == "APPROVED":
            assert row["taken_segments"] + row["owed_segments"] == recharge["segments"]
            assert recharge["status"] == "REVERSED"
        if row["status"] == "PENDING":
            frozen[recharge["account_id"]] += row["held_segments"]
    assert all(frozen[account] == row["held"] for account, row in found.balances.items())


def check_sums(found: Found) -> None:
    """Segments ever bought are available, held, spent, or were taken back; also over the lots."""
    buckets = [(row["available"], row["held"], row["spent"]) for row in found.balances.values()]
    assert min(map(min, buckets), default=0) >= 0
    unspent_and_spent = sum(map(sum, buckets))
    assert unspent_and_spent == _sum(found.lots, "remaining_segments", "spent_segments")
    taken = _sum(found.reversals, "taken_segments", "recovered_segments")
    assert taken == _sum(found.lots, "reversed_segments")
    bought = [row for row in found.recharges.values() if row["status"] != "PENDING"]
    assert sum(row["segments"] for row in bought) == unspent_and_spent + taken


def check_yuan(found: Found) -> None:
    """Every cent that came in is in one place, and the totals say in which."""
    placed: dict[str, Decimal] = defaultdict(Decimal)
    for recharge in found.recharges.values():
        if recharge["status"] == "CONFIRMED":
            placed["segments_yuan"] += recharge["segments"] * recharge["unit_price_yuan"]
            placed["remainder_yuan"] += recharge["remainder_yuan"]
            assert found.lines[recharge["bank_entry_id"]]["status"] == "MATCHED"
    for line in found.lines.values():
        placed["received_yuan"] += line["amount_yuan"]
        placed[f"{line['status'].lower()}_yuan"] += line["amount_yuan"]
    assert placed.pop("matched_yuan", 0) == placed["segments_yuan"] + placed["remainder_yuan"]
    totals = queries.money_in_totals()
    assert totals.is_balanced
    assert {name: getattr(totals, name) for name in placed} == dict(placed)


def _rows(model: Any, key: str = "id") -> dict[int, Row]:
    return {row[key]: row for row in model.objects.values()}


def _sum(rows: dict[int, Row], *names: str) -> int:
    return sum(row[name] for row in rows.values() for name in names)
