"""The rules of signatures that staff may set."""

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from apps.common.admin.tables import ConfigurationAdmin
from apps.signatures.forms import PolicyForm
from apps.signatures.models import SignaturePolicy


@admin.register(SignaturePolicy)
class SignaturePolicyAdmin(ConfigurationAdmin):
    """The rules of signatures: one row, which stays."""

    form = PolicyForm
    list_display = ("min_characters", "max_characters", "is_real_name_required")
    ordering = ("pk",)

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002 - Django's hook
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002 - Django's hook
        return False
