"""Tables for a spreadsheet, sent as they are read."""

import csv
from collections.abc import Iterable, Iterator

from django.http import StreamingHttpResponse

BYTE_ORDER_MARK = "\ufeff"  # by which a spreadsheet knows UTF-8
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def csv_response(
    headings: Iterable[str], rows: Iterable[Iterable[str]], *, name: str
) -> StreamingHttpResponse:
    """Return a table to be saved under a name."""
    response = StreamingHttpResponse(_lines(headings, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


class _Echo:
    """What csv writes to: it hands the line back."""

    def write(self, line: str) -> str:
        return line


def _lines(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield BYTE_ORDER_MARK
    yield writer.writerow(headings)
    for row in rows:
        yield writer.writerow(map(_cell, row))


def _cell(value: str) -> str:
    """Keep a spreadsheet from taking a name for a formula."""
    return f"'{value}" if value.startswith(FORMULA_STARTS) else value
