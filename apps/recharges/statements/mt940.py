"""SWIFT MT940, as banks of China and abroad send it."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import mt940

from apps.recharges.statements.delimited import decode
from apps.recharges.statements.errors import StatementTooLargeError, parsers_errors
from apps.recharges.statements.limits import MAX_ROWS, MAX_SERIAL_CHARACTERS
from apps.recharges.statements.lines import Fault, Format, Line, Statement, Wrong, held, wrong_cell
from apps.recharges.statements.values import sane, text

_CREDIT = frozenset({"C", "RD"})  # RD: a debit that was reversed brings the money back
_NO_REFERENCE = frozenset({"", "NONREF", "NOTPROVIDED"})
_PAYER = (
    re.compile(r"/(?:ORDP/|BENM/)?/?NAME/([^/\n]+)"),
    re.compile(r"/ORDP/+([^/\n]+)"),
    re.compile(r"(?:对方户名|付款人名称|付款人|付款方)[::]\s*([^\s,,;;/]+)"),
)


def read_mt940(content: bytes) -> Statement:
    """Return what an MT940 file says; its amounts are in the account's currency.

    Raises:
        StatementBrokenError: it cannot be read to its end.
        StatementTooLargeError: more entries than a statement has.
    """
    source = decode(content)
    with parsers_errors():
        parsed = mt940.parse_statements(source)
    transactions = [row for statement in parsed for row in statement if "amount" in row.data]
    if len(transactions) > MAX_ROWS:
        raise StatementTooLargeError
    lines = [_line(row.data, number) for number, row in enumerate(transactions, 1)]
    accounts = [str(each.data.get("account_identification", "")) for each in parsed]
    own = re.sub(r"\D", "", accounts[0].rpartition("/")[2])[:40] if accounts else ""
    return Statement(format=Format.MT940, lines=lines, own_account=own)


def _line(data: dict[str, Any], number: int) -> Line:
    wrong: list[Wrong] = []
    details = _details(data)
    reference = str(data.get("customer_reference") or "").strip()
    told = "" if reference.upper() in _NO_REFERENCE else reference
    is_credit = data.get("status") in _CREDIT
    return Line(
        number=number,
        is_credit=is_credit,
        amount_yuan=held(_amount(data, wrong), is_credit=is_credit, wrong=wrong),
        day=_day(data, wrong),
        payer=_payer(data, details)[:100],
        payer_account=text(data.get("applicant_iban"))[:40],
        serial=_serial(data, wrong),
        reference=text(f"{told} {details}")[:200],
        wrong=tuple(wrong),
    )


def _amount(data: dict[str, Any], wrong: list[Wrong]) -> Decimal | None:
    amount: Decimal = abs(data["amount"].amount)
    if amount != round(amount, 2) or amount == 0:
        wrong.append(wrong_cell(Fault.AMOUNT_UNREADABLE, str(amount)))
        return None
    return round(amount, 2)


def _day(data: dict[str, Any], wrong: list[Wrong]) -> date | None:
    booked = data.get("entry_date") or data["date"]
    try:
        return sane(date(booked.year, booked.month, booked.day))
    except ValueError:
        wrong.append(wrong_cell(Fault.DATE_UNREADABLE, str(booked)))
        return None


def _serial(data: dict[str, Any], wrong: list[Wrong]) -> str:
    serial = text(data.get("bank_reference"))
    if serial.upper() in _NO_REFERENCE:
        return ""
    if len(serial) > MAX_SERIAL_CHARACTERS:
        wrong.append(Wrong(Fault.SERIAL_TOO_LONG))
        return ""
    return serial


def _details(data: dict[str, Any]) -> str:
    told = (data.get(name) for name in ("transaction_details", "purpose", "extra_details"))
    return " ".join(str(part).replace("\n", " ") for part in told if part)


def _payer(data: dict[str, Any], details: str) -> str:
    if data.get("applicant_name"):
        return text(data["applicant_name"])
    for pattern in _PAYER:
        found = pattern.search(details)
        if found:
            return text(found[1])
    return ""
