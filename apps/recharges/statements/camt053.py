"""ISO 20022 CAMT.053, parsed without entities, network or document types."""

import re
from datetime import date
from typing import Any

from lxml import etree
from pycamt.parser import Camt053Parser

from apps.recharges.statements import values
from apps.recharges.statements.errors import (
    StatementBrokenError,
    StatementDangerousError,
    StatementTooLargeError,
    parsers_errors,
)
from apps.recharges.statements.limits import MAX_ROWS
from apps.recharges.statements.lines import Fault, Format, Line, Statement, Wrong, held, wrong_cell

_BOOKED = frozenset({"BOOK", None})  # What is only announced may never come.


def read_camt053(content: bytes) -> Statement:
    """Return what a CAMT.053 file says: one line for each booked entry.

    Raises:
        StatementBrokenError: it cannot be read.
        StatementDangerousError: it declares a document type.
    """
    root = _root(content)
    with parsers_errors():
        rows = Camt053Parser(etree.tostring(root)).get_transactions()
    if len(rows) > MAX_ROWS:
        raise StatementTooLargeError
    lines = [
        _line(row, number) for number, row in enumerate(rows, 1) if row.get("Status") in _BOOKED
    ]
    return Statement(
        format=Format.CAMT053,
        lines=lines,
        own_account=_own_account(root),
        skipped_count=len(rows) - len(lines),
    )


def _root(content: bytes) -> Any:
    """Parse, and leave each entry at most one set of details, so that it stays one line."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise StatementBrokenError from error
    if root.getroottree().docinfo.doctype:
        raise StatementDangerousError
    for entry in root.iter("{*}Ntry"):
        if len(list(entry.iter("{*}TxDtls"))) > 1:
            for details in list(entry.iter("{*}NtryDtls")):
                entry.remove(details)
        for amount in entry.findall("{*}NtryDtls//{*}TxDtls//{*}Amt"):
            amount.getparent().remove(amount)  # The entry's own amount is what was booked.
    return root


def _own_account(root: Any) -> str:
    for path in ("{*}Acct/{*}Id/{*}Othr/{*}Id", "{*}Acct/{*}Id/{*}IBAN"):
        found = root.find(f".//{path}")
        if found is not None and found.text:
            return re.sub(r"[\s-]", "", found.text)[:40]
    return ""


def _line(row: dict[str, Any], number: int) -> Line:
    wrong: list[Wrong] = []
    try:
        amount = values.amount(row.get("Amount"))
    except ValueError:
        amount = None
    if not amount:
        wrong.append(wrong_cell(Fault.AMOUNT_UNREADABLE, str(row.get("Amount"))))
    is_credit = row.get("CreditDebitIndicator") == "CRDT"
    booked = str(row.get("BookingDate") or row.get("ValueDate") or "")
    day = _day(booked)
    if day is None:
        wrong.append(wrong_cell(Fault.DATE_UNREADABLE if booked else Fault.DATE_MISSING, booked))
    told = ("RemittanceInformationFull", "AdditionalEntryInformation", "EndToEndId")
    references = [values.text(row.get(name)) for name in told]
    return Line(
        number=number,
        is_credit=is_credit,
        amount_yuan=held(abs(amount) if amount else None, is_credit=is_credit, wrong=wrong),
        day=day,
        payer=values.text(row.get("DebtorName"))[:100],
        payer_account=values.text(row.get("DebtorIBAN"))[:40],
        serial=values.text(row.get("TransactionID"))[:64],
        reference=" ".join(part for part in references if part and part != "NOTPROVIDED")[:200],
        wrong=tuple(wrong),
    )


def _day(booked: str) -> date | None:
    try:
        return values.sane(date.fromisoformat(booked[:10]))
    except ValueError:
        return None
