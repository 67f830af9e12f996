"""Making an API key."""

import ipaddress
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.common.forms import LineField, LinesField
from apps.partners.choices import KeyMode, Scope
from apps.partners.models import Account
from apps.users.models import User


class ApiKeyForm(forms.Form):
    """A new key: for which account, live or for tests, and what it may do from where."""

    account = forms.ModelChoiceField(
        label=_("Account"), queryset=Account.objects.none(), empty_label=None
    )
    name = LineField(
        label=_("Name"),
        max_length=50,
        help_text=_("Where it is used, such as “production server”."),
    )
    mode = forms.ChoiceField(
        label=_("Mode"),
        choices=KeyMode.choices,
        initial=KeyMode.LIVE,
        widget=forms.RadioSelect,
        help_text=_("Test keys go to the simulator and are never charged."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("Allowed to"),
        choices=Scope.choices,
        initial=Scope.values,
        widget=forms.CheckboxSelectMultiple,
    )
    allowed_networks = LinesField(
        label=_("Only from"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Addresses or networks such as 203.0.113.0/24, one a line; empty allows all."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        accounts = Account.objects.visible_to(user).exclude(status=Account.Status.CLOSED)
        self.fields["account"].queryset = accounts.order_by("pk")  # type: ignore[attr-defined]

    def clean_allowed_networks(self) -> list[str]:
        """Read one network a line."""
        lines = self.cleaned_data["allowed_networks"].split()
        try:
            return [str(ipaddress.ip_network(line)) for line in lines]
        except ValueError as error:
            raise forms.ValidationError(
                _("“%(line)s” is no address or network."),
                params={"line": str(error).split("'")[1] if "'" in str(error) else ""},
            ) from error
