"""People who log in: gateway staff with one role, partners' people with a membership."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.audit.actors import Actor
from apps.users.choices import StaffRole


class User(AbstractUser):
    """A person. Gateway staff have a `staff_role`; a partner's people have none."""

    staff_role = models.CharField(_("staff role"), max_length=16, choices=StaffRole, blank=True)

    objects: ClassVar[UserManager[Any]] = UserManager()

    class Meta(AbstractUser.Meta):
        verbose_name = _("user")  # type: ignore[assignment]
        verbose_name_plural = _("users")  # type: ignore[assignment]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_staff=False, staff_role="") | (Q(is_staff=True) & ~Q(staff_role="")),
                name="users_user_staff_have_a_role",
            ),
        ]

    def get_full_name(self) -> str:
        """Return the name as its script writes it: 王芳, but Fang Wang."""
        if self.last_name.isascii():
            return super().get_full_name()
        return f"{self.last_name}{self.first_name}"

    def as_actor(self) -> Actor:
        """Return this person as the actor of an act."""
        return Actor.user(self.pk, self.get_full_name() or self.username)
