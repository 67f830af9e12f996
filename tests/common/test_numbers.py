import time
from datetime import date
from decimal import Decimal

import pytest

from apps.common import numbers

HUGE = "9" * 5_000


class TestRowNumber:
    @pytest.mark.parametrize(
        ("text", "number"), [("0", 0), ("0012", 12), (str(2**63 - 1), 2**63 - 1)]
    )
    def test_reads_what_the_database_can_hold(self, text, number):
        assert numbers.row_number(text) == number

    @pytest.mark.parametrize(
        "text",
        ["", "-1", "+1", "1.0", " 1", "1\n", "²", "１", "x", "1e5", str(2**63), "9" * 19, HUGE],
    )
    def test_reads_nothing_else(self, text):
        assert numbers.row_number(text) is None

    def test_reads_nothing_that_is_no_text(self):
        assert numbers.row_number(None) is None


class TestWholeNumber:
    def test_reads_both_bounds(self):
        assert [numbers.whole_number(text, least=1, most=100) for text in ("1", "100")] == [1, 100]

    @pytest.mark.parametrize("text", ["0", "101", "1.5", HUGE])
    def test_refuses_the_rest(self, text):
        with pytest.raises(ValueError, match="number"):
            numbers.whole_number(text, least=1, most=100)


class TestDecimalNumber:
    @pytest.mark.parametrize(
        ("text", "number"),
        [
            ("0", Decimal(0)),
            ("-1234.50", Decimal("-1234.50")),
            (".5", Decimal("0.5")),
            ("5.", Decimal(5)),
            ("1.2E+5", Decimal(120_000)),
            ("9" * 18, Decimal("9" * 18)),
        ],
    )
    def test_reads_what_people_and_spreadsheets_write(self, text, number):
        assert numbers.decimal_number(text) == number

    @pytest.mark.parametrize(
        "text",
        [
            *("1e250000", "1e99", "1e-99", "9" * 19, "0." + "1" * 19, HUGE),
            *("", ".", "NaN", "sNaN123", "Infinity", "-inf", "1_000", "１", "1\n", "0x10"),
        ],
    )
    def test_refuses_what_could_take_long_or_is_no_number(self, text):
        began = time.thread_time()

        with pytest.raises(ValueError, match="number"):
            numbers.decimal_number(text)

        assert time.thread_time() - began < 0.1


@pytest.mark.parametrize(
    ("day", "usual"),
    [
        (date(1949, 12, 31), False),
        (date(1950, 1, 1), True),
        (date(2199, 12, 31), True),
        (date(9999, 12, 31), False),
    ],
)
def test_days_far_from_now_are_not_usual(day, usual):
    assert numbers.is_usual_day(day) is usual
