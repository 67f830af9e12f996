"""What a person said belongs together."""

from typing import Self

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.partners.models import Account
from apps.users.models import User


class MatchQuerySet(models.QuerySet["Match"]):
    """Matches by who may see them."""

    def visible_to(self, user: User) -> Self:
        """Keep the matches of the partners that `user` works for; staff see all."""
        return self if user.is_staff else self.filter(account__partner__memberships__user=user)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Match(models.Model):
    """One purchase: the credits that paid it, the slips that told of it, and the account.

    Each credit has a recharge of its own; all of a match have one price, that of the tier which the
    whole reaches, and are credited together or not at all. Gone with the proposal when that is
    withdrawn; the history keeps it.
    """

    account = models.ForeignKey(
        Account, models.PROTECT, related_name="matches", verbose_name=_("account")
    )
    evidence = models.JSONField(
        _("evidence"), default=list, help_text=_("What spoke for it when it was confirmed.")
    )
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, verbose_name=_("confirmed by")
    )
    confirmed_at = models.DateTimeField(_("confirmed at"))

    objects = MatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("match")
        verbose_name_plural = _("matches")

    def __str__(self) -> str:
        return f"{self.account} {self.confirmed_at:%Y-%m-%d}"
