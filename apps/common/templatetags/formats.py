"""The only way money, whole numbers and times get onto a page."""

from datetime import datetime
from decimal import Decimal

from django import template

from apps.common.clock import SHANGHAI

register = template.Library()


@register.filter
def yuan(amount: Decimal | None) -> str:
    """Write an amount with its sign and at least two places: ¥10,000.00, ¥0.045."""
    if amount is None:
        return "—"
    places = max(2, -int(amount.normalize().as_tuple().exponent))
    return f"¥{amount:,.{places}f}"


@register.filter
def change_of_yuan(difference: Decimal | None) -> str:
    """Write by how much an amount changes: +¥0.005, −¥10.00; ¥0.00 when it stays."""
    if not difference:
        return yuan(difference)
    return f"{'+' if difference > 0 else '−'}{yuan(abs(difference))}"


@register.filter
def grouped(count: int | None) -> str:
    """Write a whole number with thousands separators: 200,000."""
    return "—" if count is None else f"{count:,}"


@register.filter
def local_time(at: datetime | None, form: str = "%Y-%m-%d %H:%M:%S") -> str:
    """Write a moment in Asia/Shanghai: 2026-03-01 09:30:00."""
    return "—" if at is None else at.astimezone(SHANGHAI).strftime(form)
