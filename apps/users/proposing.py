"""What about staff takes two people: log-ins that approve or administer, and their passwords."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.users import queries
from apps.users.choices import StaffRole
from apps.users.models import User
from apps.users.proposals import Kind, Payload, register
from apps.users.services import staff


def _enrolment(payload: Payload) -> list[tuple[str, str]]:
    role = StaffRole(payload["role"])
    return [
        (gettext("Log-in name"), payload["username"]),
        (gettext("name"), f"{payload['last_name']}{payload['first_name']}"),
        (gettext("Mail address"), payload["email"] or "—"),
        (gettext("Role"), str(role.label)),
        *_same_person(User(**payload_fields(payload)), role),
    ]


def _of_person(payload: Payload) -> list[tuple[str, str]]:
    person = User.objects.get(pk=payload["user_id"])
    lines = [(gettext("Log-in name"), person.username), (gettext("name"), person.display_name)]
    if "role" in payload:
        role = StaffRole(payload["role"])
        change = f"{person.get_staff_role_display()} → {role.label}"
        lines += [(gettext("Role"), change), *_same_person(person, role)]
    return lines


def payload_fields(payload: Payload) -> dict[str, str]:
    """Return the names and the address of somebody who is to be enrolled."""
    return {name: payload[name] for name in ("username", "first_name", "last_name", "email")}


def _same_person(person: User, role: StaffRole) -> list[tuple[str, str]]:
    found = queries.clashes_of(person, role)
    words = "、".join(f"{each} ({each.get_staff_role_display()})" for each in found)
    return [(gettext("Perhaps the same person as"), words)] if found else []


register(
    Kind(
        name="users.enrol",
        label=_("Enter a colleague"),
        lines=_enrolment,
        carry_out=staff.enrol_approved,
    )
)
register(
    Kind(
        name="users.change_role",
        label=_("Change the role"),
        lines=_of_person,
        carry_out=staff.change_role_approved,
    )
)
register(
    Kind(
        name="users.reset_password",
        label=_("New first password"),
        lines=_of_person,
        carry_out=staff.reset_password_approved,
    )
)
