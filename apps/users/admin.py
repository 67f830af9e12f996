"""People who log in: staff are entered here, partners' people with their partner."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display
from unfold.enums import ActionVariant
from unfold.widgets import UnfoldAdminSelectWidget

from apps.audit.admin import ServiceAdmin
from apps.audit.buttons import ReasonForm, ShownOnce, actor_of, service_action
from apps.audit.columns import moment
from apps.users.choices import StaffRole
from apps.users.forms import PersonForm
from apps.users.models import User
from apps.users.services import staff


class EnrolForm(PersonForm):
    """A new member of staff."""

    role = forms.ChoiceField(
        label=_("Role"), choices=StaffRole.choices, widget=UnfoldAdminSelectWidget()
    )


class RoleForm(ReasonForm):
    """Another role, and why."""

    role = forms.ChoiceField(
        label=_("Role"), choices=StaffRole.choices, widget=UnfoldAdminSelectWidget()
    )
    field_order = ["role", "reason"]


def _first_password(user: User, password: str) -> ShownOnce:
    return ShownOnce(
        title=gettext("First password of %(username)s") % {"username": user.username},
        explanation=_("It is shown this once. Pass it on in person; it should be changed at once."),
        secret=password,
    )


@admin.register(User)
class UserAdmin(ServiceAdmin):
    list_display = ("username", "full_name", "role", "is_active", "last_seen")
    list_filter = (("staff_role", ChoicesDropdownFilter), "is_staff", "is_active")
    search_fields = ("username", "first_name", "last_name")
    ordering = ("username",)
    fields = ("username", "full_name", "role", "is_active", "last_seen", "joined")
    readonly_fields = fields
    actions_list = ("enrol",)
    actions_detail = ("change_role", "reset_password", "shut_out", "let_in")

    last_seen = moment("last_login", _("last sign-in"))
    joined = moment("date_joined", _("entered"))

    @display(description=_("name"))
    def full_name(self, user: User) -> str:
        return user.get_full_name() or "—"

    @display(description=_("role"), ordering="staff_role")
    def role(self, user: User) -> str:
        return user.get_staff_role_display() or gettext("Partner's person")

    @service_action(
        title=_("Enter a colleague"),
        permission="users.enrol_user",
        form_class=EnrolForm,
        icon="person_add",
        variant=ActionVariant.PRIMARY,
    )
    def enrol(self, request: HttpRequest, _obj: None, /, **values: Any) -> ShownOnce:
        user, password = staff.enrol(
            username=values["username"],
            first_name=values["first_name"],
            last_name=values["last_name"],
            role=StaffRole(values["role"]),
            email=values["email"],
            by=actor_of(request),
        )
        return _first_password(user, password)

    @service_action(
        title=_("Change the role"),
        permission="users.govern_user",
        form_class=RoleForm,
        when=lambda user: user.is_staff,
    )
    def change_role(self, request: HttpRequest, user: User, /, *, role: str, reason: str) -> str:
        staff.change_role(
            user_id=user.pk, role=StaffRole(role), by=actor_of(request), reason=reason
        )
        return gettext("%(user)s has another role now.") % {"user": user}

    @service_action(
        title=_("New first password"),
        permission="users.govern_user",
        explanation=_("The password in use stops working at once."),
        when=lambda user: user.is_staff,
    )
    def reset_password(self, request: HttpRequest, user: User, /) -> ShownOnce:
        return _first_password(*staff.reset_password(user_id=user.pk, by=actor_of(request)))

    @service_action(
        title=_("Shut out"),
        permission="users.govern_user",
        form_class=ReasonForm,
        explanation=_("The person cannot sign in until let in again; open pages stop working."),
        variant=ActionVariant.DANGER,
        when=lambda user: user.is_active,
    )
    def shut_out(self, request: HttpRequest, user: User, /, *, reason: str) -> str:
        staff.shut_out(user_id=user.pk, by=actor_of(request), reason=reason)
        return gettext("%(user)s is shut out.") % {"user": user}

    @service_action(
        title=_("Let in again"),
        permission="users.govern_user",
        form_class=ReasonForm,
        when=lambda user: not user.is_active,
    )
    def let_in(self, request: HttpRequest, user: User, /, *, reason: str) -> str:
        staff.let_in(user_id=user.pk, by=actor_of(request), reason=reason)
        return gettext("%(user)s may sign in again.") % {"user": user}
