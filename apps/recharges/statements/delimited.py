"""CSV and other text with separators, in the encodings that Chinese banks use."""

import csv
import io
from collections import Counter

from apps.recharges.statements.columns import Mapping
from apps.recharges.statements.errors import (
    StatementBrokenError,
    StatementCellTooLongError,
    StatementEmptyError,
)
from apps.recharges.statements.grids import Grid
from apps.recharges.statements.limits import MAX_CELL_CHARACTERS
from apps.recharges.statements.lines import Format, Statement
from apps.recharges.statements.tables import read
from apps.recharges.statements.values import Cell

_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_SEPARATORS = "\t,;|，"
_SAMPLE_ROWS = 200
_SAMPLE_CHARACTERS = 200_000
_SAMPLE_BYTES = 8_192


def decode(content: bytes) -> str:
    """Return the text of a file without NUL: by its mark, or else as UTF-8, or else as GB18030.

    GB18030 contains GBK and GB2312. Text without a mark that is valid UTF-8 is UTF-8: Chinese in
    GBK almost never is.

    Raises:
        StatementBrokenError: it is none of them.
    """
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise StatementBrokenError


def _encodings(content: bytes) -> tuple[str, ...]:
    for mark, encoding in _MARKS.items():
        if content.startswith(mark):
            return (encoding,)
    zeros = content[0:_SAMPLE_BYTES:2].count(0), content[1:_SAMPLE_BYTES:2].count(0)
    if any(zeros):  # digits and separators in UTF-16 have a zero beside them
        return ("utf-16-be" if zeros[0] > zeros[1] else "utf-16-le",)
    return "utf-8", "gb18030"


def rows_of(content: bytes) -> list[list[Cell]]:
    """Return the rows of cells.

    Raises:
        StatementEmptyError: there are none.
        StatementBrokenError: not text, or its quotes do not close.
        StatementTooLargeError, StatementTooWideError, StatementCellTooLongError: it holds more
            than a statement does.
    """
    text = decode(content).replace("\r\n", "\n").replace("\r", "\n")
    csv.field_size_limit(MAX_CELL_CHARACTERS)
    reader = csv.reader(io.StringIO(text), delimiter=_separator(text), skipinitialspace=True)
    grid, number = Grid(), 0
    try:
        for number, row in enumerate(reader, 1):
            grid.add(number, list[Cell](row))
    except csv.Error as error:
        if "limit" in str(error):
            raise StatementCellTooLongError(row=number + 1) from error
        raise StatementBrokenError from error
    if not grid.rows:
        raise StatementEmptyError
    return grid.rows


def read_delimited(content: bytes, mapping: Mapping | None = None) -> Statement:
    """Return what a text with separators says; the errors of `rows_of`."""
    return read(rows_of(content), Format.DELIMITED, mapping)


def _separator(text: str) -> str:
    """Return the separator that cuts the most rows into the same number of cells, at least three."""
    lines = text[:_SAMPLE_CHARACTERS].split("\n")[:_SAMPLE_ROWS]
    sample = [line for line in lines if line.strip()]
    return max(_SEPARATORS, key=lambda mark: _regularity(sample, mark))


def _regularity(sample: list[str], mark: str) -> int:
    rows = csv.reader(sample, delimiter=mark, skipinitialspace=True)
    try:
        widths = Counter(len(row) for row in rows if len(row) > 2)
    except csv.Error:
        return 0
    return max((width * count for width, count in widths.items()), default=0)
