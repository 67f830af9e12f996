"""Recharges taken back: decided here as on the page of approvals, and what is still owed."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display
from unfold.enums import ActionVariant

from apps.audit import separations
from apps.audit.actors import actor_of
from apps.common import clock
from apps.common.admin.buttons import ReasonForm, service_action
from apps.common.admin.columns import moment, quantity, state
from apps.common.admin.tables import ServiceAdmin
from apps.common.templatetags.formats import grouped
from apps.recharges.admin.columns import link_to
from apps.recharges.choices import ReversalStatus
from apps.recharges.forms import ReversalApprovalForm
from apps.recharges.models import Reversal
from apps.recharges.services import owed, reversals


def _waits(reversal: Reversal) -> bool:
    return reversal.status == ReversalStatus.PENDING


def _is_owed(reversal: Reversal) -> bool:
    return reversal.outstanding_segments > 0


@admin.register(Reversal)
class ReversalAdmin(ServiceAdmin):
    list_display = (
        "its_number",
        "account",
        "state",
        "cause",
        "bought",
        "taken",
        "owed",
        "outstanding",
        "requested_by",
        "requested",
        "decided_by",
    )
    list_filter = (("status", ChoicesDropdownFilter), ("cause", ChoicesDropdownFilter))
    list_select_related = ("recharge__account__partner", "requested_by", "decided_by")
    search_fields = ("recharge__account__code", "recharge__account__partner__name", "reason")
    ordering = ("-requested_at", "-pk")
    fields = (
        "its_recharge",
        "account",
        "partner",
        "cause",
        "reason",
        "status",
        "bought",
        "frozen",
        "taken",
        "owed",
        "recovered",
        "written_off",
        "write_off_reason",
        "outstanding",
        "requested_by",
        "requested",
        "decided_by",
        "decided",
        "decision_reason",
    )
    readonly_fields = fields
    actions_detail = ("approve", "decline", "collect", "write_off")

    state = state()
    bought = quantity("segments", _("segments of the recharge"))
    frozen = quantity("held_segments", _("frozen"))
    taken = quantity("taken_segments", _("taken back"))
    owed = quantity("owed_segments", _("spent before, owed"))
    recovered = quantity("recovered_segments", _("came back since"))
    written_off = quantity("written_off_segments", _("written off"))
    requested = moment("requested_at", _("asked for at"))
    decided = moment("decided_at", _("decided at"))

    @display(description=_("recharge number"), ordering="recharge")
    def its_number(self, reversal: Reversal) -> str:
        return reversal.recharge.number

    @display(description=_("recharge"))
    def its_recharge(self, reversal: Reversal) -> SafeString:
        return link_to(reversal.recharge, f"{reversal.recharge.number} · {reversal.recharge}")

    @display(description=_("account"), ordering="recharge__account__code")
    def account(self, reversal: Reversal) -> str:
        return str(reversal.recharge.account)

    @display(description=_("partner"))
    def partner(self, reversal: Reversal) -> str:
        return str(reversal.recharge.account.partner)

    @display(description=_("still owed"))
    def outstanding(self, reversal: Reversal) -> str:
        return grouped(reversal.outstanding_segments)

    @service_action(
        title=_("Approve"),
        permission="recharges.decide_reversal",
        form_class=ReversalApprovalForm,
        explanation=_("The segments leave the account at once."),
        icon="check",
        variant=ActionVariant.PRIMARY,
        when=_waits,
        judged=lambda reversal, by: separations.judge(
            "reversals.approve", by=by, hands=reversal.hands()
        ),
    )
    def approve(self, request: HttpRequest, reversal: Reversal, /) -> str:
        done = reversals.approve(reversal_id=reversal.pk, by=actor_of(request), at=clock.now())
        return gettext("%(taken)s segments are taken back; %(owed)s are owed.") % {
            "taken": grouped(done.taken_segments),
            "owed": grouped(done.owed_segments),
        }

    @service_action(
        title=_("Decline"),
        permission="recharges.decide_reversal",
        form_class=ReasonForm,
        explanation=_("The recharge stays as it is, and what was frozen is available again."),
        variant=ActionVariant.DANGER,
        when=_waits,
    )
    def decline(self, request: HttpRequest, reversal: Reversal, /, *, reason: str) -> str:
        reversals.decline(
            reversal_id=reversal.pk, reason=reason, by=actor_of(request), at=clock.now()
        )
        return gettext("It is declined; what was frozen is available again.")

    @service_action(
        title=_("Collect now"),
        permission="recharges.collect_reversal",
        explanation=_(
            "Takes what the account has available, up to what it owes. A recharge does so by "
            "itself; this is for credit that came by a transfer or a refund."
        ),
        when=_is_owed,
    )
    def collect(self, request: HttpRequest, reversal: Reversal, /) -> str:
        taken = owed.collect(
            account_id=reversal.recharge.account_id, by=actor_of(request), at=clock.now()
        )
        return gettext("%(segments)s segments came back.") % {"segments": grouped(taken)}

    @service_action(
        title=_("Write off"),
        permission="recharges.write_off_reversal",
        form_class=ReasonForm,
        explanation=_("What is still owed is let go, such as when the gateway booked wrongly."),
        variant=ActionVariant.DANGER,
        when=_is_owed,
        judged=lambda reversal, by: separations.judge(
            "reversals.write_off", by=by, hands=reversal.hands()
        ),
    )
    def write_off(self, request: HttpRequest, reversal: Reversal, /, *, reason: str) -> str:
        owed.write_off(reversal_id=reversal.pk, by=actor_of(request), reason=reason)
        return gettext("What was owed is written off.")
