from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.signatures.choices import PROOF_HINTS, SOURCE_DETAIL_HINTS, ProofType, Source
from apps.signatures.reasons import REMEDIES, RejectionReason
from apps.signatures.rules import papers
from apps.signatures.rules.papers import Paper, Validity, validity

TODAY = date(2026, 3, 2)


def days(number):
    return TODAY + timedelta(days=number)


class TestTheTable:
    def test_has_every_source(self):
        assert set(papers.MUST) == set(papers.MAY) == set(Source.values)

    def test_names_only_types_that_there_are(self):
        named = frozenset().union(*papers.MAY.values(), *sum(papers.MUST.values(), ()))
        others = papers.MAY_ALWAYS.union(*papers.FOR_ANOTHER, *papers.REAL_NAME)

        assert (named | others) - {papers.LETTER} <= set(ProofType.values)

    def test_finds_a_use_for_every_type(self):
        assert [
            each
            for each in ProofType.values
            if not any(papers.takes(source, each) for source in Source.values)
        ] == []

    def test_says_what_to_upload(self):
        assert set(PROOF_HINTS) == set(ProofType)
        assert set(SOURCE_DETAIL_HINTS) == papers.NAMES_A_THING
        assert set(REMEDIES) == set(RejectionReason)

    @pytest.mark.parametrize(
        ("proof_type", "expected"),
        [
            ("TRADEMARK_CERTIFICATE", Validity.REQUIRED),
            ("AUTHORISATION", Validity.REQUIRED),
            ("LICENCE", Validity.OPTIONAL),
            ("OPERATOR_ID_BACK", Validity.OPTIONAL),
            ("SHOP_SCREENSHOT", Validity.NONE),
        ],
    )
    def test_says_which_papers_state_an_end(self, proof_type, expected):
        assert validity(proof_type) is expected


@pytest.mark.parametrize(
    ("source", "held", "expected"),
    [
        ("COMPANY", ["LICENCE"], 0),
        ("COMPANY", ["ORGANISATION_CODE"], 0),
        ("COMPANY", ["OTHER"], 1),
        ("INSTITUTION", ["SOCIAL_GROUP_CERTIFICATE"], 0),
        ("WEBSITE", ["LICENCE"], 1),
        ("WEBSITE", ["LICENCE", "SITE_FILING"], 0),
        ("APP", ["APP_FILING", "CREDIT_CODE_CERTIFICATE"], 0),
        ("OFFICIAL_ACCOUNT", [], 2),
        ("TRADEMARK", ["TRADEMARK_CERTIFICATE", "LICENCE"], 0),
        ("SHOP", ["LICENCE"], 0),
    ],
)
def test_counts_what_is_missing(source, held, expected):
    present = [Paper(key=each, type=each) for each in held]
    groups = papers.musts(source, for_another=False, with_real_name=False)

    assert len(papers.missing(groups, present, TODAY)) == expected


def test_another_company_adds_its_letter_and_licence():
    groups = papers.musts("COMPANY", for_another=True, with_real_name=True)

    assert len(groups) == 1 + 2 + 3


class TestDeadlines:
    GROUPS = papers.musts("TRADEMARK", for_another=False, with_real_name=False)

    def test_are_those_of_what_requirements_hang_on(self):
        mark = Paper(key="mark", type="TRADEMARK_CERTIFICATE", valid_until=days(90))
        licence = Paper(key="licence", type="LICENCE", valid_until=days(40))
        extra = Paper(key="extra", type="OTHER", valid_until=days(1))

        assert papers.deadlines(self.GROUPS, [mark, licence, extra]) == [licence, mark]

    def test_go_by_the_paper_that_lasts_longest(self):
        old = Paper(key="old", type="TRADEMARK_CERTIFICATE", valid_until=days(3))
        new = Paper(key="new", type="TRADEMARK_CERTIFICATE", valid_until=days(3000))
        endless = Paper(key="licence", type="LICENCE")

        assert papers.holds_until(self.GROUPS, [old, new, endless]) == new.valid_until

    @given(
        st.lists(
            st.builds(
                Paper,
                key=st.uuids().map(str),
                type=st.sampled_from(["TRADEMARK_CERTIFICATE", "LICENCE", "OTHER"]),
                valid_until=st.none() | st.integers(1, 400).map(days),
            )
        )
    )
    def test_the_first_of_them_is_when_something_goes_missing(self, present):
        end = papers.holds_until(self.GROUPS, present)
        missing_now = papers.missing(self.GROUPS, present, TODAY)

        if end is not None:
            assert papers.missing(self.GROUPS, present, end - timedelta(days=1)) == missing_now
            assert len(papers.missing(self.GROUPS, present, end)) > len(missing_now)
