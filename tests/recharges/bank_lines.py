"""A month of a bank account, made up: partners, their slips, and the bank's lines with usual dirt.

Everything comes from the seed. `truth` says for each serial number which slips it paid and which
lines paid them together; lines that are no partner's payment are not in it.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

FIRST_DAY = date(2026, 3, 2)
DAYS = 31
_CITIES = (
    "北京",
    "上海",
    "广州",
    "深圳",
    "杭州",
    "南京",
    "成都",
    "武汉",
    "西安",
    "青岛",
    "厦门",
    "苏州",
)
_FIRST, _SECOND = "青云远星海天华新中信恒博智瑞联金盛科", "禾帆图泰达诚源创维通宇鼎辰腾邦和汇朗"
_TRADES = ("软件", "信息技术", "科技", "网络科技", "数据", "电子商务", "计算机系统")
_LAW = ("有限公司", "有限公司", "有限公司", "有限责任公司", "股份有限公司")
_SURNAMES, _GIVEN = "王李张刘陈杨赵黄周吴徐孙", "伟芳娜敏静磊洋艳勇军杰涛超霞平刚"
_ROUND = (1_000, 2_000, 3_000, 5_000, 5_000, 6_500, 8_000, 10_000, 10_000, 13_000, 20_000, 30_000)
_NOISE = (
    ("", "结息"),
    ("国家金库", "退税"),
    ("支付宝（中国）网络技术有限公司", "验证款"),
    ("工会", "往来款"),
)
_MEMOS = ("短信费", "货款", "服务费", "充值", "短信通道费", "", "往来款", "技术服务费")


@dataclass(frozen=True, kw_only=True)
class Firm:
    name: str
    code: str
    agreement: str
    boss: str


@dataclass(frozen=True, kw_only=True)
class Paid:
    """A slip: what a firm says it paid."""

    number: int
    firm: Firm
    amount: Decimal
    day: date
    payer: str
    reference: str


@dataclass(frozen=True, kw_only=True)
class Row:
    """A line of the bank."""

    serial: str
    amount: Decimal
    day: date
    payer: str
    memo: str


@dataclass(kw_only=True)
class Month:
    """What there is, and what is true of it."""

    firms: list[Firm]
    slips: list[Paid] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    truth: dict[str, tuple[frozenset[int], frozenset[str]]] = field(default_factory=dict)
    seconds: float = 0.0


class Maker:
    """Makes a month from a seed."""

    def __init__(self, seed: int, *, lines: int = 1_000, firms: int = 150) -> None:
        self._random = random.Random(seed)
        self._lines = lines
        self.month = Month(firms=list(self._firms(firms)))

    def make(self) -> Month:
        """Make lines until there are enough."""
        ways = (self._single, self._merged, self._split, self._with_fee, self._noise)
        while len(self.month.rows) < self._lines:
            self._random.choices(ways, (78, 6, 5, 4, 7))[0]()
        self._random.shuffle(self.month.rows)
        return self.month

    def _firms(self, count: int) -> Iterator[Firm]:
        brands = [a + b for a in _FIRST for b in _SECOND]
        for number, brand in enumerate(self._random.sample(brands, count)):
            city, trade, law = map(self._random.choice, (_CITIES, _TRADES, _LAW))
            yield Firm(
                name=f"{city}{brand}{trade}{law}",
                code=f"TCLKJ{number + 10_000}",
                agreement=f"2026-{number + 1:04}",
                boss=self._person(),
            )

    def _person(self) -> str:
        given = self._random.choices(_GIVEN, k=self._random.choice((1, 2)))
        return self._random.choice(_SURNAMES) + "".join(given)

    def _chance(self, percent: int) -> bool:
        return self._random.randrange(100) < percent

    def _amount(self) -> Decimal:
        if self._chance(55):
            return Decimal(self._random.choice(_ROUND))
        return Decimal(self._random.randrange(50_000, 4_000_000)) / 100

    def _slip(self, firm: Firm, *, amount: Decimal | None = None, day: date | None = None) -> Paid:
        number = len(self.month.slips) + 1
        paid = Paid(
            number=number,
            firm=firm,
            amount=amount or self._amount(),
            day=day or FIRST_DAY + timedelta(days=self._random.randrange(DAYS)),
            payer=firm.boss if self._chance(4) else firm.name,
            reference=f"{self._random.randrange(10**11, 10**12)}" if self._chance(40) else "",
        )
        self.month.slips.append(paid)
        return paid

    def _row(self, paid: Paid, amount: Decimal) -> Row:
        later = self._random.choices((0, 1, 2, 3, 5, -1), (60, 20, 6, 8, 3, 3))[0]
        row = Row(
            serial=f"20260300{len(self.month.rows):012}",
            amount=amount,
            day=paid.day + timedelta(days=later),
            payer=self._payer(paid),
            memo=self._memo(paid),
        )
        self.month.rows.append(row)
        return row

    def _true(self, rows: list[Row], slips: list[Paid]) -> None:
        told = frozenset(paid.number for paid in slips), frozenset(row.serial for row in rows)
        self.month.truth.update(dict.fromkeys((row.serial for row in rows), told))

    def _firm(self) -> Firm:
        return self._random.choice(self.month.firms)

    def _single(self) -> None:
        paid = self._slip(self._firm())
        self._true([self._row(paid, paid.amount)], [self._swapped(paid)])

    def _with_fee(self) -> None:
        paid = self._slip(self._firm())
        fee = Decimal(self._random.choice(("5.5", "10.5", "15.5", "20", "50")))
        self._true([self._row(paid, paid.amount - fee)], [paid])

    def _merged(self) -> None:
        firm = self._firm()
        first = self._slip(firm)
        days = [first.day - timedelta(days=n) for n in range(1, self._random.choice((2, 2, 3)))]
        slips = [first, *(self._slip(firm, day=day) for day in days)]
        total = sum((paid.amount for paid in slips), Decimal(0))
        self._true([self._row(first, total)], slips)

    def _split(self) -> None:
        paid = self._slip(
            self._firm(), amount=Decimal(self._random.choice((30_000, 60_000, 80_000)))
        )
        part = (paid.amount * self._random.choice((Decimal("0.5"), Decimal("0.4")))).quantize(
            Decimal(1)
        )
        rows = [self._row(paid, part), self._row(paid, paid.amount - part)]
        self._true(rows, [paid])

    def _noise(self) -> None:
        payer, memo = self._random.choice(_NOISE)
        if self._chance(30):
            payer, memo = self._firm().name, "保证金"
        elif self._chance(30):
            payer, memo = self._person(), ""
        self.month.rows.append(
            Row(
                serial=f"20260300{len(self.month.rows):012}",
                amount=self._amount(),
                day=FIRST_DAY + timedelta(days=self._random.randrange(DAYS)),
                payer=payer,
                memo=memo,
            )
        )

    def _swapped(self, paid: Paid) -> Paid:
        """Let somebody mix day and month up now and then."""
        if self._chance(3) and paid.day.day <= 12:
            at = self.month.slips.index(paid)
            swapped = date(paid.day.year, paid.day.day, paid.day.month)
            self.month.slips[at] = Paid(**{**vars(paid), "day": swapped})
        return paid

    def _payer(self, paid: Paid) -> str:
        if paid.payer == paid.firm.boss or self._chance(4):
            return paid.firm.boss
        name = paid.firm.name
        way = self._random.randrange(100)
        if way < 60:
            return name
        if way < 70:
            law = next(law for law in sorted(_LAW, key=len)[::-1] if name.endswith(law))
            return f"{name[2 : -len(law)]}（{name[:2]}）{law}"
        if way < 78:
            return name.removesuffix("有限公司")
        if way < 84:
            return name[:10]
        if way < 92:
            return f"{name[:4]} {name[4:]}"
        return name.replace("有限公司", "有限责任公司")

    def _memo(self, paid: Paid) -> str:
        memo = self._random.choice(_MEMOS)
        code = paid.firm.code
        if paid.payer != paid.firm.name or self._chance(25):
            memo += self._random.choice((code, code.lower(), f"账户{code}", " ".join(code)))
        if paid.reference and self._chance(30):
            memo += f" 凭证{paid.reference}"
        if self._chance(4):
            memo += f" 合同{paid.firm.agreement}"
        return memo
