"""Security pledges of customers: the signed copy is looked at, then judged."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display
from unfold.enums import ActionVariant

from apps.audit.admin import ServiceAdmin
from apps.audit.buttons import ReasonForm, actor_of, service_action
from apps.audit.columns import moment, state
from apps.common import clock
from apps.pledges.choices import PledgeStatus
from apps.pledges.models import Pledge
from apps.pledges.services import pledges

JUDGE = "pledges.judge_pledge"


@admin.register(Pledge)
class PledgeAdmin(ServiceAdmin):
    list_display = ("customer", "partner", "state", "valid_from", "valid_until", "submitted")
    list_filter = (("status", ChoicesDropdownFilter),)
    list_select_related = ("customer__partner", "filed_by", "judged_by")
    search_fields = ("customer__name", "customer__partner__name")
    ordering = ("-submitted_at", "-pk")
    fields = (
        "customer",
        "partner",
        "paper",
        "status",
        "reason",
        "valid_from",
        "valid_until",
        "filed_by",
        "submitted",
        "judged_by",
        "judged",
    )
    readonly_fields = fields
    actions_detail = ("approve", "reject", "revoke")

    state = state()
    submitted = moment("submitted_at", _("submitted at"))
    judged = moment("judged_at", _("judged at"))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Pledge]:
        rows: QuerySet[Pledge] = super().get_queryset(request)
        return rows.select_related(*self.list_select_related)

    @display(description=_("partner"))
    def partner(self, pledge: Pledge) -> str:
        return str(pledge.customer.partner)

    @display(description=_("signed copy"))
    def paper(self, pledge: Pledge) -> str:
        if not pledge.signed_copy:
            return "—"
        return format_html(
            '<a class="text-primary-600 underline" href="{}" target="_blank" rel="noopener">{}</a>',
            reverse("backoffice:pledge-file", args=[pledge.pk]),
            gettext("Look at it"),
        )

    @service_action(
        title=_("Approve"),
        permission=JUDGE,
        explanation=_("The copy is signed and stamped by the customer. It may send from now on."),
        icon="check",
        variant=ActionVariant.PRIMARY,
        when=lambda pledge: pledge.status == PledgeStatus.SUBMITTED,
    )
    def approve(self, request: HttpRequest, pledge: Pledge, /) -> str:
        pledges.approve(pledge_id=pledge.pk, by=actor_of(request), at=clock.now())
        return gettext("The pledge of %(customer)s is approved.") % {"customer": pledge.customer}

    @service_action(
        title=_("Reject"),
        permission=JUDGE,
        form_class=ReasonForm,
        explanation=_("The partner reads the reason, and may mend the pledge."),
        icon="close",
        variant=ActionVariant.DANGER,
        when=lambda pledge: pledge.status == PledgeStatus.SUBMITTED,
    )
    def reject(self, request: HttpRequest, pledge: Pledge, /, *, reason: str) -> str:
        pledges.reject(pledge_id=pledge.pk, by=actor_of(request), at=clock.now(), reason=reason)
        return gettext("The pledge of %(customer)s is rejected.") % {"customer": pledge.customer}

    @service_action(
        title=_("Revoke"),
        permission=JUDGE,
        form_class=ReasonForm,
        explanation=_("The customer's accounts are refused from now on."),
        variant=ActionVariant.DANGER,
        when=lambda pledge: pledge.status == PledgeStatus.APPROVED,
    )
    def revoke(self, request: HttpRequest, pledge: Pledge, /, *, reason: str) -> str:
        pledges.revoke(pledge_id=pledge.pk, by=actor_of(request), at=clock.now(), reason=reason)
        return gettext("The pledge of %(customer)s is revoked.") % {"customer": pledge.customer}
