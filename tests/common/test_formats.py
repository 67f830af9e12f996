from datetime import UTC, datetime
from decimal import Decimal

import pytest

from apps.common.templatetags.formats import grouped, local_time, yuan


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        (Decimal(10_000), "¥10,000.00"),
        (Decimal("0.0500"), "¥0.05"),
        (Decimal("0.0450"), "¥0.045"),
        (Decimal("1E+3"), "¥1,000.00"),
        (Decimal(0), "¥0.00"),
        (None, "—"),
    ],
)
def test_yuan(amount, written):
    assert yuan(amount) == written


@pytest.mark.parametrize(("count", "written"), [(200_000, "200,000"), (0, "0"), (None, "—")])
def test_grouped(count, written):
    assert grouped(count) == written


def test_local_time_is_beijing_time():
    assert local_time(datetime(2026, 3, 1, 16, 30, tzinfo=UTC)) == "2026-03-02 00:30:00"
    assert local_time(None) == "—"
