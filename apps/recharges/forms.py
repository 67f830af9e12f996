"""What finance fills in: a line of the bank, whose money it is, and why a recharge is taken back."""

from typing import Any

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from unfold.forms import BaseDialogForm
from unfold.widgets import (
    UnfoldAdminDecimalFieldWidget,
    UnfoldAdminRadioSelectWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from apps.common import numbers
from apps.common.admin.buttons import ReasonForm
from apps.common.forms import LineField, LinesField, MomentField
from apps.common.templatetags.formats import local_time, yuan
from apps.partners.models import Account
from apps.recharges.choices import ReversalCause
from apps.recharges.models import (
    BankEntry,
    BankProfile,
    Lot,
    Recharge,
    Remittance,
    Reversal,
)
from apps.recharges.queries import approvals
from apps.recharges.queries import money as queries


def _text(field: str, *, model: type[Model] = BankEntry, **options: Any) -> forms.CharField:
    column: Any = model._meta.get_field(field)
    return LineField(
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

    reason = LinesField(
        label=_("Reason"), max_length=200, widget=UnfoldAdminTextareaWidget({"rows": 2})
    )
    remedy = _text("remedy", model=Remittance)


class ReversalForm(BaseDialogForm):
    """Why a recharge is taken back; shows beforehand what that does to account and money."""

    form_before_template = "admin/recharges/_taking_back.html"

    cause = forms.TypedChoiceField(
        label=Reversal._meta.get_field("cause").verbose_name,
        choices=ReversalCause.choices,
        coerce=ReversalCause,
        widget=UnfoldAdminRadioSelectWidget(),
    )
    reason = LinesField(
        label=_("Reason"),
        max_length=200,
        help_text=Reversal._meta.get_field("reason").help_text,
        widget=UnfoldAdminTextareaWidget({"rows": 2}),
    )

    def get_before_template_context(
        self,
        request: Any,  # noqa: ARG002 - unfold's hook
        object_id: int | str | None = None,
    ) -> dict[str, Any]:
        """Say what would be frozen and owed, and how far the recharge is used up."""
        recharge = Recharge.objects.select_related("account").get(
            pk=numbers.row_number(object_id) or 0
        )
        return {
            "recharge": recharge,
            "forecast": approvals.forecast(recharge),
            "lot": Lot.objects.filter(recharge=recharge, parent=None).first(),
        }


class ReversalApprovalForm(BaseDialogForm):
    """Nothing to fill in; shows what approving would do now."""

    form_before_template = "admin/recharges/_approving.html"

    def get_before_template_context(
        self,
        request: Any,
        object_id: int | str | None = None,
    ) -> dict[str, Any]:
        """Say what would be taken back and owed, as the account is now."""
        reversal = approvals.waiting_reversals().filter(pk=numbers.row_number(object_id) or 0)
        return {
            "asked": next(iter(approvals.reversals(reversal, by=request.user.as_actor())), None)
        }


class PolicyForm(ReasonForm):
    """Other rules of recharging, and why; it begins with those in force."""

    one_person_max_yuan = forms.DecimalField(
        label=_("one person is enough up to, yuan"),
        max_digits=12,
        decimal_places=2,
        help_text=_("Of a person on a day. Above it, a second person of finance approves."),
        widget=UnfoldAdminDecimalFieldWidget({"step": "0.01"}),
    )
    cut_off = forms.TimeField(
        label=_("cut-off of the same day"),
        help_text=_("Money found before it on a working day is to be credited that day."),
        widget=UnfoldAdminTextInputWidget({"type": "time"}),
    )
    field_order = ["one_person_max_yuan", "cut_off", "reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = queries.policy()
        self.fields["one_person_max_yuan"].initial = now.one_person_max_yuan
        self.fields["cut_off"].initial = f"{now.cut_off:%H:%M}"


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
        self.entry = BankEntry.objects.filter(pk=numbers.row_number(object_id) or 0).first()
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
