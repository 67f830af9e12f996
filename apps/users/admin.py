"""People who log in: staff are entered here, partners' people with their partner."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display
from unfold.enums import ActionVariant
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget

from apps.audit import separations
from apps.audit.actors import actor_of
from apps.common import clock
from apps.common.admin.buttons import ReasonForm, service_action
from apps.common.admin.columns import moment, state
from apps.common.admin.outcomes import Leads, ShownOnce
from apps.common.admin.tables import ServiceAdmin
from apps.common.forms import LinesField
from apps.users import queries
from apps.users.choices import StaffRole
from apps.users.forms import PersonForm
from apps.users.models import Proposal, User
from apps.users.permissions import has_power
from apps.users.proposals import KINDS
from apps.users.services import proposals, staff


class EnrolForm(PersonForm):
    """A new member of staff; why is asked where a second person approves."""

    role = forms.ChoiceField(
        label=_("Role"),
        choices=StaffRole.choices,
        help_text=_("All but support and auditor take a second person, who approves."),
        widget=UnfoldAdminSelectWidget(),
    )
    reason = LinesField(
        label=_("Reason"), max_length=200, widget=UnfoldAdminTextareaWidget({"rows": 3})
    )


class RoleForm(ReasonForm):
    """Another role, and why."""

    role = forms.ChoiceField(
        label=_("Role"), choices=StaffRole.choices, widget=UnfoldAdminSelectWidget()
    )
    field_order = ["role", "reason"]


class TwoRolesFilter(admin.SimpleListFilter):
    """Log-ins that seem to be one natural person's, of whom one approves and one administers."""

    title = _("two roles in one person")
    parameter_name = "two_roles"

    def lookups(
        self,
        request: HttpRequest,  # noqa: ARG002 - Django's hook
        model_admin: Any,  # noqa: ARG002
    ) -> list[tuple[str, Any]]:
        return [("1", _("one approves, one administers"))]

    def queryset(
        self,
        request: HttpRequest,  # noqa: ARG002 - Django's hook
        queryset: QuerySet[User],
    ) -> QuerySet[User]:
        if self.value() != "1":
            return queryset
        return queryset.filter(pk__in=[each.pk for each in queries.all_clashing()])


def _first_password(user: User, password: str) -> ShownOnce:
    return ShownOnce(
        title=gettext("First password of %(username)s") % {"username": user.username},
        explanation=_("It is shown this once. Pass it on in person; it should be changed at once."),
        secret=password,
    )


def _proposed(proposal: Proposal) -> Leads:
    return Leads(
        gettext("It is proposed; another person approves it."),
        reverse("admin:users_proposal_change", args=[proposal.pk]),
    )


@admin.register(User)
class UserAdmin(ServiceAdmin):
    list_display = ("username", "full_name", "role", "is_active", "last_seen")
    list_filter = (("staff_role", ChoicesDropdownFilter), "is_staff", "is_active", TwoRolesFilter)
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
    def enrol(self, request: HttpRequest, _obj: None, /, **values: Any) -> ShownOnce | str:
        values["role"], reason = StaffRole(values["role"]), values.pop("reason")
        if has_power(values["role"]):
            proposal = staff.propose_enrolment(
                **values, reason=reason, by=actor_of(request), at=clock.now()
            )
            return _proposed(proposal)
        return _first_password(*staff.enrol(**values, by=actor_of(request)))

    @service_action(
        title=_("Change the role"),
        permission="users.govern_user",
        form_class=RoleForm,
        when=lambda user: user.is_staff,
    )
    def change_role(self, request: HttpRequest, user: User, /, *, role: str, reason: str) -> str:
        by = actor_of(request)
        if has_power(user.staff_role) or has_power(role):
            proposal = staff.propose_role(
                user_id=user.pk, role=StaffRole(role), reason=reason, by=by, at=clock.now()
            )
            return _proposed(proposal)
        staff.change_role(user_id=user.pk, role=StaffRole(role), by=by, reason=reason)
        return gettext("%(user)s has another role now.") % {"user": user}

    @service_action(
        title=_("New first password"),
        permission="users.govern_user",
        form_class=ReasonForm,
        explanation=_(
            "The password in use stops working at once; of somebody who approves or administers, "
            "once another person has approved."
        ),
        when=lambda user: user.is_staff,
    )
    def reset_password(
        self, request: HttpRequest, user: User, /, *, reason: str
    ) -> ShownOnce | str:
        by = actor_of(request)
        if has_power(user.staff_role):
            proposal = staff.propose_reset(user_id=user.pk, reason=reason, by=by, at=clock.now())
            return _proposed(proposal)
        return _first_password(*staff.reset_password(user_id=user.pk, by=by))

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


@admin.register(Proposal)
class ProposalAdmin(ServiceAdmin):
    """What one person proposes and another approves: log-ins with power, and rules of money."""

    list_display = ("what", "state", "reason", "proposed_by", "proposed", "decided_by", "decided")
    list_filter = (("status", ChoicesDropdownFilter),)
    list_select_related = ("proposed_by", "decided_by")
    ordering = ("-proposed_at", "-pk")
    fields = (
        "what",
        "content",
        "reason",
        "status",
        "proposed_by",
        "proposed",
        "decided_by",
        "decided",
        "decision_reason",
    )
    readonly_fields = fields
    actions_detail = ("approve", "decline")

    state = state()
    proposed = moment("proposed_at", _("proposed at"))
    decided = moment("decided_at", _("decided at"))

    @display(description=_("what"))
    def what(self, proposal: Proposal) -> str:
        return str(KINDS[proposal.kind].label)

    @display(description=_("content"))
    def content(self, proposal: Proposal) -> SafeString | str:
        lines = KINDS[proposal.kind].lines(proposal.payload)
        return format_html_join(mark_safe("<br>"), "{}: {}", lines)

    @service_action(
        title=_("Approve"),
        permission="users.decide_proposal",
        explanation=_("It is carried out at once. A first password is shown to you alone."),
        icon="check",
        variant=ActionVariant.PRIMARY,
        when=lambda proposal: proposal.status == Proposal.Status.PENDING,
        judged=lambda proposal, by: separations.judge(
            "proposals.approve", by=by, hands=proposal.hands()
        ),
    )
    def approve(self, request: HttpRequest, proposal: Proposal, /) -> ShownOnce | str:
        _done, shown = proposals.approve(
            proposal_id=proposal.pk, by=actor_of(request), at=clock.now()
        )
        if not shown:
            return gettext("It is approved and carried out.")
        return ShownOnce(
            title=gettext("First password"),
            explanation=_(
                "It is shown this once, and to you alone. Pass it on in person; it should be "
                "changed at once."
            ),
            secret=shown,
        )

    @service_action(
        title=_("Decline"),
        permission="users.decide_proposal",
        form_class=ReasonForm,
        explanation=_("Everything stays as it is. Whoever proposed it may take it back so, too."),
        variant=ActionVariant.DANGER,
        when=lambda proposal: proposal.status == Proposal.Status.PENDING,
    )
    def decline(self, request: HttpRequest, proposal: Proposal, /, *, reason: str) -> str:
        proposals.decline(
            proposal_id=proposal.pk, reason=reason, by=actor_of(request), at=clock.now()
        )
        return gettext("It is declined; everything stays as it is.")
