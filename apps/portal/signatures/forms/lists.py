"""What a list of signatures can be narrowed to."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.common.forms import LineField, WholeNumberField
from apps.partners.models import Account
from apps.portal.signatures.pages.signatures import SignatureFilter
from apps.signatures.choices import SignatureStatus
from apps.signatures.rules import texts
from apps.users.models import User


class SignatureFilterForm(forms.Form):
    """Text, status and account of a list of signatures; everything may be left out."""

    text = LineField(label=_("Signature or company"), max_length=64, required=False)
    status = forms.ChoiceField(
        label=_("Status"), choices=[("", _("All")), *SignatureStatus.choices], required=False
    )
    account = forms.ModelChoiceField(
        label=_("Account"),
        queryset=Account.objects.none(),
        required=False,
        empty_label=_("All"),
    )
    before = WholeNumberField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        accounts = Account.objects.visible_to(user).select_related("customer").order_by("pk")
        self.fields["account"].queryset = accounts  # type: ignore[attr-defined]

    def narrowed(self) -> SignatureFilter:
        """Return the filter of a form; what is wrong in it narrows nothing."""
        self.errors  # noqa: B018 - cleans
        given = self.cleaned_data
        return SignatureFilter(
            text=texts.normalised(given.get("text", "")),
            status=given.get("status", ""),
            account=getattr(given.get("account"), "pk", None),
            before=given.get("before"),
        )
