"""People who log in: gateway staff with one role, partners' people with a membership."""

from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.audit.actors import Actor
from apps.users.choices import StaffRole


class User(AbstractUser):
    """A person. Gateway staff have a `staff_role`; a partner's people have none."""

    staff_role = models.CharField(_("staff role"), max_length=16, choices=StaffRole, blank=True)
    language = models.CharField(
        _("language"),
        max_length=10,
        blank=True,
        db_default="",
        default="",
        help_text=_("What mails are written in: the language last chosen on a page."),
    )

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
        return Actor.user(self.pk, self.display_name)

    @property
    def display_name(self) -> str:
        """The name colleagues know; the log-in name where none was entered."""
        return self.get_full_name() or self.username


class Claim(models.Model):
    """That one person is at something that waits in a queue, until the claim lapses.

    Written by `services.claims` alone; deleted once the subject was judged.
    """

    queue = models.CharField(max_length=32)
    subject_id = models.CharField(max_length=40)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="claims",
        verbose_name=_("claimed by"),
    )
    claimed_at = models.DateTimeField(_("claimed at"))
    lapses_at = models.DateTimeField(_("claimed until"))

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        constraints = [
            models.UniqueConstraint(
                fields=["queue", "subject_id"], name="users_claim_one_per_subject"
            )
        ]

    def __str__(self) -> str:
        return f"{self.queue} {self.subject_id}"

    def holds_at(self, at: datetime) -> bool:
        """Tell whether the claim has not lapsed."""
        return self.lapses_at > at
