"""Balances and their entries, to be read: credit is moved by acts, never by hand."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter
from unfold.decorators import display

from apps.common.admin.columns import moment, quantity
from apps.common.admin.tables import LogAdmin, ServiceAdmin
from apps.common.templatetags.formats import grouped
from apps.ledger.models import Balance, LedgerEntry, Transfer


@admin.register(Balance)
class BalanceAdmin(ServiceAdmin):
    list_display = ("account", "partner", "free", "reserved", "used", "bought")
    list_select_related = ("account__partner", "account__balance_alert")
    search_fields = ("account__code", "account__partner__name")
    ordering = ("account__code",)
    fields = ("account", "partner", "free", "reserved", "used", "bought", "warned_below")
    readonly_fields = fields

    free = quantity("available", _("available"))
    reserved = quantity("held", _("held"))
    used = quantity("spent", _("spent"))
    bought = quantity("issued", _("issued"))

    @display(description=_("partner"))
    def partner(self, balance: Balance) -> str:
        return str(balance.account.partner)

    @display(description=_("alert below"))
    def warned_below(self, balance: Balance) -> str:
        alert = getattr(balance.account, "balance_alert", None)
        return grouped(alert.alert_below if alert else None)


@admin.register(LedgerEntry)
class LedgerEntryAdmin(LogAdmin):
    list_display = (
        "made",
        "account",
        "place",
        "kind",
        "from_bucket",
        "to_bucket",
        "moved",
        "left",
        "actor",
    )
    list_filter = (("account", AutocompleteSelectFilter), ("kind", ChoicesDropdownFilter))
    list_select_related = ("account",)
    search_fields = ("account__code__iexact",)
    fields = (*list_display, "about", "about_id", "note")
    readonly_fields = fields

    made = moment("created_at", _("at"))
    moved = quantity("segments", _("segments"))
    left = quantity("available_after", _("available after"))

    @display(description=_("No."))
    def place(self, entry: LedgerEntry) -> int:
        return entry.sequence

    def get_search_help_text(self, request: HttpRequest) -> str:  # noqa: ARG002
        return str(_("The account's code"))


@admin.register(Transfer)
class TransferAdmin(LogAdmin):
    list_display = ("made", "partner", "source", "target", "moved", "note", "actor")
    list_filter = (("partner", AutocompleteSelectFilter),)
    list_select_related = ("partner", "source", "target")
    search_fields = ("source__code__iexact", "target__code__iexact")
    fields = list_display
    readonly_fields = list_display

    made = moment("created_at", _("at"))
    moved = quantity("segments", _("segments"))
