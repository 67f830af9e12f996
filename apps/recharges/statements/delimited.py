"""CSV and other text with separators, in the encodings that Chinese banks use."""

import csv
import io
from collections import Counter

from apps.recharges.statements.columns import Mapping
from apps.recharges.statements.errors import (
    StatementBrokenError,
    StatementEmptyError,
    StatementTooLargeError,
)
from apps.recharges.statements.lines import Format, Statement
from apps.recharges.statements.tables import MAX_ROWS, read

_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_SEPARATORS = "\t,;|，"
_SAMPLE_ROWS = 200
_SAMPLE_BYTES = 8_192


def decode(content: bytes) -> str:
    """Return the text of a file: by its mark, or else as UTF-8, or else as GB18030.

    GB18030 contains GBK and GB2312. Text without a mark that is valid UTF-8 is UTF-8: Chinese in
    GBK almost never is.

    Raises:
        StatementBrokenError: it is none of them.
    """
    for mark, encoding in _MARKS.items():
        if content.startswith(mark):
            return _decode(content, encoding)
    zeros = content[0:_SAMPLE_BYTES:2].count(0), content[1:_SAMPLE_BYTES:2].count(0)
    if any(zeros):  # digits and separators in UTF-16 have a zero beside them
        return _decode(content, "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _decode(content, "gb18030")


def _decode(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise StatementBrokenError from error


def rows_of(content: bytes) -> list[list[str]]:
    """Return the rows of cells.

    Raises:
        StatementEmptyError: there are none.
        StatementBrokenError: not text, or its quotes do not close.
        StatementTooLargeError: more rows than a statement has.
    """
    text = decode(content).replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        raise StatementBrokenError
    if not text.strip():
        raise StatementEmptyError
    reader = csv.reader(io.StringIO(text), delimiter=_separator(text), skipinitialspace=True)
    try:
        rows = list(reader)
    except csv.Error as error:
        raise StatementBrokenError from error
    if len(rows) > MAX_ROWS:
        raise StatementTooLargeError
    return rows


def read_delimited(content: bytes, mapping: Mapping | None = None) -> Statement:
    """Return what a text with separators says; the errors of `rows_of`."""
    return read(rows_of(content), Format.DELIMITED, mapping)


def _separator(text: str) -> str:
    """Return the separator that cuts the most rows into the same number of cells, at least three."""
    sample = [line for line in text.split("\n")[:_SAMPLE_ROWS] if line.strip()]
    return max(_SEPARATORS, key=lambda mark: _regularity(sample, mark))


def _regularity(sample: list[str], mark: str) -> int:
    rows = csv.reader(sample, delimiter=mark, skipinitialspace=True)
    widths = Counter(len(row) for row in rows if len(row) > 2)
    return max((width * count for width, count in widths.items()), default=0)
