from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.recharges.statements import values

DAY = date(2026, 3, 1)


class TestAmount:
    @pytest.mark.parametrize(
        ("cell", "yuan"),
        [
            ("1234.50", "1234.50"),
            ("1,234.50", "1234.50"),
            ("1 234 567.8", "1234567.80"),
            ("１，２３４．５０", "1234.50"),
            ("￥1,234.50", "1234.50"),
            ("¥ 1234.5元", "1234.50"),
            ("RMB 1,234.50", "1234.50"),
            ("+1234.50", "1234.50"),
            ("-1,234.50", "-1234.50"),
            ("(1,234.50)", "-1234.50"),
            ("1234.50-", "-1234.50"),
            ("\t1234.50\t", "1234.50"),
            ("'1234.50", "1234.50"),
            ('="1234.50"', "1234.50"),
            (".5", "0.50"),
            (1234, "1234.00"),
            (1234.5, "1234.50"),
            (0.1 + 0.2, "0.30"),
        ],
    )
    def test_reads_what_banks_write(self, cell, yuan):
        assert values.amount(cell) == Decimal(yuan)

    @pytest.mark.parametrize("cell", [None, "", "  ", "-", "--", "—", "无"])
    def test_reads_blanks_as_nothing(self, cell):
        assert values.amount(cell) is None

    @pytest.mark.parametrize(
        "cell",
        ["1.2E+05", "1,23", "12,34,567", "1.234,50", "1.234", "abc", "1-2", 0.001, True, DAY],
    )
    def test_refuses_what_has_no_single_reading(self, cell):
        with pytest.raises(ValueError, match=r".*"):
            values.amount(cell)

    @given(st.decimals(min_value=0, max_value=10**9, places=2))
    def test_reads_back_every_amount_that_is_written_with_separators(self, yuan):
        assert values.amount(f"{yuan:,.2f}") == yuan


class TestDay:
    @pytest.mark.parametrize(
        ("cell", "clock"),
        [
            ("2026-03-01", None),
            ("2026/3/1", None),
            ("2026.03.01", None),
            ("20260301", None),
            ("2026年3月1日", None),
            ("２０２６－０３－０１", None),
            (46082, None),
            ("46082", None),
            (46082.5, time(12)),
            ("2026-03-01 10:20:30", time(10, 20, 30)),
            ("2026-03-01T10:20:30", time(10, 20, 30)),
            ("20260301 10:20", time(10, 20)),
            ("20260301102030", time(10, 20, 30)),
            ("2026年03月01日 10时20分30秒", time(10, 20, 30)),
            ("2026/3/1 2:05:00 下午", time(14, 5)),
            (datetime.combine(DAY, time()), None),
            (datetime.combine(DAY, time(9, 30)), time(9, 30)),
            (DAY, None),
        ],
    )
    def test_reads_the_styles_of_banks(self, cell, clock):
        assert values.day_and_time(cell) == (DAY, clock)

    @pytest.mark.parametrize(
        "cell",
        ["01/03/2026", "26-03-01", "2026-13-01", "2026-02-30", "1926-03-01", "合计", "3月1日"],
    )
    def test_refuses_what_has_no_single_reading(self, cell):
        with pytest.raises(ValueError, match=r".*"):
            values.day_and_time(cell)

    @pytest.mark.parametrize(("style", "day"), [("DMY", DAY), ("MDY", date(2026, 1, 3))])
    def test_reads_the_year_last_when_told_how(self, style, day):
        assert values.day_and_time("01/03/2026", style=style) == (day, None)


class TestSerial:
    @pytest.mark.parametrize(
        ("cell", "serial"),
        [
            ("\t20260301000000012345\t", "20260301000000012345"),
            ("'20260301000000012345", "20260301000000012345"),
            ('="20260301000000012345"', "20260301000000012345"),
            ("ＡＢ１２", "AB12"),
            (123456, "123456"),
            ("0012", "0012"),
            (None, ""),
        ],
    )
    def test_keeps_every_digit(self, cell, serial):
        assert values.serial(cell) == serial

    @pytest.mark.parametrize("cell", ["2.02603E+19", "2e19", 2.0260301e19, 20260301000000012345])
    def test_refuses_what_a_spreadsheet_has_rounded(self, cell):
        with pytest.raises(ValueError, match=r".*"):
            values.serial(cell)


@pytest.mark.parametrize(
    ("flags", "came_in"),
    [
        (["贷", "贷方", "C", "cr", "Credit", "收入", "收", "转入", "来账", "+", "（贷）"], True),
        (["借", "借方", "D", "dr", "Debit", "支出", "付", "转出", "往账", "-"], False),
    ],
)
def test_flags_say_which_way_money_went(flags, came_in):
    assert [values.is_credit(flag) for flag in flags] == [came_in] * len(flags)


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("货款\r\nBcc: x", "货款 Bcc: x"),
        ("青禾\u202e软件\u2069\u200b", "青禾软件"),
        ("\0a\u2028b", "a b"),
    ],
)
def test_what_stands_in_a_cell_becomes_one_line(cell, shown):
    assert values.text(cell) == shown
