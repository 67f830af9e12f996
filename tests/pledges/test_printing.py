"""The printed form: every blank filled, nothing beyond the page, the signature block in one piece."""

import re

import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.common import documents
from apps.partners.choices import Industry
from apps.pledges.models import Pledge, PledgeTemplate
from apps.pledges.rules import Kind, filled, paragraphs
from apps.pledges.services import printing
from apps.pledges.wording import TITLE, WORDING
from tests.factories.pledges import SPRING

TEMPLATE = PledgeTemplate(version=3, title=TITLE, wording=WORDING)
TYPICAL = {
    "name": "杭州西溪口腔门诊部有限公司",
    "credit_code": "91330110MACH370602",
    "legal_person": "钱晓雯",
    "address": "浙江省杭州市西湖区文二西路 712 号",
    "contact_name": "李明",
    "contact_phone": "0571-80003366",
    "industry": "HEALTH",
    "audience": "本门诊的预约患者",
    "consent": "患者初诊时签署知情同意书",
    "samples": ["预约提醒：请于明日 14:30 到诊。", "您的检查报告已出。"],
    "partner": "杭州云帆软件有限公司",
    "gateway": "北京信达通联科技有限公司",
}
LONGEST = TYPICAL | {
    "name": ("呼伦贝尔市鄂温克族自治旗" * 9)[:100],
    "legal_person": ("阿不都热依木江·买买提" * 5)[:50],
    "address": ("内蒙古自治区呼伦贝尔市伊敏河镇" * 14)[:200],
    "contact_name": ("欧阳" * 25)[:50],
    "contact_phone": "0" * 30,
    "audience": ("预约患者及其家属" * 25)[:200],
    "consent": "https://www.example.com/" + "a" * 176,
    "samples": [
        "短信样例内容" * 83,
        "x" * 500,
        "https://t.example/" + "0" * 482,
        "A b " * 125,
        "五",
    ],
    "partner": ("合作伙伴" * 25)[:100],
    "gateway": ("网关服务" * 25)[:100],
}
EVERY = pytest.mark.parametrize("particulars", [TYPICAL, LONGEST], ids=["typical", "longest"])


def pages_of(particulars):
    """Return the text of each page, as a reader would copy it, without blanks."""
    pledge = Pledge(number="ZR20260302-0001", particulars=particulars)
    pdf = pdfium.PdfDocument(printing.rendered(pledge, TEMPLATE, at=SPRING))
    texts = [page.get_textpage().get_text_bounded() for page in pdf]
    return [re.sub(r"[\s\u200b\ufffe]", "", text) for text in texts]


def bare(text):
    return re.sub(r"\s", "", text)


def without_hyphens(text):
    """Drop them: reading a page back, one at the end of a line is taken for a word's division."""
    return re.sub("[-\x02\xad\ufffe]", "", text)


@EVERY
class TestForm:
    def test_holds_every_particular_as_it_was_given(self, particulars):
        whole = "".join(without_margins(page) for page in pages_of(particulars))

        given = {name: value for name, value in particulars.items() if name != "industry"}
        for value in (*given.pop("samples"), *given.values(), str(Industry.HEALTH.label)):
            assert bare(value) in whole

    def test_holds_the_wording_with_its_blanks_filled(self, particulars):
        whole = "".join(without_margins(page) for page in pages_of(particulars))
        parties = {
            "customer": particulars["name"],
            "partner": particulars["partner"],
            "gateway": particulars["gateway"],
        }

        for paragraph in paragraphs(WORDING):
            assert bare(filled(paragraph.text, parties)) in whole

    def test_numbers_its_pages(self, particulars):
        pages = pages_of(particulars)

        for number, page in enumerate(pages, start=1):
            assert f"第{number}页共{len(pages)}页" in page
            assert "编号ZR20260302-0001" in page

    def test_keeps_the_signature_block_on_one_page(self, particulars):
        last = pages_of(particulars)[-1]

        assert last.index("承诺单位：") < last.index("签章：") < last.index("签署人：")
        assert "日期：" in last

    def test_writes_nothing_beyond_the_margins(self, particulars):
        pledge = Pledge(number="ZR20260302-0001", particulars=particulars)
        pdf = pdfium.PdfDocument(printing.rendered(pledge, TEMPLATE, at=SPRING))

        for page in pdf:
            width, height = page.get_size()
            text = page.get_textpage()
            boxes = [text.get_charbox(place) for place in range(text.count_chars())]
            assert min(box[0] for box in boxes) > 40
            assert max(box[2] for box in boxes) < width - 40
            assert 20 < min(box[1] for box in boxes) < max(box[3] for box in boxes) < height - 20


def without_margins(page):
    """Take header and footer away, so that what runs over a page is in one piece."""
    page = re.sub(r"第\d+页共\d+页", "", page)
    return page.replace("信息安全保障责任书编号ZR20260302-0001", "")


def test_the_same_values_give_the_same_bytes():
    pledge = Pledge(number="ZR20260302-0001", particulars=TYPICAL)

    first, second = (printing.rendered(pledge, TEMPLATE, at=SPRING) for _each in range(2))

    assert first == second


def test_a_character_that_no_font_has_is_named():
    pledge = Pledge(number="ZR20260302-0001", particulars=TYPICAL | {"audience": "会员😀"})

    with pytest.raises(documents.UnprintableCharacterError, match="😀"):
        printing.rendered(pledge, TEMPLATE, at=SPRING)


@settings(max_examples=15, deadline=None)
@given(st.text(alphabet="#$*_`@<>[]{}\\/\"'=~-+.:;, 会员abc", min_size=1, max_size=200))
def test_what_was_typed_is_never_code(typed):
    pages = pages_of(TYPICAL | {"audience": typed, "consent": "书面"})

    assert without_hyphens(bare(typed)) in without_hyphens("".join(pages))


def test_the_forbidden_kinds_are_listed_one_by_one():
    whole = "".join(pages_of(TYPICAL))

    assert whole.count("·") == sum(each.kind is Kind.ITEM for each in paragraphs(WORDING))
