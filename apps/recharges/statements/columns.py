"""Which column of a statement holds what: guessed from its headings, or saved for a bank."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any, Self

from apps.recharges.statements import values


class Sign(StrEnum):
    """How a table says which way money went."""

    COLUMNS = "COLUMNS"  # credit and debit in two columns
    SIGNED = "SIGNED"  # one column, credits above zero
    FLAG = "FLAG"  # one column and a word beside it


class DateStyle(StrEnum):
    """What a date with the year last means; with the year first there is one reading."""

    YMD = "YMD"
    DMY = "DMY"
    MDY = "MDY"


@dataclass(frozen=True, kw_only=True, slots=True)
class Mapping:
    """The headings of the columns to read, as they stand in the file; empty where there is none.

    Kept by heading and not by place, so that a bank may add a column. `references` are joined.
    """

    date: str = ""
    time: str = ""
    amount: str = ""
    credit: str = ""
    debit: str = ""
    flag: str = ""
    payer: str = ""
    payer_account: str = ""
    serial: str = ""
    references: tuple[str, ...] = ()
    date_style: str = DateStyle.YMD.value

    @property
    def sign(self) -> Sign:
        """How the direction is told."""
        if self.credit:
            return Sign.COLUMNS
        return Sign.FLAG if self.flag else Sign.SIGNED

    @property
    def is_usable(self) -> bool:
        """Tell whether day and money can be read at all."""
        return bool(self.date and (self.credit or self.amount))

    def fits(self, headings: Sequence[str]) -> bool:
        """Tell whether the columns that cannot be missed are there."""
        needed = {self.date, self.credit or self.amount, self.flag, self.serial} - {""}
        return self.is_usable and needed <= set(headings)

    def to_json(self) -> dict[str, Any]:
        """Return what `from_json` reads."""
        return {**asdict(self), "references": list(self.references)}

    @classmethod
    def from_json(cls, saved: dict[str, Any]) -> Self:
        """Read a saved mapping; names that are not known any more are left out."""
        known = {field.name for field in fields(cls)} - {"references"}
        kept = {name: str(value) for name, value in saved.items() if name in known}
        return cls(**kept, references=tuple(saved.get("references", ())))


# In order of preference; the first pattern that matches a heading takes it.
_WORDS: dict[str, tuple[str, ...]] = {
    "payer_account": (
        r"对方.*[账帐]号",
        r"对方[账帐]户(号|$)",
        r"付款[人方]?.*[账帐]号",
        r"付方.*[账帐]号",
        r"对手.*[账帐]号",
        r"(counterparty|payer|debtor).*(account|iban)",
    ),
    "payer": (
        r"对方.*(户名|名称|单位|姓名)",
        r"对手.*(户名|名称)",
        r"交易对手$",
        r"付款[人方].*(户名|名称|单位)",
        r"收.?付款?[人方].*(户名|名称)",
        r"付款[人方]$",
        r"付方.*(户名|名称)",
        r"^对方$",
        r"往来单位",
        r"counterparty|payer|debtor",
        r"^户名$",
    ),
    "flag": (
        r"借贷(标志|标识|方向|状态|性质)?$",
        r"收支(标志|标识|类型|方向)?$",
        r"^(交易|资金|发生)方向",
        r"借.贷(标志|标识)?$",
        r"收.支(类型)?$",
        r"^(dr|debit).?(cr|credit)",
        r"来往账?标志",
    ),
    "credit": (
        r"贷方?(发生额|金额|$)",
        r"(收入|转入|存入|入账|进账|来账)(金额|$)",
        r"^(贷方|收入|存入)",
        r"(发生额|金额).*(贷|收入|存入|转入)",
        r"^credit",
    ),
    "debit": (
        r"借方?(发生额|金额|$)",
        r"(支出|转出|支取|取出|付款|出账|往账)(金额|$)",
        r"^(借方|支出|支取)",
        r"(发生额|金额).*(借|支出|支取|转出)",
        r"^(debit|withdrawal)",
    ),
    "serial": (
        r"(银行|核心|交易|业务|主机|系统|企业|账户明细)?流水(编?号|$)",
        r"^(交易)?(序列号|唯一编号)",
        r"(明细|交易)编?号$",
        r"serial|transaction id|^reference (no|number)",
    ),
    "date": (
        r"(交易|记账|入账|发生|到账|会计)(日期?|时间)",
        r"^日期(时间)?$",
        r"^(transaction|booking|entry)? ?date",
        r"^交易日",
        r"起息日",
        r"value date",
    ),
    "time": (r"^(交易|记账|入账)?时间(戳)?$", r"^time"),
    "amount": (r"^(交易|发生)?(金额|额)$", r"^(交易|发生|本次|变动)(金额|额)", r"^amount"),
    "references": (
        r"附言|用途|摘要|备注|说明|留言|remark|memo|description|narrative|purpose|details",
    ),
}
_NEVER = re.compile(r"余额|手续费|利率|balance|本方|我方|收款[人方]|手机|可用")


def clean(heading: values.Cell) -> str:
    """Return a heading without blanks, units and brackets, for comparing."""
    shown = re.sub(r"[\((\[【].*?[\))\]】]", "", values.plain(heading))
    return (
        re.sub(r"[\s::*/_、|]+", " ", shown).strip().replace(" ", "")
        if _is_cjk(shown)
        else " ".join(shown.split())
    )


def _is_cjk(shown: str) -> bool:
    return any("\u4e00" <= letter <= "\u9fff" for letter in shown)


def guess(headings: Sequence[str]) -> Mapping:
    """Return which heading is likely which; each is used once, except for joined references."""
    free = [heading for heading in headings if heading and not _NEVER.search(clean(heading))]
    found: dict[str, str] = {}
    for name, patterns in _WORDS.items():
        if name == "references":
            continue
        taken = _first(free, patterns)
        if taken:
            found[name] = taken
            free.remove(taken)
    if "time" in found and "date" not in found:
        found["date"] = found.pop("time")
    references = tuple(h for h in free if _first([h], _WORDS["references"]))
    if not found.get("credit"):
        found.pop("debit", None)
    else:
        found.pop("amount", None)
        found.pop("flag", None)
    return Mapping(**found, references=references)


def _first(headings: Sequence[str], patterns: Sequence[str]) -> str:
    for pattern in patterns:
        for heading in headings:
            if re.search(pattern, clean(heading)):
                return heading
    return ""
