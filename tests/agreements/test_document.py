"""The PDF of an agreement as a reader sees it."""

import io
import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from pypdf import PdfReader

from apps.agreements import printing, wording
from apps.agreements.models import Agreement, AgreementTemplate, TemplateClause
from apps.common import documents
from apps.partners.models import Gateway, Partner
from tests.common.documents.papers import pages_of
from tests.factories.agreements import NEW_YEAR

TYPICAL = {
    "starts_on": date(2026, 1, 1),
    "ends_on": date(2027, 1, 1),
    "signature_text": "青禾软件",
    "base_fee_yuan": Decimal("0.08"),
    "first_recharge_segments": 200_000,
    "first_recharge_unit_price_yuan": Decimal("0.05"),
    "first_recharge_amount_yuan": Decimal("10000.00"),
    "mobile_characters": 70,
    "phs_characters": 58,
}
LONGEST = {
    "ends_on": None,
    "signature_text": "国" * 32,
    "base_fee_yuan": Decimal("9999.9999"),
    "first_recharge_segments": 2**63 - 1,
    "first_recharge_unit_price_yuan": Decimal("9999.9999"),
    "first_recharge_amount_yuan": Decimal("9787878787.89"),
    "mobile_characters": 32767,
    "phs_characters": 32767,
    "refund_rule": "on_failure",
}


def longest(model, **kept):
    """Return a party whose every particular is as long as its column."""
    texts = {
        field.name: ("鑫" if field.name in {"name", "address"} else "W") * field.max_length
        for field in model._meta.fields
        if field.name
        in {"name", "phone", "fax", "postcode", "address", "bank_name", "bank_account"}
    }
    return model(**texts | kept)


def values(partner=None, gateway=None, **terms):
    template = AgreementTemplate(version=1, title=wording.TITLE)
    agreement = Agreement(
        partner=partner or Partner(name="北京青禾软件有限公司", phone="010-62345678"),
        template=template,
        **TYPICAL | terms,
    )
    clauses = [TemplateClause(template=template, **each._asdict()) for each in wording.FIRST]
    return printing.values(
        agreement,
        clauses,
        gateway=gateway or Gateway(name="北京信达通联科技有限公司", bank_account="0200 0045"),
        number="2026-0001",
        at=NEW_YEAR,
    )


def pages(**wishes):
    return pages_of(documents.render(template=printing.TEMPLATE, values=values(**wishes)))


PAPERS = {
    "typical": {},
    "longest": {"partner": longest(Partner), "gateway": longest(Gateway), **LONGEST},
}


@pytest.fixture(params=PAPERS)
def paper(request):
    return PAPERS[request.param]


def test_fills_every_blank(paper):
    text = "".join(pages(**paper))

    blanks = [
        piece["blank"]
        for clause in values(**paper)["clauses"]
        for piece in clause["pieces"]
        if "blank" in piece
    ]
    assert len(blanks) == 14
    # A value that runs over a page's end is parted by footer and header.
    assert all("".join(blank.split()) in text for blank in blanks if blank)
    assert "{" not in text


def test_has_the_amount_in_figures_and_capitals():
    assert "共计人民币10,000.00元（大写：壹万元整）" in "".join(pages())


def test_has_every_clause_of_the_reference():
    text = "".join(pages())

    assert all(f"第{number}条" in text for number in "一二三四五六七八九十")
    assert all(f"第十{number}条" in text for number in "一二三四")
    assert all(f"（{number}）" in text for number in "一二三四五六七八九")


def test_numbers_its_pages(paper):
    found = pages(**paper)

    assert all(page.endswith(f"第{place}页共{len(found)}页") for place, page in enumerate(found, 1))
    assert all("编号2026-0001" in page for page in found)


def test_keeps_the_signatures_together_under_the_last_clause(paper):
    last = pages(**paper)[-1]

    assert last.count("签章：") == last.count("签署人：") == 2
    assert "第十四条" in last


def test_gives_back_the_same_characters(paper):
    text = "".join(pages(**paper))

    printed = "".join(
        piece.get("text", "") for clause in values(**paper)["clauses"] for piece in clause["pieces"]
    )
    assert set(printed) - set(text) - {" "} == set()
    assert text == unicodedata.normalize("NFC", text)
    assert not any("\u2e80" <= letter <= "\u2fdf" for letter in text)  # radicals


def test_stays_within_its_margins(paper):
    """Nothing is drawn beyond the text's right edge but punctuation that hangs there."""
    pdf = documents.render(template=printing.TEMPLATE, values=values(**paper))

    for page in PdfReader(io.BytesIO(pdf)).pages:
        places: list[float] = []
        page.extract_text(
            visitor_text=lambda text, _cm, tm, _font, _size, places=places: (
                places.append(tm[4]) if text.strip() else None
            )
        )
        assert places
        assert max(places) < 595 - 40


def test_an_open_end_reads_so():
    assert "自2026年1月1日起，长期有效" in "".join(pages(ends_on=None))


def test_the_last_day_is_the_day_before_the_end():
    assert "自2026年1月1日起至2026年12月31日止" in "".join(pages())
