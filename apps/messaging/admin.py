"""The message log as staff see it: numbers and texts masked, nothing to be done with them.

The gateway never sends from a partner's account and never leaks its data (agreement clause 4), so
there is no way here to send, and none to read a text.
"""

from datetime import datetime, time, timedelta
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import (
    AutocompleteSelectFilter,
    ChoicesDropdownFilter,
    DropdownFilter,
)
from unfold.decorators import display

from apps.carriers.rules import normalise
from apps.common import clock, ids
from apps.common.admin.columns import moment, state
from apps.common.admin.tables import LogAdmin, ServiceAdmin
from apps.messaging.masking import masked_number, masked_text
from apps.messaging.models import Batch, Chunk, Message


class PeriodFilter(DropdownFilter):
    """Days back from today in Asia/Shanghai, read from the time-ordered ids."""

    title = _("accepted")
    parameter_name = "days"
    days: ClassVar[dict[str, int]] = {"1": 1, "2": 2, "7": 7, "30": 30}

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:  # noqa: ARG002
        """Offer some periods."""
        return [
            ("1", _("Since midnight")),
            ("2", _("Since yesterday")),
            ("7", _("7 days")),
            ("30", _("30 days")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:  # noqa: ARG002
        """Keep what was accepted within the period."""
        days = self.days.get(self.value() or "")
        if days is None:
            return queryset
        first_day = clock.local_date(clock.now()) - timedelta(days=days - 1)
        begins = datetime.combine(first_day, time.min, tzinfo=clock.SHANGHAI)
        return queryset.filter(pk__gte=ids.floor(begins))


@admin.register(Message)
class MessageAdmin(LogAdmin):
    list_display = (
        "accepted",
        "account",
        "masked",
        "operator",
        "state",
        "carrier_code",
        "segments",
        "finished",
    )
    list_filter = (
        PeriodFilter,
        ("account", AutocompleteSelectFilter),
        ("status", ChoicesDropdownFilter),
        ("operator", ChoicesDropdownFilter),
    )
    list_select_related = ("account",)
    search_fields = ("number__exact",)
    fields = (
        "accepted",
        "account",
        "masked",
        "operator",
        "text_shown",
        "segments",
        "status",
        "carrier_code",
        "sent",
        "finished",
    )
    readonly_fields = fields

    state = state()
    sent = moment("submitted_at", _("submitted at"))
    finished = moment("finished_at", _("finished at"))

    def get_search_help_text(self, request: HttpRequest) -> str:  # noqa: ARG002
        return str(_("A whole number"))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Message], search_term: str
    ) -> tuple[QuerySet[Message], bool]:
        """Find a number however it is written."""
        number = normalise(search_term) if search_term else ""
        found: tuple[QuerySet[Message], bool] = super().get_search_results(
            request, queryset, number or search_term
        )
        return found

    @display(description=_("accepted at"))
    def accepted(self, message: Message) -> str:
        return ids.made_at(message.pk).astimezone(clock.SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")

    @display(description=_("Number"))
    def masked(self, message: Message) -> str:
        return masked_number(message.number)

    @display(description=_("text"))
    def text_shown(self, message: Message) -> str:
        text = message.text if message.text is not None else message.batch.text
        return _shown(message.batch.signature, text)


@admin.register(Batch)
class BatchAdmin(LogAdmin):
    list_display = (
        "accepted",
        "account",
        "kind",
        "text_shown",
        "accepted_count",
        "segments",
        "state",
    )
    list_filter = (
        PeriodFilter,
        ("account", AutocompleteSelectFilter),
        ("status", ChoicesDropdownFilter),
        ("kind", ChoicesDropdownFilter),
    )
    list_select_related = ("account",)
    fields = (
        "accepted",
        "account",
        "kind",
        "text_shown",
        "accepted_count",
        "segments",
        "status",
        "is_test",
        "send",
        "expires",
        "refund_rule",
    )
    readonly_fields = fields

    state = state()
    accepted = moment("created_at", _("accepted at"))
    send = moment("send_at", _("send at"))
    expires = moment("expires_at", _("expires at"))

    @display(description=_("text"))
    def text_shown(self, batch: Batch) -> str:
        return _shown(batch.signature, batch.text)


@admin.register(Chunk)
class ChunkAdmin(ServiceAdmin):
    """What waits to be handed to a carrier."""

    list_display = (
        "account",
        "operator",
        "message_count",
        "due",
        "leased",
        "leased_by",
        "attempts",
    )
    list_filter = (("operator", ChoicesDropdownFilter), "is_test")
    list_select_related = ("account",)
    ordering = ("due_at", "pk")
    fields = (*list_display, "priority", "is_test", "expires")
    readonly_fields = fields

    due = moment("due_at", _("due at"))
    leased = moment("leased_until", _("leased until"))
    expires = moment("expires_at", _("expires at"))


def _shown(signature: str, text: str) -> str:
    return gettext("【%(signature)s】%(dots)s (%(count)s characters)") % {
        "signature": signature,
        "dots": masked_text(text),
        "count": len(text),
    }
