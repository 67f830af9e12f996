"""Security events, looked at by the administrator and the auditor.

Here the history plugs into the admin of all apps, which asks for it through `common.admin.trail`.
"""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from apps.audit.models import SecurityEvent
from apps.audit.trail import AuditTrail
from apps.common.admin import trail
from apps.common.admin.columns import moment
from apps.common.admin.tables import LogAdmin

trail.keep_in(AuditTrail())


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
