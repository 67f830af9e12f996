"""What staff fill in about partners, their customers and their accounts."""

from typing import Any

from django import forms
from django.forms.models import model_to_dict
from django.utils.translation import gettext_lazy as _
from unfold.forms import BaseDialogForm
from unfold.widgets import (
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from apps.common import numbers
from apps.common.forms import LineEmailField, LineField, LinesField
from apps.partners.choices import Industry, PartnerRole
from apps.partners.models import Customer, Partner
from apps.users.forms import PersonForm


def _text(model: Any, field: str, *, label: Any, **options: Any) -> forms.CharField:
    column: Any = model._meta.get_field(field)
    return LineField(
        label=label,
        max_length=column.max_length,
        help_text=column.help_text,
        widget=UnfoldAdminTextInputWidget(),
        **options,
    )


class PartnerForm(BaseDialogForm):
    """The particulars at the head of an agreement."""

    name = _text(Partner, "name", label=_("Registered name"))
    credit_code = _text(
        Partner, "credit_code", label=_("Unified social credit code"), required=False
    )
    phone = _text(Partner, "phone", label=_("Phone"), required=False)
    fax = _text(Partner, "fax", label=_("Fax"), required=False)
    postcode = _text(Partner, "postcode", label=_("Postcode"), required=False)
    address = _text(Partner, "address", label=_("Address"), required=False)


class PartnerEditForm(PartnerForm):
    """The same, filled with what stands there."""

    def __init__(self, *args: Any, object_id: str | None = None, **kwargs: Any) -> None:
        super().__init__(*args, object_id=object_id, **kwargs)
        self.initial |= model_to_dict(Partner.objects.get(pk=numbers.row_number(object_id) or 0))


class SecurityRulesForm(BaseDialogForm):
    """What a partner states about its own security rules."""

    rules = LinesField(
        label=_("Own security rules"),
        max_length=2_000,
        widget=UnfoldAdminTextareaWidget({"rows": 10}),
    )

    def __init__(self, *args: Any, object_id: str | None = None, **kwargs: Any) -> None:
        super().__init__(*args, object_id=object_id, **kwargs)
        partner = Partner.objects.get(pk=numbers.row_number(object_id) or 0)
        self.initial |= {"rules": partner.security_rules}


class MemberForm(PersonForm):
    """A person who is to work for a partner."""

    role = forms.ChoiceField(
        label=_("Role"), choices=PartnerRole.choices, widget=UnfoldAdminSelectWidget()
    )


class CustomerForm(BaseDialogForm):
    """The particulars of a partner's customer."""

    name = _text(Customer, "name", label=_("Registered name"))
    credit_code = _text(Customer, "credit_code", label=_("Unified social credit code"))
    legal_person = _text(Customer, "legal_person", label=_("Legal person"), required=False)
    address = _text(Customer, "address", label=_("Address"), required=False)
    contact_name = _text(Customer, "contact_name", label=_("Contact"), required=False)
    contact_phone = _text(Customer, "contact_phone", label=_("Phone"), required=False)
    contact_email = LineEmailField(
        label=_("Email"), required=False, widget=UnfoldAdminTextInputWidget()
    )
    industry = forms.ChoiceField(
        label=_("Industry"),
        required=False,
        choices=[("", "—"), *Industry.choices],
        widget=UnfoldAdminSelectWidget(),
    )
    audience = _text(Customer, "audience", label=_("Audience of the messages"), required=False)
    consent = _text(Customer, "consent", label=_("How consent is had"), required=False)


class CustomerEditForm(CustomerForm):
    """The same, filled with what stands there."""

    def __init__(self, *args: Any, object_id: str | None = None, **kwargs: Any) -> None:
        super().__init__(*args, object_id=object_id, **kwargs)
        self.initial |= model_to_dict(Customer.objects.get(pk=numbers.row_number(object_id) or 0))


class CustomerAccountForm(BaseDialogForm):
    """For which customer of the partner an account is opened."""

    customer = forms.ModelChoiceField(
        label=_("Customer"), queryset=Customer.objects.none(), widget=UnfoldAdminSelectWidget()
    )

    def __init__(self, *args: Any, object_id: str | None = None, **kwargs: Any) -> None:
        super().__init__(*args, object_id=object_id, **kwargs)
        customers = Customer.objects.active().filter(partner_id=numbers.row_number(object_id) or 0)
        self.fields["customer"].queryset = customers.order_by("name")
