"""The outbox's deliveries: looked at, and tried again."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display

from apps.common import clock
from apps.common.admin import trail
from apps.common.admin.buttons import service_action
from apps.common.admin.columns import moment, state
from apps.common.admin.tables import LogAdmin
from apps.common.choices import DeliveryStatus
from apps.common.models import OutboxDelivery
from apps.common.outbox import delivery as deliveries


@admin.register(OutboxDelivery)
class OutboxDeliveryAdmin(LogAdmin):
    """News on its way from one part of the portal to another."""

    list_display = ("event_name", "consumer", "status_shown", "attempts", "due", "last_error")
    list_filter = (("status", ChoicesDropdownFilter), "consumer")
    list_select_related = ("event",)
    search_fields = ("event__name", "event__subject_id__exact")
    fields = (
        "event_name",
        "about",
        "payload",
        "published",
        "consumer",
        "status_shown",
        "attempts",
        "due",
        "done",
        "last_error",
        "retried_by",
    )
    readonly_fields = fields
    actions_detail = ("retry",)

    status_shown = state()
    published = moment("event__created_at", _("at"))
    due = moment("due_at", _("next attempt"))
    done = moment("done_at", _("handled at"))

    @display(description=_("event"))
    def event_name(self, row: OutboxDelivery) -> str:
        return row.event.name

    @display(description=_("about"))
    def about(self, row: OutboxDelivery) -> str:
        return f"{row.event.subject_kind} {row.event.subject_id}"

    @display(description=_("content"))
    def payload(self, row: OutboxDelivery) -> str:
        return ", ".join(f"{name}: {value}" for name, value in row.event.payload.items())

    @service_action(
        title=_("Try again"),
        permission="common.retry_outboxdelivery",
        explanation=_("It is handed over within a minute, and the attempts are counted anew."),
        when=lambda row: row.status != DeliveryStatus.DONE and row.attempts,
    )
    def retry(self, request: HttpRequest, row: OutboxDelivery, /) -> str:
        deliveries.retry(
            delivery_id=row.pk, by=trail.kept().actor_of(request).label, at=clock.now()
        )
        return gettext("It will be tried again within a minute.")
