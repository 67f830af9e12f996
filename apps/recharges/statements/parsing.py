"""Telling statement files apart by their content, whatever their names say.

This and what it imports opens strangers' bytes, so it runs in a confined process alone; everybody
else asks `reading`.
"""

from apps.recharges.statements.camt053 import read_camt053
from apps.recharges.statements.columns import Mapping
from apps.recharges.statements.delimited import decode, read_delimited
from apps.recharges.statements.errors import StatementOldExcelError, StatementWebPageError
from apps.recharges.statements.lines import Format, Statement
from apps.recharges.statements.mt940 import read_mt940
from apps.recharges.statements.workbook import read_workbook

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_START = 2_000


def format_of(content: bytes) -> Format:
    """Return how a file is built.

    Raises:
        StatementOldExcelError: an .xls of before 2007, or an .xlsx under a password.
        StatementWebPageError: HTML.
        StatementBrokenError: bytes that are no text.
    """
    if content.startswith(_ZIP):
        return Format.WORKBOOK
    if content.startswith(_OLE):
        raise StatementOldExcelError
    start = decode(content).lstrip("\ufeff \r\n\t")[:_START].lower()
    if start.startswith(("<html", "<!doctype html", "<table", "<meta", "<head")):
        raise StatementWebPageError
    if start.startswith("<"):
        return Format.CAMT053
    is_mt940 = ":20:" in start and (":25:" in start or ":60f:" in start)
    return Format.MT940 if is_mt940 else Format.DELIMITED


def parsed(content: bytes, mapping: Mapping | None = None) -> Statement:
    """Return what a file of a bank says; `mapping` is the bank's saved one, for tables.

    Raises:
        DomainError: one of `errors`.
    """
    kind = format_of(content)
    if kind == Format.MT940:
        return read_mt940(content)
    if kind == Format.CAMT053:
        return read_camt053(content)
    return (read_workbook if kind == Format.WORKBOOK else read_delimited)(content, mapping)
