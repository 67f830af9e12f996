"""Values as the interface writes them: yuan as text, moments and days by ISO 8601."""

from datetime import date, datetime
from decimal import Decimal

from apps.common.clock import iso


def yuan(amount: Decimal) -> str:
    """Write an amount with at least two places: 10000.00, 0.0425."""
    plain = amount.normalize()
    return f"{plain:.{max(2, -int(plain.as_tuple().exponent))}f}"


def moment(at: datetime | None) -> str | None:
    """Write a moment, where there is one."""
    return iso(at) if at else None


def day(day: date | None) -> str | None:
    """Write a day, where there is one."""
    return day.isoformat() if day else None
