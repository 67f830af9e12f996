"""The particulars of a customer, and what a list of them can be narrowed to."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.common.errors import DomainError
from apps.common.forms import LineEmailField, LineField, LinesField, WholeNumberField
from apps.partners.choices import CustomerStatus, Industry
from apps.partners.models import Customer
from apps.partners.services import credit_codes
from apps.partners.services.customers import (
    CustomerCodeFixedError,
    CustomerExistsError,
    Particulars,
)
from apps.portal.customers.pages import CustomerFilter, PledgeState

PLACES: dict[type[DomainError], str] = {
    CustomerExistsError: "name",
    CustomerCodeFixedError: "credit_code",
}


class CustomerForm(forms.Form):
    """Who the customer is, whom to ask there, and to whom it sends."""

    name = LineField(
        label=_("Registered name"),
        max_length=100,
        help_text=_("In full, as it stands on the licence."),
    )
    credit_code = LineField(
        label=_("Unified social credit code"),
        max_length=30,
        help_text=_("The 18 characters on the licence. It stays as it is entered."),
    )
    legal_person = LineField(label=_("Legal person"), max_length=50, required=False)
    industry = forms.ChoiceField(
        label=_("Industry"),
        required=False,
        choices=[("", _("Choose an industry")), *Industry.choices],
    )
    address = LineField(label=_("Address"), max_length=200, required=False)
    contact_name = LineField(label=_("Contact"), max_length=50, required=False)
    contact_phone = LineField(label=_("Phone"), max_length=30, required=False)
    contact_email = LineEmailField(label=_("Email"), required=False)
    audience = LinesField(
        label=_("Audience of the messages"),
        max_length=200,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=Customer._meta.get_field("audience").help_text,
    )
    consent = LinesField(
        label=_("How consent is had"),
        max_length=200,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=Customer._meta.get_field("consent").help_text,
    )

    def __init__(self, *args: Any, kept: Customer | None = None, **kwargs: Any) -> None:
        if kept is not None:
            kwargs["initial"] = {name: getattr(kept, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        if kept is not None and kept.credit_code:
            self.fields["credit_code"].widget.attrs["readonly"] = True

    def clean_credit_code(self) -> str:
        """Check the check digit."""
        try:
            return credit_codes.checked(self.cleaned_data["credit_code"])
        except DomainError as error:
            raise forms.ValidationError(str(error)) from error

    def particulars(self) -> Particulars:
        """Return what a valid form says."""
        return Particulars(**self.cleaned_data)

    def refuse(self, error: DomainError) -> None:
        """Tell why the service refused, beside the field that it is about."""
        self.add_error(PLACES.get(type(error)), str(error))


class CustomerFilterForm(forms.Form):
    """Text, state and pledge of a list of customers; everything may be left out."""

    text = LineField(label=_("Name, code or contact"), max_length=100, required=False)
    status = forms.ChoiceField(
        label=_("Status"), choices=[("", _("All")), *CustomerStatus.choices], required=False
    )
    pledge = forms.ChoiceField(
        label=_("Pledge"), choices=[("", _("All")), *PledgeState.choices], required=False
    )
    before = WholeNumberField(required=False, widget=forms.HiddenInput)

    def narrowed(self) -> CustomerFilter:
        """Return the filter of a form; what is wrong in it narrows nothing."""
        self.errors  # noqa: B018 - cleans
        given = self.cleaned_data
        return CustomerFilter(
            text=given.get("text", ""),
            status=given.get("status", ""),
            pledge=given.get("pledge", ""),
            before=given.get("before"),
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether something was asked for, apart from the page."""
        return bool(set(self.changed_data) - {"before"})


class ClosingForm(forms.Form):
    """Why a customer is closed."""

    reason = LinesField(
        label=_("Reason"), max_length=200, widget=forms.Textarea({"rows": 2}), required=True
    )
