"""Days that are worked or not otherwise than the published calendar says."""

from django.contrib import admin
from django.http import HttpRequest

from apps.common import working_time
from apps.common.admin.tables import ConfigurationAdmin
from apps.common.models import SpecialDay


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
