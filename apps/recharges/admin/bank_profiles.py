"""The gateway's own bank accounts."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display
from unfold.enums import ActionVariant

from apps.audit import separations
from apps.audit.actors import actor_of
from apps.common import clock
from apps.common.admin.buttons import ReasonForm, service_action
from apps.common.admin.columns import moment
from apps.common.admin.outcomes import Leads
from apps.common.admin.tables import ServiceAdmin
from apps.recharges.admin.columns import lines
from apps.recharges.forms import BankProfileForm
from apps.recharges.models import BankProfile
from apps.recharges.services import statements


@admin.register(BankProfile)
class BankProfileAdmin(ServiceAdmin):
    list_display = ("name", "bank_account", "entered_by", "confirmed_by", "confirmed")
    list_select_related = ("entered_by", "confirmed_by")
    search_fields = ("name", "bank_account")
    ordering = ("name", "pk")
    fields = ("name", "bank_account", "columns", "entered_by", "confirmed_by", "confirmed")
    readonly_fields = fields
    actions_list = ("open_profile",)
    actions_detail = ("confirm_profile", "discard_profile")

    confirmed = moment("confirmed_at", _("confirmed at"))

    @display(description=_("columns"))
    def columns(self, profile: BankProfile) -> SafeString | str:
        """Show which heading holds what; unfold draws a JSON value by styles inside the page."""
        return lines(f"{what}: {heading}" for what, heading in profile.mapping.items() if heading)

    @service_action(
        title=_("Enter a bank account"),
        permission="recharges.open_bankprofile",
        form_class=BankProfileForm,
        explanation=_(
            "One of the gateway's own accounts. Once another person has confirmed it, its statements "
            "can be taken in."
        ),
        icon="add",
        variant=ActionVariant.PRIMARY,
    )
    def open_profile(
        self, request: HttpRequest, _obj: None, /, *, name: str, bank_account: str
    ) -> str:
        profile = statements.open_profile(
            name=name, bank_account=bank_account, by=actor_of(request)
        )
        return gettext("%(profile)s is entered; another person confirms it.") % {"profile": profile}

    @service_action(
        title=_("Confirm the account"),
        permission="recharges.confirm_bankprofile",
        explanation=_(
            "Compare name and number with the bank's own paper. Money that comes in there becomes "
            "credit."
        ),
        icon="check",
        variant=ActionVariant.PRIMARY,
        when=lambda profile: profile.confirmed_at is None,
        judged=lambda profile, by: separations.judge(
            "statements.confirm_profile", by=by, hands=profile.hands()
        ),
    )
    def confirm_profile(self, request: HttpRequest, profile: BankProfile, /) -> str:
        statements.confirm_profile(profile_id=profile.pk, by=actor_of(request), at=clock.now())
        return gettext("%(profile)s is confirmed: its statements can be taken in.") % {
            "profile": profile
        }

    @service_action(
        title=_("Discard"),
        permission="recharges.open_bankprofile",
        form_class=ReasonForm,
        explanation=_("An account that was entered wrongly is thrown away."),
        variant=ActionVariant.DANGER,
        when=lambda profile: profile.confirmed_at is None,
    )
    def discard_profile(
        self, request: HttpRequest, profile: BankProfile, /, *, reason: str
    ) -> Leads:
        statements.discard_profile(profile_id=profile.pk, by=actor_of(request), reason=reason)
        return Leads(gettext("The account is thrown away."), self.address_of(None))
