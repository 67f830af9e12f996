"""The blanks of an agreement."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.forms import BaseDialogForm
from unfold.widgets import (
    UnfoldAdminDecimalFieldWidget,
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectWidget,
)

from apps.agreements.choices import RefundRule
from apps.common.forms import DayField
from apps.partners.models import Partner
from apps.rates.models import RateTable


def _count(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=1, required=False, widget=UnfoldAdminIntegerFieldWidget()
    )


class AgreementForm(BaseDialogForm):
    """A draft: with whom, for how long, at what prices."""

    partner = forms.ModelChoiceField(
        label=_("Partner"),
        queryset=Partner.objects.order_by("name"),
        widget=UnfoldAdminSelectWidget(),
    )
    starts_on = DayField(label=_("Starts on"))
    ends_on = DayField(
        label=_("Ends on"),
        required=False,
        help_text=_("The first day on which it no longer holds; empty for an open end."),
    )
    refund_rule = forms.ChoiceField(
        label=_("Refund"),
        choices=RefundRule.choices,
        initial=RefundRule.ON_REJECT,
        widget=UnfoldAdminSelectWidget(),
    )
    rate_table = forms.ModelChoiceField(
        label=_("Rate table"),
        queryset=RateTable.objects.order_by("name"),
        required=False,
        empty_label=_("Standard table, for all partners"),
        widget=UnfoldAdminSelectWidget(),
    )
    first_recharge_segments = _count(_("First recharge, segments"))
    first_recharge_unit_price_yuan = forms.DecimalField(
        label=_("First recharge, yuan per segment"),
        required=False,
        max_digits=8,
        decimal_places=4,
        widget=UnfoldAdminDecimalFieldWidget({"step": "0.0001"}),
    )
    mobile_characters = _count(_("Characters per segment, mobile networks"))
    phs_characters = _count(_("Characters per segment, PHS"))
