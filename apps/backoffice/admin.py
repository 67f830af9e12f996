"""Tables of the apps at the bottom: special days, the outbox's deliveries, security events."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display

from apps.audit.admin import ConfigurationAdmin, LogAdmin
from apps.audit.buttons import actor_of, service_action
from apps.audit.columns import moment, state
from apps.audit.models import SecurityEvent
from apps.common import clock, working_time
from apps.common.choices import DeliveryStatus
from apps.common.models import OutboxDelivery, SpecialDay
from apps.common.outbox import delivery as deliveries


@admin.register(SpecialDay)
class SpecialDayAdmin(ConfigurationAdmin):
    """Days that are worked or not otherwise than the published calendar says."""

    list_display = ("day", "is_working", "name")
    list_filter = ("is_working",)
    ordering = ("-day",)
    fields = ("day", "is_working", "name")

    def save_model(self, request: HttpRequest, obj: SpecialDay, form: object, change: bool) -> None:  # noqa: FBT001 - Django's hook
        """Keep the day, and reckon with it at once."""
        super().save_model(request, obj, form, change)
        working_time.forget_calendar()


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
        deliveries.retry(delivery_id=row.pk, by=actor_of(request).label, at=clock.now())
        return gettext("It will be tried again within a minute.")


@admin.register(SecurityEvent)
class SecurityEventAdmin(LogAdmin):
    """Who came in, who tried to, who was refused: for the administrator and the auditor."""

    list_display = ("last", "kind", "person", "address", "count", "detail", "agent")
    list_filter = (("kind", ChoicesDropdownFilter),)
    search_fields = ("person__exact", "address__exact")
    search_help_text = _("The whole name or the whole address.")
    fields = ("kind", "person", "address", "agent", "detail", "count", "first", "last")
    readonly_fields = fields

    first = moment("minute", _("from"))
    last = moment("last_at", _("when"))
