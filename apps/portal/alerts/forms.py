"""Below how many segments to warn, for each account of a partner."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from apps.common.forms import LooseWholeNumberField
from apps.ledger.services.alerts import MAX_THRESHOLD
from apps.portal.ledger.pages import AccountBalance


class AlertsForm(forms.Form):
    """One threshold per account; empty for no warning."""

    def __init__(self, *args: Any, accounts: Sequence[AccountBalance], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.accounts = accounts
        for each in accounts:
            self.fields[each.account.code] = LooseWholeNumberField(
                label=_("Warn below, segments"),
                required=False,
                min_value=1,
                max_value=MAX_THRESHOLD,
                initial=each.alert_below,
                widget=forms.TextInput(
                    {
                        "inputmode": "numeric",
                        "autocomplete": "off",
                        "aria-label": f"{each.account.code}: {_('Warn below, segments')}",
                    }
                ),
            )

    def rows(self) -> Iterator[tuple[AccountBalance, BoundField]]:
        """Return each account with its field."""
        for each in self.accounts:
            yield each, self[each.account.code]

    def changed(self) -> Iterator[tuple[AccountBalance, int | None]]:
        """Return the accounts of a valid form whose threshold is another now."""
        for each in self.accounts:
            threshold: int | None = self.cleaned_data[each.account.code]
            if threshold != each.alert_below:
                yield each, threshold
