"""What is wrong with the rows of a draft, cell by cell."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.rates.drafting import TierDraft, faults_in
from apps.rates.pricing import Tier, for_amount


def row(from_segments, price, **others):
    numbers = {name: Decimal(value) for name, value in others.items()}
    return TierDraft(from_segments=from_segments, unit_price_yuan=Decimal(price), **numbers)


@pytest.mark.parametrize(
    ("rows", "cells"),
    [
        ([row(1, "0.06"), row(100, "0.05")], []),
        ([row(100, "0.05"), row(1, "0.06")], []),
        ([row(1, "0.06"), row(100, "0.06")], []),
        ([row(-1, "0.06")], [(0, "from_segments")]),
        ([row(1_000_000_000, "0.06")], [(0, "from_segments")]),
        ([row(1, "0")], [(0, "unit_price_yuan")]),
        ([row(1, "0.00001")], [(0, "unit_price_yuan")]),
        ([row(1, "1000.01")], [(0, "unit_price_yuan")]),
        ([row(1, "NaN")], [(0, "unit_price_yuan")]),
        ([row(1, "0.06", phs_factor="0")], [(0, "phs_factor")]),
        ([row(1, "0.06", phs_factor="1.2", phs_unit_price_yuan="0.07")],
         [(0, "phs_unit_price_yuan")]),
        ([row(1, "0.06"), row(1, "0.05")], [(1, "from_segments")]),
        ([row(1, "0.05"), row(100, "0.06")], [(1, "unit_price_yuan")]),
        ([row(100, "0.06"), row(1, "0.05")], [(0, "unit_price_yuan")]),
    ],
)  # fmt: skip
def test_faults_name_row_and_cell(rows, cells):
    assert [(fault.row, fault.field) for fault in faults_in(rows)] == cells


drafts = st.lists(
    st.builds(
        TierDraft,
        from_segments=st.integers(0, 1_000_000),
        unit_price_yuan=st.decimals("0.0001", "1", places=4),
    ),
    min_size=1,
    max_size=5,
)
amounts = st.decimals("0.01", "999999.99", places=2)


@given(drafts, amounts, amounts)
def test_more_money_never_buys_less_at_prices_without_fault(rows, one, other):
    if faults_in(rows):
        return
    tiers = [
        Tier(id=place, from_segments=row.from_segments, unit_price_yuan=row.unit_price_yuan)
        for place, row in enumerate(rows)
    ]
    less, more = (for_amount(tiers, amount) for amount in sorted((one, other)))

    assert less is None or more.segments >= less.segments
