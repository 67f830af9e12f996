"""What taking a statement in would do, line by line, as the database is now."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum

from apps.common.clock import SHANGHAI, local_date
from apps.recharges.matching import names
from apps.recharges.models import BankEntry, StatementImport
from apps.recharges.statements.columns import Mapping
from apps.recharges.statements.lines import Fault, Line, Statement, Wrong
from apps.recharges.statements.reading import read_statement


class LineState(StrEnum):
    """What becomes of a line."""

    NEW = "NEW"  # becomes a bank entry
    KNOWN = "KNOWN"  # is one already
    REPEATED = "REPEATED"  # stands in this file twice under one serial number
    DEBIT = "DEBIT"  # money that went out
    WRONG = "WRONG"  # cannot be read; nothing is taken in before it is mended


@dataclass(frozen=True, kw_only=True, slots=True)
class PreviewLine:
    """A line, and what becomes of it.

    Attributes:
        serial: the bank's own, or the fingerprint that stands in its place.
        looks_like: a bank entry of the same day, payer and amount under another serial number.
    """

    line: Line
    state: LineState
    serial: str = ""
    looks_like: BankEntry | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Preview:
    """All lines of a statement with what becomes of them."""

    statement: Statement
    lines: list[PreviewLine]

    def count(self, state: LineState) -> int:
        """Return how many lines are in a state."""
        return sum(each.state == state for each in self.lines)

    def in_state(self, state: LineState) -> list[PreviewLine]:
        """Return the lines in a state."""
        return [each for each in self.lines if each.state == state]

    @property
    def counts(self) -> dict[str, int]:
        """How many lines are in each state."""
        return {state.value: self.count(state) for state in LineState}

    @property
    def new_yuan(self) -> Decimal:
        """The money that would come in."""
        amounts = (each.line.amount_yuan for each in self.in_state(LineState.NEW))
        return sum((amount for amount in amounts if amount), Decimal(0))

    @property
    def is_clean(self) -> bool:
        """Tell whether it can be taken in: something was read, and nothing is wrong."""
        return bool(self.lines) and not self.count(LineState.WRONG)


def preview(statement_import: StatementImport) -> Preview:
    """Read an uploaded statement and say what taking it in would do.

    Raises:
        DomainError: the errors of `statements.reading.read_statement`.
    """
    with statement_import.file.open("rb") as file:
        content = file.read()
    mapping = Mapping.from_json(statement_import.mapping)
    statement = read_statement(content, mapping if mapping.is_usable else None)
    return compare(statement, statement_import.profile.bank_account)


def compare(statement: Statement, bank_account: str) -> Preview:
    """Compare the lines of a statement with the bank entries that are there."""
    numbered = list(_numbered(statement.lines, bank_account))
    known = _known(bank_account, [serial for _line, serial in numbered if serial])
    alike = _Alike(bank_account, statement.lines)
    seen: dict[str, Line] = {}
    lines = []
    for line, serial in numbered:
        lines.append(_judged(line, serial, known.get(serial), seen.get(serial), alike))
        seen.setdefault(serial, line)
    return Preview(statement=statement, lines=lines)


def moment_of(line: Line) -> datetime:
    """Return when money came in; the beginning of the day where the bank gives no time."""
    assert line.day is not None  # noqa: S101 - only lines that could be read get here
    return datetime.combine(line.day, line.moment or time(), tzinfo=SHANGHAI)


def _judged(
    line: Line, serial: str, known: BankEntry | None, earlier: Line | None, alike: "_Alike"
) -> PreviewLine:
    if line.amount_yuan is not None and not line.is_credit:
        return PreviewLine(line=line, state=LineState.DEBIT)
    if line.wrong:
        return PreviewLine(line=line, state=LineState.WRONG)
    if earlier is not None:
        state, is_same = LineState.REPEATED, _content(earlier) == _content(line)
    elif known is not None:
        state, is_same = LineState.KNOWN, known.amount_yuan == line.amount_yuan
    else:
        state, is_same = LineState.NEW, True
    if not is_same:
        return _of_another(line, serial)
    likeness = alike.find(line) if state == LineState.NEW else None
    return PreviewLine(line=line, state=state, serial=serial, looks_like=likeness)


def _of_another(line: Line, serial: str) -> PreviewLine:
    wrong = replace(line, wrong=(Wrong(Fault.SERIAL_OF_ANOTHER, serial),))
    return PreviewLine(line=wrong, state=LineState.WRONG, serial=serial)


def _numbered(lines: Sequence[Line], bank_account: str) -> list[tuple[Line, str]]:
    """Give every good credit without a serial number its fingerprint, and equal ones a number.

    So two equal transfers in one file are two, and the same file again, or one that overlaps with
    it, names them the same. The cost: where a bank gives neither serial numbers nor times, a file
    that begins in the middle of a day may take the second of two equal transfers for the first;
    it is then shown as known, and a person sees it.
    """
    counts: Counter[str] = Counter()
    numbered = []
    for line in lines:
        serial = line.serial
        if not serial and line.is_credit and not line.wrong:
            fingerprint = _fingerprint(line, bank_account)
            counts[fingerprint] += 1
            serial = f"~{fingerprint}-{counts[fingerprint]}"
        numbered.append((line, serial if line.is_credit and not line.wrong else ""))
    return numbered


def _fingerprint(line: Line, bank_account: str) -> str:
    told = (bank_account, *map(str, _content(line)), line.payer_account, line.reference)
    return hashlib.sha256("\x1f".join(told).encode()).hexdigest()[:32]


def _content(line: Line) -> tuple[object, ...]:
    return line.day, line.moment, line.amount_yuan, names.normal(line.payer)


def _known(bank_account: str, serials: Sequence[str]) -> dict[str, BankEntry]:
    rows = BankEntry.objects.filter(bank_account=bank_account, serial__in=serials)
    return {entry.serial: entry for entry in rows}


class _Alike:
    """Finds bank entries of the same day, amount and payer that go by another serial number."""

    def __init__(self, bank_account: str, lines: Sequence[Line]) -> None:
        days = [line.day for line in lines if line.day]
        self._found: dict[tuple[object, ...], BankEntry] = {}
        if not days:
            return
        first = datetime.combine(min(days), time(), tzinfo=SHANGHAI)
        last = datetime.combine(max(days), time(), tzinfo=SHANGHAI) + timedelta(days=1)
        rows = BankEntry.objects.filter(
            bank_account=bank_account, received_at__gte=first, received_at__lt=last
        )
        serials = {line.serial for line in lines if line.serial}
        for entry in rows.order_by("pk"):
            if entry.serial not in serials:
                key = (local_date(entry.received_at), entry.amount_yuan, names.normal(entry.payer))
                self._found.setdefault(key, entry)

    def find(self, line: Line) -> BankEntry | None:
        """Return an entry that a new line looks like."""
        return self._found.get((line.day, line.amount_yuan, names.normal(line.payer)))
