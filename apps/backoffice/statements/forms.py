"""What finance fills in to take a statement in: the file, and which column holds what."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminFileFieldWidget,
    UnfoldAdminSelectMultipleWidget,
    UnfoldAdminSelectWidget,
)

from apps.recharges.models import BankProfile
from apps.recharges.statements.columns import DateStyle, Mapping

_COLUMNS = {
    "date": _("Day"),
    "time": _("Time"),
    "credit": _("Credit"),
    "debit": _("Debit"),
    "amount": _("Amount, where debit and credit share a column"),
    "flag": _("Says debit or credit"),
    "payer": _("Payer"),
    "payer_account": _("Payer's account"),
    "serial": _("Bank's serial number"),
}


class StatementForm(forms.Form):
    """A file of a bank."""

    profile = forms.ModelChoiceField(
        label=_("Bank account"),
        queryset=BankProfile.objects.confirmed().order_by("name", "pk"),
        empty_label=None,
        widget=UnfoldAdminSelectWidget(),
    )
    file = forms.FileField(
        label=_("Statement file"),
        help_text=_("CSV, XLSX, MT940 or CAMT.053, as the bank gave it."),
        widget=UnfoldAdminFileFieldWidget(),
    )


class MappingForm(forms.Form):
    """Which heading of a table holds what."""

    references = forms.MultipleChoiceField(
        label=_("Memo, joined"), required=False, widget=UnfoldAdminSelectMultipleWidget()
    )
    date_style = forms.ChoiceField(
        label=_("Dates with the year last"),
        choices=[
            (DateStyle.YMD.value, _("are refused")),
            (DateStyle.DMY.value, _("begin with the day")),
            (DateStyle.MDY.value, _("begin with the month")),
        ],
        widget=UnfoldAdminSelectWidget(),
    )

    def __init__(self, data: Any, *, headings: tuple[str, ...], mapping: Mapping) -> None:
        super().__init__(data, initial=mapping.to_json())
        choices = [(heading, heading) for heading in headings]
        for name, label in _COLUMNS.items():
            self.fields[name] = forms.ChoiceField(
                label=label,
                required=name == "date",
                choices=[("", "—"), *choices],
                widget=UnfoldAdminSelectWidget(),
            )
        references: Any = self.fields["references"]
        references.choices = choices
        self.order_fields([*_COLUMNS, "references", "date_style"])

    def mapping(self) -> Mapping:
        """Return what was chosen; the form must be valid."""
        return Mapping.from_json(self.cleaned_data)
