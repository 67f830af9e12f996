"""Fields as the portal's forms draw them."""

from typing import Any

from django import forms
from django.db.models import F

from apps.partners.models import Account


class DateInput(forms.DateInput):
    """The browser's own date picker."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class AccountChoiceField(forms.ModelChoiceField):  # type: ignore[type-arg] # not generic at run time
    """An account by its code and whose it is."""

    def label_from_instance(self, obj: Account) -> str:
        """Tell accounts apart."""
        return f"{obj.code} · {obj.customer}" if obj.customer else obj.code


def in_order(accounts: Any) -> Any:
    """Put accounts in the order in which people look for them: the partner's own, then customers'."""
    return accounts.order_by(F("customer__name").asc(nulls_first=True), "pk")
