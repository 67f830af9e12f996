"""How the interface writes what the product knows: choices in small letters, yuan as text."""

from decimal import Decimal
from typing import TypeVar

from django.db.models import TextChoices

Choice = TypeVar("Choice", bound=TextChoices)


def names(among: type[Choice]) -> dict[str, Choice]:
    """Return our choices by their published names."""
    return {choice.value.lower(): choice for choice in among}


def yuan(amount: Decimal) -> str:
    """Write an amount with at least two places: 10000.00, 0.0425."""
    plain = amount.normalize()
    return f"{plain:.{max(2, -int(plain.as_tuple().exponent))}f}"
