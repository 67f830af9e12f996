"""Who may sign in, and what staff may do once they have: the role says so, not the database."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model

from apps.users.models import User
from apps.users.permissions import of_role


class RoleBackend(AuthenticationBackend):
    """Checks passwords as allauth does, and answers permissions from `permissions.OF_ROLE`.

    Superusers are Django's: `User.has_perm` lets them through before a backend is asked.
    """

    def get_all_permissions(
        self, user_obj: User | AnonymousUser, obj: Model | None = None
    ) -> set[str]:
        """Return the permissions of the person's role; none when inactive."""
        if not isinstance(user_obj, User) or not user_obj.is_active or obj is not None:
            return set()
        return set(of_role(user_obj.staff_role))

    def has_perm(self, user_obj: User | AnonymousUser, perm: str, obj: Model | None = None) -> bool:
        """Tell whether the person's role includes `perm`."""
        return perm in self.get_all_permissions(user_obj, obj)

    def has_module_perms(self, user_obj: User | AnonymousUser, app_label: str) -> bool:
        """Tell whether the person's role includes anything of an app."""
        return any(perm.startswith(f"{app_label}.") for perm in self.get_all_permissions(user_obj))
