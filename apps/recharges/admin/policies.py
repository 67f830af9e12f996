"""The rules of recharging that administrators set."""

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from apps.audit.admin import ConfigurationAdmin
from apps.audit.columns import money
from apps.recharges.forms import PolicyForm
from apps.recharges.models import RechargePolicy


@admin.register(RechargePolicy)
class RechargePolicyAdmin(ConfigurationAdmin):
    """When one person is enough, and until when money is credited the same day: one row."""

    form = PolicyForm
    list_display = ("limit", "cut_off")
    ordering = ("pk",)

    limit = money(
        "one_person_max_yuan", RechargePolicy._meta.get_field("one_person_max_yuan").verbose_name
    )

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002 - Django's hook
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002 - Django's hook
        return False
