"""The gateway's own bank accounts."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.enums import ActionVariant

from apps.audit.admin import ServiceAdmin
from apps.audit.buttons import actor_of, service_action
from apps.recharges.forms import BankProfileForm
from apps.recharges.models import BankProfile
from apps.recharges.services import statements


@admin.register(BankProfile)
class BankProfileAdmin(ServiceAdmin):
    list_display = ("name", "bank_account")
    search_fields = ("name", "bank_account")
    ordering = ("name", "pk")
    fields = ("name", "bank_account", "mapping")
    readonly_fields = fields
    actions_list = ("open_profile",)

    @service_action(
        title=_("Enter a bank account"),
        permission="recharges.open_bankprofile",
        form_class=BankProfileForm,
        explanation=_("One of the gateway's own accounts; its statements can be taken in then."),
        icon="add",
        variant=ActionVariant.PRIMARY,
    )
    def open_profile(
        self, request: HttpRequest, _obj: None, /, *, name: str, bank_account: str
    ) -> str:
        profile = statements.open_profile(
            name=name, bank_account=bank_account, by=actor_of(request)
        )
        return gettext("%(profile)s is entered.") % {"profile": profile}
