import pytest

from apps.messaging.masking import masked_number, masked_text


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("13800138000", "138****8000"),
        ("075512345678", "075*****5678"),
        ("0101234567", "010***4567"),
        ("1234567", "*******"),
        ("", ""),
    ],
    ids=["mobile", "phs", "short phs", "too short to show any", "none"],
)
def test_masked_number(number, masked):
    assert masked_number(number) == masked


def test_masked_text_tells_little_of_its_length():
    assert masked_text("好") == "•"
    assert masked_text("好" * 100) == "••••••••"
