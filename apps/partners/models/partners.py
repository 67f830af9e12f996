"""Partners, and the people who work for them."""

from typing import Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.partners.choices import PartnerRole
from apps.users.models import User


class PartnerQuerySet(models.QuerySet["Partner"]):
    """Partners by who may see them."""

    def visible_to(self, user: User) -> Self:
        """Keep the partners that `user` works for; staff see all."""
        return self if user.is_staff else self.filter(memberships__user=user)


@pghistory.track()
class Partner(models.Model):
    """A reseller company (甲方): the particulars at the head of the agreement."""

    name = models.CharField(_("registered name"), max_length=100, unique=True)
    credit_code = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    fax = models.CharField(_("fax"), max_length=30, blank=True)
    postcode = models.CharField(_("postcode"), max_length=10, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    security_rules = models.TextField(
        _("own security rules"),
        max_length=2_000,
        blank=True,
        help_text=_(
            "How the partner keeps the rules of agreement clause 6(1): who approves what is sent, "
            "who is responsible, how data is kept."
        ),
    )
    security_rules_stated_at = models.DateTimeField(_("stated at"), null=True, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = PartnerQuerySet.as_manager()

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Membership(models.Model):
    """A person's place at a partner, and with it what they may do there."""

    partner = models.ForeignKey(
        Partner, models.CASCADE, related_name="memberships", verbose_name=_("partner")
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="membership",
        verbose_name=_("user"),
    )
    role = models.CharField(_("role"), max_length=10, choices=PartnerRole)

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=PartnerRole.values), name="partners_membership_role_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} @ {self.partner}"
