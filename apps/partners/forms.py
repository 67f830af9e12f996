"""What staff fill in about partners and their accounts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.forms import BaseDialogForm
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from apps.partners.choices import PartnerRole
from apps.partners.models import Customer, Partner
from apps.users.forms import PersonForm


def _text(label: Any, field: str, **options: Any) -> forms.CharField:
    column: Any = Partner._meta.get_field(field)
    return forms.CharField(
        label=label, max_length=column.max_length, widget=UnfoldAdminTextInputWidget(), **options
    )


class PartnerForm(BaseDialogForm):
    """The particulars at the head of an agreement."""

    name = _text(_("Registered name"), "name")
    credit_code = _text(_("Unified social credit code"), "credit_code", required=False)
    phone = _text(_("Phone"), "phone", required=False)
    fax = _text(_("Fax"), "fax", required=False)
    postcode = _text(_("Postcode"), "postcode", required=False)
    address = _text(_("Address"), "address", required=False)


class MemberForm(PersonForm):
    """A person who is to work for a partner."""

    role = forms.ChoiceField(
        label=_("Role"), choices=PartnerRole.choices, widget=UnfoldAdminSelectWidget()
    )


class CustomerAccountForm(BaseDialogForm):
    """For which customer of the partner an account is opened."""

    customer = forms.ModelChoiceField(
        label=_("Customer"), queryset=Customer.objects.none(), widget=UnfoldAdminSelectWidget()
    )

    def __init__(self, *args: Any, object_id: str | None = None, **kwargs: Any) -> None:
        super().__init__(*args, object_id=object_id, **kwargs)
        customers = Customer.objects.filter(partner_id=int(object_id or 0)).order_by("name")
        self.fields["customer"].queryset = customers
