"""People of the gateway: entering them, their role, and shutting them out.

A first password is made here and shown once to whoever entered the person, who passes it on; the
person changes it after signing in.
"""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.audit.actors import Actor
from apps.audit.acts import act
from apps.common.errors import ConflictError, DomainError, NotAllowedError
from apps.common.secrets import random_text
from apps.users.choices import StaffRole
from apps.users.models import User
from apps.users.services import people


class OwnRoleError(DomainError):
    """A person tried to change or shut out themselves."""

    code = "own_role"
    message = _("Nobody changes their own role or shuts themselves out. Ask a colleague.")


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
    """Enter a member of staff and return them with the first password, which is kept nowhere.

    Raises:
        UsernameTakenError: the name is in use.
    """
    with act("users.enrol", by=by):
        return people.create(
            username=username,
            first_name=first_name,
            last_name=last_name,
            email=email,
            is_staff=True,
            staff_role=role,
        )


@transaction.atomic
def change_role(*, user_id: int, role: StaffRole, by: Actor, reason: str) -> User:
    """Give a member of staff another role.

    Raises:
        OwnRoleError: it is the actor's own.
    """
    user = _other_person(user_id, by)
    user.staff_role = role
    with act("users.change_role", by=by, reason=reason):
        user.save(update_fields=["staff_role"])
    return user


@transaction.atomic
def shut_out(*, user_id: int, by: Actor, reason: str) -> User:
    """Keep a person from signing in; open sessions end with their next request.

    Raises:
        OwnRoleError: it is the actor.
        ConflictError: the person is shut out already.
    """
    user = _other_person(user_id, by)
    if not user.is_active:
        raise ConflictError
    user.is_active = False
    with act("users.shut_out", by=by, reason=reason):
        user.save(update_fields=["is_active"])
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
    """Give a member of staff a new first password, which is shown once and kept nowhere.

    Raises:
        NotAllowedError: it is a partner's person; the gateway never signs in as one (clause 4).
    """
    user = _other_person(user_id, by)
    if not user.is_staff:
        raise NotAllowedError
    password = random_text(people.FIRST_PASSWORD_LENGTH)
    user.set_password(password)
    with act("users.reset_password", by=by):
        user.save(update_fields=["password"])
    return user, password


def _other_person(user_id: int, by: Actor) -> User:
    if by.is_same_person(user_id):
        raise OwnRoleError
    person: User = User.objects.select_for_update().get(pk=user_id)
    return person
