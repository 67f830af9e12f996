"""What staff fill in about prices and character standards."""

from decimal import Decimal, InvalidOperation

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.forms import BaseDialogForm
from unfold.widgets import (
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from apps.common.forms import MomentField
from apps.partners.models import Partner
from apps.rates.choices import NetworkClass


class TableForm(BaseDialogForm):
    """A table of prices: the standard one, or one partner's."""

    name = forms.CharField(label=_("Name"), max_length=60, widget=UnfoldAdminTextInputWidget())
    partner = forms.ModelChoiceField(
        label=_("Partner"),
        queryset=Partner.objects.order_by("name"),
        required=False,
        empty_label=_("Standard table, for all partners"),
        widget=UnfoldAdminSelectWidget(),
    )


class VersionForm(BaseDialogForm):
    """A draft of prices: from when, and its tiers."""

    starts_at = MomentField(label=_("Holds from"))
    tiers = forms.CharField(
        label=_("Tiers"),
        widget=UnfoldAdminTextareaWidget({"rows": 6, "placeholder": "0 0.06\n100000 0.05"}),
        help_text=_(
            "One a line: segments bought at once from which it holds, a space, yuan per segment."
        ),
    )

    def clean_tiers(self) -> dict[int, Decimal]:
        """Read one tier a line."""
        tiers = {}
        for line in self.cleaned_data["tiers"].splitlines():
            if not line.strip():
                continue
            try:
                quantity, price = line.replace(",", "").split()
                tiers[int(quantity)] = Decimal(price)
            except (ValueError, InvalidOperation) as error:
                raise forms.ValidationError(
                    _("“%(line)s” is not a quantity, a space and a price."), params={"line": line}
                ) from error
        return tiers


class StandardForm(BaseDialogForm):
    """Characters per segment of a class of networks, from a moment on."""

    network_class = forms.ChoiceField(
        label=_("Network class"), choices=NetworkClass.choices, widget=UnfoldAdminSelectWidget()
    )
    single_characters = forms.IntegerField(
        label=_("Characters in a single segment"),
        min_value=1,
        max_value=500,
        widget=UnfoldAdminIntegerFieldWidget(),
    )
    part_characters = forms.IntegerField(
        label=_("Characters in each of several"),
        min_value=1,
        max_value=500,
        widget=UnfoldAdminIntegerFieldWidget(),
    )
    starts_at = MomentField(label=_("Holds from"))
