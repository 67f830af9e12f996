"""The PDF of a receipt as a reader sees it."""

import io
from datetime import UTC, datetime
from decimal import Decimal

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from apps.common import documents
from apps.partners.models import Account, Customer, Gateway, Partner
from apps.rates.models import RateTable, RateTier, RateVersion
from apps.recharges import printing
from apps.recharges.models import BankEntry, Recharge
from tests.common.documents.papers import pages_of

MORNING = datetime(2026, 6, 1, 2, 30, tzinfo=UTC)
GATEWAY = {
    "name": "北京信达通联科技有限公司",
    "phone": "010-80001234",
    "postcode": "100085",
    "address": "北京市海淀区上地信息路 12 号 3 层",
    "bank_name": "中国工商银行北京上地支行",
    "bank_account": "0200 0045 1902 0000 123",
}
ENTRY = {
    "bank_account": "0200 0045 1902 0000 123",
    "serial": "20260601000012345",
    "payer": "北京青禾软件有限公司",
    "amount_yuan": Decimal("10000.03"),
    "received_at": datetime(2026, 6, 1, 1, 15, 8, tzinfo=UTC),
    "reference": "短信充值 TCLKJ01234",
}
LONGEST_GATEWAY = {
    "name": "鑫" * 100,
    "phone": "0" * 30,
    "postcode": "W" * 10,
    "address": "鑫" * 200,
    "bank_name": "鑫" * 100,
    "bank_account": "W" * 40,
}
LONGEST_ENTRY = {
    "bank_account": "W" * 40,
    "serial": "W" * 64,
    "payer": "鑫" * 100,
    "amount_yuan": Decimal("9999999999.99"),
    "received_at": MORNING,
    "reference": "W" * 200,
}


def recharge_of(entry=ENTRY, *, partner="北京青禾软件有限公司", customer="", table="标准资费表"):
    account = Account(
        code="TCLKJ01234",
        partner=Partner(name=partner),
        customer=Customer(name=customer) if customer else None,
    )
    tier = RateTier(from_segments=100_000, unit_price_yuan=Decimal("0.0500"))
    price = tier.unit_price_yuan
    bought = int(entry["amount_yuan"] // price)
    return Recharge(
        pk=12,
        account=account,
        bank_entry=BankEntry(**entry),
        amount_yuan=entry["amount_yuan"],
        unit_price_yuan=price,
        segments=bought,
        remainder_yuan=entry["amount_yuan"] - bought * price,
        rate_version=RateVersion(table=RateTable(name=table)),
        rate_tier=tier,
        entered_at=MORNING,
        confirmed_at=MORNING,
    )


def values(recharge=None, *, gateway=GATEWAY, count=1, agreement_number="", missing=()):
    recharge = recharge or recharge_of()
    return printing.values(
        recharge,
        together=[recharge] * count,
        agreement_number=agreement_number,
        gateway=Gateway(**gateway),
        at=MORNING,
        missing=missing,
    )


def pdf_of(recharge=None, **wishes):
    return documents.render(template=printing.TEMPLATE, values=values(recharge, **wishes))


def text_of(recharge=None, **wishes):
    [page] = pages_of(pdf_of(recharge, **wishes))
    return page


LONGEST = recharge_of(LONGEST_ENTRY, partner="鑫" * 100, customer="鑫" * 100, table="鑫" * 100)
PAPERS = {
    "typical": {},
    "every row": {"count": 3, "agreement_number": "2026-0001"},
    "longest": {
        "recharge": LONGEST,
        "gateway": LONGEST_GATEWAY,
        "count": 1000,
        "agreement_number": "W" * 40,
    },
}
EVERY = pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)


@EVERY
class TestPaper:
    def test_is_one_page_with_every_value(self, paper):
        text = text_of(**paper)

        printed = [
            value
            for _title, rows in values(**paper)["parts"]
            for row in rows
            for _name, value in row
        ]
        assert [each for each in printed if "".join(each.split()) not in text] == []
        assert text.endswith("第1页共1页")

    def test_stays_within_its_margins(self, paper):
        with pypdfium2.PdfDocument(pdf_of(**paper)) as document:
            text = document[0].get_textpage()
            boxes = [text.get_charbox(place) for place in range(text.count_chars())]

        assert min(box[0] for box in boxes) > 40
        assert max(box[2] for box in boxes) < 595 - 40
        assert min(box[1] for box in boxes) > 20
        assert max(box[3] for box in boxes) < 842 - 20

    def test_embeds_its_fonts(self, paper):
        [page] = PdfReader(io.BytesIO(pdf_of(**paper))).pages
        fonts = page["/Resources"]["/Font"].values()
        [*descendants] = [font.get_object()["/DescendantFonts"][0] for font in fonts]

        assert descendants
        assert all(
            "/FontFile3" in each.get_object()["/FontDescriptor"].get_object()
            for each in descendants
        )


class TestSays:
    def test_the_amount_in_figures_and_capitals(self):
        assert "金额（小写）¥10,000.03金额（大写）人民币壹万元零叁分" in text_of()

    def test_how_the_segments_come_about(self):
        text = text_of()

        assert "标准资费表，100,000条起档" in text
        assert "200,000条×¥0.05＋余款¥0.03＝¥10,000.03" in text

    def test_what_becomes_of_less_than_a_segment(self):
        assert "余款¥0.03（不足一条）" in text_of()
        assert "不足一条的余款不折算条数" in text_of()

    def test_no_remainder_where_nothing_is_left(self):
        entry = ENTRY | {"amount_yuan": Decimal(10_000)}

        assert "余款¥0.00入账时间" in text_of(recharge_of(entry))

    def test_when_it_came_in_and_was_credited_by_the_clock_of_shanghai(self):
        text = text_of()

        assert "到账时间2026年6月1日09:15:08" in text
        assert "入账时间2026年6月1日10:30:00" in text

    def test_the_day_alone_where_the_bank_gives_no_time(self):
        midnight = datetime(2026, 5, 31, 16, tzinfo=UTC)

        assert "到账时间2026年6月1日收款账号" in text_of(
            recharge_of(ENTRY | {"received_at": midnight})
        )

    def test_whose_account_it_is(self):
        text = text_of(recharge_of(customer="朝阳区惠民大药房"))

        assert "合作伙伴北京青禾软件有限公司终端客户朝阳区惠民大药房账户TCLKJ01234" in text

    def test_no_customer_for_an_account_of_the_partner(self):
        assert "终端客户" not in text_of()

    def test_what_it_was_priced_together_with(self):
        assert "合并计价与另外2笔到账合并计价，合计¥30,000.09" in text_of(count=3)
        assert "合并计价" not in text_of()

    def test_whose_first_recharge_it_was(self):
        assert "首次充值合作协议2026-0001约定的首次充值" in text_of(agreement_number="2026-0001")
        assert "首次充值" not in text_of()

    def test_that_it_is_signed_and_carries_no_seal(self):
        assert "带有收款方的数字签名，不另加盖印章" in text_of()

    def test_nothing_where_the_bank_said_nothing(self):
        entry = ENTRY | {"payer": "", "reference": "", "serial": f"~{'3f' * 20}-2"}

        text = text_of(recharge_of(entry))

        assert "付款人／银行流水号／附言／" in text


def test_the_same_values_give_the_same_bytes():
    assert pdf_of() == pdf_of()


def test_a_gap_stands_for_what_cannot_be_printed_of_the_banks_words():
    recharge = recharge_of(ENTRY | {"payer": "张三😀", "reference": "谢谢\ufeff😀"})

    text = text_of(recharge, missing=["😀", "\ufeff"])

    assert "付款人张三□" in text
    assert "附言谢谢□□" in text


@settings(max_examples=15, deadline=None)
@given(st.text(alphabet="#$*_`@<>[]{}\\/\"'=~+.:;, 会员abc", min_size=1, max_size=200))
def test_what_the_payer_wrote_is_never_code(typed):
    text = text_of(recharge_of(ENTRY | {"reference": typed}))

    assert "".join(typed.split()) in text
