"""What partners say they paid."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display
from unfold.enums import ActionVariant

from apps.audit.actors import actor_of
from apps.common import clock
from apps.common.admin.buttons import service_action
from apps.common.admin.columns import moment, money, state
from apps.common.admin.tables import ServiceAdmin
from apps.recharges.admin.columns import file_link
from apps.recharges.choices import RemittanceStatus
from apps.recharges.forms import RemittanceRejectionForm
from apps.recharges.models import Remittance
from apps.recharges.services import remittances


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
    def paper(self, remittance: Remittance) -> SafeString:
        return file_link("vouchers", remittance.pk, gettext("Look at it"))
