"""Money that came in: entered, matched to an account, confirmed by a second person."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display
from unfold.enums import ActionVariant

from apps.audit.admin import ServiceAdmin
from apps.audit.buttons import ReasonForm, ShownOnce, Text, actor_of, service_action
from apps.audit.columns import moment, money, quantity, state
from apps.common import clock
from apps.common.templatetags.formats import segments
from apps.partners.models import Account
from apps.recharges.choices import (
    BankEntryStatus,
    ExpectedStatus,
    RechargeStatus,
    RemittanceStatus,
)
from apps.recharges.forms import (
    BankEntryForm,
    BankProfileForm,
    ProposalForm,
    RemittanceRejectionForm,
)
from apps.recharges.models import BankEntry, BankProfile, ExpectedRecharge, Recharge, Remittance
from apps.recharges.services import bank_entries, expected, recharges, remittances, statements


def _is_free(entry: BankEntry) -> bool:
    return entry.status == BankEntryStatus.UNMATCHED and not hasattr(entry, "recharge")


@admin.register(BankEntry)
class BankEntryAdmin(ServiceAdmin):
    list_display = ("serial", "payer", "amount", "received", "reference", "state", "entered_by")
    list_filter = (("status", ChoicesDropdownFilter),)
    list_select_related = ("entered_by",)
    search_fields = ("serial", "payer", "reference")
    ordering = ("-received_at", "-pk")
    fields = (
        "bank_account",
        "serial",
        "payer",
        "amount",
        "received",
        "payer_account",
        "reference",
        "status",
        "status_reason",
        "its_recharge",
        "statement",
        "entered_by",
        "entered",
    )
    readonly_fields = fields
    actions_list = ("enter",)
    actions_detail = ("propose", "mark_returned", "discard")

    state = state()
    amount = money("amount_yuan", _("amount, yuan"))
    received = moment("received_at", _("received at"))
    entered = moment("entered_at", _("entered at"))

    @display(description=_("recharge"))
    def its_recharge(self, entry: BankEntry) -> str:
        if not hasattr(entry, "recharge"):
            return "—"
        url = reverse("admin:recharges_recharge_change", args=[entry.recharge.pk])
        return format_html(
            '<a class="text-primary-600 underline" href="{}">{}</a>', url, entry.recharge
        )

    @service_action(
        title=_("Enter a bank entry"),
        permission="recharges.enter_bankentry",
        form_class=BankEntryForm,
        explanation=_("A credit line of the gateway's bank statement, as the bank wrote it."),
        icon="add",
        variant=ActionVariant.PRIMARY,
        is_dialog=False,
    )
    def enter(self, request: HttpRequest, _obj: None, /, **values: Any) -> str:
        entry = bank_entries.enter(by=actor_of(request), at=clock.now(), **values)
        return gettext("%(entry)s is entered. Say whose money it is next.") % {"entry": entry}

    @service_action(
        title=_("Propose a recharge"),
        permission="recharges.propose_recharge",
        form_class=ProposalForm,
        explanation=_("Say whose money this is. Another person confirms it."),
        icon="link",
        variant=ActionVariant.PRIMARY,
        when=_is_free,
    )
    def propose(self, request: HttpRequest, entry: BankEntry, /, *, account: Account) -> str:
        recharge = recharges.propose(
            bank_entry_id=entry.pk, account=account, by=actor_of(request), at=clock.now()
        )
        return gettext("%(segments)s segments for %(account)s wait for a second person.") % {
            "segments": segments(recharge.segments),
            "account": account,
        }

    @service_action(
        title=_("Money was returned"),
        permission="recharges.enter_bankentry",
        form_class=ReasonForm,
        explanation=_("The money went back to its payer."),
        when=_is_free,
    )
    def mark_returned(self, request: HttpRequest, entry: BankEntry, /, *, reason: str) -> str:
        bank_entries.mark_returned(bank_entry_id=entry.pk, by=actor_of(request), reason=reason)
        return gettext("Written down: the money went back.")

    @service_action(
        title=_("Set aside"),
        permission="recharges.enter_bankentry",
        form_class=ReasonForm,
        explanation=_("This line is no partner's money, such as interest."),
        when=_is_free,
    )
    def discard(self, request: HttpRequest, entry: BankEntry, /, *, reason: str) -> str:
        bank_entries.discard(bank_entry_id=entry.pk, by=actor_of(request), reason=reason)
        return gettext("The line is set aside.")


@admin.register(Recharge)
class RechargeAdmin(ServiceAdmin):
    list_display = (
        "account",
        "partner",
        "amount",
        "price",
        "credited",
        "state",
        "entered_by",
        "entered",
        "confirmed_by",
    )
    list_filter = (("status", ChoicesDropdownFilter),)
    list_select_related = ("account__partner", "entered_by", "confirmed_by")
    search_fields = ("account__code", "account__partner__name", "bank_entry__serial")
    ordering = ("-entered_at", "-pk")
    fields = (
        "account",
        "partner",
        "bank_entry",
        "payer",
        "amount",
        "rate_version",
        "price",
        "credited",
        "remainder",
        "status",
        "entered_by",
        "entered",
        "confirmed_by",
        "confirmed",
    )
    readonly_fields = fields
    actions_detail = ("confirm", "withdraw")

    state = state()
    amount = money("amount_yuan", _("amount, yuan"))
    price = money("unit_price_yuan", _("yuan per segment"))
    credited = quantity("segments", _("segments"))
    remainder = money("remainder_yuan", _("remainder, yuan"))
    entered = moment("entered_at", _("proposed at"))
    confirmed = moment("confirmed_at", _("confirmed at"))

    @display(description=_("partner"))
    def partner(self, recharge: Recharge) -> str:
        return str(recharge.account.partner)

    @display(description=_("payer"))
    def payer(self, recharge: Recharge) -> str:
        return recharge.bank_entry.payer

    @service_action(
        title=_("Confirm"),
        permission="recharges.confirm_recharge",
        explanation=_(
            "Compare payer, amount and account first. The segments are credited at once."
        ),
        icon="check",
        variant=ActionVariant.PRIMARY,
        when=lambda recharge: recharge.status == RechargeStatus.PENDING,
    )
    def confirm(self, request: HttpRequest, recharge: Recharge, /) -> str:
        recharges.confirm(recharge_id=recharge.pk, by=actor_of(request), at=clock.now())
        return gettext("%(segments)s segments are credited to %(account)s.") % {
            "segments": segments(recharge.segments),
            "account": recharge.account,
        }

    @service_action(
        title=_("Withdraw"),
        permission="recharges.propose_recharge",
        form_class=ReasonForm,
        explanation=_("The bank entry is free again for another proposal."),
        variant=ActionVariant.DANGER,
        when=lambda recharge: recharge.status == RechargeStatus.PENDING,
    )
    def withdraw(self, request: HttpRequest, recharge: Recharge, /, *, reason: str) -> str:
        recharges.withdraw(recharge_id=recharge.pk, by=actor_of(request), reason=reason)
        return gettext("The proposal is withdrawn.")

    def finish(
        self, request: HttpRequest, obj: Model | None, outcome: Text | ShownOnce
    ) -> HttpResponse:
        """Go back to the list when the proposal is gone."""
        is_there = obj is not None and Recharge.objects.filter(pk=obj.pk).exists()
        return super().finish(request, obj if is_there else None, outcome)


@admin.register(Remittance)
class RemittanceAdmin(ServiceAdmin):
    list_display = ("payer", "account", "amount", "paid_on", "bank_reference", "state", "entered")
    list_filter = (("status", ChoicesDropdownFilter),)
    list_select_related = ("account",)
    search_fields = ("payer", "bank_reference", "account__code")
    ordering = ("-entered_at", "-pk")
    fields = (
        "account",
        "amount",
        "paid_on",
        "payer",
        "bank_reference",
        "paper",
        "status",
        "status_reason",
        "remedy",
        "looks_like",
        "match",
        "entered_by",
        "entered",
    )
    readonly_fields = fields
    actions_detail = ("reject",)

    state = state()
    amount = money("amount_yuan", _("amount, yuan"))
    entered = moment("entered_at", _("entered at"))

    @service_action(
        title=_("Reject"),
        permission="recharges.reject_remittance",
        form_class=RemittanceRejectionForm,
        explanation=_("The partner reads both, mends it and hands it in again."),
        variant=ActionVariant.DANGER,
        when=lambda remittance: remittance.status == RemittanceStatus.ENTERED,
    )
    def reject(
        self, request: HttpRequest, remittance: Remittance, /, *, reason: str, remedy: str
    ) -> str:
        remittances.reject(
            remittance_id=remittance.pk,
            reason=reason,
            remedy=remedy,
            by=actor_of(request),
            at=clock.now(),
        )
        return gettext("The partner is told why, and what to do.")

    @display(description=_("voucher"))
    def paper(self, remittance: Remittance) -> str:
        return format_html(
            '<a class="text-primary-600 underline" href="{}" target="_blank" rel="noopener">{}</a>',
            reverse("backoffice:file-view", args=["vouchers", remittance.pk]),
            gettext("Look at it"),
        )


@admin.register(BankProfile)
class BankProfileAdmin(ServiceAdmin):
    list_display = ("name", "bank_account")
    search_fields = ("name", "bank_account")
    ordering = ("name", "pk")
    fields = ("name", "bank_account", "mapping")
    readonly_fields = fields
    actions_list = ("open_profile",)

    @service_action(
        title=_("Enter a bank account"),
        permission="recharges.open_bankprofile",
        form_class=BankProfileForm,
        explanation=_("One of the gateway's own accounts; its statements can be taken in then."),
        icon="add",
        variant=ActionVariant.PRIMARY,
    )
    def open_profile(
        self, request: HttpRequest, _obj: None, /, *, name: str, bank_account: str
    ) -> str:
        profile = statements.open_profile(
            name=name, bank_account=bank_account, by=actor_of(request)
        )
        return gettext("%(profile)s is entered.") % {"profile": profile}


@admin.register(ExpectedRecharge)
class ExpectedRechargeAdmin(ServiceAdmin):
    list_display = ("agreement_number", "account", "amount", "due_on", "state", "recharge")
    list_filter = (("status", ChoicesDropdownFilter),)
    list_select_related = ("account", "recharge__account")
    search_fields = ("agreement_number", "account__code", "account__partner__name")
    ordering = ("-due_on", "-pk")
    fields = (
        "agreement_number",
        "account",
        "amount",
        "due_on",
        "status",
        "status_reason",
        "recharge",
        "opened",
    )
    readonly_fields = fields
    actions_detail = ("cancel",)

    state = state()
    amount = money("amount_yuan", _("amount, yuan"))
    opened = moment("opened_at", _("opened at"))

    @service_action(
        title=_("Expect no longer"),
        permission="recharges.cancel_expectedrecharge",
        form_class=ReasonForm,
        explanation=_("Such as when the agreement ended before it was paid."),
        variant=ActionVariant.DANGER,
        when=lambda row: row.status == ExpectedStatus.OPEN,
    )
    def cancel(self, request: HttpRequest, row: ExpectedRecharge, /, *, reason: str) -> str:
        expected.cancel(expected_id=row.pk, by=actor_of(request), reason=reason)
        return gettext("It is not expected any more.")
