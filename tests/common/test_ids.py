from datetime import UTC, datetime, timedelta
from uuid import RFC_4122, UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.common import ids

MOMENTS = st.datetimes(
    datetime(2000, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    datetime(2200, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)


class TestUuid7:
    @given(MOMENTS)
    def test_tells_its_moment_to_the_millisecond(self, at):
        made_at = ids.made_at(ids.uuid7(at))

        assert abs(at - made_at) <= timedelta(milliseconds=1)

    @given(MOMENTS)
    def test_has_version_and_variant_through_a_whole_run(self, at):
        first = ids.uuid7_run(at)

        for number in (first, first + 10_000, first + 2**61 - 1):
            assert (UUID(int=number).version, UUID(int=number).variant) == (7, RFC_4122)

    @given(MOMENTS)
    def test_lies_above_the_floor_of_its_moment(self, at):
        identifier = ids.uuid7(at)

        assert ids.floor(at) <= identifier < ids.floor(at + timedelta(milliseconds=2))

    def test_is_never_made_twice(self):
        at = datetime(2026, 6, 1, tzinfo=UTC)

        assert len({ids.uuid7_run(at) for _ in range(1000)}) == 1000


def test_the_floor_of_a_time_before_all_ids_is_the_lowest():
    assert ids.floor(datetime(1, 1, 1, tzinfo=UTC)) == UUID(int=0)


class TestPublic:
    @given(MOMENTS)
    def test_is_read_back(self, at):
        identifier = ids.uuid7(at)

        assert ids.parse_public("msg", ids.public("msg", identifier)) == identifier

    @pytest.mark.parametrize(
        "text",
        ["", "msg", "msg_", "bat_" + "0" * 32, "msg_" + "A" * 32, "msg_" + "0" * 31,
         "msg_" + "0" * 33, "MSG_" + "0" * 32, "msg_" + "٠" * 32],
    )  # fmt: skip
    def test_of_another_form_is_none(self, text):
        assert ids.parse_public("msg", text) is None

    @given(st.text())
    def test_never_fails(self, text):
        ids.parse_public("msg", text)


def test_ids_of_one_moment_are_in_the_order_of_their_making():
    at = datetime(2026, 3, 2, 1, tzinfo=UTC)

    made = [ids.uuid7(at) for _ in range(1000)]

    assert made == sorted(made)
    assert {ids.made_at(identifier) for identifier in made} == {at}
