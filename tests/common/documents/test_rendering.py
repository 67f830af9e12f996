"""Values become text on a page, whatever they are, and never code."""

import io
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from apps.common import documents
from tests.common.documents.papers import VALUES, pages_of, render, text_of

TRICKY = [
    '#panic("x")',
    "#let values = 1",
    "*粗* _斜_ `码` $x^2$ @来源 <标签>",
    r"反\斜 \u{41} \n",
    "引号\"直\"'直'“弯”",
    "// 注释 /* 注 */ -- --- ...",
    "[内容] {代码} = 标题",
    "A&B <script>alert(1)</script>",
    "[[[[((((",
]


class TestValues:
    @pytest.mark.parametrize("name", TRICKY)
    def test_are_printed_as_they_are(self, name):
        assert "".join(name.split()) in text_of(render(name=name))

    @settings(max_examples=25, deadline=None)
    @given(name=st.text("#*_`$@<>\\\"'/[]{}()=-+~.:,;!?&%^|甲乙 aZ09", min_size=1, max_size=60))
    def test_never_become_code(self, name):
        assert "".join(name.split()) in text_of(render(name=name))

    def test_may_be_very_long(self):
        name = "北京市海淀区" * 80 + "https://example.com/" + "a" * 300

        pages = pages_of(render(name=name))

        assert name in "".join(pages)

    @pytest.mark.parametrize("name", ["龘靐齉", "㐂𬭎𫖯", "〇一二", "éñß"])
    def test_may_have_rare_characters(self, name):
        assert name in text_of(render(name=name))

    @pytest.mark.parametrize(
        ("name", "characters"),
        [
            ("青禾😀", "😀"),
            ("青\u0007禾", "U+0007"),
            ("𠀀𪜀", "𠀀 𪜀"),
            ("青\ufeff禾", "U+FEFF"),
        ],
    )
    def test_without_a_glyph_are_refused_by_name(self, name, characters):
        with pytest.raises(documents.UnprintableCharacterError) as caught:
            render(name=name)

        assert caught.value.data == {"characters": characters}
        assert all(each in name for each in caught.value.missing)

    def test_do_not_turn_a_line_around(self):
        turned = text_of(render(name="青禾\u202e司公\u2066软件\u200f"))

        assert "青禾司公软件" in turned


class TestPaper:
    def test_is_the_same_for_the_same_values(self):
        assert render() == render()

    def test_is_dated_by_its_values(self):
        created = PdfReader(io.BytesIO(render())).metadata.creation_date

        assert created.isoformat() == "2026-03-02T01:00:00+00:00"

    def test_embeds_its_fonts(self):
        fonts = PdfReader(io.BytesIO(render())).pages[0]["/Resources"]["/Font"]
        descendants = [font.get_object()["/DescendantFonts"][0] for font in fonts.values()]

        names = {str(each.get_object()["/BaseFont"]).partition("+")[2] for each in descendants}

        assert {name.partition("-")[0] for name in names} == {"NotoSerifSC", "NotoSansSC"}
        assert all(
            "/FontFile3" in each.get_object()["/FontDescriptor"].get_object()
            for each in descendants
        )

    def test_gives_back_the_same_characters_and_no_look_alikes(self):
        text = text_of(render(name="用户金一入八车见长门"))

        assert "用户金一入八车见长门" in text
        assert text == unicodedata.normalize("NFC", text)
        assert not any("\u2e80" <= letter <= "\u2fdf" for letter in text)

    def test_numbers_its_pages(self):
        pages = pages_of(render(room=30))

        assert len(pages) == 2
        assert all(f"第{place}页共2页" in page for place, page in enumerate(pages, 1))

    @pytest.mark.parametrize("room", range(2, 18, 3))
    def test_keeps_the_signatures_together(self, room):
        words = ("甲方：", "乙方：", "签章：", "签署人：", "日期：")

        pages = pages_of(render(room=room))

        assert sum(all(word in page for word in words) for page in pages) == 1
        assert sum(any(word in page for word in words) for page in pages) == 1

    def test_may_be_dated_to_the_millisecond(self):
        assert render(dated_at="2026-03-02T09:00:00.123+08:00") == render()

    def test_needs_a_date(self):
        with pytest.raises(KeyError):
            documents.render(
                template=documents.rendering.ROOT / "common/documents/specimen.typ",
                values={name: value for name, value in VALUES.items() if name != "dated_at"},
            )
