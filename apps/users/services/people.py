"""People of partners: entered here, given their place by `partners`.

A first password is made here and shown once to whoever entered the person, who passes it on; the
person changes it after signing in.
"""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.audit.actors import Actor
from apps.audit.acts import act
from apps.common import conflicts
from apps.common.errors import ConflictError
from apps.common.secrets import random_text
from apps.users.models import User

FIRST_PASSWORD_LENGTH = 16


class UsernameTakenError(ConflictError):
    """Somebody signs in with that name already."""

    code = "username_taken"
    field = "username"
    message = _("Somebody signs in as “%(username)s” already. Choose another name.")
    cure = _("Choose another log-in name.")


@transaction.atomic
def enter(
    *, username: str, first_name: str, last_name: str, email: str = "", by: Actor
) -> tuple[User, str]:
    """Enter a partner's person and return them with the first password, which is kept nowhere.

    Raises:
        UsernameTakenError: the name is in use.
    """
    with act("users.enter", by=by):
        return create(username=username, first_name=first_name, last_name=last_name, email=email)


def create(*, username: str, **fields: Any) -> tuple[User, str]:
    """Make a log-in with a first password; whoever calls it says under which act.

    Raises:
        UsernameTakenError: the name is in use, in whatever case.
    """
    check_free(username)
    taken = UsernameTakenError(username=username)
    password = random_text(FIRST_PASSWORD_LENGTH)
    with conflicts.told(users_user_one_username=taken, users_user_username_key=taken):
        return User.objects.create_user(username, password=password, **fields), password


def check_free(username: str) -> None:
    """Refuse a name that somebody signs in with, in whatever case.

    Raises:
        UsernameTakenError: the name is in use.
    """
    if User.objects.filter(username__iexact=username).exists():
        raise UsernameTakenError(username=username)


def choose_language(*, user: User, language: str) -> None:
    """Keep the language that a person chose, for what is written to them when they are away."""
    User.objects.filter(pk=user.pk).exclude(language=language).update(language=language)
