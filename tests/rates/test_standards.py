"""The character standards that the send path counts by."""

from datetime import UTC, datetime

import pytest

from apps.rates.models import CharacterStandard
from apps.rates.queries.standards import sizes_at
from apps.rates.rules import MOBILE_SIZES, PHS_SIZES, SegmentSizes

MARCH, JUNE, JULY = (datetime(2030, month, 1, tzinfo=UTC) for month in (3, 6, 7))

pytestmark = pytest.mark.django_db


@pytest.fixture
def new_standard():
    """Mobile networks count 65 and 60 for the month of June 2030."""
    CharacterStandard.objects.all().delete()
    return CharacterStandard.objects.create(
        network_class="mobile", single_characters=65, part_characters=60,
        starts_at=JUNE, ends_at=JULY,
    )  # fmt: skip


def test_are_the_contracts_own_to_begin_with():
    assert sizes_at(MARCH) == {"mobile": MOBILE_SIZES, "phs": PHS_SIZES}


def test_hold_from_their_first_moment_until_before_their_last(new_standard):
    changed = {"mobile": SegmentSizes(single=65, part=60), "phs": PHS_SIZES}

    assert sizes_at(MARCH)["mobile"] == MOBILE_SIZES
    assert sizes_at(JUNE) == changed
    assert sizes_at(JULY)["mobile"] == MOBILE_SIZES
