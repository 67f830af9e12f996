import time
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from apps.common.forms import (
    DayField,
    LineEmailField,
    LineField,
    LinesField,
    LooseNumberField,
    LooseWholeNumberField,
    MomentField,
    WholeNumberField,
)


@pytest.mark.parametrize(
    ("field", "typed", "read"),
    [
        (LooseNumberField(), "¥1,000.00", Decimal("1000.00")),
        (LooseNumberField(), " １０ 万 ", Decimal(100_000)),
        (LooseNumberField(), "1.5E+3", Decimal(1500)),
        (LooseWholeNumberField(), "20万条", 200_000),
        (LooseWholeNumberField(), "20 条", 20),
        (WholeNumberField(), "7", 7),
        (DayField(), "2026-06-01", date(2026, 6, 1)),
        (LineField(), " 青禾\t软件\r\n", "青禾 软件"),
        (LinesField(), "a\r\nb", "a\nb"),
        (LineEmailField(), "li@example.com", "li@example.com"),
    ],
)
def test_reads_what_people_type(field, typed, read):
    assert field.clean(typed) == read


@pytest.mark.parametrize("field", [LooseNumberField(), LooseWholeNumberField(), WholeNumberField()])
@pytest.mark.parametrize(
    "typed", ["1e250000", "9" * 5_000, "9" * 25, "NaN", "Infinity", "\ufdfa" * 60]
)
def test_numbers_are_refused_before_they_are_reckoned_with(field, typed):
    began = time.thread_time()

    with pytest.raises(ValidationError):
        field.clean(typed)

    assert time.thread_time() - began < 0.1


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        *((DayField(), day) for day in ("0001-01-01", "9999-12-31", "10000-01-01")),
        *((MomentField(), at) for at in ("0001-01-01T00:00", "9999-12-31T23:59")),
    ],
)
def test_days_far_from_now_are_refused(field, typed):
    with pytest.raises(ValidationError):
        field.clean(typed)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        (LineField(), "a\nb"),
        (LineField(), "a\u202eb"),
        (LinesField(), "a\u2067b"),
        (LinesField(), "a\0b"),
        (LineEmailField(), '"\x01"@example.com'),
    ],
)
def test_texts_are_under_the_rule(field, typed):
    with pytest.raises(ValidationError):
        field.clean(typed)
