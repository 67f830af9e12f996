"""People of the gateway: entering them, their role, and shutting them out.

A log-in that approves or administers takes two people: one proposes (`propose_…`), another approves,
and only then `…_approved` does it. The first people are entered at the server, where there is nobody
else yet (`enrol_at_the_server`).

A first password is made here and shown once: of a log-in that takes two to whoever approved it, so
that the proposer never knows it. The person changes it after signing in.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.audit.actors import Actor
from apps.audit.acts import act
from apps.common.errors import ConflictError, ForbiddenError, NotAllowedError
from apps.common.secrets import random_text
from apps.users import queries
from apps.users.choices import StaffRole
from apps.users.models import Proposal, User
from apps.users.permissions import has_power
from apps.users.proposals import Approval
from apps.users.services import people, proposals

SHOWN = "{username}: {password}"


class OwnRoleError(ForbiddenError):
    """A person tried to change or shut out themselves."""

    code = "own_role"
    message = _("Nobody changes their own role or shuts themselves out. Ask a colleague.")
    cure = _("Ask another administrator.")


class SecondPersonNeededError(ForbiddenError):
    """A log-in that approves or administers is no one person's to give."""

    code = "second_person_needed"
    message = _(
        "A log-in that approves or administers takes two people: propose it, and another approves."
    )
    cure = _("Propose it under “People”; a second person approves it.")


class EnoughPeopleError(ConflictError):
    """Where two people can decide, nobody is entered without them."""

    code = "enough_people"
    message = _("Two people can decide about log-ins by now: enter others in the admin.")
    cure = _("Enter the person under “People”; a second person approves it.")


@transaction.atomic
def enrol(
    *,
    username: str,
    first_name: str,
    last_name: str,
    role: StaffRole,
    email: str = "",
    by: Actor,
) -> tuple[User, str]:
    """Enter a member of staff who only looks; return them with the first password, kept nowhere.

    Raises:
        SecondPersonNeededError: the role approves or administers.
        UsernameTakenError: the name is in use.
    """
    if has_power(role):
        raise SecondPersonNeededError
    return _enrol(username, first_name, last_name, role, email, by=by, reason="")


@transaction.atomic
def enrol_at_the_server(
    *,
    username: str,
    first_name: str,
    last_name: str,
    role: StaffRole,
    email: str = "",
    by: Actor,
) -> tuple[User, str]:
    """Enter one of the first people, without a second person; the record says so.

    Raises:
        EnoughPeopleError: two people can decide already.
        UsernameTakenError: the name is in use.
    """
    if queries.deciders().count() >= 2:
        raise EnoughPeopleError
    reason = "without second person, at the server"
    return _enrol(username, first_name, last_name, role, email, by=by, reason=reason)


@transaction.atomic
def propose_enrolment(
    *,
    username: str,
    first_name: str,
    last_name: str,
    role: StaffRole,
    email: str,
    reason: str,
    by: Actor,
    at: datetime,
) -> Proposal:
    """Propose a log-in that approves or administers.

    Raises:
        UsernameTakenError: the name is in use.
        ProposalReasonMissingError: no reason was given.
    """
    people.check_free(username)
    payload = {
        "username": username,
        "first_name": first_name,
        "last_name": last_name,
        "email": email,
        "role": role.value,
    }
    return proposals.make(kind="users.enrol", payload=payload, reason=reason, by=by, at=at)


@transaction.atomic
def change_role(*, user_id: int, role: StaffRole, by: Actor, reason: str) -> User:
    """Give a member of staff who only looks another role that only looks; open sessions end.

    Raises:
        OwnRoleError: it is the actor's own.
        SecondPersonNeededError: one of the roles approves or administers.
    """
    user = _other_person(user_id, by)
    if has_power(user.staff_role) or has_power(role):
        raise SecondPersonNeededError
    return _change_role(user, role, by=by, reason=reason)


@transaction.atomic
def propose_role(
    *, user_id: int, role: StaffRole, reason: str, by: Actor, at: datetime
) -> Proposal:
    """Propose another role, where the old or the new one approves or administers.

    Raises:
        OwnRoleError: it is the actor's own.
        ProposalReasonMissingError: no reason was given.
    """
    user = _other_person(user_id, by)
    payload = {"user_id": user.pk, "role": role.value}
    return proposals.make(kind="users.change_role", payload=payload, reason=reason, by=by, at=at)


@transaction.atomic
def shut_out(*, user_id: int, by: Actor, reason: str) -> User:
    """Keep a person from signing in; open sessions end for good, also if let in again.

    Raises:
        OwnRoleError: it is the actor.
        ConflictError: the person is shut out already.
    """
    user = _other_person(user_id, by)
    if not user.is_active:
        raise ConflictError
    user.is_active = False
    user.end_sessions()
    with act("users.shut_out", by=by, reason=reason):
        user.save(update_fields=["is_active", "sessions_ended"])
    return user


@transaction.atomic
def let_in(*, user_id: int, by: Actor, reason: str) -> User:
    """Let a person sign in again.

    Raises:
        ConflictError: nothing keeps the person out.
    """
    user = _other_person(user_id, by)
    if user.is_active:
        raise ConflictError
    user.is_active = True
    with act("users.let_in", by=by, reason=reason):
        user.save(update_fields=["is_active"])
    return user


@transaction.atomic
def reset_password(*, user_id: int, by: Actor) -> tuple[User, str]:
    """Give a member of staff who only looks a new first password, shown once and kept nowhere.

    Raises:
        NotAllowedError: it is a partner's person; the gateway never signs in as one (clause 4).
        SecondPersonNeededError: the person approves or administers.
    """
    user = _colleague(user_id, by)
    if has_power(user.staff_role):
        raise SecondPersonNeededError
    return user, _reset_password(user, by=by, reason="")


@transaction.atomic
def propose_reset(*, user_id: int, reason: str, by: Actor, at: datetime) -> Proposal:
    """Propose a new first password for somebody who approves or administers.

    Raises:
        NotAllowedError: it is a partner's person.
        ProposalReasonMissingError: no reason was given.
    """
    user = _colleague(user_id, by)
    payload = {"user_id": user.pk}
    return proposals.make(kind="users.reset_password", payload=payload, reason=reason, by=by, at=at)


def enrol_approved(approval: Approval) -> str:
    """Enter whoever was proposed; return the log-in with its first password."""
    payload: dict[str, Any] = dict(approval.payload)
    role = StaffRole(payload.pop("role"))
    clashing = queries.clashes_of(User(**payload), role)
    alike = "、".join(each.username for each in clashing)
    reason = f"{approval.reason} ⚠ {alike}" if alike else approval.reason
    user, password = _enrol(**payload, role=role, by=approval.by, reason=reason[:200])
    return SHOWN.format(username=user.username, password=password)


def change_role_approved(approval: Approval) -> str:
    """Give a person the role that was proposed; nobody approves their own."""
    user = _other_person(approval.payload["user_id"], approval.by)
    _change_role(user, StaffRole(approval.payload["role"]), by=approval.by, reason=approval.reason)
    return ""


def reset_password_approved(approval: Approval) -> str:
    """Make the new first password that was proposed; nobody approves their own."""
    user = _colleague(approval.payload["user_id"], approval.by)
    password = _reset_password(user, by=approval.by, reason=approval.reason)
    return SHOWN.format(username=user.username, password=password)


def _enrol(
    username: str,
    first_name: str,
    last_name: str,
    role: StaffRole,
    email: str,
    *,
    by: Actor,
    reason: str,
) -> tuple[User, str]:
    with act("users.enrol", by=by, reason=reason):
        return people.create(
            username=username,
            first_name=first_name,
            last_name=last_name,
            email=email,
            is_staff=True,
            staff_role=role,
        )


def _change_role(user: User, role: StaffRole, *, by: Actor, reason: str) -> User:
    user.staff_role = role
    user.end_sessions()
    with act("users.change_role", by=by, reason=reason):
        user.save(update_fields=["staff_role", "sessions_ended"])
    return user


def _reset_password(user: User, *, by: Actor, reason: str) -> str:
    password = random_text(people.FIRST_PASSWORD_LENGTH)
    user.set_password(password)
    user.end_sessions()
    with act("users.reset_password", by=by, reason=reason):
        user.save(update_fields=["password", "sessions_ended"])
    return password


def _colleague(user_id: int, by: Actor) -> User:
    user = _other_person(user_id, by)
    if not user.is_staff:
        raise NotAllowedError
    return user


def _other_person(user_id: int, by: Actor) -> User:
    if by.is_same_person(user_id):
        raise OwnRoleError
    person: User = User.objects.select_for_update().get(pk=user_id)
    return person
