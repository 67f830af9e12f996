"""Statement files as banks export them, and the bank they come from."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import factory
from openpyxl import Workbook

from apps.recharges.models import BankProfile

ACCOUNT = "1202021209900123456"
HEADINGS = (
    "交易日期",
    "交易时间",
    "借方发生额",
    "贷方发生额",
    "余额",
    "对方户名",
    "对方账号",
    "交易流水号",
    "摘要",
    "附言",
)


class BankProfileFactory(factory.django.DjangoModelFactory):
    """The gateway's account at a bank."""

    class Meta:
        model = BankProfile
        django_get_or_create = ("bank_account",)

    name = "工商银行基本户"
    bank_account = ACCOUNT
    confirmed_at = datetime(2026, 1, 5, 2, tzinfo=UTC)


def credit(
    serial: str = "S0001",
    *,
    amount: str = "10,000.00",
    payer: str = "北京青禾软件有限公司",
    day: str = "2026-06-01",
    clock: str = "10:20:30",
    memo: str = "短信费",
) -> tuple[str, ...]:
    """Return a row of money that came in, below HEADINGS."""
    return (day, clock, "", amount, "88,000.00", payer, "6222000011112222", serial, "转账", memo)


def debit(serial: str = "D0001", *, amount: str = "300.00") -> tuple[str, ...]:
    """Return a row of money that went out."""
    return ("2026-06-01", "11:00:00", amount, "", "87,700.00", "房东", "6222", serial, "房租", "")


def csv(
    rows: Sequence[Sequence[str]],
    *,
    headings: Sequence[str] = HEADINGS,
    encoding: str = "gb18030",
    separator: str = ",",
    preamble: Sequence[str] = ("账户明细查询", f"查询账号：{ACCOUNT}", ""),
    footer: Sequence[str] = ("合计", "", "300.00", "10000.00"),
) -> bytes:
    """Return a text as a bank exports it: a preamble, headings, rows, a total."""
    lines = [line + separator * 3 for line in preamble]
    lines += [
        separator.join(f'"{cell}"' if separator in cell else cell for cell in row)
        for row in (headings, *rows, footer)
    ]
    return "\r\n".join(lines).encode(encoding)


def xlsx(rows: Sequence[Sequence[Any]], *, merged: Sequence[str] = ()) -> bytes:
    """Return a workbook of rows; `merged` are ranges such as C3:D3."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    for area in merged:
        sheet.merge_cells(area)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
