"""SWIFT MT940, as banks of China and abroad send it."""

import re
from datetime import date
from typing import Any

import mt940

from apps.recharges.statements.delimited import decode
from apps.recharges.statements.errors import StatementBrokenError
from apps.recharges.statements.lines import Fault, Format, Line, Statement, Wrong
from apps.recharges.statements.values import text

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
    """
    source = decode(content)
    try:
        parsed = mt940.parse_statements(source)
    except Exception as error:  # The parser of foreign text raises anything.
        raise StatementBrokenError from error
    transactions = [row for statement in parsed for row in statement if "amount" in row.data]
    lines = [_line(row.data, number) for number, row in enumerate(transactions, 1)]
    accounts = [str(each.data.get("account_identification", "")) for each in parsed]
    own = re.sub(r"\D", "", accounts[0].rpartition("/")[2]) if accounts else ""
    return Statement(format=Format.MT940, lines=lines, own_account=own)


def _line(data: dict[str, Any], number: int) -> Line:
    booked = data.get("entry_date") or data["date"]
    details = _details(data)
    serial = str(data.get("bank_reference") or "").strip()
    reference = str(data.get("customer_reference") or "").strip()
    told = "" if reference.upper() in _NO_REFERENCE else reference
    amount = abs(data["amount"].amount)
    is_unreadable = amount != round(amount, 2) or amount == 0
    return Line(
        number=number,
        is_credit=data.get("status") in _CREDIT,
        amount_yuan=None if is_unreadable else round(amount, 2),
        day=date(booked.year, booked.month, booked.day),
        payer=_payer(data, details)[:100],
        payer_account=text(data.get("applicant_iban"))[:40],
        serial="" if serial.upper() in _NO_REFERENCE else serial,
        reference=text(f"{told} {details}")[:200],
        wrong=(Wrong(Fault.AMOUNT_UNREADABLE, str(amount)),) if is_unreadable else (),
    )


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
