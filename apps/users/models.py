"""People who log in: gateway staff with one role, partners' people with a membership."""

from typing import Any, ClassVar, Self

import pghistory
import pgtrigger
from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from apps.audit.actors import Actor
from apps.audit.separations import ROLES_PARTED, Hands
from apps.users.choices import ProposalStatus, StaffRole
from apps.users.permissions import approves_by_relaxation


@pghistory.track(exclude=["password", "last_login", "language", "sessions_ended"])
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

    sessions_ended = models.PositiveIntegerField(
        default=0,
        db_default=0,
        editable=False,
        help_text="How often all sessions of the person were ended; each session knows the number.",
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
            models.UniqueConstraint(
                Lower("username"),
                name="users_user_one_username",
                violation_error_message=_("Somebody signs in with that name already."),
            ),
        ]

    def end_sessions(self) -> None:
        """Let no session that is open stand, as a new password does; whoever calls it saves."""
        self.sessions_ended += 1

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Return what a session must carry: it fits one password and one `sessions_ended`."""
        return salted_hmac(
            "apps.users.models.User.session",
            f"{self.sessions_ended}:{self.password}",
            secret=secret,
            algorithm="sha256",
        ).hexdigest()

    def get_full_name(self) -> str:
        """Return the name as its script writes it: 王芳, but Fang Wang."""
        if self.last_name.isascii():
            return super().get_full_name()
        return f"{self.last_name}{self.first_name}"

    def as_actor(self) -> Actor:
        """Return this person as the actor of an act."""
        relaxed = (ROLES_PARTED,) if approves_by_relaxation(self.staff_role) else ()
        return Actor.user(self.pk, self.display_name, relaxed=relaxed)

    @property
    def display_name(self) -> str:
        """The name colleagues know; the log-in name where none was entered."""
        return self.get_full_name() or self.username


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Proposals by what is to be done."""

    def waiting(self) -> Self:
        """Keep those that wait for a second person, the oldest first."""
        return self.filter(status=ProposalStatus.PENDING).order_by("proposed_at", "pk")


@pghistory.track()
class Proposal(models.Model):
    """What one person proposes and another approves, as `proposals.KINDS` says what takes two.

    Written once, decided once, kept for good.
    """

    Status = ProposalStatus

    kind = models.CharField(_("what"), max_length=60)
    payload = models.JSONField(_("content"))
    reason = models.CharField(_("reason"), max_length=200)
    status = models.CharField(
        _("status"), max_length=8, choices=ProposalStatus, default=ProposalStatus.PENDING
    )
    proposed_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, verbose_name=_("proposed by")
    )
    proposed_at = models.DateTimeField(_("proposed at"))
    decided_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decision_reason = models.CharField(_("why declined"), max_length=200, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=ProposalStatus.values), name="users_proposal_status_known"
            ),
            models.CheckConstraint(
                condition=Q(status="PENDING", decided_at__isnull=True)
                | ~Q(status="PENDING") & Q(decided_at__isnull=False),
                name="users_proposal_decided_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(reason="") & (~Q(status="DECLINED") | ~Q(decision_reason="")),
                name="users_proposal_with_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["proposed_at", "id"],
                condition=Q(status="PENDING"),
                name="users_proposal_waiting",
            )
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="decided_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__status__in=["APPROVED", "DECLINED"]),
            ),
            pgtrigger.Protect(
                name="written_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("kind", "payload", "reason", "proposed_by"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"

    def hands(self) -> Hands:
        """Return who proposed it, for the table of separations."""
        return {"proposals.make": [self.proposed_by_id]}
