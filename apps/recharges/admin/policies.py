"""The rules of recharging: one proposes others, a second person puts them in force."""

from datetime import time
from decimal import Decimal

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.enums import ActionVariant

from apps.audit.actors import actor_of
from apps.common import clock
from apps.common.admin.buttons import service_action
from apps.common.admin.columns import money
from apps.common.admin.outcomes import Leads
from apps.common.admin.tables import ServiceAdmin
from apps.recharges.forms import PolicyForm
from apps.recharges.models import RechargePolicy
from apps.recharges.services import policies


@admin.register(RechargePolicy)
class RechargePolicyAdmin(ServiceAdmin):
    """When one person is enough, and until when money is credited the same day: one row."""

    list_display = ("limit", "cut_off")
    ordering = ("pk",)
    fields = ("limit", "cut_off")
    readonly_fields = fields
    actions_list = ("propose",)

    limit = money(
        "one_person_max_yuan", RechargePolicy._meta.get_field("one_person_max_yuan").verbose_name
    )

    @service_action(
        title=_("Propose other rules"),
        permission="recharges.change_rechargepolicy",
        form_class=PolicyForm,
        explanation=_("They are in force once another person has approved them."),
        icon="rule_settings",
        variant=ActionVariant.PRIMARY,
    )
    def propose(
        self,
        request: HttpRequest,
        _obj: None,
        /,
        *,
        one_person_max_yuan: Decimal,
        cut_off: time,
        reason: str,
    ) -> Leads:
        proposal = policies.propose(
            one_person_max_yuan=one_person_max_yuan,
            cut_off=cut_off,
            reason=reason,
            by=actor_of(request),
            at=clock.now(),
        )
        return Leads(
            gettext("It is proposed; another person approves it."),
            reverse("admin:users_proposal_change", args=[proposal.pk]),
        )
