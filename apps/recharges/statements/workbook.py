"""XLSX, opened with care: it is a ZIP of XML files, both of which can be built to do harm."""

import io
import zipfile
from collections.abc import Iterable
from typing import Any

from openpyxl import load_workbook

from apps.recharges.statements.columns import Mapping
from apps.recharges.statements.errors import (
    StatementBrokenError,
    StatementDangerousError,
    StatementEmptyError,
    StatementTooLargeError,
)
from apps.recharges.statements.lines import Format, Statement
from apps.recharges.statements.tables import MAX_ROWS, read
from apps.recharges.statements.values import Cell

MAX_UNPACKED_BYTES = 100 * 1024 * 1024  # 50 000 rows of 15 cells take 40 MB
MAX_COLUMNS = 200
_XML_START_BYTES = 4_096


def rows_of(content: bytes) -> list[list[Cell]]:
    """Return the rows of the sheet that has most, with every merged cell's value at its top left.

    Raises:
        StatementBrokenError: no workbook, or one that cannot be opened.
        StatementTooLargeError: it unpacks to more than a statement has.
        StatementDangerousError: its XML declares a document type.
        StatementEmptyError: no sheet has rows.
    """
    _check_archive(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=False, data_only=True)
    except Exception as error:  # The parser of hostile XML raises anything.
        raise StatementBrokenError from error
    sheets = [sheet for sheet in book.worksheets if sheet.max_row and sheet.max_column]
    if not sheets:
        raise StatementEmptyError
    sheet = max(sheets, key=lambda each: each.max_row)
    if sheet.max_row > MAX_ROWS:
        raise StatementTooLargeError
    width = min(sheet.max_column, MAX_COLUMNS)
    return _rows(sheet.iter_rows(max_col=width, values_only=True))


def _rows(sheet_rows: Iterable[tuple[Any, ...]]) -> list[list[Cell]]:
    rows: list[list[Cell]] = [list(row) for row in sheet_rows]
    if not any(cell is not None for row in rows for cell in row):
        raise StatementEmptyError
    return rows


def read_workbook(content: bytes, mapping: Mapping | None = None) -> Statement:
    """Return what a workbook says; the errors of `rows_of`."""
    return read(rows_of(content), Format.WORKBOOK, mapping)


def _check_archive(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
                raise StatementTooLargeError
            for part in parts:
                if part.filename.lower().endswith((".xml", ".rels", ".vml")):
                    _check_xml(archive, part)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise StatementBrokenError from error


def _check_xml(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    with archive.open(part) as file:
        start = file.read(_XML_START_BYTES).replace(b"\0", b"").upper()
    if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
        raise StatementDangerousError
