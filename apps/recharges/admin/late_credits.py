"""Breaches of the same-day clock, one row each, for good."""

from django.contrib import admin
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from apps.common.admin.columns import moment, money
from apps.common.admin.tables import ServiceAdmin
from apps.recharges.admin.columns import link_to
from apps.recharges.models import LateCredit


@admin.register(LateCredit)
class LateCreditAdmin(ServiceAdmin):
    list_display = ("serial", "payer", "amount", "due", "settled", "noticed")
    list_select_related = ("bank_entry",)
    search_fields = ("bank_entry__serial", "bank_entry__payer")
    ordering = ("-due_at", "-pk")
    fields = ("its_bank_entry", "payer", "amount", "due", "settled", "noticed")
    readonly_fields = fields

    amount = money("bank_entry__amount_yuan", _("amount, yuan"))
    due = moment("due_at", _("to be credited by"))
    settled = moment("bank_entry__settled_at", _("settled at"))
    noticed = moment("noticed_at", _("noticed at"))

    @display(description=_("bank's serial number"), ordering="bank_entry__serial")
    def serial(self, late: LateCredit) -> str:
        return late.bank_entry.serial

    @display(description=_("payer"), ordering="bank_entry__payer")
    def payer(self, late: LateCredit) -> str:
        return late.bank_entry.payer

    @display(description=_("bank entry"))
    def its_bank_entry(self, late: LateCredit) -> SafeString:
        return link_to(late.bank_entry, late.bank_entry)
