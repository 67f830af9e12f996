"""Numbers as people write them, and whose network they are on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.carriers import rules

MOBILE = "13800138000"
FORMS = {
    "13800138000": MOBILE,
    "+8613800138000": MOBILE,
    "8613800138000": MOBILE,
    "008613800138000": MOBILE,
    "+86 138-0013-8000": MOBILE,
    "+86(138)0013 8000": MOBILE,
    "138 0013 8000": MOBILE,
    "138–0013–8000": MOBILE,
    "138.0013.8000": MOBILE,
    " 13800138000\t": MOBILE,
    "１３８００１３８０００": MOBILE,
    "＋８６１３８００１３８０００": MOBILE,
    "013800138000": MOBILE,  # A trunk 0 (legacy interface 2.13).
    "+86013800138000": MOBILE,
    "86013800138000": MOBILE,
    "19912345678": "19912345678",
    "02185418874": "02185418874",  # PHS: area code and number.
    "021-85418874": "02185418874",
    "+86 21 85418874": "02185418874",
    "+86 021 85418874": "02185418874",
    "8602185418874": "02185418874",
    "01062345678": "01062345678",
    "+861062345678": "01062345678",
    "0108541887": "0108541887",  # The shortest: ten digits.
    "075585418874": "075585418874",  # The longest: twelve.
    "05718541887": "05718541887",
}
WRONG = [
    "", " ", "1", "110", "10086", "12345678901", "1380013800", "138001380001", "23800138000",
    "85418874", "00213800138000", "+1 212 555 0100", "+852 9123 4567", "0085291234567",
    "013800138", "0012345678", "0755854188741", "138O0138000", "13800138000x", "x13800138000",
    "١٣٨٠٠١٣٨٠٠٠", "13800138000,13900139000", "+86", "86", "+86+8613800138000", "\0", "1" * 33,
]  # fmt: skip


class TestNormalise:
    @pytest.mark.parametrize(("raw", "number"), FORMS.items())
    def test_reads_the_forms_in_use(self, raw, number):
        assert rules.normalise(raw) == number

    @pytest.mark.parametrize("raw", WRONG)
    def test_refuses_what_is_no_mainland_number(self, raw):
        assert rules.normalise(raw) is None

    @given(st.text(max_size=40) | st.text("0123456789+-() 86", max_size=20))
    def test_never_fails_and_is_done_once(self, raw):
        number = rules.normalise(raw)

        assert number is None or rules.normalise(number) == number

    @given(st.from_regex(r"\A1[3-9][0-9]{9}\Z"), st.sampled_from(["", "+86", "86", "0086", "0"]))
    def test_reads_every_mobile_number_in_every_form(self, number, prefix):
        assert rules.normalise(prefix + number) == number
        assert not rules.is_phs(number)

    @given(st.from_regex(rf"\A(?:{rules.PHS.pattern})\Z"))
    def test_keeps_every_phs_number(self, number):
        assert rules.normalise(number) == number
        assert rules.is_phs(number)


class TestOperatorBySegment:
    SEGMENTS = {"138": "MOBILE", "1349": "TELECOM", "134": "MOBILE", "17000000": "UNICOM"}

    @pytest.mark.parametrize(
        ("number", "operator"),
        [
            ("13800138000", "MOBILE"),
            ("13400138000", "MOBILE"),
            ("13490138000", "TELECOM"),
            ("17000000123", "UNICOM"),
            ("17000001123", "OTHER"),
            ("19900000000", "OTHER"),
            ("02185418874", "PHS"),
        ],
    )
    def test_goes_by_the_longest_segment(self, number, operator):
        assert rules.operator_by_segment(number, self.SEGMENTS) == operator
