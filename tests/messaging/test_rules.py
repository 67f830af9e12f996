"""What goes out, to whom, in how many segments."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.agreements.choices import RefundRule
from apps.messaging import rules
from apps.messaging.choices import MessageStatus
from apps.rates.rules import MOBILE_SIZES, PHS_SIZES


class TestSortOut:
    def test_keeps_the_callers_order_and_each_number_once(self):
        found = rules.sort_out(["13900139000", "021 8541 8874", "+86 13900139000", "x"])

        assert found.numbers == ["13900139000", "02185418874"]
        assert [(item.to, item.code) for item in found.rejected] == [
            ("+86 13900139000", "duplicate"),
            ("x", "invalid_number"),
        ]

    def test_shows_no_more_than_32_characters_of_a_wrong_number(self):
        assert rules.sort_out(["1" * 64]).rejected[0].to == "1" * 32

    @given(st.lists(st.text(max_size=40) | st.sampled_from(["13900139000", "8613900139000"])))
    def test_loses_nobody(self, raw):
        found = rules.sort_out(raw)

        assert len(found.numbers) + len(found.rejected) == len(raw)
        assert len(set(found.numbers)) == len(found.numbers)


class TestText:
    @pytest.mark.parametrize(
        ("text", "kind", "expected"),
        [
            ("八折", "marketing", "八折拒收请回复R"),
            ("八折，拒收请回复R", "marketing", "八折，拒收请回复R"),
            ("已发货", "notice", "已发货"),
            ("314159", "otp", "314159"),
        ],
    )
    def test_of_marketing_ends_with_the_opt_out_notice(self, text, kind, expected):
        assert rules.with_opt_out(text, kind) == expected

    def test_carries_the_signature_where_the_channel_wants_it(self):
        assert rules.compose(text="您好", signature="青禾") == "【青禾】您好"
        assert rules.compose(text="您好", signature="青禾", position="END") == "您好【青禾】"

    @pytest.mark.parametrize(
        ("text", "is_too_long"),
        [("字" * 500, False), ("字" * 501, True), ("😀" * 250, False), ("😀" * 250 + "a", True)],
    )
    def test_has_at_most_500_characters(self, text, is_too_long):
        assert rules.is_too_long(text) is is_too_long

    def test_takes_other_segments_on_phs(self):
        sizes = {"mobile": MOBILE_SIZES, "phs": PHS_SIZES}

        assert rules.segments_by_class("字" * 59, sizes) == {"mobile": 1, "phs": 2}
        assert rules.network_class_of("02185418874") == "phs"
        assert rules.network_class_of("13900139000") == "mobile"


NOT_SENT = {"EXPIRED", "CANCELLED", "REFUSED", "UNKNOWN"}


@pytest.mark.parametrize(
    ("rule", "not_taken", "taken"),
    [
        ("never", NOT_SENT, set()),
        ("on_reject", NOT_SENT | {"REJECTED"}, set()),
        ("on_failure", NOT_SENT | {"REJECTED"}, {"UNDELIVERED"}),
    ],
)
def test_what_is_given_back_follows_the_agreement(rule, not_taken, taken):
    for was_taken, given_back in ((False, not_taken), (True, taken)):
        for status in MessageStatus.values:
            end = rules.End(status=status, was_taken=was_taken)
            assert rules.refunded_segments(end, rule, 3) == 3 * (status in given_back)


@pytest.mark.parametrize("rule", RefundRule.values)
def test_what_no_connector_takes_is_given_back_under_every_rule(rule):
    end = rules.End(status="REJECTED", was_taken=False, code=rules.NO_CONNECTOR)

    assert rules.refunded_segments(end, rule, 3) == 3


def test_the_rules_of_refunds_are_those_of_agreements():
    named = {end.rpartition(":")[2] for end in rules.refunding_ends()}

    assert named == set(RefundRule.values)
