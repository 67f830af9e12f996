"""What the receipt of a recharge says, as values to typeset.

The paper is Chinese, whatever language somebody at a page reads, so nothing here is translated.
"""

from collections.abc import Iterable
from datetime import datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from apps.common import clock
from apps.common.money import capitals
from apps.common.templatetags.formats import grouped, yuan
from apps.partners.models import Account, Gateway
from apps.recharges.models import BankEntry, Recharge

TEMPLATE = Path(__file__).resolve().parent / "documents" / "receipt.typ"
TITLE = "充值到账凭证"
REASON = "开具充值到账凭证 {number}"
NOTHING = "／"
GAP = "□"  # stands for a character that cannot be printed, as in print (GB/T 15834)
NOTES = (
    "充值条数按到账金额除以单价取整数；不足一条的余款不折算条数，金额已在上表列明。",
    "本凭证为电子凭证，带有收款方的数字签名，不另加盖印章；用 PDF 阅读器可核验其签署后是否被改动。",
    "打印件的内容以电子文件为准。",
    "本凭证仅证明款项到账与充值，不是发票。",
)
# A name and its value; a row of the paper has one of them, or two beside each other.
Pair = tuple[str, str]
Row = list[Pair]


def values(
    recharge: Recharge,
    *,
    together: Iterable[Recharge],
    agreement_number: str,
    gateway: Gateway,
    at: datetime,
    missing: Iterable[str] = (),
) -> dict[str, Any]:
    """Return everything that is printed of a credited recharge.

    `together` are the recharges that were priced as one purchase, this one included; the agreement
    is the one whose first recharge this was, empty where it was not. `missing` are characters that
    no font has: of the bank's own words they leave a gap, since nobody can write those another way.
    """
    return {
        "title": TITLE,
        "number": recharge.number,
        "dated_at": clock.iso(at),
        "author": [gateway.name],
        "parts": [
            ["收款方", _payee(gateway)],
            ["充值账户", _account(recharge.account)],
            ["到账款项", _money(recharge.bank_entry, missing)],
            ["充值明细", _credit(recharge, list(together), agreement_number)],
        ],
        "notes": list(NOTES),
        "closing": {
            "issuer": gateway.name,
            "office": "财务",
            "issued_on": f"开具日期：{_day(at)}",
        },
    }


def _payee(gateway: Gateway) -> list[Row]:
    return [
        [("名称", gateway.name)],
        [("地址", gateway.address)],
        [("电话", gateway.phone), ("邮编", gateway.postcode)],
        [("开户银行", gateway.bank_name)],
        [("银行账号", gateway.bank_account)],
    ]


def _account(account: Account) -> list[Row]:
    of_customer = [[("终端客户", account.customer.name)]] if account.customer else []
    return [[("合作伙伴", account.partner.name)], *of_customer, [("账户", account.code)]]


def _money(entry: BankEntry, missing: Iterable[str]) -> list[Row]:
    # A line that came without a serial number has a mark of ours in its place.
    serial = "" if entry.serial.startswith("~") else entry.serial
    return [
        [
            ("金额（小写）", yuan(entry.amount_yuan)),
            ("金额（大写）", f"人民币{capitals(entry.amount_yuan)}"),
        ],
        [("付款人", _said(entry.payer, missing))],
        [("银行流水号", _said(serial, missing))],
        [("附言", _said(entry.reference, missing))],
        [("到账时间", _moment(entry.received_at)), ("收款账号", entry.bank_account)],
    ]


def _said(text: str, missing: Iterable[str]) -> str:
    for character in missing:
        text = text.replace(character, GAP)
    return text or NOTHING


def _credit(recharge: Recharge, together: list[Recharge], agreement_number: str) -> list[Row]:
    table, tier = recharge.rate_version.table, recharge.rate_tier
    price, remainder = yuan(recharge.unit_price_yuan), yuan(recharge.remainder_yuan)
    bought = f"{grouped(recharge.segments)} 条"
    rows: list[Row] = [
        [("资费", f"{table.name}，{grouped(tier.from_segments)} 条起档")],
        [("单价（每条）", price), ("充值条数", bought)],
        [
            ("余款", f"{remainder}（不足一条）" if recharge.remainder_yuan else remainder),
            ("入账时间", _moment(recharge.confirmed_at)),
        ],
        [("核算", f"{bought} × {price} ＋ 余款 {remainder} ＝ {yuan(recharge.amount_yuan)}")],
    ]
    if len(together) > 1:
        total = sum((each.amount_yuan for each in together), Decimal(0))
        others = f"与另外 {len(together) - 1} 笔到账合并计价，合计 {yuan(total)}"
        rows.append([("合并计价", others)])
    if agreement_number:
        rows.append([("首次充值", f"合作协议 {agreement_number} 约定的首次充值")])
    return rows


def _moment(at: datetime | None) -> str:
    """Write a moment in Asia/Shanghai; midnight is that of a bank which gives the day alone."""
    if at is None:
        return NOTHING
    local = at.astimezone(clock.SHANGHAI)
    return _day(at) if local.time() == time() else f"{_day(at)} {local:%H:%M:%S}"


def _day(at: datetime) -> str:
    day = clock.local_date(at)
    return f"{day.year}年{day.month}月{day.day}日"
