"""Rows of cells as they are read, held to the limits while they come in."""

from apps.recharges.statements import limits
from apps.recharges.statements.errors import (
    StatementBrokenError,
    StatementCellTooLongError,
    StatementTooLargeError,
    StatementTooWideError,
)
from apps.recharges.statements.values import Cell


class Grid:
    """The rows of a table, each as long as its last cell that is not empty.

    Empty rows at the end are left out, others kept, so that a row's place is its number less one.
    """

    def __init__(self) -> None:
        self.rows: list[list[Cell]] = []

    def add(self, number: int, row: list[Cell]) -> None:
        """Add a row by its number, from 1; `row` becomes the grid's.

        Raises:
            StatementTooLargeError, StatementTooWideError, StatementCellTooLongError.
            StatementBrokenError: it does not follow on the rows before.
        """
        while row and (row[-1] is None or row[-1] == ""):
            row.pop()
        if not row:
            return
        if number <= len(self.rows):
            raise StatementBrokenError
        if number > limits.MAX_ROWS:
            raise StatementTooLargeError
        if len(row) > limits.MAX_COLUMNS:
            raise StatementTooWideError(row=number)
        if any(isinstance(cell, str) and len(cell) > limits.MAX_CELL_CHARACTERS for cell in row):
            raise StatementCellTooLongError(row=number)
        self.rows.extend([] for _gap in range(number - len(self.rows) - 1))
        self.rows.append(row)
