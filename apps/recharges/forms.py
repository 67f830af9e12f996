"""What finance fills in: a line of the bank statement, and whose money it is."""

from typing import Any

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from unfold.forms import BaseDialogForm
from unfold.widgets import (
    UnfoldAdminDecimalFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from apps.common.forms import MomentField
from apps.common.templatetags.formats import local_time, yuan
from apps.partners.models import Account
from apps.recharges.models import BankEntry, BankProfile, Remittance


def _text(field: str, *, model: type[Model] = BankEntry, **options: Any) -> forms.CharField:
    column: Any = model._meta.get_field(field)
    return forms.CharField(
        label=column.verbose_name,
        max_length=column.max_length,
        widget=UnfoldAdminTextInputWidget(),
        **options,
    )


class BankEntryForm(BaseDialogForm):
    """A credit line of the gateway's bank statement."""

    bank_account = _text("bank_account")
    serial = _text("serial")
    payer = _text("payer")
    amount_yuan = forms.DecimalField(
        label=_("Amount, yuan"),
        max_digits=10,
        decimal_places=2,
        widget=UnfoldAdminDecimalFieldWidget({"step": "0.01"}),
    )
    received_at = MomentField(label=_("Received at"))
    reference = _text("reference", required=False)


class BankProfileForm(BaseDialogForm):
    """One of the gateway's bank accounts."""

    name = _text("name", model=BankProfile)
    bank_account = _text("bank_account", model=BankProfile)


class RemittanceRejectionForm(BaseDialogForm):
    """Why a slip does not do, and what the partner can do."""

    reason = forms.CharField(
        label=_("Reason"), max_length=200, widget=UnfoldAdminTextareaWidget({"rows": 2})
    )
    remedy = _text("remedy", model=Remittance)


class AccountChoiceField(forms.ModelChoiceField):  # type: ignore[type-arg] # not generic at run time
    """Accounts with their owners' names beside the code."""

    widget = UnfoldAdminSelectWidget

    def label_from_instance(self, obj: Account) -> str:
        """Write code, partner and customer."""
        return " · ".join(str(part) for part in (obj.code, obj.partner, obj.customer) if part)


class ProposalForm(BaseDialogForm):
    """Whose money a bank entry is. The account of a partner that has the payer's name comes first."""

    account = AccountChoiceField(
        label=_("Account"),
        queryset=Account.objects.exclude(status=Account.Status.CLOSED)
        .select_related("partner", "customer")
        .order_by("partner__name", "code"),
    )

    def __init__(self, *args: Any, object_id: str | None = None, **kwargs: Any) -> None:
        super().__init__(*args, object_id=object_id, **kwargs)
        self.entry = BankEntry.objects.filter(pk=int(object_id or 0)).first()
        if self.entry:
            payer = self.entry.payer
            own = Account.objects.filter(partner__name=payer, customer=None).first()
            self.fields["account"].initial = own
            self.fields["account"].help_text = _(
                "%(amount)s from %(payer)s, received %(at)s. Reference: %(reference)s"
            ) % {
                "amount": yuan(self.entry.amount_yuan),
                "payer": payer,
                "at": local_time(self.entry.received_at),
                "reference": self.entry.reference or "—",
            }
