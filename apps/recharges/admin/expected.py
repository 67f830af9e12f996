"""First recharges that signed agreements call for."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.enums import ActionVariant

from apps.audit.actors import actor_of
from apps.common.admin.buttons import ReasonForm, service_action
from apps.common.admin.columns import moment, money, state
from apps.common.admin.tables import ServiceAdmin
from apps.recharges.choices import ExpectedStatus
from apps.recharges.models import ExpectedRecharge
from apps.recharges.services import expected


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
