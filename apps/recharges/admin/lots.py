"""Lots: what credit was bought at which price, and how far it is used up."""

from django.contrib import admin
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from apps.common.admin.columns import moment, money, quantity
from apps.common.admin.tables import ServiceAdmin
from apps.recharges.admin.columns import link_to, words_of_lot
from apps.recharges.models import Lot


@admin.register(Lot)
class LotAdmin(ServiceAdmin):
    """Lots as they were when last settled against the ledger."""

    list_display = (
        "lot",
        "account",
        "recharge_number",
        "price",
        "bought",
        "left",
        "spent",
        "moved",
        "taken_back",
        "came",
    )
    list_select_related = ("account__partner", "recharge")
    search_fields = ("account__code", "account__partner__name")
    ordering = ("-created_at", "-pk")
    fields = (
        "account",
        "its_recharge",
        "its_parent",
        "price",
        "bought",
        "left",
        "spent",
        "moved",
        "taken_back",
        "arrived_sequence",
        "came",
    )
    readonly_fields = fields

    price = money("unit_price_yuan", _("yuan per segment"))
    bought = quantity("segments", _("segments"))
    left = quantity("remaining_segments", _("segments left"))
    spent = quantity("spent_segments", _("spent"))
    moved = quantity("moved_segments", _("moved to other accounts"))
    taken_back = quantity("reversed_segments", _("taken back"))
    came = moment("created_at", _("came at"))

    @display(description=_("lot"), ordering="pk")
    def lot(self, row: Lot) -> str:
        return f"#{row.pk}"

    @display(description=_("recharge number"), ordering="recharge")
    def recharge_number(self, row: Lot) -> str:
        return row.recharge.number

    @display(description=_("recharge"))
    def its_recharge(self, row: Lot) -> SafeString:
        return link_to(row.recharge, row.recharge.number)

    @display(description=_("part of"))
    def its_parent(self, row: Lot) -> SafeString | str:
        return link_to(row.parent, words_of_lot(row.parent)) if row.parent else "—"
