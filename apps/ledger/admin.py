"""Balances and their entries, to be read: credit is moved by acts, never by hand."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter
from unfold.decorators import display

from apps.audit.admin import LogAdmin, ServiceAdmin
from apps.audit.columns import moment, quantity
from apps.ledger.models import Balance, LedgerEntry


@admin.register(Balance)
class BalanceAdmin(ServiceAdmin):
    list_display = ("account", "partner", "free", "reserved", "used", "bought")
    list_select_related = ("account__partner",)
    search_fields = ("account__code", "account__partner__name")
    ordering = ("account__code",)
    fields = ("account", "partner", "free", "reserved", "used", "bought", "alert_below")
    readonly_fields = fields

    free = quantity("available", _("available"))
    reserved = quantity("held", _("held"))
    used = quantity("spent", _("spent"))
    bought = quantity("issued", _("issued"))

    @display(description=_("partner"))
    def partner(self, balance: Balance) -> str:
        return str(balance.account.partner)


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
