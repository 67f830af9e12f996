"""XLSX, opened with care: it is a ZIP of XML files, both of which can be built to do harm.

Rows are read one by one and cut at the limits: what a sheet says of its size, and how large its
merged ranges are, costs nothing.
"""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet._reader import WorkSheetParser

from apps.recharges.statements import limits
from apps.recharges.statements.columns import Mapping
from apps.recharges.statements.errors import (
    StatementDangerousError,
    StatementEmptyError,
    StatementTooComplexError,
    StatementTooLargeError,
    StatementTooWideError,
    parsers_errors,
)
from apps.recharges.statements.grids import Grid
from apps.recharges.statements.lines import Format, Statement
from apps.recharges.statements.tables import read
from apps.recharges.statements.values import Cell

_CHUNK_BYTES = 1024 * 1024
_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
_XML_PARTS = (".xml", ".rels", ".vml")


def rows_of(content: bytes) -> list[list[Cell]]:
    """Return the rows of the sheet that has most, with every merged cell's value at its top left.

    Raises:
        StatementBrokenError: no workbook, or one that cannot be opened.
        StatementTooLargeError, StatementTooWideError, StatementCellTooLongError,
        StatementTooComplexError: it holds more than a statement does.
        StatementDangerousError: its XML declares a document type.
        StatementEmptyError: no sheet has rows.
    """
    _check_archive(content)
    with parsers_errors():
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        if len(book.worksheets) > limits.MAX_SHEETS:
            raise StatementTooComplexError
        sheets = [_rows(sheet) for sheet in book.worksheets]
    rows = max(sheets, key=len, default=[])
    if not rows:
        raise StatementEmptyError
    return rows


def _rows(sheet: Any) -> list[list[Cell]]:
    """Read one sheet; openpyxl's own way would keep no merged ranges and fill what is missing."""
    book = sheet.parent
    grid = Grid()
    with sheet._get_source() as source:  # noqa: SLF001 - openpyxl names no other way
        parser = WorkSheetParser(
            source,
            sheet._shared_strings,  # noqa: SLF001
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,  # noqa: SLF001
            timedelta_formats=book._timedelta_formats,  # noqa: SLF001
        )
        for number, cells in parser.parse():
            grid.add(number, _row(number, cells))
        ranges = parser.merged_cells.mergeCell if parser.merged_cells else []
    _blank_covered(grid.rows, [each.bounds for each in ranges])
    return grid.rows


def _row(number: int, cells: list[dict[str, Any]]) -> list[Cell]:
    full = {cell["column"]: cell["value"] for cell in cells if cell["value"] is not None}
    width = max(full, default=0)
    if width > limits.MAX_COLUMNS:
        raise StatementTooWideError(row=number)
    return [full.get(place) for place in range(1, width + 1)]


def _blank_covered(rows: list[list[Cell]], ranges: list[tuple[int, int, int, int]]) -> None:
    """Keep of every merged range the value at its top left, as a spreadsheet shows it."""
    size = sum((right - left + 1) * (low - top + 1) for left, top, right, low in ranges)
    if len(ranges) > limits.MAX_MERGED or size > limits.MAX_MERGED_CELLS:
        raise StatementTooComplexError
    for left, top, right, low in ranges:
        for at in range(top - 1, min(low, len(rows))):
            row = rows[at]
            for place in range(left - 1, min(right, len(row))):
                if (at, place) != (top - 1, left - 1):
                    row[place] = None


def read_workbook(content: bytes, mapping: Mapping | None = None) -> Statement:
    """Return what a workbook says; the errors of `rows_of`."""
    return read(rows_of(content), Format.WORKBOOK, mapping)


def _check_archive(content: bytes) -> None:
    with parsers_errors(), zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        if len(parts) > limits.MAX_PARTS:
            raise StatementTooComplexError
        if sum(part.file_size for part in parts) > limits.MAX_UNPACKED_BYTES:
            raise StatementTooLargeError
        for part in parts:
            if part.filename.lower().endswith(_XML_PARTS):
                _check_xml(archive, part)


def _check_xml(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Refuse declarations wherever they stand, also in UTF-16: a text of a cell escapes its `<`."""
    before = b""
    for chunk in _chunks(archive, part):
        seen = (before + chunk).replace(b"\0", b"").upper()
        if any(word in seen for word in _DECLARATIONS):
            raise StatementDangerousError
        before = chunk[-2 * len(_DECLARATIONS[0]) :]


def _chunks(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(part) as file:
        while chunk := file.read(_CHUNK_BYTES):
            yield chunk
